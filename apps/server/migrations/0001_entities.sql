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
alter table "contact" add constraint "fk_contact__customer_id" foreign key (tenant_id, "customer_id") references "customer" (tenant_id, id) on delete cascade;
alter table "contact_attempt" add constraint "fk_contact_attempt__request_id" foreign key (tenant_id, "request_id") references "service_request" (tenant_id, id) on delete cascade;
alter table "contact_attempt" add constraint "fk_contact_attempt__customer_id" foreign key (tenant_id, "customer_id") references "customer" (tenant_id, id) on delete restrict;
alter table "customer" add constraint "fk_customer__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "customer" add constraint "fk_customer__owner_id" foreign key (tenant_id, "owner_id") references "user" (tenant_id, id) on delete set null ("owner_id");
alter table "device" add constraint "fk_device__customer_id" foreign key (tenant_id, "customer_id") references "customer" (tenant_id, id) on delete restrict;
alter table "device" add constraint "fk_device__product_line_id" foreign key (tenant_id, "product_line_id") references "product_line" (tenant_id, id) on delete restrict;
alter table "device" add constraint "fk_device__product_id" foreign key (tenant_id, "product_id") references "product" (tenant_id, id) on delete restrict;
alter table "employee" add constraint "fk_employee__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "employee" add constraint "fk_employee__post_id" foreign key (tenant_id, "post_id") references "post" (tenant_id, id) on delete restrict;
alter table "employee" add constraint "fk_employee__user_id" foreign key (tenant_id, "user_id") references "user" (tenant_id, id) on delete set null ("user_id");
alter table "product" add constraint "fk_product__product_line_id" foreign key (tenant_id, "product_line_id") references "product_line" (tenant_id, id) on delete restrict;
alter table "saved_view" add constraint "fk_saved_view__owner_id" foreign key (tenant_id, "owner_id") references "user" (tenant_id, id) on delete cascade;
alter table "service_request" add constraint "fk_service_request__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "service_request" add constraint "fk_service_request__owner_id" foreign key (tenant_id, "owner_id") references "user" (tenant_id, id) on delete restrict;
alter table "service_request" add constraint "fk_service_request__product_line_id" foreign key (tenant_id, "product_line_id") references "product_line" (tenant_id, id) on delete restrict;
alter table "service_request" add constraint "fk_service_request__customer_id" foreign key (tenant_id, "customer_id") references "customer" (tenant_id, id) on delete restrict;
alter table "service_request" add constraint "fk_service_request__device_id" foreign key (tenant_id, "device_id") references "device" (tenant_id, id) on delete restrict;
alter table "time_standard" add constraint "fk_time_standard__product_line_id" foreign key (tenant_id, "product_line_id") references "product_line" (tenant_id, id) on delete restrict;
alter table "unit" add constraint "fk_unit__parent_id" foreign key (tenant_id, "parent_id") references "unit" (tenant_id, id) on delete restrict;
alter table "user" add constraint "fk_user__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "warranty_card" add constraint "fk_warranty_card__customer_id" foreign key (tenant_id, "customer_id") references "customer" (tenant_id, id) on delete restrict;
alter table "warranty_card" add constraint "fk_warranty_card__device_id" foreign key (tenant_id, "device_id") references "device" (tenant_id, id) on delete restrict;
create index "ix_alarm__record_id" on "alarm" (tenant_id, "record_id");
create unique index "uq_alarm__step_key__kind" on "alarm" (tenant_id, "step_key", "kind");
create index "ix_alarm__unit_id__raised_at__p" on "alarm" (tenant_id, "unit_id", "raised_at") where closed_at is null;
create unique index "uq_calendar__name" on "calendar" (tenant_id, "name");
create unique index "uq_calendar__is_default__p" on "calendar" (tenant_id, "is_default") where is_default;
create index "ix_contact__customer_id" on "contact" (tenant_id, "customer_id");
create index "ix_contact__phone" on "contact" (tenant_id, "phone");
create index "ix_contact_attempt__request_id" on "contact_attempt" (tenant_id, "request_id");
create index "ix_contact_attempt__customer_id" on "contact_attempt" (tenant_id, "customer_id");
create index "ix_customer__kind" on "customer" (tenant_id, "kind");
create index "ix_customer__phone" on "customer" (tenant_id, "phone");
create index "ix_customer__tier" on "customer" (tenant_id, "tier");
create index "ix_customer__unit_id" on "customer" (tenant_id, "unit_id");
create index "ix_customer__owner_id" on "customer" (tenant_id, "owner_id");
create index "ix_device__customer_id" on "device" (tenant_id, "customer_id");
create index "ix_device__product_line_id" on "device" (tenant_id, "product_line_id");
create index "ix_device__product_id" on "device" (tenant_id, "product_id");
create unique index "uq_device__serial_no" on "device" (tenant_id, "serial_no");
create unique index "uq_employee__number" on "employee" (tenant_id, "number");
create index "ix_employee__unit_id" on "employee" (tenant_id, "unit_id");
create index "ix_employee__post_id" on "employee" (tenant_id, "post_id");
create unique index "uq_employee__user_id" on "employee" (tenant_id, "user_id");
create index "ix_employee__status" on "employee" (tenant_id, "status");
create unique index "uq_post__code" on "post" (tenant_id, "code");
create unique index "uq_product__code" on "product" (tenant_id, "code");
create index "ix_product__product_line_id" on "product" (tenant_id, "product_line_id");
create unique index "uq_product_line__code" on "product_line" (tenant_id, "code");
create unique index "uq_product_line__name" on "product_line" (tenant_id, "name");
create unique index "uq_role__code" on "role" (tenant_id, "code");
create unique index "uq_role_group__name" on "role_group" (tenant_id, "name");
create index "ix_saved_view__entity" on "saved_view" (tenant_id, "entity");
create index "ix_saved_view__owner_id" on "saved_view" (tenant_id, "owner_id");
create unique index "uq_service_request__number" on "service_request" (tenant_id, "number");
create index "ix_service_request__customer_id" on "service_request" (tenant_id, "customer_id");
create index "ix_service_request__device_id" on "service_request" (tenant_id, "device_id");
create index "ix_service_request__unit_id__stage__id" on "service_request" (tenant_id, "unit_id", "stage", "id" desc);
create unique index "uq_service_request__track_token" on "service_request" (tenant_id, "track_token");
create unique index "uq_tenant_field__entity__key" on "tenant_field" (tenant_id, "entity", "key");
create index "ix_time_standard__product_line_id" on "time_standard" (tenant_id, "product_line_id");
create index "ix_time_standard__process_key__node_id" on "time_standard" (tenant_id, "process_key", "node_id");
create unique index "uq_unit__code" on "unit" (tenant_id, "code");
create index "ix_unit__parent_id" on "unit" (tenant_id, "parent_id");
create unique index "uq_user__username" on "user" (tenant_id, "username");
create index "ix_user__unit_id" on "user" (tenant_id, "unit_id");
create unique index "uq_warranty_card__number" on "warranty_card" (tenant_id, "number");
create index "ix_warranty_card__customer_id" on "warranty_card" (tenant_id, "customer_id");
create index "ix_warranty_card__device_id" on "warranty_card" (tenant_id, "device_id");
create index "ix_warranty_card__valid_until" on "warranty_card" (tenant_id, "valid_until");
