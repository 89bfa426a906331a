-- made from the declarations by `quancheng migrate make automation_parts_paper_customers`; forward only
create table "agent_extension" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "extension" text not null,
  "user_id" uuid not null,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "agent_extension" enable row level security;
create policy tenant_isolation on "agent_extension" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "automation" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "name" text not null,
  "off" boolean,
  "entity" text not null,
  "event" text not null,
  "act" text,
  "fields" jsonb,
  "tests" jsonb,
  "condition" text,
  "unit_id" uuid,
  "actions" jsonb,
  "note" text,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "automation" enable row level security;
create policy tenant_isolation on "automation" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "cti_source" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "code" text not null,
  "name" text not null,
  "off" boolean,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "cti_source" enable row level security;
create policy tenant_isolation on "cti_source" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "customer_notice" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "key" text not null,
  "event" text not null,
  "state" text not null,
  "channel" text not null,
  "channel_id" uuid,
  "request_id" uuid,
  "customer_id" uuid,
  "unit_id" uuid,
  "to" text,
  "to_shown" text,
  "subject" text,
  "text" text,
  "urgent" boolean,
  "attempts" integer not null,
  "due_at" timestamptz,
  "sent_at" timestamptz,
  "error" text,
  "provider_id" text,
  "template_version" integer,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "customer_notice" enable row level security;
create policy tenant_isolation on "customer_notice" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
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
create table "hotline_ticket" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "hotline_id" text not null,
  "unit_id" uuid not null,
  "customer_name" text not null,
  "phone" text not null,
  "address" text,
  "product_line_id" uuid,
  "model" text,
  "serial_no" text,
  "fault_description" text,
  "called_at" timestamptz,
  "state" text not null,
  "due_at" timestamptz,
  "request_id" uuid,
  "reason" text,
  "decided_at" timestamptz,
  "decided_by_id" uuid,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "hotline_ticket" enable row level security;
create policy tenant_isolation on "hotline_ticket" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
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
create table "notice_channel" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "kind" text not null,
  "name" text not null,
  "unit_id" uuid,
  "off" boolean,
  "settings" jsonb,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "notice_channel" enable row level security;
create policy tenant_isolation on "notice_channel" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "notice_choice" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "customer_id" uuid not null,
  "channels" text[],
  "bot_id" uuid,
  "off" boolean,
  "off_at" timestamptz,
  "token" text,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "notice_choice" enable row level security;
create policy tenant_isolation on "notice_choice" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "notice_setting" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "quiet_from" text not null,
  "quiet_to" text not null,
  "base_url" text,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "notice_setting" enable row level security;
create policy tenant_isolation on "notice_setting" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "notice_template" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "event" text not null,
  "family" text not null,
  "off" boolean,
  "urgent" boolean,
  "subject" text,
  "text" text not null,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "notice_template" enable row level security;
create policy tenant_isolation on "notice_template" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
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
create table "phone_call" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "call_key" text not null,
  "direction" text not null,
  "phone" text,
  "extension" text,
  "user_id" uuid,
  "state" text not null,
  "customer_id" uuid,
  "request_id" uuid,
  "ring_at" timestamptz not null,
  "answered_at" timestamptz,
  "ended_at" timestamptz,
  "seconds" integer,
  "record_url" text,
  "note" text,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "phone_call" enable row level security;
create policy tenant_isolation on "phone_call" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
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
create table "queue_call" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "request_id" uuid not null,
  "unit_id" uuid not null,
  "number" text not null,
  "counter" text not null,
  "state" text not null,
  "times" integer not null,
  "called_at" timestamptz not null,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "queue_call" enable row level security;
create policy tenant_isolation on "queue_call" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
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
create table "survey_answer" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "request_id" uuid not null,
  "score" integer not null,
  "tags" text[],
  "words" text,
  "unit_id" uuid not null,
  "person_id" uuid,
  "product_line_id" uuid,
  "model" text,
  "customer_id" uuid,
  "todo_id" text,
  "answered_at" timestamptz not null,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "survey_answer" enable row level security;
create policy tenant_isolation on "survey_answer" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
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
create table "todo" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "title" text not null,
  "details" text,
  "owner_id" uuid,
  "unit_id" uuid,
  "stage" text,
  "minutes" integer not null,
  "due_at" timestamptz,
  "entity" text,
  "about_id" text,
  "about" text,
  "source" text,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "todo" enable row level security;
