-- made from the declarations by `quancheng migrate make hotline`; forward only
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
alter table "agent_extension" add constraint "fk_agent_extension__user_id" foreign key (tenant_id, "user_id") references "user" (tenant_id, id) on delete cascade;
alter table "customer_notice" add constraint "fk_customer_notice__channel_id" foreign key (tenant_id, "channel_id") references "notice_channel" (tenant_id, id) on delete set null ("channel_id");
alter table "customer_notice" add constraint "fk_customer_notice__request_id" foreign key (tenant_id, "request_id") references "service_request" (tenant_id, id) on delete cascade;
alter table "customer_notice" add constraint "fk_customer_notice__customer_id" foreign key (tenant_id, "customer_id") references "customer" (tenant_id, id) on delete set null ("customer_id");
alter table "customer_notice" add constraint "fk_customer_notice__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "hotline_ticket" add constraint "fk_hotline_ticket__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "hotline_ticket" add constraint "fk_hotline_ticket__product_line_id" foreign key (tenant_id, "product_line_id") references "product_line" (tenant_id, id) on delete restrict;
alter table "hotline_ticket" add constraint "fk_hotline_ticket__request_id" foreign key (tenant_id, "request_id") references "service_request" (tenant_id, id) on delete restrict;
alter table "hotline_ticket" add constraint "fk_hotline_ticket__decided_by_id" foreign key (tenant_id, "decided_by_id") references "user" (tenant_id, id) on delete restrict;
alter table "notice_channel" add constraint "fk_notice_channel__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "notice_choice" add constraint "fk_notice_choice__customer_id" foreign key (tenant_id, "customer_id") references "customer" (tenant_id, id) on delete cascade;
alter table "notice_choice" add constraint "fk_notice_choice__bot_id" foreign key (tenant_id, "bot_id") references "notice_channel" (tenant_id, id) on delete set null ("bot_id");
alter table "phone_call" add constraint "fk_phone_call__user_id" foreign key (tenant_id, "user_id") references "user" (tenant_id, id) on delete restrict;
alter table "phone_call" add constraint "fk_phone_call__customer_id" foreign key (tenant_id, "customer_id") references "customer" (tenant_id, id) on delete restrict;
alter table "phone_call" add constraint "fk_phone_call__request_id" foreign key (tenant_id, "request_id") references "service_request" (tenant_id, id) on delete restrict;
alter table "queue_call" add constraint "fk_queue_call__request_id" foreign key (tenant_id, "request_id") references "service_request" (tenant_id, id) on delete cascade;
alter table "queue_call" add constraint "fk_queue_call__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "survey_answer" add constraint "fk_survey_answer__request_id" foreign key (tenant_id, "request_id") references "service_request" (tenant_id, id) on delete cascade;
alter table "survey_answer" add constraint "fk_survey_answer__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "survey_answer" add constraint "fk_survey_answer__person_id" foreign key (tenant_id, "person_id") references "user" (tenant_id, id) on delete restrict;
alter table "survey_answer" add constraint "fk_survey_answer__product_line_id" foreign key (tenant_id, "product_line_id") references "product_line" (tenant_id, id) on delete restrict;
alter table "survey_answer" add constraint "fk_survey_answer__customer_id" foreign key (tenant_id, "customer_id") references "customer" (tenant_id, id) on delete set null ("customer_id");
create unique index "uq_agent_extension__extension" on "agent_extension" (tenant_id, "extension");
create index "ix_agent_extension__user_id" on "agent_extension" (tenant_id, "user_id");
create unique index "uq_cti_source__code" on "cti_source" (tenant_id, "code");
create index "ix_customer_notice__request_id" on "customer_notice" (tenant_id, "request_id");
create unique index "uq_customer_notice__key" on "customer_notice" (tenant_id, "key");
create index "ix_customer_notice__state__due_at" on "customer_notice" (tenant_id, "state", "due_at");
create unique index "uq_hotline_ticket__hotline_id" on "hotline_ticket" (tenant_id, "hotline_id");
create index "ix_hotline_ticket__product_line_id" on "hotline_ticket" (tenant_id, "product_line_id");
create index "ix_hotline_ticket__request_id" on "hotline_ticket" (tenant_id, "request_id");
create index "ix_hotline_ticket__unit_id__id__p" on "hotline_ticket" (tenant_id, "unit_id", "id") where state = 'waiting';
create unique index "uq_notice_choice__customer_id" on "notice_choice" (tenant_id, "customer_id");
create unique index "uq_notice_choice__token" on "notice_choice" (tenant_id, "token");
create unique index "uq_notice_template__event__family" on "notice_template" (tenant_id, "event", "family");
create unique index "uq_phone_call__call_key" on "phone_call" (tenant_id, "call_key");
create index "ix_phone_call__phone" on "phone_call" (tenant_id, "phone");
create index "ix_phone_call__user_id" on "phone_call" (tenant_id, "user_id");
create index "ix_phone_call__state" on "phone_call" (tenant_id, "state");
create index "ix_phone_call__customer_id" on "phone_call" (tenant_id, "customer_id");
create index "ix_phone_call__request_id" on "phone_call" (tenant_id, "request_id");
create index "ix_phone_call__ring_at" on "phone_call" (tenant_id, "ring_at");
create unique index "uq_queue_call__request_id" on "queue_call" (tenant_id, "request_id");
create index "ix_queue_call__unit_id__called_at" on "queue_call" (tenant_id, "unit_id", "called_at" desc);
create index "ix_survey_answer__unit_id" on "survey_answer" (tenant_id, "unit_id");
create index "ix_survey_answer__person_id" on "survey_answer" (tenant_id, "person_id");
create index "ix_survey_answer__product_line_id" on "survey_answer" (tenant_id, "product_line_id");
create index "ix_survey_answer__answered_at" on "survey_answer" (tenant_id, "answered_at");
create unique index "uq_survey_answer__request_id" on "survey_answer" (tenant_id, "request_id");
