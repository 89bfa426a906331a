-- made from the declarations by `quancheng migrate make station_in_full`; forward only
create table "absence" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "person_id" uuid not null,
  "from_day" date not null,
  "until_day" date not null,
  "reason" text,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "absence" enable row level security;
create policy tenant_isolation on "absence" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "article" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "number" text not null,
  "title" text not null,
  "body" text not null,
  "product_line_ids" uuid[],
  "fault_codes" text[],
  "visibility" text not null,
  "unit_ids" uuid[],
  "role_ids" uuid[],
  "valid_until" date,
  "state" text not null,
  "revision" text,
  "owner_id" uuid,
  "unit_id" uuid,
  "edition" integer not null,
  "published_at" timestamptz,
  "published_by_id" uuid,
  "uses" integer not null,
  "useful" integer not null,
  "useless" integer not null,
  "request_id" uuid,
  "open" boolean,
  "limited" boolean,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "article" enable row level security;
create policy tenant_isolation on "article" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "article_miss" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "words" text not null,
  "times" integer not null,
  "by_customers" integer not null,
  "last_at" timestamptz not null,
  "closed_at" timestamptz,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "article_miss" enable row level security;
create policy tenant_isolation on "article_miss" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "article_rating" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "article_id" uuid not null,
  "user_id" uuid not null,
  "useful" boolean not null,
  "reason" text,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "article_rating" enable row level security;
create policy tenant_isolation on "article_rating" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "article_use" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "article_id" uuid not null,
  "request_id" uuid not null,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "article_use" enable row level security;
create policy tenant_isolation on "article_use" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "article_version" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "article_id" uuid not null,
  "edition" integer,
  "state" text not null,
  "title" text not null,
  "body" text not null,
  "product_line_ids" uuid[],
  "fault_codes" text[],
  "visibility" text not null,
  "unit_ids" uuid[],
  "role_ids" uuid[],
  "valid_until" date,
  "note" text,
  "editor_ids" uuid[],
  "submitted_at" timestamptz,
  "decided_by_id" uuid,
  "decided_at" timestamptz,
  "reason" text,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "article_version" enable row level security;
create policy tenant_isolation on "article_version" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "booking" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "number" text not null,
  "rule_id" uuid not null,
  "unit_id" uuid not null,
  "service" text not null,
  "starts_at" timestamptz not null,
  "ends_at" timestamptz not null,
  "place" integer not null,
  "resource_id" uuid,
  "state" text not null,
  "request_id" uuid,
  "customer_id" uuid,
  "name" text not null,
  "phone" text not null,
  "product_line_id" uuid,
  "serial_no" text,
  "fault_description" text,
  "address" text,
  "latitude" numeric(18,6),
  "longitude" numeric(18,6),
  "token" text,
  "reason" text,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "booking" enable row level security;
create policy tenant_isolation on "booking" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "complaint" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "number" text not null,
  "kind" text not null,
  "category" text not null,
  "severity" text not null,
  "channel" text not null,
  "stage" text not null,
  "unit_id" uuid not null,
  "owner_id" uuid,
  "handler_id" uuid,
  "words" text not null,
  "customer_id" uuid,
  "customer_name" text,
  "phone" text,
  "request_id" uuid,
  "survey_id" uuid,
  "received_at" timestamptz not null,
  "limit_minutes" integer,
  "warn_at" timestamptz,
  "due_at" timestamptz,
  "cause" text,
  "result" text,
  "reply_by" text,
  "reply" text,
  "answered_at" timestamptz,
  "answered_late" boolean,
  "verdict" text,
  "verdict_at" timestamptz,
  "verdict_via" text,
  "verdict_words" text,
  "reopens" integer not null,
  "ended_at" timestamptz,
  "track_code" text,
  "link_token" text,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "complaint" enable row level security;
create policy tenant_isolation on "complaint" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "complaint_limit" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "category" text,
  "severity" text,
  "minutes" integer not null,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "complaint_limit" enable row level security;
