-- made from the declarations by `quancheng migrate make entities`; forward only
create table "alarm" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "kind" text not null,
  "title" text not null,
  "entity" text,
  "record_id" text,
  "step_key" text not null,
  "stage" text,
  "unit_id" uuid,
  "owner_id" uuid,
  "recipient_ids" uuid[],
  "level" integer not null,
  "raised_at" timestamptz not null,
  "closed_at" timestamptz,
  "minutes" integer,
  "count" integer,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "alarm" enable row level security;
create policy tenant_isolation on "alarm" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "calendar" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "name" text not null,
  "time_zone" text not null,
  "shifts" jsonb not null,
  "workdays" jsonb not null,
  "days" jsonb,
  "known_years" jsonb,
  "is_default" boolean,
  "warnings" jsonb,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "calendar" enable row level security;
create policy tenant_isolation on "calendar" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "case_copy" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "user_id" uuid not null,
  "case_id" text not null,
  "title" text not null,
  "by_id" uuid,
  "note" text,
  "sent_at" timestamptz not null,
  "read_at" timestamptz,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "case_copy" enable row level security;
create policy tenant_isolation on "case_copy" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "contact" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "customer_id" uuid not null,
  "name" text not null,
  "role" text,
  "title" text,
  "phone" text,
  "mail" text,
  "since" date,
  "until" date,
  "note" text,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "contact" enable row level security;
create policy tenant_isolation on "contact" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "contact_attempt" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "request_id" uuid not null,
  "customer_id" uuid,
  "channel" text not null,
  "succeeded" boolean not null,
  "note" text,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "contact_attempt" enable row level security;
create policy tenant_isolation on "contact_attempt" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "contract_approval" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "number" text not null,
  "applicant_id" uuid,
  "unit_id" uuid,
  "stage" text,
  "title" text not null,
  "partner" text not null,
  "kind" text not null,
  "amount" numeric(16,2) not null,
  "starts_on" date not null,
  "ends_on" date,
  "summary" text,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "contract_approval" enable row level security;
create policy tenant_isolation on "contract_approval" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "customer" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "name" text not null,
  "kind" text,
  "phone" text,
  "tier" text,
  "unit_id" uuid not null,
  "owner_id" uuid,
  "address" text,
  "mail" text,
  "source" text,
  "note" text,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "customer" enable row level security;
create policy tenant_isolation on "customer" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "customer_visit" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "number" text not null,
  "customer_id" uuid not null,
  "planned_at" timestamptz not null,
  "visited_at" timestamptz,
  "purpose" text not null,
  "feedback" text,
  "owner_id" uuid,
  "state" text,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "customer_visit" enable row level security;
create policy tenant_isolation on "customer_visit" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "delegation" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "from_id" uuid not null,
  "to_id" uuid not null,
  "starts_on" date not null,
  "ends_on" date not null,
  "process_keys" jsonb,
  "reason" text,
  "ended_at" timestamptz,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "delegation" enable row level security;
create policy tenant_isolation on "delegation" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "device" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "customer_id" uuid not null,
  "product_line_id" uuid not null,
  "product_id" uuid,
  "model" text not null,
  "serial_no" text,
  "color" text,
  "purchased_on" date,
  "warranty_until" date,
  "note" text,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "device" enable row level security;
create policy tenant_isolation on "device" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "discount_request" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "number" text not null,
  "applicant_id" uuid,
  "unit_id" uuid,
  "stage" text,
  "customer" text not null,
  "item" text not null,
  "list_price" numeric(16,2) not null,
  "price" numeric(16,2) not null,
  "percent" numeric(18,1),
  "reason" text not null,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "discount_request" enable row level security;
create policy tenant_isolation on "discount_request" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "employee" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "number" text not null,
  "name" text not null,
  "unit_id" uuid not null,
  "post_id" uuid not null,
  "user_id" uuid,
  "phone" text,
  "skills" text[],
  "hired_on" date,
  "status" text,
  "left_on" date,
  "note" text,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "employee" enable row level security;
create policy tenant_isolation on "employee" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "expense_claim" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "number" text not null,
  "applicant_id" uuid,
  "unit_id" uuid,
  "stage" text,
  "title" text not null,
  "kind" text not null,
  "amount" numeric(16,2) not null,
  "lines" jsonb,
  "account" text,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "expense_claim" enable row level security;
