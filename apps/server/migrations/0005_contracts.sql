-- made from the declarations by `quancheng migrate make contracts`; forward only
create table "key_report" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "customer_id" uuid not null,
  "kind" text not null,
  "period" text not null,
  "from" date not null,
  "until" date not null,
  "spend" numeric(16,2) not null,
  "orders" integer not null,
  "places" integer not null,
  "pdf_hash" text not null,
  "csv_hash" text not null,
  "made_at" timestamptz not null,
  "sent_to" text,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "key_report" enable row level security;
create policy tenant_isolation on "key_report" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
alter table "key_report" add constraint "fk_key_report__customer_id" foreign key (tenant_id, "customer_id") references "customer" (tenant_id, id) on delete cascade;
create index "ix_key_report__period" on "key_report" (tenant_id, "period");
create unique index "uq_key_report__customer_id__kind__period" on "key_report" (tenant_id, "customer_id", "kind", "period");