create policy tenant_isolation on "complaint_limit" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "counter_rating" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "number" text not null,
  "request_id" uuid not null,
  "unit_id" uuid not null,
  "counter" text,
  "person_id" uuid,
  "score" integer not null,
  "tags" text[],
  "words" text,
  "source" text not null,
  "customer_id" uuid,
  "todo_id" text,
  "rated_at" timestamptz not null,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "counter_rating" enable row level security;
create policy tenant_isolation on "counter_rating" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "dispatch_entry" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "request_id" uuid not null,
  "unit_id" uuid not null,
  "step_id" text not null,
  "stage" text not null,
  "person_id" uuid,
  "how" text not null,
  "why" text not null,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "dispatch_entry" enable row level security;
create policy tenant_isolation on "dispatch_entry" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "dispatch_rule" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "unit_id" uuid,
  "node_id" text not null,
  "mode" text not null,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "dispatch_rule" enable row level security;
create policy tenant_isolation on "dispatch_rule" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "fault_category" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "name" text not null,
  "product_line_id" uuid,
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
alter table "fault_category" enable row level security;
create policy tenant_isolation on "fault_category" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "feedback" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "number" text not null,
  "source" text not null,
  "category" text not null,
  "department" text,
  "stage" text not null,
  "unit_id" uuid not null,
  "from_unit_id" uuid,
  "owner_id" uuid,
  "words" text not null,
  "customer_id" uuid,
  "customer_name" text,
  "phone" text,
  "request_id" uuid,
  "received_at" timestamptz not null,
  "result" text,
  "confirmed_by" text,
  "confirmed_at" timestamptz,
  "confirmed_via" text,
  "confirm_words" text,
  "reopens" integer not null,
  "ended_at" timestamptz,
  "track_code" text,
  "link_token" text,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "feedback" enable row level security;
create policy tenant_isolation on "feedback" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "feedback_route" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "category" text not null,
  "department" text not null,
  "role_id" uuid not null,
  "unit_id" uuid,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "feedback_route" enable row level security;
create policy tenant_isolation on "feedback_route" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "labour_rate" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "post_id" uuid not null,
  "unit_id" uuid,
  "hourly" numeric(16,2) not null,
  "valid_from" date not null,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "labour_rate" enable row level security;
create policy tenant_isolation on "labour_rate" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "person_skill" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "person_id" uuid not null,
  "skill_id" uuid not null,
  "level" integer not null,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "person_skill" enable row level security;
create policy tenant_isolation on "person_skill" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "retention" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "key" text not null,
  "name" text not null,
  "months" integer not null,
  "removed" integer,
  "swept_at" timestamptz,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "retention" enable row level security;
create policy tenant_isolation on "retention" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "service_contract" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "number" text not null,
  "customer_id" uuid not null,
  "title" text not null,
  "valid_from" date not null,
  "valid_until" date not null,
  "covers" text[] not null,
  "response_minutes" integer,
  "device_ids" uuid[],
  "product_line_ids" uuid[],
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
alter table "service_contract" enable row level security;
create policy tenant_isolation on "service_contract" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "service_resource" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "unit_id" uuid not null,
  "kind" text not null,
  "name" text not null,
  "person_id" uuid,
  "off" boolean,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "service_resource" enable row level security;
create policy tenant_isolation on "service_resource" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "skill" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "name" text not null,
  "note" text,
  "off" boolean,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "skill" enable row level security;
create policy tenant_isolation on "skill" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "skill_need" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "node_id" text not null,
  "product_line_id" uuid,
  "fault_category_id" uuid,
  "fault_code" text,
  "skill_id" uuid not null,
  "level" integer not null,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "skill_need" enable row level security;
create policy tenant_isolation on "skill_need" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "slot_rule" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "unit_id" uuid not null,
  "service" text not null,
  "minutes" integer not null,
  "capacity" integer not null,
  "starts" text,
  "every_day" boolean,
  "lead_minutes" integer not null,
  "days_ahead" integer not null,
  "cancel_minutes" integer not null,
  "resource_ids" uuid[],
  "off" boolean,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "slot_rule" enable row level security;