create policy tenant_isolation on "expense_claim" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "head_office_rule" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "code" text not null,
  "release" integer not null,
  "text" text not null,
  "process_key" text not null,
  "node_id" text not null,
  "node_name" text,
  "kind" text not null,
  "field_name" text,
  "least" numeric(18,2),
  "most" numeric(18,2),
  "photos" integer,
  "note" text,
  "in_force_from" timestamptz not null,
  "published_by_id" uuid,
  "withdrawn_at" timestamptz,
  "withdraw_note" text,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "head_office_rule" enable row level security;
create policy tenant_isolation on "head_office_rule" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "leave_request" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "number" text not null,
  "applicant_id" uuid,
  "unit_id" uuid,
  "stage" text,
  "kind" text not null,
  "starts_on" date not null,
  "ends_on" date not null,
  "days" numeric(18,1) not null,
  "reason" text not null,
  "handover" text,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "leave_request" enable row level security;
create policy tenant_isolation on "leave_request" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "permission_change" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "number" text not null,
  "applicant_id" uuid,
  "unit_id" uuid,
  "stage" text,
  "kind" text not null,
  "for_whom" text not null,
  "wanted" text not null,
  "until" date,
  "reason" text not null,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "permission_change" enable row level security;
create policy tenant_isolation on "permission_change" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "post" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "code" text not null,
  "name" text not null,
  "duties" text,
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
alter table "post" enable row level security;
create policy tenant_isolation on "post" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "process_node" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "code" text not null,
  "name" text not null,
  "kind" text,
  "parent_id" uuid,
  "position" integer,
  "next_id" uuid,
  "owner_role" text,
  "prepare" text,
  "talk_to" text,
  "support" text,
  "feedback" text,
  "must_before" text,
  "must_after" text,
  "process_key" text,
  "node_id" text,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "process_node" enable row level security;
create policy tenant_isolation on "process_node" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "process_rollout" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "process_key" text not null,
  "unit_id" uuid not null,
  "release" integer,
  "since" timestamptz not null,
  "note" text,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "process_rollout" enable row level security;
create policy tenant_isolation on "process_rollout" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "product" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "code" text not null,
  "name" text not null,
  "product_line_id" uuid not null,
  "off" boolean,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "product" enable row level security;
create policy tenant_isolation on "product" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "product_line" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "code" text not null,
  "name" text not null,
  "process_key" text not null,
  "warranty_days" integer not null,
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
alter table "product_line" enable row level security;
create policy tenant_isolation on "product_line" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "purchase_request" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "number" text not null,
  "applicant_id" uuid,
  "unit_id" uuid,
  "stage" text,
  "goods" text not null,
  "quantity" integer not null,
  "amount" numeric(16,2) not null,
  "needed_on" date not null,
  "supplier" text,
  "reason" text not null,
  "order_no" text,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "purchase_request" enable row level security;
create policy tenant_isolation on "purchase_request" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "role" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "code" text not null,
  "name" text not null,
  "note" text,
  "grants" jsonb,
  "fields" jsonb,
  "off" boolean,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "role" enable row level security;
create policy tenant_isolation on "role" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "role_group" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "name" text not null,
  "note" text,
  "role_ids" uuid[] not null,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "role_group" enable row level security;
create policy tenant_isolation on "role_group" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "saved_view" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "entity" text not null,
  "name" text not null,
  "query" jsonb not null,
  "shared" boolean,
  "owner_id" uuid,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "saved_view" enable row level security;
create policy tenant_isolation on "saved_view" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "service_request" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "number" text not null,
  "started_at" timestamptz not null,
  "stage" text not null,
  "unit_id" uuid not null,
  "owner_id" uuid,
  "product_line_id" uuid not null,
  "customer_id" uuid,
  "customer_name" text,
  "phone" text,
  "device_id" uuid,
  "model" text,
  "serial_no" text,
  "fault_description" text,
  "appearance" text,
  "accessories" text,
  "fault_code" text,
  "inspection_result" text,
  "quoted_amount" numeric(16,2),
  "customer_answer" text,
  "repair_action" text,
  "source" text,
  "ended_at" timestamptz,
  "track_token" text,
  "track_code" text,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "service_request" enable row level security;
