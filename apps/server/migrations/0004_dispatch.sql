-- made from the declarations by `quancheng migrate make dispatch`; forward only
create table "webhook" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "name" text not null,
  "url" text not null,
  "as_user_id" uuid not null,
  "subjects" jsonb,
  "off" boolean,
  "note" text,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "webhook" enable row level security;
create policy tenant_isolation on "webhook" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "webhook_setting" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "hosts" text,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "webhook_setting" enable row level security;
create policy tenant_isolation on "webhook_setting" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
alter table "webhook" add constraint "fk_webhook__as_user_id" foreign key (tenant_id, "as_user_id") references "user" (tenant_id, id) on delete restrict;
create unique index "uq_webhook__name" on "webhook" (tenant_id, "name");