create policy tenant_isolation on "slot_rule" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "sync_node" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "name" text not null,
  "unit_id" uuid not null,
  "state" text not null,
  "joined_at" timestamptz,
  "ended_at" timestamptz,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "sync_node" enable row level security;
create policy tenant_isolation on "sync_node" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "synonym" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "words" text not null,
  "note" text,
  "off" boolean,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "synonym" enable row level security;
create policy tenant_isolation on "synonym" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
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
create table "work_profile" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "person_id" uuid not null,
  "max_open" integer not null,
  "latitude" numeric(18,6),
  "longitude" numeric(18,6),
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "work_profile" enable row level security;
create policy tenant_isolation on "work_profile" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "work_target" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "unit_id" uuid not null,
  "post_id" uuid,
  "user_id" uuid,
  "done_a_day" integer,
  "on_time_percent" integer,
  "most_open" integer,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "work_target" enable row level security;
create policy tenant_isolation on "work_target" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
alter table "customer" add column "phone_proven_at" timestamptz;
alter table "customer" add column "phone_proven_by_id" uuid;
alter table "estimate" add column "answered_how" text;
alter table "paper_setting" add column "voucher_phone" text;
alter table "service_request" add column "contract_id" uuid;
alter table "service_request" add column "fault_category_id" uuid;
alter table "absence" add constraint "fk_absence__person_id" foreign key (tenant_id, "person_id") references "user" (tenant_id, id) on delete cascade;
alter table "article" add constraint "fk_article__owner_id" foreign key (tenant_id, "owner_id") references "user" (tenant_id, id) on delete set null ("owner_id");
alter table "article" add constraint "fk_article__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "article" add constraint "fk_article__published_by_id" foreign key (tenant_id, "published_by_id") references "user" (tenant_id, id) on delete set null ("published_by_id");
alter table "article" add constraint "fk_article__request_id" foreign key (tenant_id, "request_id") references "service_request" (tenant_id, id) on delete set null ("request_id");
alter table "article_rating" add constraint "fk_article_rating__article_id" foreign key (tenant_id, "article_id") references "article" (tenant_id, id) on delete cascade;
alter table "article_rating" add constraint "fk_article_rating__user_id" foreign key (tenant_id, "user_id") references "user" (tenant_id, id) on delete cascade;
alter table "article_use" add constraint "fk_article_use__article_id" foreign key (tenant_id, "article_id") references "article" (tenant_id, id) on delete cascade;
alter table "article_use" add constraint "fk_article_use__request_id" foreign key (tenant_id, "request_id") references "service_request" (tenant_id, id) on delete cascade;
alter table "article_version" add constraint "fk_article_version__article_id" foreign key (tenant_id, "article_id") references "article" (tenant_id, id) on delete cascade;
alter table "article_version" add constraint "fk_article_version__decided_by_id" foreign key (tenant_id, "decided_by_id") references "user" (tenant_id, id) on delete set null ("decided_by_id");
alter table "booking" add constraint "fk_booking__rule_id" foreign key (tenant_id, "rule_id") references "slot_rule" (tenant_id, id) on delete restrict;
alter table "booking" add constraint "fk_booking__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "booking" add constraint "fk_booking__resource_id" foreign key (tenant_id, "resource_id") references "service_resource" (tenant_id, id) on delete restrict;
alter table "booking" add constraint "fk_booking__request_id" foreign key (tenant_id, "request_id") references "service_request" (tenant_id, id) on delete set null ("request_id");
alter table "booking" add constraint "fk_booking__customer_id" foreign key (tenant_id, "customer_id") references "customer" (tenant_id, id) on delete set null ("customer_id");
alter table "booking" add constraint "fk_booking__product_line_id" foreign key (tenant_id, "product_line_id") references "product_line" (tenant_id, id) on delete restrict;
alter table "complaint" add constraint "fk_complaint__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "complaint" add constraint "fk_complaint__owner_id" foreign key (tenant_id, "owner_id") references "user" (tenant_id, id) on delete restrict;
alter table "complaint" add constraint "fk_complaint__handler_id" foreign key (tenant_id, "handler_id") references "user" (tenant_id, id) on delete restrict;
alter table "complaint" add constraint "fk_complaint__customer_id" foreign key (tenant_id, "customer_id") references "customer" (tenant_id, id) on delete set null ("customer_id");
alter table "complaint" add constraint "fk_complaint__request_id" foreign key (tenant_id, "request_id") references "service_request" (tenant_id, id) on delete set null ("request_id");
alter table "complaint" add constraint "fk_complaint__survey_id" foreign key (tenant_id, "survey_id") references "survey_answer" (tenant_id, id) on delete set null ("survey_id");
alter table "counter_rating" add constraint "fk_counter_rating__request_id" foreign key (tenant_id, "request_id") references "service_request" (tenant_id, id) on delete cascade;
alter table "counter_rating" add constraint "fk_counter_rating__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "counter_rating" add constraint "fk_counter_rating__person_id" foreign key (tenant_id, "person_id") references "user" (tenant_id, id) on delete restrict;
alter table "counter_rating" add constraint "fk_counter_rating__customer_id" foreign key (tenant_id, "customer_id") references "customer" (tenant_id, id) on delete set null ("customer_id");
alter table "customer" add constraint "fk_customer__phone_proven_by_id" foreign key (tenant_id, "phone_proven_by_id") references "user" (tenant_id, id) on delete set null ("phone_proven_by_id");
alter table "dispatch_entry" add constraint "fk_dispatch_entry__request_id" foreign key (tenant_id, "request_id") references "service_request" (tenant_id, id) on delete cascade;
alter table "dispatch_entry" add constraint "fk_dispatch_entry__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "dispatch_entry" add constraint "fk_dispatch_entry__person_id" foreign key (tenant_id, "person_id") references "user" (tenant_id, id) on delete restrict;
alter table "dispatch_rule" add constraint "fk_dispatch_rule__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "fault_category" add constraint "fk_fault_category__product_line_id" foreign key (tenant_id, "product_line_id") references "product_line" (tenant_id, id) on delete restrict;
alter table "feedback" add constraint "fk_feedback__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "feedback" add constraint "fk_feedback__from_unit_id" foreign key (tenant_id, "from_unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "feedback" add constraint "fk_feedback__owner_id" foreign key (tenant_id, "owner_id") references "user" (tenant_id, id) on delete restrict;
alter table "feedback" add constraint "fk_feedback__customer_id" foreign key (tenant_id, "customer_id") references "customer" (tenant_id, id) on delete set null ("customer_id");
alter table "feedback" add constraint "fk_feedback__request_id" foreign key (tenant_id, "request_id") references "service_request" (tenant_id, id) on delete set null ("request_id");
alter table "feedback_route" add constraint "fk_feedback_route__role_id" foreign key (tenant_id, "role_id") references "role" (tenant_id, id) on delete restrict;
alter table "feedback_route" add constraint "fk_feedback_route__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "labour_rate" add constraint "fk_labour_rate__post_id" foreign key (tenant_id, "post_id") references "post" (tenant_id, id) on delete restrict;
alter table "labour_rate" add constraint "fk_labour_rate__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "person_skill" add constraint "fk_person_skill__person_id" foreign key (tenant_id, "person_id") references "user" (tenant_id, id) on delete cascade;
alter table "person_skill" add constraint "fk_person_skill__skill_id" foreign key (tenant_id, "skill_id") references "skill" (tenant_id, id) on delete restrict;
alter table "service_contract" add constraint "fk_service_contract__customer_id" foreign key (tenant_id, "customer_id") references "customer" (tenant_id, id) on delete restrict;
alter table "service_request" add constraint "fk_service_request__contract_id" foreign key (tenant_id, "contract_id") references "service_contract" (tenant_id, id) on delete set null ("contract_id");
alter table "service_request" add constraint "fk_service_request__fault_category_id" foreign key (tenant_id, "fault_category_id") references "fault_category" (tenant_id, id) on delete set null ("fault_category_id");
alter table "service_resource" add constraint "fk_service_resource__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "service_resource" add constraint "fk_service_resource__person_id" foreign key (tenant_id, "person_id") references "user" (tenant_id, id) on delete set null ("person_id");
alter table "skill_need" add constraint "fk_skill_need__product_line_id" foreign key (tenant_id, "product_line_id") references "product_line" (tenant_id, id) on delete restrict;
alter table "skill_need" add constraint "fk_skill_need__fault_category_id" foreign key (tenant_id, "fault_category_id") references "fault_category" (tenant_id, id) on delete cascade;
alter table "skill_need" add constraint "fk_skill_need__skill_id" foreign key (tenant_id, "skill_id") references "skill" (tenant_id, id) on delete restrict;
alter table "slot_rule" add constraint "fk_slot_rule__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "sync_node" add constraint "fk_sync_node__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "webhook" add constraint "fk_webhook__as_user_id" foreign key (tenant_id, "as_user_id") references "user" (tenant_id, id) on delete restrict;
alter table "work_profile" add constraint "fk_work_profile__person_id" foreign key (tenant_id, "person_id") references "user" (tenant_id, id) on delete cascade;
alter table "work_target" add constraint "fk_work_target__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "work_target" add constraint "fk_work_target__post_id" foreign key (tenant_id, "post_id") references "post" (tenant_id, id) on delete restrict;
alter table "work_target" add constraint "fk_work_target__user_id" foreign key (tenant_id, "user_id") references "user" (tenant_id, id) on delete restrict;
create index "ix_absence__person_id__until_day" on "absence" (tenant_id, "person_id", "until_day");
create unique index "uq_article__number" on "article" (tenant_id, "number");
create index "ix_article__request_id" on "article" (tenant_id, "request_id");
create index "ix_article__state__published_at" on "article" (tenant_id, "state", "published_at");
create unique index "uq_article_miss__words" on "article_miss" (tenant_id, "words");
create unique index "uq_article_rating__article_id__user_id" on "article_rating" (tenant_id, "article_id", "user_id");
create index "ix_article_use__request_id" on "article_use" (tenant_id, "request_id");
create unique index "uq_article_use__article_id__request_id" on "article_use" (tenant_id, "article_id", "request_id");
create unique index "uq_article_version__article_id__p" on "article_version" (tenant_id, "article_id") where state <> 'published';
create unique index "uq_booking__number" on "booking" (tenant_id, "number");
create index "ix_booking__phone" on "booking" (tenant_id, "phone");
create unique index "uq_booking__rule_id__starts_at__place__p" on "booking" (tenant_id, "rule_id", "starts_at", "place") where state <> 'cancelled';
create unique index "uq_booking__resource_id__starts_at__p" on "booking" (tenant_id, "resource_id", "starts_at") where state <> 'cancelled' and resource_id is not null;
create index "ix_booking__unit_id__starts_at" on "booking" (tenant_id, "unit_id", "starts_at");
create unique index "uq_booking__token" on "booking" (tenant_id, "token");
create unique index "uq_booking__request_id__service__p" on "booking" (tenant_id, "request_id", "service") where state = 'booked' and request_id is not null;
create unique index "uq_complaint__number" on "complaint" (tenant_id, "number");
create index "ix_complaint__customer_id" on "complaint" (tenant_id, "customer_id");
create index "ix_complaint__request_id" on "complaint" (tenant_id, "request_id");
create index "ix_complaint__unit_id__received_at" on "complaint" (tenant_id, "unit_id", "received_at" desc);
create unique index "uq_complaint__link_token" on "complaint" (tenant_id, "link_token");
create index "ix_counter_rating__person_id" on "counter_rating" (tenant_id, "person_id");
create unique index "uq_counter_rating__request_id" on "counter_rating" (tenant_id, "request_id");
create index "ix_counter_rating__unit_id__rated_at" on "counter_rating" (tenant_id, "unit_id", "rated_at" desc);
create index "ix_customer_notice__to__created_at__p" on "customer_notice" (tenant_id, "to", "created_at") where customer_id is null;
create index "ix_dispatch_entry__request_id" on "dispatch_entry" (tenant_id, "request_id");
create index "ix_dispatch_entry__unit_id" on "dispatch_entry" (tenant_id, "unit_id");
create index "ix_dispatch_entry__step_id" on "dispatch_entry" (tenant_id, "step_id");
create unique index "uq_dispatch_rule__unit_id__node_id" on "dispatch_rule" (tenant_id, "unit_id", "node_id");
create unique index "uq_fault_category__product_line_id__name" on "fault_category" (tenant_id, "product_line_id", "name");
create unique index "uq_feedback__number" on "feedback" (tenant_id, "number");
create index "ix_feedback__customer_id" on "feedback" (tenant_id, "customer_id");
create index "ix_feedback__request_id" on "feedback" (tenant_id, "request_id");
create index "ix_feedback__unit_id__received_at" on "feedback" (tenant_id, "unit_id", "received_at" desc);
create unique index "uq_feedback__link_token" on "feedback" (tenant_id, "link_token");
create index "ix_feedback_route__role_id" on "feedback_route" (tenant_id, "role_id");
create index "ix_feedback_route__unit_id" on "feedback_route" (tenant_id, "unit_id");
create unique index "uq_feedback_route__category" on "feedback_route" (tenant_id, "category");
create unique index "uq_labour_rate__post_id__unit_id__valid_from" on "labour_rate" (tenant_id, "post_id", "unit_id", "valid_from");
create index "ix_person_skill__skill_id" on "person_skill" (tenant_id, "skill_id");
create unique index "uq_person_skill__person_id__skill_id" on "person_skill" (tenant_id, "person_id", "skill_id");
create unique index "uq_retention__key" on "retention" (tenant_id, "key");
create unique index "uq_service_contract__number" on "service_contract" (tenant_id, "number");
create index "ix_service_contract__customer_id" on "service_contract" (tenant_id, "customer_id");
create index "ix_service_contract__valid_until" on "service_contract" (tenant_id, "valid_until");
create index "ix_service_request__contract_id" on "service_request" (tenant_id, "contract_id");
create index "ix_service_request__started_at" on "service_request" (tenant_id, "started_at");
create index "ix_service_request__ended_at__p" on "service_request" (tenant_id, "ended_at") where stage = 'collected';
create index "ix_service_resource__person_id" on "service_resource" (tenant_id, "person_id");
create unique index "uq_service_resource__unit_id__name" on "service_resource" (tenant_id, "unit_id", "name");
create unique index "uq_skill__name" on "skill" (tenant_id, "name");
create index "ix_skill_need__product_line_id" on "skill_need" (tenant_id, "product_line_id");
create index "ix_skill_need__fault_category_id" on "skill_need" (tenant_id, "fault_category_id");
create index "ix_skill_need__skill_id" on "skill_need" (tenant_id, "skill_id");
create unique index "uq_slot_rule__unit_id__service" on "slot_rule" (tenant_id, "unit_id", "service");
create index "ix_sync_node__unit_id" on "sync_node" (tenant_id, "unit_id");
create unique index "uq_webhook__name" on "webhook" (tenant_id, "name");
create unique index "uq_work_profile__person_id" on "work_profile" (tenant_id, "person_id");
create unique index "uq_work_target__unit_id__post_id__user_id" on "work_target" (tenant_id, "unit_id", "post_id", "user_id");