create policy tenant_isolation on "service_request" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "tenant_field" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "entity" text not null,
  "field_id" text,
  "key" text,
  "spec" jsonb not null,
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
alter table "tenant_field" enable row level security;
create policy tenant_isolation on "tenant_field" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "time_standard" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "process_key" text not null,
  "node_id" text not null,
  "product_line_id" uuid,
  "tier" text,
  "minutes" integer not null,
  "clock" text,
  "warn_percent" integer,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "time_standard" enable row level security;
create policy tenant_isolation on "time_standard" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "trip_request" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "number" text not null,
  "applicant_id" uuid,
  "unit_id" uuid,
  "stage" text,
  "destination" text not null,
  "starts_on" date not null,
  "ends_on" date not null,
  "purpose" text not null,
  "budget" numeric(16,2) not null,
  "transport" text,
  "companions" text,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "trip_request" enable row level security;
create policy tenant_isolation on "trip_request" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "unit" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "code" text not null,
  "name" text not null,
  "kind" text not null,
  "parent_id" uuid,
  "phone" text,
  "address" text,
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
alter table "unit" enable row level security;
create policy tenant_isolation on "unit" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "user" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "username" text not null,
  "name" text not null,
  "unit_id" uuid not null,
  "role_ids" uuid[],
  "group_ids" uuid[],
  "phone" text,
  "mail" text,
  "locale" text,
  "off" boolean,
  "password_hash" text,
  "must_change" boolean,
  "wrong" integer not null,
  "locked_until" timestamptz,
  "last_sign_in" timestamptz,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "user" enable row level security;
create policy tenant_isolation on "user" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "warranty_card" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "number" text not null,
  "customer_id" uuid not null,
  "device_id" uuid not null,
  "kind" text not null,
  "valid_from" date not null,
  "valid_until" date not null,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "warranty_card" enable row level security;