create policy tenant_isolation on "todo" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
alter table "service_request" add column "repeat_of_id" uuid;
alter table "service_request" add column "repeat_days" integer;
alter table "service_request" add column "repeat_engineer_id" uuid;
alter table "service_request" add column "law_rights" text[];
alter table "agent_extension" add constraint "fk_agent_extension__user_id" foreign key (tenant_id, "user_id") references "user" (tenant_id, id) on delete cascade;
alter table "automation" add constraint "fk_automation__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "customer_notice" add constraint "fk_customer_notice__channel_id" foreign key (tenant_id, "channel_id") references "notice_channel" (tenant_id, id) on delete set null ("channel_id");
alter table "customer_notice" add constraint "fk_customer_notice__request_id" foreign key (tenant_id, "request_id") references "service_request" (tenant_id, id) on delete cascade;
alter table "customer_notice" add constraint "fk_customer_notice__customer_id" foreign key (tenant_id, "customer_id") references "customer" (tenant_id, id) on delete set null ("customer_id");
alter table "customer_notice" add constraint "fk_customer_notice__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "estimate" add constraint "fk_estimate__request_id" foreign key (tenant_id, "request_id") references "service_request" (tenant_id, id) on delete cascade;
alter table "hotline_ticket" add constraint "fk_hotline_ticket__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "hotline_ticket" add constraint "fk_hotline_ticket__product_line_id" foreign key (tenant_id, "product_line_id") references "product_line" (tenant_id, id) on delete restrict;
alter table "hotline_ticket" add constraint "fk_hotline_ticket__request_id" foreign key (tenant_id, "request_id") references "service_request" (tenant_id, id) on delete restrict;
alter table "hotline_ticket" add constraint "fk_hotline_ticket__decided_by_id" foreign key (tenant_id, "decided_by_id") references "user" (tenant_id, id) on delete restrict;
alter table "law_rule" add constraint "fk_law_rule__product_line_id" foreign key (tenant_id, "product_line_id") references "product_line" (tenant_id, id) on delete restrict;
alter table "notice_channel" add constraint "fk_notice_channel__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "notice_choice" add constraint "fk_notice_choice__customer_id" foreign key (tenant_id, "customer_id") references "customer" (tenant_id, id) on delete cascade;
alter table "notice_choice" add constraint "fk_notice_choice__bot_id" foreign key (tenant_id, "bot_id") references "notice_channel" (tenant_id, id) on delete set null ("bot_id");
alter table "part_line" add constraint "fk_part_line__request_id" foreign key (tenant_id, "request_id") references "service_request" (tenant_id, id) on delete restrict;
alter table "part_line" add constraint "fk_part_line__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "part_line" add constraint "fk_part_line__part_id" foreign key (tenant_id, "part_id") references "part" (tenant_id, id) on delete restrict;
alter table "part_stock" add constraint "fk_part_stock__part_id" foreign key (tenant_id, "part_id") references "part" (tenant_id, id) on delete restrict;
alter table "part_stock" add constraint "fk_part_stock__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "phone_call" add constraint "fk_phone_call__user_id" foreign key (tenant_id, "user_id") references "user" (tenant_id, id) on delete restrict;
alter table "phone_call" add constraint "fk_phone_call__customer_id" foreign key (tenant_id, "customer_id") references "customer" (tenant_id, id) on delete restrict;
alter table "phone_call" add constraint "fk_phone_call__request_id" foreign key (tenant_id, "request_id") references "service_request" (tenant_id, id) on delete restrict;
alter table "print_job" add constraint "fk_print_job__printer_id" foreign key (tenant_id, "printer_id") references "printer" (tenant_id, id) on delete set null ("printer_id");
alter table "print_job" add constraint "fk_print_job__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "printer" add constraint "fk_printer__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "queue_call" add constraint "fk_queue_call__request_id" foreign key (tenant_id, "request_id") references "service_request" (tenant_id, id) on delete cascade;
alter table "queue_call" add constraint "fk_queue_call__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "service_request" add constraint "fk_service_request__repeat_of_id" foreign key (tenant_id, "repeat_of_id") references "service_request" (tenant_id, id) on delete set null ("repeat_of_id");
alter table "service_request" add constraint "fk_service_request__repeat_engineer_id" foreign key (tenant_id, "repeat_engineer_id") references "user" (tenant_id, id) on delete set null ("repeat_engineer_id");
alter table "stock_move" add constraint "fk_stock_move__part_id" foreign key (tenant_id, "part_id") references "part" (tenant_id, id) on delete restrict;
alter table "stock_move" add constraint "fk_stock_move__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "stock_move" add constraint "fk_stock_move__request_id" foreign key (tenant_id, "request_id") references "service_request" (tenant_id, id) on delete restrict;
alter table "stock_move" add constraint "fk_stock_move__line_id" foreign key (tenant_id, "line_id") references "part_line" (tenant_id, id) on delete restrict;
alter table "survey_answer" add constraint "fk_survey_answer__request_id" foreign key (tenant_id, "request_id") references "service_request" (tenant_id, id) on delete cascade;
alter table "survey_answer" add constraint "fk_survey_answer__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "survey_answer" add constraint "fk_survey_answer__person_id" foreign key (tenant_id, "person_id") references "user" (tenant_id, id) on delete restrict;
alter table "survey_answer" add constraint "fk_survey_answer__product_line_id" foreign key (tenant_id, "product_line_id") references "product_line" (tenant_id, id) on delete restrict;
alter table "survey_answer" add constraint "fk_survey_answer__customer_id" foreign key (tenant_id, "customer_id") references "customer" (tenant_id, id) on delete set null ("customer_id");
alter table "todo" add constraint "fk_todo__owner_id" foreign key (tenant_id, "owner_id") references "user" (tenant_id, id) on delete restrict;
alter table "todo" add constraint "fk_todo__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
create unique index "uq_agent_extension__extension" on "agent_extension" (tenant_id, "extension");
create index "ix_agent_extension__user_id" on "agent_extension" (tenant_id, "user_id");
create unique index "uq_automation__name" on "automation" (tenant_id, "name");
create unique index "uq_cti_source__code" on "cti_source" (tenant_id, "code");
create index "ix_customer_notice__request_id" on "customer_notice" (tenant_id, "request_id");
create unique index "uq_customer_notice__key" on "customer_notice" (tenant_id, "key");
create index "ix_customer_notice__state__due_at" on "customer_notice" (tenant_id, "state", "due_at");
create index "ix_estimate__request_id" on "estimate" (tenant_id, "request_id");
create unique index "uq_hotline_ticket__hotline_id" on "hotline_ticket" (tenant_id, "hotline_id");
create index "ix_hotline_ticket__product_line_id" on "hotline_ticket" (tenant_id, "product_line_id");
create index "ix_hotline_ticket__request_id" on "hotline_ticket" (tenant_id, "request_id");
create index "ix_hotline_ticket__unit_id__id__p" on "hotline_ticket" (tenant_id, "unit_id", "id") where state = 'waiting';
create unique index "uq_law_rule__product_line_id__cause__right" on "law_rule" (tenant_id, "product_line_id", "cause", "right");
create unique index "uq_notice_choice__customer_id" on "notice_choice" (tenant_id, "customer_id");
create unique index "uq_notice_choice__token" on "notice_choice" (tenant_id, "token");
create unique index "uq_notice_template__event__family" on "notice_template" (tenant_id, "event", "family");
create unique index "uq_paper_setting__name" on "paper_setting" (tenant_id, "name");
create unique index "uq_part__code" on "part" (tenant_id, "code");
create index "ix_part_line__part_id" on "part_line" (tenant_id, "part_id");
create index "ix_part_line__request_id__id" on "part_line" (tenant_id, "request_id", "id");
create index "ix_part_line__unit_id__part_id__id__p" on "part_line" (tenant_id, "unit_id", "part_id", "id") where state = 'waiting';
create index "ix_part_stock__part_id" on "part_stock" (tenant_id, "part_id");
create unique index "uq_part_stock__unit_id__part_id" on "part_stock" (tenant_id, "unit_id", "part_id");
create unique index "uq_phone_call__call_key" on "phone_call" (tenant_id, "call_key");
create index "ix_phone_call__phone" on "phone_call" (tenant_id, "phone");
create index "ix_phone_call__user_id" on "phone_call" (tenant_id, "user_id");
create index "ix_phone_call__state" on "phone_call" (tenant_id, "state");
create index "ix_phone_call__customer_id" on "phone_call" (tenant_id, "customer_id");
create index "ix_phone_call__request_id" on "phone_call" (tenant_id, "request_id");
create index "ix_phone_call__ring_at" on "phone_call" (tenant_id, "ring_at");
create index "ix_print_job__printer_id" on "print_job" (tenant_id, "printer_id");
create index "ix_print_job__record_id__paper" on "print_job" (tenant_id, "record_id", "paper");
create index "ix_print_job__unit_id__state__id" on "print_job" (tenant_id, "unit_id", "state", "id" desc);
create index "ix_printer__unit_id" on "printer" (tenant_id, "unit_id");
create unique index "uq_queue_call__request_id" on "queue_call" (tenant_id, "request_id");
create index "ix_queue_call__unit_id__called_at" on "queue_call" (tenant_id, "unit_id", "called_at" desc);
create index "ix_service_request__repeat_of_id" on "service_request" (tenant_id, "repeat_of_id");
create index "ix_service_request__serial_no__ended_at__p" on "service_request" (tenant_id, "serial_no", "ended_at") where stage = 'collected';
create index "ix_stock_move__part_id" on "stock_move" (tenant_id, "part_id");
create index "ix_stock_move__request_id" on "stock_move" (tenant_id, "request_id");
create index "ix_stock_move__unit_id__part_id__id" on "stock_move" (tenant_id, "unit_id", "part_id", "id" desc);
create index "ix_survey_answer__unit_id" on "survey_answer" (tenant_id, "unit_id");
create index "ix_survey_answer__person_id" on "survey_answer" (tenant_id, "person_id");
create index "ix_survey_answer__product_line_id" on "survey_answer" (tenant_id, "product_line_id");
create index "ix_survey_answer__answered_at" on "survey_answer" (tenant_id, "answered_at");
create unique index "uq_survey_answer__request_id" on "survey_answer" (tenant_id, "request_id");
create unique index "uq_suspicion__kind__key__day" on "suspicion" (tenant_id, "kind", "key", "day");
create index "ix_todo__about_id" on "todo" (tenant_id, "about_id");
create index "ix_todo__owner_id__stage" on "todo" (tenant_id, "owner_id", "stage");
