-- made from the declarations by `quancheng migrate make hotline-parts-law`; forward only
create table "estimate" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "request_id" uuid not null,
  "step_id" text not null,
  "state" text not null,
  "lines" jsonb,
  "total" numeric(16,2) not null,
  "valid_until" date,
  "note" text,
  "answered_at" timestamptz,
  "answered_by" text,
  "reason" text,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "estimate" enable row level security;
create policy tenant_isolation on "estimate" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "law_rule" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "product_line_id" uuid not null,
  "cause" text not null,
  "days" integer not null,
  "right" text not null,
  "basis" text,
  "off" boolean,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "law_rule" enable row level security;
create policy tenant_isolation on "law_rule" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "paper_setting" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "name" text not null,
  "company" text,
  "website" text,
  "voucher_terms" text,
  "order_terms" text,
  "slip_text" text,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "paper_setting" enable row level security;
create policy tenant_isolation on "paper_setting" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "part" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "code" text not null,
  "name" text not null,
  "measure" text not null,
  "price" numeric(16,2) not null,
  "product_line_ids" uuid[],
  "off" boolean,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "part" enable row level security;
create policy tenant_isolation on "part" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "part_line" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "request_id" uuid not null,
  "unit_id" uuid not null,
  "kind" text not null,
  "part_id" uuid,
  "name" text not null,
  "quantity" integer not null,
  "unit_price" numeric(16,2) not null,
  "amount" numeric(16,2) not null,
  "state" text not null,
  "decided_at" timestamptz,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "part_line" enable row level security;
create policy tenant_isolation on "part_line" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "part_stock" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "part_id" uuid not null,
  "unit_id" uuid not null,
  "on_hand" integer not null,
  "reserved" integer not null,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "part_stock" enable row level security;
create policy tenant_isolation on "part_stock" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "print_job" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "paper" text not null,
  "title" text not null,
  "copy" integer not null,
  "state" text not null,
  "printer_id" uuid,
  "unit_id" uuid not null,
  "tries" integer not null,
  "problem" text,
  "printed_at" timestamptz,
  "entity" text not null,
  "record_id" text not null,
  "origin" text,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "print_job" enable row level security;
create policy tenant_isolation on "print_job" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "printer" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "unit_id" uuid not null,
  "name" text not null,
  "address" text not null,
  "port" integer not null,
  "width" text not null,
  "papers" text[],
  "position" integer,
  "off" boolean,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "printer" enable row level security;
create policy tenant_isolation on "printer" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "stock_move" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "part_id" uuid not null,
  "unit_id" uuid not null,
  "kind" text not null,
  "quantity" integer not null,
  "request_id" uuid,
  "line_id" uuid,
  "on_hand" integer not null,
  "reserved" integer not null,
  "note" text,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "stock_move" enable row level security;
create policy tenant_isolation on "stock_move" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "suspicion" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "kind" text not null,
  "key" text not null,
  "day" date not null,
  "verdict" text not null,
  "note" text not null,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "suspicion" enable row level security;
create policy tenant_isolation on "suspicion" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
alter table "service_request" add column "repeat_of_id" uuid;
alter table "service_request" add column "repeat_days" integer;
alter table "service_request" add column "repeat_engineer_id" uuid;
alter table "service_request" add column "law_rights" text[];
alter table "estimate" add constraint "fk_estimate__request_id" foreign key (tenant_id, "request_id") references "service_request" (tenant_id, id) on delete cascade;
alter table "law_rule" add constraint "fk_law_rule__product_line_id" foreign key (tenant_id, "product_line_id") references "product_line" (tenant_id, id) on delete restrict;
alter table "part_line" add constraint "fk_part_line__request_id" foreign key (tenant_id, "request_id") references "service_request" (tenant_id, id) on delete restrict;
alter table "part_line" add constraint "fk_part_line__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "part_line" add constraint "fk_part_line__part_id" foreign key (tenant_id, "part_id") references "part" (tenant_id, id) on delete restrict;
alter table "part_stock" add constraint "fk_part_stock__part_id" foreign key (tenant_id, "part_id") references "part" (tenant_id, id) on delete restrict;
alter table "part_stock" add constraint "fk_part_stock__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "print_job" add constraint "fk_print_job__printer_id" foreign key (tenant_id, "printer_id") references "printer" (tenant_id, id) on delete set null ("printer_id");
alter table "print_job" add constraint "fk_print_job__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "printer" add constraint "fk_printer__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "service_request" add constraint "fk_service_request__repeat_of_id" foreign key (tenant_id, "repeat_of_id") references "service_request" (tenant_id, id) on delete set null ("repeat_of_id");
alter table "service_request" add constraint "fk_service_request__repeat_engineer_id" foreign key (tenant_id, "repeat_engineer_id") references "user" (tenant_id, id) on delete set null ("repeat_engineer_id");
alter table "stock_move" add constraint "fk_stock_move__part_id" foreign key (tenant_id, "part_id") references "part" (tenant_id, id) on delete restrict;
alter table "stock_move" add constraint "fk_stock_move__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "stock_move" add constraint "fk_stock_move__request_id" foreign key (tenant_id, "request_id") references "service_request" (tenant_id, id) on delete restrict;
alter table "stock_move" add constraint "fk_stock_move__line_id" foreign key (tenant_id, "line_id") references "part_line" (tenant_id, id) on delete restrict;
create index "ix_estimate__request_id" on "estimate" (tenant_id, "request_id");
create unique index "uq_law_rule__product_line_id__cause__right" on "law_rule" (tenant_id, "product_line_id", "cause", "right");
create unique index "uq_paper_setting__name" on "paper_setting" (tenant_id, "name");
create unique index "uq_part__code" on "part" (tenant_id, "code");
create index "ix_part_line__part_id" on "part_line" (tenant_id, "part_id");
create index "ix_part_line__request_id__id" on "part_line" (tenant_id, "request_id", "id");
create index "ix_part_line__unit_id__part_id__id__p" on "part_line" (tenant_id, "unit_id", "part_id", "id") where state = 'waiting';
create index "ix_part_stock__part_id" on "part_stock" (tenant_id, "part_id");
create unique index "uq_part_stock__unit_id__part_id" on "part_stock" (tenant_id, "unit_id", "part_id");
create index "ix_print_job__printer_id" on "print_job" (tenant_id, "printer_id");
create index "ix_print_job__record_id__paper" on "print_job" (tenant_id, "record_id", "paper");
create index "ix_print_job__unit_id__state__id" on "print_job" (tenant_id, "unit_id", "state", "id" desc);
create index "ix_printer__unit_id" on "printer" (tenant_id, "unit_id");
create index "ix_service_request__repeat_of_id" on "service_request" (tenant_id, "repeat_of_id");
create index "ix_service_request__serial_no__ended_at__p" on "service_request" (tenant_id, "serial_no", "ended_at") where stage = 'collected';
create index "ix_stock_move__part_id" on "stock_move" (tenant_id, "part_id");
create index "ix_stock_move__request_id" on "stock_move" (tenant_id, "request_id");
create index "ix_stock_move__unit_id__part_id__id" on "stock_move" (tenant_id, "unit_id", "part_id", "id" desc);
create unique index "uq_suspicion__kind__key__day" on "suspicion" (tenant_id, "kind", "key", "day");