create policy tenant_isolation on "warranty_card" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
alter table "alarm" add constraint "fk_alarm__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "alarm" add constraint "fk_alarm__owner_id" foreign key (tenant_id, "owner_id") references "user" (tenant_id, id) on delete restrict;
alter table "case_copy" add constraint "fk_case_copy__user_id" foreign key (tenant_id, "user_id") references "user" (tenant_id, id) on delete restrict;
alter table "case_copy" add constraint "fk_case_copy__by_id" foreign key (tenant_id, "by_id") references "user" (tenant_id, id) on delete restrict;
alter table "contact" add constraint "fk_contact__customer_id" foreign key (tenant_id, "customer_id") references "customer" (tenant_id, id) on delete cascade;
alter table "contact_attempt" add constraint "fk_contact_attempt__request_id" foreign key (tenant_id, "request_id") references "service_request" (tenant_id, id) on delete cascade;
alter table "contact_attempt" add constraint "fk_contact_attempt__customer_id" foreign key (tenant_id, "customer_id") references "customer" (tenant_id, id) on delete restrict;
alter table "contract_approval" add constraint "fk_contract_approval__applicant_id" foreign key (tenant_id, "applicant_id") references "user" (tenant_id, id) on delete restrict;
alter table "contract_approval" add constraint "fk_contract_approval__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "customer" add constraint "fk_customer__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "customer" add constraint "fk_customer__owner_id" foreign key (tenant_id, "owner_id") references "user" (tenant_id, id) on delete set null ("owner_id");
alter table "customer_visit" add constraint "fk_customer_visit__customer_id" foreign key (tenant_id, "customer_id") references "customer" (tenant_id, id) on delete restrict;
alter table "customer_visit" add constraint "fk_customer_visit__owner_id" foreign key (tenant_id, "owner_id") references "user" (tenant_id, id) on delete set null ("owner_id");
alter table "delegation" add constraint "fk_delegation__from_id" foreign key (tenant_id, "from_id") references "user" (tenant_id, id) on delete restrict;
alter table "delegation" add constraint "fk_delegation__to_id" foreign key (tenant_id, "to_id") references "user" (tenant_id, id) on delete restrict;
alter table "device" add constraint "fk_device__customer_id" foreign key (tenant_id, "customer_id") references "customer" (tenant_id, id) on delete restrict;
alter table "device" add constraint "fk_device__product_line_id" foreign key (tenant_id, "product_line_id") references "product_line" (tenant_id, id) on delete restrict;
alter table "device" add constraint "fk_device__product_id" foreign key (tenant_id, "product_id") references "product" (tenant_id, id) on delete restrict;
alter table "discount_request" add constraint "fk_discount_request__applicant_id" foreign key (tenant_id, "applicant_id") references "user" (tenant_id, id) on delete restrict;
alter table "discount_request" add constraint "fk_discount_request__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "employee" add constraint "fk_employee__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "employee" add constraint "fk_employee__post_id" foreign key (tenant_id, "post_id") references "post" (tenant_id, id) on delete restrict;
alter table "employee" add constraint "fk_employee__user_id" foreign key (tenant_id, "user_id") references "user" (tenant_id, id) on delete set null ("user_id");
alter table "expense_claim" add constraint "fk_expense_claim__applicant_id" foreign key (tenant_id, "applicant_id") references "user" (tenant_id, id) on delete restrict;
alter table "expense_claim" add constraint "fk_expense_claim__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "head_office_rule" add constraint "fk_head_office_rule__published_by_id" foreign key (tenant_id, "published_by_id") references "user" (tenant_id, id) on delete set null ("published_by_id");
alter table "leave_request" add constraint "fk_leave_request__applicant_id" foreign key (tenant_id, "applicant_id") references "user" (tenant_id, id) on delete restrict;
alter table "leave_request" add constraint "fk_leave_request__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "permission_change" add constraint "fk_permission_change__applicant_id" foreign key (tenant_id, "applicant_id") references "user" (tenant_id, id) on delete restrict;
alter table "permission_change" add constraint "fk_permission_change__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "process_node" add constraint "fk_process_node__parent_id" foreign key (tenant_id, "parent_id") references "process_node" (tenant_id, id) on delete restrict;
alter table "process_node" add constraint "fk_process_node__next_id" foreign key (tenant_id, "next_id") references "process_node" (tenant_id, id) on delete set null ("next_id");
alter table "process_rollout" add constraint "fk_process_rollout__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete cascade;
alter table "product" add constraint "fk_product__product_line_id" foreign key (tenant_id, "product_line_id") references "product_line" (tenant_id, id) on delete restrict;
alter table "purchase_request" add constraint "fk_purchase_request__applicant_id" foreign key (tenant_id, "applicant_id") references "user" (tenant_id, id) on delete restrict;
alter table "purchase_request" add constraint "fk_purchase_request__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "saved_view" add constraint "fk_saved_view__owner_id" foreign key (tenant_id, "owner_id") references "user" (tenant_id, id) on delete cascade;
alter table "service_request" add constraint "fk_service_request__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "service_request" add constraint "fk_service_request__owner_id" foreign key (tenant_id, "owner_id") references "user" (tenant_id, id) on delete restrict;
alter table "service_request" add constraint "fk_service_request__product_line_id" foreign key (tenant_id, "product_line_id") references "product_line" (tenant_id, id) on delete restrict;
alter table "service_request" add constraint "fk_service_request__customer_id" foreign key (tenant_id, "customer_id") references "customer" (tenant_id, id) on delete restrict;
alter table "service_request" add constraint "fk_service_request__device_id" foreign key (tenant_id, "device_id") references "device" (tenant_id, id) on delete restrict;
alter table "time_standard" add constraint "fk_time_standard__product_line_id" foreign key (tenant_id, "product_line_id") references "product_line" (tenant_id, id) on delete restrict;
alter table "trip_request" add constraint "fk_trip_request__applicant_id" foreign key (tenant_id, "applicant_id") references "user" (tenant_id, id) on delete restrict;
alter table "trip_request" add constraint "fk_trip_request__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "unit" add constraint "fk_unit__parent_id" foreign key (tenant_id, "parent_id") references "unit" (tenant_id, id) on delete restrict;
alter table "user" add constraint "fk_user__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "warranty_card" add constraint "fk_warranty_card__customer_id" foreign key (tenant_id, "customer_id") references "customer" (tenant_id, id) on delete restrict;
alter table "warranty_card" add constraint "fk_warranty_card__device_id" foreign key (tenant_id, "device_id") references "device" (tenant_id, id) on delete restrict;
create index "ix_alarm__record_id" on "alarm" (tenant_id, "record_id");
create unique index "uq_alarm__step_key__kind" on "alarm" (tenant_id, "step_key", "kind");
create index "ix_alarm__unit_id__raised_at__p" on "alarm" (tenant_id, "unit_id", "raised_at") where closed_at is null;
create unique index "uq_calendar__name" on "calendar" (tenant_id, "name");
create unique index "uq_calendar__is_default__p" on "calendar" (tenant_id, "is_default") where is_default;
create index "ix_case_copy__case_id" on "case_copy" (tenant_id, "case_id");
create index "ix_case_copy__user_id__sent_at" on "case_copy" (tenant_id, "user_id", "sent_at" desc);
create unique index "uq_case_copy__case_id__user_id" on "case_copy" (tenant_id, "case_id", "user_id");
create index "ix_contact__customer_id" on "contact" (tenant_id, "customer_id");
create index "ix_contact__phone" on "contact" (tenant_id, "phone");
create index "ix_contact_attempt__request_id" on "contact_attempt" (tenant_id, "request_id");
create index "ix_contact_attempt__customer_id" on "contact_attempt" (tenant_id, "customer_id");
create unique index "uq_contract_approval__number" on "contract_approval" (tenant_id, "number");
create index "ix_contract_approval__applicant_id__id" on "contract_approval" (tenant_id, "applicant_id", "id" desc);
create index "ix_contract_approval__unit_id__stage" on "contract_approval" (tenant_id, "unit_id", "stage");
create index "ix_customer__kind" on "customer" (tenant_id, "kind");
create index "ix_customer__phone" on "customer" (tenant_id, "phone");
create index "ix_customer__tier" on "customer" (tenant_id, "tier");
create index "ix_customer__unit_id" on "customer" (tenant_id, "unit_id");
create index "ix_customer__owner_id" on "customer" (tenant_id, "owner_id");
create unique index "uq_customer_visit__number" on "customer_visit" (tenant_id, "number");
create index "ix_customer_visit__customer_id" on "customer_visit" (tenant_id, "customer_id");
create index "ix_customer_visit__planned_at" on "customer_visit" (tenant_id, "planned_at");
create index "ix_customer_visit__owner_id" on "customer_visit" (tenant_id, "owner_id");
create index "ix_customer_visit__state" on "customer_visit" (tenant_id, "state");
create index "ix_device__customer_id" on "device" (tenant_id, "customer_id");
create index "ix_device__product_line_id" on "device" (tenant_id, "product_line_id");
create index "ix_device__product_id" on "device" (tenant_id, "product_id");
create unique index "uq_device__serial_no" on "device" (tenant_id, "serial_no");
create unique index "uq_discount_request__number" on "discount_request" (tenant_id, "number");
create index "ix_discount_request__applicant_id__id" on "discount_request" (tenant_id, "applicant_id", "id" desc);
create index "ix_discount_request__unit_id__stage" on "discount_request" (tenant_id, "unit_id", "stage");
create unique index "uq_employee__number" on "employee" (tenant_id, "number");
create index "ix_employee__unit_id" on "employee" (tenant_id, "unit_id");
create index "ix_employee__post_id" on "employee" (tenant_id, "post_id");
create unique index "uq_employee__user_id" on "employee" (tenant_id, "user_id");
create index "ix_employee__status" on "employee" (tenant_id, "status");
create unique index "uq_expense_claim__number" on "expense_claim" (tenant_id, "number");
create index "ix_expense_claim__applicant_id__id" on "expense_claim" (tenant_id, "applicant_id", "id" desc);
create index "ix_expense_claim__unit_id__stage" on "expense_claim" (tenant_id, "unit_id", "stage");
create index "ix_head_office_rule__process_key" on "head_office_rule" (tenant_id, "process_key");
create index "ix_head_office_rule__published_by_id" on "head_office_rule" (tenant_id, "published_by_id");
create unique index "uq_head_office_rule__code__release" on "head_office_rule" (tenant_id, "code", "release");
create unique index "uq_leave_request__number" on "leave_request" (tenant_id, "number");
create index "ix_leave_request__applicant_id__id" on "leave_request" (tenant_id, "applicant_id", "id" desc);
create index "ix_leave_request__unit_id__stage" on "leave_request" (tenant_id, "unit_id", "stage");
create unique index "uq_permission_change__number" on "permission_change" (tenant_id, "number");
create index "ix_permission_change__applicant_id__id" on "permission_change" (tenant_id, "applicant_id", "id" desc);
create index "ix_permission_change__unit_id__stage" on "permission_change" (tenant_id, "unit_id", "stage");
create unique index "uq_post__code" on "post" (tenant_id, "code");
create unique index "uq_process_node__code" on "process_node" (tenant_id, "code");
create index "ix_process_node__parent_id" on "process_node" (tenant_id, "parent_id");
create index "ix_process_node__next_id" on "process_node" (tenant_id, "next_id");
create index "ix_process_node__process_key" on "process_node" (tenant_id, "process_key");
create index "ix_process_rollout__unit_id" on "process_rollout" (tenant_id, "unit_id");
create unique index "uq_process_rollout__process_key__unit_id" on "process_rollout" (tenant_id, "process_key", "unit_id");
create unique index "uq_product__code" on "product" (tenant_id, "code");
create index "ix_product__product_line_id" on "product" (tenant_id, "product_line_id");
create unique index "uq_product_line__code" on "product_line" (tenant_id, "code");
create unique index "uq_product_line__name" on "product_line" (tenant_id, "name");
create unique index "uq_purchase_request__number" on "purchase_request" (tenant_id, "number");
create index "ix_purchase_request__applicant_id__id" on "purchase_request" (tenant_id, "applicant_id", "id" desc);
create index "ix_purchase_request__unit_id__stage" on "purchase_request" (tenant_id, "unit_id", "stage");
create unique index "uq_role__code" on "role" (tenant_id, "code");
create unique index "uq_role_group__name" on "role_group" (tenant_id, "name");
create index "ix_saved_view__entity" on "saved_view" (tenant_id, "entity");
create index "ix_saved_view__owner_id" on "saved_view" (tenant_id, "owner_id");
create unique index "uq_service_request__number" on "service_request" (tenant_id, "number");
create index "ix_service_request__customer_id" on "service_request" (tenant_id, "customer_id");
create index "ix_service_request__device_id" on "service_request" (tenant_id, "device_id");
create index "ix_service_request__unit_id__stage__id" on "service_request" (tenant_id, "unit_id", "stage", "id" desc);
create index "ix_service_request__stage__id" on "service_request" (tenant_id, "stage", "id" desc);
create unique index "uq_service_request__track_token" on "service_request" (tenant_id, "track_token");
create unique index "uq_tenant_field__entity__key" on "tenant_field" (tenant_id, "entity", "key");
create index "ix_time_standard__product_line_id" on "time_standard" (tenant_id, "product_line_id");
create index "ix_time_standard__process_key__node_id" on "time_standard" (tenant_id, "process_key", "node_id");
create unique index "uq_trip_request__number" on "trip_request" (tenant_id, "number");
create index "ix_trip_request__applicant_id__id" on "trip_request" (tenant_id, "applicant_id", "id" desc);
create index "ix_trip_request__unit_id__stage" on "trip_request" (tenant_id, "unit_id", "stage");
create unique index "uq_unit__code" on "unit" (tenant_id, "code");
create index "ix_unit__parent_id" on "unit" (tenant_id, "parent_id");
create unique index "uq_user__username" on "user" (tenant_id, "username");
create index "ix_user__unit_id" on "user" (tenant_id, "unit_id");
create unique index "uq_warranty_card__number" on "warranty_card" (tenant_id, "number");
create index "ix_warranty_card__customer_id" on "warranty_card" (tenant_id, "customer_id");
create index "ix_warranty_card__device_id" on "warranty_card" (tenant_id, "device_id");
create index "ix_warranty_card__valid_until" on "warranty_card" (tenant_id, "valid_until");
