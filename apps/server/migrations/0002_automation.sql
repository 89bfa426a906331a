-- made from the declarations by `quancheng migrate make automation`; forward only
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
alter table "automation" add constraint "fk_automation__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "todo" add constraint "fk_todo__owner_id" foreign key (tenant_id, "owner_id") references "user" (tenant_id, id) on delete restrict;
alter table "todo" add constraint "fk_todo__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
create unique index "uq_automation__name" on "automation" (tenant_id, "name");
create index "ix_todo__about_id" on "todo" (tenant_id, "about_id");
create index "ix_todo__owner_id__stage" on "todo" (tenant_id, "owner_id", "stage");
