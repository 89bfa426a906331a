-- made from the declarations by `quancheng migrate make customers_and_sales`; forward only
create table "account_request" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "number" text not null,
  "kind" text not null,
  "user_id" uuid,
  "name" text,
  "username" text,
  "phone" text,
  "unit_id" uuid not null,
  "to_unit_id" uuid,
  "roles" text[],
  "effective_on" date not null,
  "reason" text,
  "requested_by_id" uuid,
  "requested_on" date,
  "late_days" integer,
  "stage" text not null,
  "done_at" timestamptz,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "account_request" enable row level security;
create policy tenant_isolation on "account_request" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "account_team" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "group_id" uuid not null,
  "user_id" uuid not null,
  "role" text not null,
  "until" date,
  "duty" text,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "account_team" enable row level security;
create policy tenant_isolation on "account_team" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "account_type_profile" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "account_type" text not null,
  "team_id" uuid,
  "focus" text,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "account_type_profile" enable row level security;
create policy tenant_isolation on "account_type_profile" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "budget" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "unit_id" uuid not null,
  "period" text not null,
  "category" text not null,
  "amount" numeric(16,2) not null,
  "starts_on" date,
  "ends_on" date,
  "note" text,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "budget" enable row level security;
create policy tenant_isolation on "budget" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "calendar_event" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "title" text not null,
  "kind" text not null,
  "starts_at" timestamptz not null,
  "ends_at" timestamptz not null,
  "all_day" boolean,
  "free" boolean,
  "place" text,
  "owner_id" uuid not null,
  "unit_id" uuid,
  "resource_id" uuid,
  "rule" text,
  "skip_holidays" boolean,
  "ex_days" jsonb,
  "last_end" timestamptz,
  "series_id" uuid,
  "original_day" date,
  "reminder_minutes" integer,
  "visibility" text not null,
  "note" text,
  "entity" text,
  "record_id" text,
  "about" text,
  "budget" numeric(16,2),
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "calendar_event" enable row level security;
create policy tenant_isolation on "calendar_event" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "calendar_feed" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "person_id" uuid not null,
  "token_hash" text not null,
  "off" boolean,
  "renewed_at" timestamptz not null,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "calendar_feed" enable row level security;
create policy tenant_isolation on "calendar_feed" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "calendar_share" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "owner_id" uuid not null,
  "person_id" uuid not null,
  "access" text not null,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "calendar_share" enable row level security;
create policy tenant_isolation on "calendar_share" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "campaign" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "code" text not null,
  "name" text not null,
  "state" text,
  "unit_id" uuid not null,
  "owner_id" uuid,
  "starts_on" date,
  "ends_on" date,
  "budget" numeric(16,2),
  "goal" text,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "campaign" enable row level security;
create policy tenant_isolation on "campaign" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "campaign_cost" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "campaign_id" uuid not null,
  "spent_on" date not null,
  "kind" text not null,
  "amount" numeric(16,2) not null,
  "note" text,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "campaign_cost" enable row level security;
create policy tenant_isolation on "campaign_cost" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "campaign_member" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "campaign_id" uuid not null,
  "customer_id" uuid not null,
  "occasion" text not null,
  "unit_id" uuid,
  "owner_id" uuid,
  "side" text not null,
  "state" text not null,
  "position" integer not null,
  "next_at" timestamptz,
  "opened_at" timestamptz,
  "responded_at" timestamptz,
  "lead_id" uuid,
  "token" text,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "campaign_member" enable row level security;
create policy tenant_isolation on "campaign_member" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "campaign_plan" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "campaign_id" uuid not null,
  "trigger" text not null,
  "trigger_stage" text,
  "segment_id" uuid,
  "control_percent" integer not null,
  "seed" text not null,
  "purpose" text not null,
  "start_at" timestamptz,
  "offer" text,
  "live" boolean,
  "frozen_at" timestamptz,
  "frozen_target" integer,
  "frozen_control" integer,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "campaign_plan" enable row level security;
create policy tenant_isolation on "campaign_plan" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "campaign_send" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "campaign_id" uuid not null,
  "member_id" uuid not null,
  "step_id" uuid,
  "customer_id" uuid not null,
  "position" integer not null,
  "kind" text not null,
  "outcome" text not null,
  "reason" text,
  "notice_id" uuid,
  "engagement_id" uuid,
  "at" timestamptz not null,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "campaign_send" enable row level security;
create policy tenant_isolation on "campaign_send" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "campaign_step" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "campaign_id" uuid not null,
  "position" integer not null,
  "kind" text not null,
  "channel" text not null,
  "after_days" integer not null,
  "only_if" text not null,
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
alter table "campaign_step" enable row level security;
create policy tenant_isolation on "campaign_step" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "care_act" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "plan_id" uuid not null,
  "customer_id" uuid not null,
  "occasion" text not null,
  "on_day" date not null,
  "due_on" date not null,
  "owner_id" uuid,
  "todo_id" uuid,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "care_act" enable row level security;
create policy tenant_isolation on "care_act" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "care_plan" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "name" text not null,
  "trigger" text not null,
  "festival" text,
  "month_day" text,
  "days" integer not null,
  "title" text not null,
  "details" text,
  "to_id" uuid not null,
  "kind" text,
  "tiers" text[],
  "level_up_to" integer,
  "unit_id" uuid,
  "off" boolean,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "care_plan" enable row level security;
create policy tenant_isolation on "care_plan" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "change_order" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "number" text not null,
  "contract_id" uuid not null,
  "amount" numeric(16,2) not null,
  "reason" text not null,
  "approved_on" date,
  "approved_by_id" uuid,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "change_order" enable row level security;
create policy tenant_isolation on "change_order" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "checklist_answer" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "customer_id" uuid not null,
  "question_id" uuid not null,
  "value" text,
  "by_id" uuid,
  "at" timestamptz not null,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "checklist_answer" enable row level security;
create policy tenant_isolation on "checklist_answer" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "checklist_question" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "code" text not null,
  "label" text not null,
  "kind" text not null,
  "options" text,
  "customer_field" text,
  "account_types" text[],
  "before" text[] not null,
  "required" boolean,
  "position" integer not null,
  "off" boolean,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "checklist_question" enable row level security;
create policy tenant_isolation on "checklist_question" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "commission_entry" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "period" text not null,
  "user_id" uuid not null,
  "unit_id" uuid not null,
  "plan_id" uuid,
  "contract_id" uuid,
  "receipt_id" uuid,
  "base" numeric(16,2) not null,
  "percent" numeric(18,2) not null,
  "amount" numeric(16,2) not null,
  "key" text not null,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "commission_entry" enable row level security;
create policy tenant_isolation on "commission_entry" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "commission_plan" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "name" text not null,
  "user_id" uuid,
  "role_id" uuid,
  "basis" text not null,
  "per" text not null,
  "valid_from" date not null,
  "valid_until" date,
  "off" boolean,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "commission_plan" enable row level security;
create policy tenant_isolation on "commission_plan" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "commission_share" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "contract_id" uuid not null,
  "user_id" uuid not null,
  "percent" numeric(18,2) not null,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "commission_share" enable row level security;
create policy tenant_isolation on "commission_share" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "commission_tier" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "plan_id" uuid not null,
  "from" numeric(16,2) not null,
  "to" numeric(16,2),
  "percent" numeric(18,2) not null,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "commission_tier" enable row level security;
create policy tenant_isolation on "commission_tier" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "competitor" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "name" text not null,
  "other_names" text,
  "products" text,
  "price_level" text,
  "strengths" text,
  "weaknesses" text,
  "note" text,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "competitor" enable row level security;
create policy tenant_isolation on "competitor" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "competitor_move" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "competitor_id" uuid not null,
  "on" date not null,
  "kind" text not null,
  "what" text not null,
  "source" text,
  "unit_id" uuid,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "competitor_move" enable row level security;
create policy tenant_isolation on "competitor_move" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "consent" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "customer_id" uuid not null,
  "purpose" text not null,
  "channel" text not null,
  "given" text not null,
  "at" timestamptz not null,
  "evidence" text not null,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "consent" enable row level security;
create policy tenant_isolation on "consent" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "contract" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "number" text not null,
  "title" text not null,
  "kind" text not null,
  "parent_id" uuid,
  "customer_id" uuid not null,
  "contact_id" uuid,
  "opportunity_id" uuid,
  "quote_id" uuid,
  "unit_id" uuid not null,
  "owner_id" uuid,
  "state" text not null,
  "amount" numeric(16,2) not null,
  "signed_on" date,
  "valid_from" date,
  "valid_until" date,
  "renewal_days" integer,
  "volume" numeric(18,3),
  "volume_unit" text,
  "over_volume" text not null,
  "template_id" uuid,
  "terms" text,
  "content" text,
  "changed" numeric(16,2),
  "ended_on" date,
  "end_reason" text,
  "renewal_for" date,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "contract" enable row level security;
create policy tenant_isolation on "contract" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "contract_line" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "contract_id" uuid not null,
  "position" integer not null,
  "product_id" uuid,
  "item" text not null,
  "unit" text not null,
  "quantity" numeric(18,3),
  "unit_price" numeric(16,2) not null,
  "amount" numeric(16,2),
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "contract_line" enable row level security;
create policy tenant_isolation on "contract_line" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "contract_rule" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "name" text not null,
  "order_days" integer not null,
  "remind_days" integer not null,
  "our_name" text,
  "our_address" text,
  "our_phone" text,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "contract_rule" enable row level security;
create policy tenant_isolation on "contract_rule" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "contract_template" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "title" text not null,
  "kind" text,
  "body" text not null,
  "off" boolean,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "contract_template" enable row level security;
create policy tenant_isolation on "contract_template" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "cross_sell" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "name" text not null,
  "product_line_id" uuid not null,
  "stage" text not null,
  "product_id" uuid,
  "price" numeric(16,2),
  "words" text not null,
  "position" integer not null,
  "off" boolean,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "cross_sell" enable row level security;
create policy tenant_isolation on "cross_sell" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "customer_merge" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "survivor_id" uuid not null,
  "merged_id" uuid not null,
  "state" text not null,
  "reason" text,
  "merged_at" timestamptz not null,
  "by_id" uuid,
  "undone_at" timestamptz,
  "rows" integer,
  "moved" jsonb,
  "changed" jsonb,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "customer_merge" enable row level security;
create policy tenant_isolation on "customer_merge" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "customer_standing" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "customer_id" uuid not null,
  "level" integer not null,
  "total" numeric(16,2) not null,
  "ours" numeric(16,2) not null,
  "share" numeric(18,2) not null,
  "period" text,
  "mean" numeric(16,2),
  "below" boolean,
  "cause" text,
  "plan" text,
  "hint" text,
  "explanation" text,
  "to_next" text,
  "upgrade" jsonb,
  "table_version" integer,
  "joined_on" date,
  "link_token" text,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "customer_standing" enable row level security;
create policy tenant_isolation on "customer_standing" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "deal_contact" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "opportunity_id" uuid not null,
  "contact_id" uuid not null,
  "role" text not null,
  "stand" text,
  "note" text,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "deal_contact" enable row level security;
create policy tenant_isolation on "deal_contact" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "decline" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "number" text not null,
  "customer_id" uuid not null,
  "month" text not null,
  "base" numeric(16,2) not null,
  "volume" numeric(16,2) not null,
  "change" numeric(18,1) not null,
  "stage" text not null,
  "unit_id" uuid not null,
  "owner_id" uuid,
  "cause" text,
  "cause_words" text,
  "result" text,
  "ended_at" timestamptz,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "decline" enable row level security;
create policy tenant_isolation on "decline" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "delivery" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "number" text not null,
  "order_id" uuid not null,
  "contract_id" uuid,
  "customer_id" uuid not null,
  "delivered_on" date not null,
  "amount" numeric(16,2) not null,
  "note" text,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "delivery" enable row level security;
create policy tenant_isolation on "delivery" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "delivery_line" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "delivery_id" uuid not null,
  "order_line_id" uuid not null,
  "quantity" numeric(18,3) not null,
  "amount" numeric(16,2) not null,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "delivery_line" enable row level security;
create policy tenant_isolation on "delivery_line" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "discount_rule" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "name" text not null,
  "user_id" uuid,
  "role_id" uuid,
  "product_line_id" uuid,
  "free" numeric(18,2) not null,
  "most" numeric(18,2),
  "approver_id" uuid,
  "approver_role_id" uuid,
  "off" boolean,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "discount_rule" enable row level security;
create policy tenant_isolation on "discount_rule" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "document_template" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "name" text not null,
  "entity" text not null,
  "file_name" text,
  "active" boolean,
  "note" text,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "document_template" enable row level security;
create policy tenant_isolation on "document_template" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "engagement" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "kind" text not null,
  "state" text not null,
  "customer_id" uuid,
  "contact_id" uuid,
  "lead_id" uuid,
  "opportunity_id" uuid,
  "unit_id" uuid not null,
  "owner_id" uuid not null,
  "at" timestamptz not null,
  "minutes" integer,
  "subject" text not null,
  "result" text,
  "next_step" text,
  "next_at" timestamptz,
  "assigned_by_id" uuid,
  "done_at" timestamptz,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "engagement" enable row level security;
create policy tenant_isolation on "engagement" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "event_attendee" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "event_id" uuid not null,
  "person_id" uuid not null,
  "answer" text not null,
  "answered_at" timestamptz,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "event_attendee" enable row level security;
create policy tenant_isolation on "event_attendee" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "forecast_line" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "snapshot_id" uuid not null,
  "ends_on" date not null,
  "opportunity_id" uuid,
  "name" text not null,
  "unit_id" uuid not null,
  "owner_id" uuid,
  "product_id" uuid,
  "stage" text not null,
  "chance" integer not null,
  "close_on" date not null,
  "amount" numeric(16,2) not null,
  "quantity" numeric(18,3),
  "weighted" numeric(16,2) not null,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "forecast_line" enable row level security;
create policy tenant_isolation on "forecast_line" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "forecast_snapshot" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "week" text not null,
  "ends_on" date not null,
  "taken_at" timestamptz not null,
  "lines" integer not null,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "forecast_snapshot" enable row level security;
create policy tenant_isolation on "forecast_snapshot" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "handover" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "number" text not null,
  "from_id" uuid not null,
  "to_id" uuid not null,
  "unit_id" uuid not null,
  "records" integer not null,
  "tasks" integer not null,
  "summary" text,
  "reason" text,
  "state" text not null,
  "undo_until" timestamptz not null,
  "undone_at" timestamptz,
  "restored" integer,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "handover" enable row level security;
create policy tenant_isolation on "handover" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "handover_item" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "handover_id" uuid not null,
  "kind" text not null,
  "kind_name" text,
  "record" text not null,
  "title" text,
  "from_id" uuid not null,
  "to_id" uuid not null,
  "from_unit_id" uuid,
  "record_version" integer,
  "state" text not null,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "handover_item" enable row level security;
create policy tenant_isolation on "handover_item" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "import_plan" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "name" text not null,
  "system" text not null,
  "target" text not null,
  "mapping" jsonb,
  "match" text,
  "on_double" text not null,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "import_plan" enable row level security;
create policy tenant_isolation on "import_plan" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "import_run" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "plan_id" uuid,
  "system" text not null,
  "target" text not null,
  "file_name" text not null,
  "total" integer not null,
  "made" integer not null,
  "changed" integer not null,
  "unchanged" integer not null,
  "failed" integer not null,
  "taken_back_at" timestamptz,
  "kept" integer,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "import_run" enable row level security;
create policy tenant_isolation on "import_run" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "instalment" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "customer_id" uuid not null,
  "contract_id" uuid,
  "order_id" uuid,
  "unit_id" uuid not null,
  "owner_id" uuid,
  "label" text not null,
  "due_on" date not null,
  "amount" numeric(16,2) not null,
  "received" numeric(16,2),
  "settled_on" date,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "instalment" enable row level security;
create policy tenant_isolation on "instalment" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "invoice" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "number" text not null,
  "contract_id" uuid not null,
  "customer_id" uuid,
  "kind" text not null,
  "issued_on" date not null,
  "amount" numeric(16,2) not null,
  "note" text,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "invoice" enable row level security;
create policy tenant_isolation on "invoice" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "journey_template" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "name" text not null,
  "days" integer not null,
  "note" text,
  "off" boolean,
  "key" text,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "journey_template" enable row level security;
create policy tenant_isolation on "journey_template" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
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
create table "lead" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "number" text not null,
  "name" text not null,
  "company" text,
  "phone" text,
  "mail" text,
  "province" text,
  "city" text,
  "source" text not null,
  "campaign_id" uuid,
  "product_id" uuid,
  "amount" numeric(16,2),
  "needs" text,
  "state" text not null,
  "unit_id" uuid,
  "owner_id" uuid,
  "assigned_at" timestamptz,
  "read_at" timestamptz,
  "followed_at" timestamptz,
  "pooled_at" timestamptz,
  "customer_id" uuid,
  "opportunity_id" uuid,
  "converted_at" timestamptz,
  "consent" text,
  "consent_at" timestamptz,
  "discard_reason" text,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "lead" enable row level security;
create policy tenant_isolation on "lead" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "lead_form" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "name" text not null,
  "token" text,
  "title" text not null,
  "asks" text[],
  "source" text not null,
  "campaign_id" uuid,
  "product_id" uuid,
  "unit_id" uuid not null,
  "origins" text,
  "consent" text,
  "thanks" text not null,
  "off" boolean,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "lead_form" enable row level security;
create policy tenant_isolation on "lead_form" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "lead_pool" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "unit_id" uuid not null,
  "read_hours" integer not null,
  "clock" text not null,
  "idle_days" integer not null,
  "max_held" integer,
  "max_per_day" integer,
  "retake_days" integer not null,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "lead_pool" enable row level security;
create policy tenant_isolation on "lead_pool" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "lead_rule" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "name" text not null,
  "position" integer not null,
  "provinces" text,
  "cities" text,
  "sources" text[],
  "product_id" uuid,
  "campaign_id" uuid,
  "amount_from" numeric(16,2),
  "amount_to" numeric(16,2),
  "unit_id" uuid not null,
  "method" text not null,
  "person_ids" uuid[],
  "off" boolean,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "lead_rule" enable row level security;
create policy tenant_isolation on "lead_rule" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "market_intel" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "competitor_id" uuid not null,
  "item" text not null,
  "product_id" uuid,
  "price" numeric(16,2) not null,
  "trend" text not null,
  "place" text not null,
  "seen_on" date not null,
  "unit_id" uuid,
  "user_id" uuid,
  "note" text,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "market_intel" enable row level security;
create policy tenant_isolation on "market_intel" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "marketing_expense" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "number" text not null,
  "applicant_id" uuid,
  "unit_id" uuid,
  "stage" text,
  "title" text not null,
  "category" text not null,
  "spent_on" date not null,
  "amount" numeric(16,2) not null,
  "opportunity_id" uuid,
  "campaign_id" uuid,
  "customer_id" uuid,
  "budget_id" uuid,
  "over_by" numeric(16,2),
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "marketing_expense" enable row level security;
create policy tenant_isolation on "marketing_expense" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "milestone" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "contract_id" uuid not null,
  "label" text not null,
  "due_on" date not null,
  "done_on" date,
  "percent" numeric(18,2),
  "amount" numeric(16,2),
  "note" text,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "milestone" enable row level security;
create policy tenant_isolation on "milestone" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "notice_line" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "list_id" uuid not null,
  "user_id" uuid not null,
  "name" text not null,
  "unit_id" uuid,
  "unit_name" text,
  "last_day" date,
  "days" integer not null,
  "penalty" text,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "notice_line" enable row level security;
create policy tenant_isolation on "notice_line" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "notice_list" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "number" text not null,
  "name" text not null,
  "kind" text not null,
  "on_day" date not null,
  "unit_id" uuid not null,
  "people" integer not null,
  "rule_id" uuid,
  "note" text,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "notice_list" enable row level security;
create policy tenant_isolation on "notice_list" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "opportunity" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "number" text not null,
  "name" text not null,
  "customer_id" uuid not null,
  "contact_id" uuid,
  "unit_id" uuid not null,
  "owner_id" uuid,
  "amount" numeric(16,2) not null,
  "quantity" numeric(18,3),
  "close_on" date not null,
  "stage" text not null,
  "stage_at" timestamptz,
  "chance" integer,
  "outcome" text not null,
  "closed_at" timestamptz,
  "lost_reason" text,
  "lost_to" text,
  "source" text,
  "product_id" uuid,
  "lead_id" uuid,
  "campaign_id" uuid,
  "followed_at" timestamptz,
  "next_at" timestamptz,
  "note" text,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "opportunity" enable row level security;
create policy tenant_isolation on "opportunity" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "order_line" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "order_id" uuid not null,
  "position" integer not null,
  "customer_id" uuid,
  "ordered_on" date,
  "product_id" uuid,
  "item" text not null,
  "place" text,
  "unit" text not null,
  "quantity" numeric(18,3) not null,
  "delivered" numeric(18,3),
  "list_price" numeric(16,2),
  "unit_price" numeric(16,2) not null,
  "amount" numeric(16,2),
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "order_line" enable row level security;
create policy tenant_isolation on "order_line" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "preference" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "customer_id" uuid not null,
  "topic" text not null,
  "value" text not null,
  "learned_at" timestamptz,
  "learned_from" text,
  "off" boolean,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "preference" enable row level security;
create policy tenant_isolation on "preference" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "price" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "price_book_id" uuid not null,
  "product_id" uuid not null,
  "unit" text not null,
  "unit_price" numeric(16,2) not null,
  "floor_price" numeric(16,2),
  "cost" numeric(16,2),
  "from_quantity" numeric(18,3),
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "price" enable row level security;
create policy tenant_isolation on "price" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "price_book" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "code" text not null,
  "name" text not null,
  "valid_from" date not null,
  "valid_until" date,
  "standard" boolean,
  "customer_id" uuid,
  "level" integer,
  "account_type" text,
  "note" text,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "price_book" enable row level security;
create policy tenant_isolation on "price_book" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "price_request" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "number" text not null,
  "group_id" uuid not null,
  "customer_id" uuid not null,
  "contract_line_id" uuid not null,
  "item" text not null,
  "from_price" numeric(16,2) not null,
  "to_price" numeric(16,2) not null,
  "reason" text not null,
  "amount_before" numeric(16,2),
  "amount_after" numeric(16,2),
  "margin_before" numeric(18,2),
  "margin_after" numeric(18,2),
  "state" text not null,
  "unit_id" uuid not null,
  "owner_id" uuid not null,
  "decided_by_id" uuid,
  "decided_at" timestamptz,
  "decision" text,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "price_request" enable row level security;
create policy tenant_isolation on "price_request" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "promotion" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "code" text not null,
  "name" text not null,
  "campaign_id" uuid,
  "unit_id" uuid not null,
  "owner_id" uuid,
  "budget" numeric(16,2) not null,
  "per_use" numeric(16,2) not null,
  "planned" integer,
  "forecast" numeric(16,2),
  "starts_on" date not null,
  "ends_on" date not null,
  "off" boolean,
  "uses" integer,
  "spent" numeric(16,2),
  "settled" numeric(16,2),
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "promotion" enable row level security;
create policy tenant_isolation on "promotion" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "promotion_use" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "promotion_id" uuid not null,
  "customer_id" uuid not null,
  "used_at" timestamptz not null,
  "amount" numeric(16,2) not null,
  "voucher" text,
  "state" text not null,
  "reason" text,
  "settled_at" timestamptz,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "promotion_use" enable row level security;
create policy tenant_isolation on "promotion_use" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "prospect" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "customer_id" uuid not null,
  "growth" text,
  "plans" text,
  "reason" text,
  "favoured" boolean,
  "handed_unit_id" uuid,
  "handed_to_id" uuid,
  "handed_by_id" uuid,
  "handed_at" timestamptz,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "prospect" enable row level security;
create policy tenant_isolation on "prospect" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "quote" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "number" text not null,
  "revision" integer not null,
  "previous_id" uuid,
  "title" text not null,
  "customer_id" uuid not null,
  "contact_id" uuid,
  "opportunity_id" uuid,
  "unit_id" uuid not null,
  "owner_id" uuid,
  "price_book_id" uuid,
  "valid_until" date,
  "state" text not null,
  "list_amount" numeric(16,2),
  "discount" numeric(18,2),
  "amount" numeric(16,2),
  "rate" numeric(18,2),
  "margin" numeric(16,2),
  "margin_rate" numeric(18,2),
  "list_margin_rate" numeric(18,2),
  "approver_ids" uuid[],
  "sent_at" timestamptz,
  "link_token" text,
  "answered_at" timestamptz,
  "answered_by" text,
  "answer_reason" text,
  "terms" text,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "quote" enable row level security;
create policy tenant_isolation on "quote" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "quote_line" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "quote_id" uuid not null,
  "position" integer not null,
  "product_id" uuid,
  "item" text not null,
  "unit" text not null,
  "quantity" numeric(18,3) not null,
  "list_price" numeric(16,2),
  "unit_price" numeric(16,2) not null,
  "discount" numeric(18,2),
  "amount" numeric(16,2),
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "quote_line" enable row level security;
create policy tenant_isolation on "quote_line" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "receipt" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "number" text not null,
  "customer_id" uuid not null,
  "contract_id" uuid,
  "instalment_id" uuid,
  "unit_id" uuid not null,
  "owner_id" uuid,
  "received_on" date not null,
  "amount" numeric(16,2) not null,
  "method" text not null,
  "reverses_id" uuid,
  "note" text,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "receipt" enable row level security;
create policy tenant_isolation on "receipt" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "receipt_share" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "receipt_id" uuid not null,
  "instalment_id" uuid not null,
  "amount" numeric(16,2) not null,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "receipt_share" enable row level security;
create policy tenant_isolation on "receipt_share" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "record_share" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "entity" text not null,
  "record_id" text not null,
  "user_id" uuid,
  "unit_id" uuid,
  "level" text not null,
  "until" date,
  "reason" text,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "record_share" enable row level security;
create policy tenant_isolation on "record_share" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "rule_document" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "code" text not null,
  "title" text not null,
  "edition" integer,
  "valid_from" date not null,
  "body" text not null,
  "changes" text,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "rule_document" enable row level security;
create policy tenant_isolation on "rule_document" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "sales_order" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "number" text not null,
  "customer_id" uuid not null,
  "contract_id" uuid,
  "opportunity_id" uuid,
  "campaign_id" uuid,
  "channel" text not null,
  "unit_id" uuid not null,
  "owner_id" uuid,
  "state" text not null,
  "ordered_on" date not null,
  "due_on" date,
  "amount" numeric(16,2),
  "quote_id" uuid,
  "over_credit" numeric(16,2),
  "refusal" text,
  "note" text,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "sales_order" enable row level security;
create policy tenant_isolation on "sales_order" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "score_card" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "name" text not null,
  "unit_id" uuid not null,
  "role_id" uuid,
  "off" boolean,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "score_card" enable row level security;
create policy tenant_isolation on "score_card" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "score_given" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "measure_id" uuid not null,
  "period" text not null,
  "unit_id" uuid not null,
  "user_id" uuid,
  "value" numeric(18,2) not null,
  "reason" text not null,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "score_given" enable row level security;
create policy tenant_isolation on "score_given" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "score_line" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "result_id" uuid not null,
  "name" text not null,
  "source" text not null,
  "value" numeric(18,2),
  "points" numeric(18,1) not null,
  "weight" integer not null,
  "reason" text,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "score_line" enable row level security;
create policy tenant_isolation on "score_line" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "score_measure" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "card_id" uuid not null,
  "name" text not null,
  "source" text not null,
  "zero_at" numeric(18,2) not null,
  "full_at" numeric(18,2) not null,
  "weight" integer not null,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "score_measure" enable row level security;
create policy tenant_isolation on "score_measure" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "score_result" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "card_id" uuid not null,
  "period" text not null,
  "unit_id" uuid not null,
  "user_id" uuid,
  "total" numeric(18,1) not null,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "score_result" enable row level security;
create policy tenant_isolation on "score_result" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "segment" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "name" text not null,
  "unit_id" uuid not null,
  "owner_id" uuid,
  "rule" jsonb,
  "note" text,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "segment" enable row level security;
create policy tenant_isolation on "segment" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "sign_in_day" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "user_id" uuid not null,
  "unit_id" uuid,
  "day" date not null,
  "times" integer not null,
  "first_at" timestamptz not null,
  "last_at" timestamptz not null,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "sign_in_day" enable row level security;
create policy tenant_isolation on "sign_in_day" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "stage_chance" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "stage" text not null,
  "chance" integer not null,
  "stale_days" integer,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "stage_chance" enable row level security;
create policy tenant_isolation on "stage_chance" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "standing_change" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "customer_id" uuid not null,
  "at" timestamptz not null,
  "from_level" integer,
  "to_level" integer not null,
  "below" boolean,
  "total" numeric(16,2),
  "ours" numeric(16,2),
  "share" numeric(18,2),
  "why" text not null,
  "explanation" text,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "standing_change" enable row level security;
create policy tenant_isolation on "standing_change" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "swot_version" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "unit_id" uuid not null,
  "edition" integer not null,
  "strengths" text,
  "weaknesses" text,
  "opportunities" text,
  "threats" text,
  "strategy" text,
  "reason" text,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "swot_version" enable row level security;
create policy tenant_isolation on "swot_version" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "target" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "period" text not null,
  "measure" text not null,
  "unit_id" uuid not null,
  "user_id" uuid,
  "product_id" uuid,
  "amount" numeric(18,2) not null,
  "parent_id" uuid,
  "starts_on" date,
  "ends_on" date,
  "note" text,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "target" enable row level security;
create policy tenant_isolation on "target" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "target_rule" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "name" text not null,
  "green" integer not null,
  "yellow" integer not null,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "target_rule" enable row level security;
create policy tenant_isolation on "target_rule" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "team_feedback" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "group_id" uuid not null,
  "author_id" uuid not null,
  "at" timestamptz not null,
  "kind" text not null,
  "customer_id" uuid,
  "competitor" text,
  "price" numeric(16,2),
  "words" text not null,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "team_feedback" enable row level security;
create policy tenant_isolation on "team_feedback" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "territory" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "name" text not null,
  "parent_id" uuid,
  "unit_id" uuid not null,
  "provinces" text,
  "cities" text,
  "product_id" uuid,
  "staff_from" integer,
  "staff_to" integer,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "territory" enable row level security;
create policy tenant_isolation on "territory" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "territory_holder" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "territory_id" uuid not null,
  "user_id" uuid not null,
  "since" date not null,
  "until" date,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "territory_holder" enable row level security;
create policy tenant_isolation on "territory_holder" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "tier_package" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "level" integer not null,
  "name" text not null,
  "tier" text not null,
  "services" text not null,
  "care" text,
  "base_periods" integer not null,
  "decline_percent" numeric(18,2) not null,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "tier_package" enable row level security;
create policy tenant_isolation on "tier_package" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "tier_run" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "state" text not null,
  "why" text not null,
  "on" date not null,
  "table_version" integer not null,
  "mean" numeric(16,2) not null,
  "total" integer not null,
  "done" integer not null,
  "changed" integer not null,
  "cursor" text,
  "started_at" timestamptz not null,
  "ended_at" timestamptz,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "tier_run" enable row level security;
create policy tenant_isolation on "tier_run" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "touch_event" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "at" timestamptz not null,
  "point_id" uuid not null,
  "channel" text not null,
  "customer_id" uuid,
  "phone" text,
  "score" integer,
  "text" text,
  "occasion" text,
  "record" text,
  "key" text,
  "owner_id" uuid,
  "unit_id" uuid,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "touch_event" enable row level security;
create policy tenant_isolation on "touch_event" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "touch_point" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "journey_id" uuid not null,
  "phase" text not null,
  "position" integer not null,
  "code" text not null,
  "name" text not null,
  "department" text not null,
  "unit_id" uuid,
  "role_id" uuid,
  "standard" text not null,
  "measure" text not null,
  "target" numeric(18,1) not null,
  "channels" text[],
  "must" boolean,
  "topics" text,
  "source" text,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "touch_point" enable row level security;
create policy tenant_isolation on "touch_point" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "usage_rule" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "unit_id" uuid,
  "notice_days" integer not null,
  "penalty" text,
  "remind" boolean,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "usage_rule" enable row level security;
create policy tenant_isolation on "usage_rule" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
alter table "customer" add column "standing" text;
alter table "customer" add column "account_type" text;
alter table "customer" add column "parent_id" uuid;
alter table "customer" add column "tax_number" text;
alter table "customer" add column "industry" text;
alter table "customer" add column "province" text;
alter table "customer" add column "city" text;
alter table "customer" add column "staff_count" integer;
alter table "customer" add column "birthday" date;
alter table "customer" add column "potential" text;
alter table "customer" add column "service_owner_id" uuid;
alter table "customer" add column "level" integer;
alter table "customer" add column "annual_purchase" numeric(16,2);
alter table "customer" add column "credit_limit" numeric(16,2);
alter table "customer" add column "merged_into_id" uuid;
alter table "account_request" add constraint "fk_account_request__user_id" foreign key (tenant_id, "user_id") references "user" (tenant_id, id) on delete restrict;
alter table "account_request" add constraint "fk_account_request__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "account_request" add constraint "fk_account_request__to_unit_id" foreign key (tenant_id, "to_unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "account_request" add constraint "fk_account_request__requested_by_id" foreign key (tenant_id, "requested_by_id") references "user" (tenant_id, id) on delete restrict;
alter table "account_team" add constraint "fk_account_team__group_id" foreign key (tenant_id, "group_id") references "customer" (tenant_id, id) on delete cascade;
alter table "account_team" add constraint "fk_account_team__user_id" foreign key (tenant_id, "user_id") references "user" (tenant_id, id) on delete restrict;
alter table "account_type_profile" add constraint "fk_account_type_profile__team_id" foreign key (tenant_id, "team_id") references "unit" (tenant_id, id) on delete set null ("team_id");
alter table "budget" add constraint "fk_budget__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "calendar_event" add constraint "fk_calendar_event__owner_id" foreign key (tenant_id, "owner_id") references "user" (tenant_id, id) on delete restrict;
alter table "calendar_event" add constraint "fk_calendar_event__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "calendar_event" add constraint "fk_calendar_event__resource_id" foreign key (tenant_id, "resource_id") references "service_resource" (tenant_id, id) on delete set null ("resource_id");
alter table "calendar_event" add constraint "fk_calendar_event__series_id" foreign key (tenant_id, "series_id") references "calendar_event" (tenant_id, id) on delete cascade;
alter table "calendar_feed" add constraint "fk_calendar_feed__person_id" foreign key (tenant_id, "person_id") references "user" (tenant_id, id) on delete cascade;
alter table "calendar_share" add constraint "fk_calendar_share__owner_id" foreign key (tenant_id, "owner_id") references "user" (tenant_id, id) on delete cascade;
alter table "calendar_share" add constraint "fk_calendar_share__person_id" foreign key (tenant_id, "person_id") references "user" (tenant_id, id) on delete cascade;
alter table "campaign" add constraint "fk_campaign__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "campaign" add constraint "fk_campaign__owner_id" foreign key (tenant_id, "owner_id") references "user" (tenant_id, id) on delete set null ("owner_id");
alter table "campaign_cost" add constraint "fk_campaign_cost__campaign_id" foreign key (tenant_id, "campaign_id") references "campaign" (tenant_id, id) on delete cascade;
alter table "campaign_member" add constraint "fk_campaign_member__campaign_id" foreign key (tenant_id, "campaign_id") references "campaign" (tenant_id, id) on delete cascade;
alter table "campaign_member" add constraint "fk_campaign_member__customer_id" foreign key (tenant_id, "customer_id") references "customer" (tenant_id, id) on delete cascade;
alter table "campaign_member" add constraint "fk_campaign_member__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "campaign_member" add constraint "fk_campaign_member__owner_id" foreign key (tenant_id, "owner_id") references "user" (tenant_id, id) on delete set null ("owner_id");
alter table "campaign_member" add constraint "fk_campaign_member__lead_id" foreign key (tenant_id, "lead_id") references "lead" (tenant_id, id) on delete set null ("lead_id");
alter table "campaign_plan" add constraint "fk_campaign_plan__campaign_id" foreign key (tenant_id, "campaign_id") references "campaign" (tenant_id, id) on delete cascade;
alter table "campaign_plan" add constraint "fk_campaign_plan__segment_id" foreign key (tenant_id, "segment_id") references "segment" (tenant_id, id) on delete restrict;
alter table "campaign_send" add constraint "fk_campaign_send__campaign_id" foreign key (tenant_id, "campaign_id") references "campaign" (tenant_id, id) on delete cascade;
alter table "campaign_send" add constraint "fk_campaign_send__member_id" foreign key (tenant_id, "member_id") references "campaign_member" (tenant_id, id) on delete cascade;
alter table "campaign_send" add constraint "fk_campaign_send__step_id" foreign key (tenant_id, "step_id") references "campaign_step" (tenant_id, id) on delete set null ("step_id");
alter table "campaign_send" add constraint "fk_campaign_send__customer_id" foreign key (tenant_id, "customer_id") references "customer" (tenant_id, id) on delete cascade;
alter table "campaign_send" add constraint "fk_campaign_send__notice_id" foreign key (tenant_id, "notice_id") references "customer_notice" (tenant_id, id) on delete set null ("notice_id");
alter table "campaign_send" add constraint "fk_campaign_send__engagement_id" foreign key (tenant_id, "engagement_id") references "engagement" (tenant_id, id) on delete set null ("engagement_id");
alter table "campaign_step" add constraint "fk_campaign_step__campaign_id" foreign key (tenant_id, "campaign_id") references "campaign" (tenant_id, id) on delete cascade;
alter table "care_act" add constraint "fk_care_act__plan_id" foreign key (tenant_id, "plan_id") references "care_plan" (tenant_id, id) on delete cascade;
alter table "care_act" add constraint "fk_care_act__customer_id" foreign key (tenant_id, "customer_id") references "customer" (tenant_id, id) on delete cascade;
alter table "care_act" add constraint "fk_care_act__owner_id" foreign key (tenant_id, "owner_id") references "user" (tenant_id, id) on delete restrict;
alter table "care_act" add constraint "fk_care_act__todo_id" foreign key (tenant_id, "todo_id") references "todo" (tenant_id, id) on delete set null ("todo_id");
alter table "care_plan" add constraint "fk_care_plan__to_id" foreign key (tenant_id, "to_id") references "user" (tenant_id, id) on delete restrict;
alter table "care_plan" add constraint "fk_care_plan__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete set null ("unit_id");
alter table "change_order" add constraint "fk_change_order__contract_id" foreign key (tenant_id, "contract_id") references "contract" (tenant_id, id) on delete cascade;
alter table "change_order" add constraint "fk_change_order__approved_by_id" foreign key (tenant_id, "approved_by_id") references "user" (tenant_id, id) on delete set null ("approved_by_id");
alter table "checklist_answer" add constraint "fk_checklist_answer__customer_id" foreign key (tenant_id, "customer_id") references "customer" (tenant_id, id) on delete cascade;
alter table "checklist_answer" add constraint "fk_checklist_answer__question_id" foreign key (tenant_id, "question_id") references "checklist_question" (tenant_id, id) on delete cascade;
alter table "checklist_answer" add constraint "fk_checklist_answer__by_id" foreign key (tenant_id, "by_id") references "user" (tenant_id, id) on delete set null ("by_id");
alter table "commission_entry" add constraint "fk_commission_entry__user_id" foreign key (tenant_id, "user_id") references "user" (tenant_id, id) on delete restrict;
alter table "commission_entry" add constraint "fk_commission_entry__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "commission_entry" add constraint "fk_commission_entry__plan_id" foreign key (tenant_id, "plan_id") references "commission_plan" (tenant_id, id) on delete set null ("plan_id");
alter table "commission_entry" add constraint "fk_commission_entry__contract_id" foreign key (tenant_id, "contract_id") references "contract" (tenant_id, id) on delete set null ("contract_id");
alter table "commission_entry" add constraint "fk_commission_entry__receipt_id" foreign key (tenant_id, "receipt_id") references "receipt" (tenant_id, id) on delete set null ("receipt_id");
alter table "commission_plan" add constraint "fk_commission_plan__user_id" foreign key (tenant_id, "user_id") references "user" (tenant_id, id) on delete cascade;
alter table "commission_plan" add constraint "fk_commission_plan__role_id" foreign key (tenant_id, "role_id") references "role" (tenant_id, id) on delete cascade;
alter table "commission_share" add constraint "fk_commission_share__contract_id" foreign key (tenant_id, "contract_id") references "contract" (tenant_id, id) on delete cascade;
alter table "commission_share" add constraint "fk_commission_share__user_id" foreign key (tenant_id, "user_id") references "user" (tenant_id, id) on delete cascade;
alter table "commission_tier" add constraint "fk_commission_tier__plan_id" foreign key (tenant_id, "plan_id") references "commission_plan" (tenant_id, id) on delete cascade;
alter table "competitor_move" add constraint "fk_competitor_move__competitor_id" foreign key (tenant_id, "competitor_id") references "competitor" (tenant_id, id) on delete cascade;
alter table "competitor_move" add constraint "fk_competitor_move__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "consent" add constraint "fk_consent__customer_id" foreign key (tenant_id, "customer_id") references "customer" (tenant_id, id) on delete cascade;
alter table "contract" add constraint "fk_contract__parent_id" foreign key (tenant_id, "parent_id") references "contract" (tenant_id, id) on delete set null ("parent_id");
alter table "contract" add constraint "fk_contract__customer_id" foreign key (tenant_id, "customer_id") references "customer" (tenant_id, id) on delete restrict;
alter table "contract" add constraint "fk_contract__contact_id" foreign key (tenant_id, "contact_id") references "contact" (tenant_id, id) on delete set null ("contact_id");
alter table "contract" add constraint "fk_contract__opportunity_id" foreign key (tenant_id, "opportunity_id") references "opportunity" (tenant_id, id) on delete set null ("opportunity_id");
alter table "contract" add constraint "fk_contract__quote_id" foreign key (tenant_id, "quote_id") references "quote" (tenant_id, id) on delete set null ("quote_id");
alter table "contract" add constraint "fk_contract__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "contract" add constraint "fk_contract__owner_id" foreign key (tenant_id, "owner_id") references "user" (tenant_id, id) on delete set null ("owner_id");
alter table "contract" add constraint "fk_contract__template_id" foreign key (tenant_id, "template_id") references "contract_template" (tenant_id, id) on delete set null ("template_id");
alter table "contract_line" add constraint "fk_contract_line__contract_id" foreign key (tenant_id, "contract_id") references "contract" (tenant_id, id) on delete cascade;
alter table "contract_line" add constraint "fk_contract_line__product_id" foreign key (tenant_id, "product_id") references "product" (tenant_id, id) on delete set null ("product_id");
alter table "cross_sell" add constraint "fk_cross_sell__product_line_id" foreign key (tenant_id, "product_line_id") references "product_line" (tenant_id, id) on delete cascade;
alter table "cross_sell" add constraint "fk_cross_sell__product_id" foreign key (tenant_id, "product_id") references "product" (tenant_id, id) on delete set null ("product_id");
alter table "customer" add constraint "fk_customer__parent_id" foreign key (tenant_id, "parent_id") references "customer" (tenant_id, id) on delete set null ("parent_id");
alter table "customer" add constraint "fk_customer__service_owner_id" foreign key (tenant_id, "service_owner_id") references "user" (tenant_id, id) on delete set null ("service_owner_id");
alter table "customer" add constraint "fk_customer__merged_into_id" foreign key (tenant_id, "merged_into_id") references "customer" (tenant_id, id) on delete set null ("merged_into_id");
alter table "customer_merge" add constraint "fk_customer_merge__survivor_id" foreign key (tenant_id, "survivor_id") references "customer" (tenant_id, id) on delete cascade;
alter table "customer_merge" add constraint "fk_customer_merge__merged_id" foreign key (tenant_id, "merged_id") references "customer" (tenant_id, id) on delete cascade;
alter table "customer_merge" add constraint "fk_customer_merge__by_id" foreign key (tenant_id, "by_id") references "user" (tenant_id, id) on delete set null ("by_id");
alter table "customer_standing" add constraint "fk_customer_standing__customer_id" foreign key (tenant_id, "customer_id") references "customer" (tenant_id, id) on delete cascade;
alter table "deal_contact" add constraint "fk_deal_contact__opportunity_id" foreign key (tenant_id, "opportunity_id") references "opportunity" (tenant_id, id) on delete cascade;
alter table "deal_contact" add constraint "fk_deal_contact__contact_id" foreign key (tenant_id, "contact_id") references "contact" (tenant_id, id) on delete cascade;
alter table "decline" add constraint "fk_decline__customer_id" foreign key (tenant_id, "customer_id") references "customer" (tenant_id, id) on delete cascade;
alter table "decline" add constraint "fk_decline__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "decline" add constraint "fk_decline__owner_id" foreign key (tenant_id, "owner_id") references "user" (tenant_id, id) on delete set null ("owner_id");
alter table "delivery" add constraint "fk_delivery__order_id" foreign key (tenant_id, "order_id") references "sales_order" (tenant_id, id) on delete cascade;
alter table "delivery" add constraint "fk_delivery__contract_id" foreign key (tenant_id, "contract_id") references "contract" (tenant_id, id) on delete set null ("contract_id");
alter table "delivery" add constraint "fk_delivery__customer_id" foreign key (tenant_id, "customer_id") references "customer" (tenant_id, id) on delete restrict;
alter table "delivery_line" add constraint "fk_delivery_line__delivery_id" foreign key (tenant_id, "delivery_id") references "delivery" (tenant_id, id) on delete cascade;
alter table "delivery_line" add constraint "fk_delivery_line__order_line_id" foreign key (tenant_id, "order_line_id") references "order_line" (tenant_id, id) on delete cascade;
alter table "discount_rule" add constraint "fk_discount_rule__user_id" foreign key (tenant_id, "user_id") references "user" (tenant_id, id) on delete cascade;
alter table "discount_rule" add constraint "fk_discount_rule__role_id" foreign key (tenant_id, "role_id") references "role" (tenant_id, id) on delete cascade;
alter table "discount_rule" add constraint "fk_discount_rule__product_line_id" foreign key (tenant_id, "product_line_id") references "product_line" (tenant_id, id) on delete cascade;
alter table "discount_rule" add constraint "fk_discount_rule__approver_id" foreign key (tenant_id, "approver_id") references "user" (tenant_id, id) on delete set null ("approver_id");
alter table "discount_rule" add constraint "fk_discount_rule__approver_role_id" foreign key (tenant_id, "approver_role_id") references "role" (tenant_id, id) on delete set null ("approver_role_id");
alter table "engagement" add constraint "fk_engagement__customer_id" foreign key (tenant_id, "customer_id") references "customer" (tenant_id, id) on delete set null ("customer_id");
alter table "engagement" add constraint "fk_engagement__contact_id" foreign key (tenant_id, "contact_id") references "contact" (tenant_id, id) on delete set null ("contact_id");
alter table "engagement" add constraint "fk_engagement__lead_id" foreign key (tenant_id, "lead_id") references "lead" (tenant_id, id) on delete cascade;
alter table "engagement" add constraint "fk_engagement__opportunity_id" foreign key (tenant_id, "opportunity_id") references "opportunity" (tenant_id, id) on delete cascade;
alter table "engagement" add constraint "fk_engagement__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "engagement" add constraint "fk_engagement__owner_id" foreign key (tenant_id, "owner_id") references "user" (tenant_id, id) on delete restrict;
alter table "engagement" add constraint "fk_engagement__assigned_by_id" foreign key (tenant_id, "assigned_by_id") references "user" (tenant_id, id) on delete set null ("assigned_by_id");
alter table "event_attendee" add constraint "fk_event_attendee__event_id" foreign key (tenant_id, "event_id") references "calendar_event" (tenant_id, id) on delete cascade;
alter table "event_attendee" add constraint "fk_event_attendee__person_id" foreign key (tenant_id, "person_id") references "user" (tenant_id, id) on delete cascade;
alter table "forecast_line" add constraint "fk_forecast_line__snapshot_id" foreign key (tenant_id, "snapshot_id") references "forecast_snapshot" (tenant_id, id) on delete cascade;
alter table "forecast_line" add constraint "fk_forecast_line__opportunity_id" foreign key (tenant_id, "opportunity_id") references "opportunity" (tenant_id, id) on delete set null ("opportunity_id");
alter table "forecast_line" add constraint "fk_forecast_line__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "forecast_line" add constraint "fk_forecast_line__owner_id" foreign key (tenant_id, "owner_id") references "user" (tenant_id, id) on delete set null ("owner_id");
alter table "forecast_line" add constraint "fk_forecast_line__product_id" foreign key (tenant_id, "product_id") references "product" (tenant_id, id) on delete set null ("product_id");
alter table "handover" add constraint "fk_handover__from_id" foreign key (tenant_id, "from_id") references "user" (tenant_id, id) on delete restrict;
alter table "handover" add constraint "fk_handover__to_id" foreign key (tenant_id, "to_id") references "user" (tenant_id, id) on delete restrict;
alter table "handover" add constraint "fk_handover__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "handover_item" add constraint "fk_handover_item__handover_id" foreign key (tenant_id, "handover_id") references "handover" (tenant_id, id) on delete cascade;
alter table "handover_item" add constraint "fk_handover_item__from_id" foreign key (tenant_id, "from_id") references "user" (tenant_id, id) on delete restrict;
alter table "handover_item" add constraint "fk_handover_item__to_id" foreign key (tenant_id, "to_id") references "user" (tenant_id, id) on delete restrict;
alter table "handover_item" add constraint "fk_handover_item__from_unit_id" foreign key (tenant_id, "from_unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "import_run" add constraint "fk_import_run__plan_id" foreign key (tenant_id, "plan_id") references "import_plan" (tenant_id, id) on delete set null ("plan_id");
alter table "instalment" add constraint "fk_instalment__customer_id" foreign key (tenant_id, "customer_id") references "customer" (tenant_id, id) on delete restrict;
alter table "instalment" add constraint "fk_instalment__contract_id" foreign key (tenant_id, "contract_id") references "contract" (tenant_id, id) on delete cascade;
alter table "instalment" add constraint "fk_instalment__order_id" foreign key (tenant_id, "order_id") references "sales_order" (tenant_id, id) on delete cascade;
alter table "instalment" add constraint "fk_instalment__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "instalment" add constraint "fk_instalment__owner_id" foreign key (tenant_id, "owner_id") references "user" (tenant_id, id) on delete set null ("owner_id");
alter table "invoice" add constraint "fk_invoice__contract_id" foreign key (tenant_id, "contract_id") references "contract" (tenant_id, id) on delete cascade;
alter table "invoice" add constraint "fk_invoice__customer_id" foreign key (tenant_id, "customer_id") references "customer" (tenant_id, id) on delete restrict;
alter table "key_report" add constraint "fk_key_report__customer_id" foreign key (tenant_id, "customer_id") references "customer" (tenant_id, id) on delete cascade;
alter table "lead" add constraint "fk_lead__campaign_id" foreign key (tenant_id, "campaign_id") references "campaign" (tenant_id, id) on delete set null ("campaign_id");
alter table "lead" add constraint "fk_lead__product_id" foreign key (tenant_id, "product_id") references "product" (tenant_id, id) on delete set null ("product_id");
alter table "lead" add constraint "fk_lead__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "lead" add constraint "fk_lead__owner_id" foreign key (tenant_id, "owner_id") references "user" (tenant_id, id) on delete set null ("owner_id");
alter table "lead" add constraint "fk_lead__customer_id" foreign key (tenant_id, "customer_id") references "customer" (tenant_id, id) on delete set null ("customer_id");
alter table "lead" add constraint "fk_lead__opportunity_id" foreign key (tenant_id, "opportunity_id") references "opportunity" (tenant_id, id) on delete set null ("opportunity_id");
alter table "lead_form" add constraint "fk_lead_form__campaign_id" foreign key (tenant_id, "campaign_id") references "campaign" (tenant_id, id) on delete set null ("campaign_id");
alter table "lead_form" add constraint "fk_lead_form__product_id" foreign key (tenant_id, "product_id") references "product" (tenant_id, id) on delete set null ("product_id");
alter table "lead_form" add constraint "fk_lead_form__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "lead_pool" add constraint "fk_lead_pool__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "lead_rule" add constraint "fk_lead_rule__product_id" foreign key (tenant_id, "product_id") references "product" (tenant_id, id) on delete cascade;
alter table "lead_rule" add constraint "fk_lead_rule__campaign_id" foreign key (tenant_id, "campaign_id") references "campaign" (tenant_id, id) on delete cascade;
alter table "lead_rule" add constraint "fk_lead_rule__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "market_intel" add constraint "fk_market_intel__competitor_id" foreign key (tenant_id, "competitor_id") references "competitor" (tenant_id, id) on delete restrict;
alter table "market_intel" add constraint "fk_market_intel__product_id" foreign key (tenant_id, "product_id") references "product" (tenant_id, id) on delete set null ("product_id");
alter table "market_intel" add constraint "fk_market_intel__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "market_intel" add constraint "fk_market_intel__user_id" foreign key (tenant_id, "user_id") references "user" (tenant_id, id) on delete set null ("user_id");
alter table "marketing_expense" add constraint "fk_marketing_expense__applicant_id" foreign key (tenant_id, "applicant_id") references "user" (tenant_id, id) on delete restrict;
alter table "marketing_expense" add constraint "fk_marketing_expense__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "marketing_expense" add constraint "fk_marketing_expense__opportunity_id" foreign key (tenant_id, "opportunity_id") references "opportunity" (tenant_id, id) on delete set null ("opportunity_id");
alter table "marketing_expense" add constraint "fk_marketing_expense__campaign_id" foreign key (tenant_id, "campaign_id") references "campaign" (tenant_id, id) on delete set null ("campaign_id");
alter table "marketing_expense" add constraint "fk_marketing_expense__customer_id" foreign key (tenant_id, "customer_id") references "customer" (tenant_id, id) on delete set null ("customer_id");
alter table "marketing_expense" add constraint "fk_marketing_expense__budget_id" foreign key (tenant_id, "budget_id") references "budget" (tenant_id, id) on delete restrict;
alter table "milestone" add constraint "fk_milestone__contract_id" foreign key (tenant_id, "contract_id") references "contract" (tenant_id, id) on delete cascade;
alter table "notice_line" add constraint "fk_notice_line__list_id" foreign key (tenant_id, "list_id") references "notice_list" (tenant_id, id) on delete restrict;
alter table "notice_line" add constraint "fk_notice_line__user_id" foreign key (tenant_id, "user_id") references "user" (tenant_id, id) on delete restrict;
alter table "notice_line" add constraint "fk_notice_line__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "notice_list" add constraint "fk_notice_list__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "notice_list" add constraint "fk_notice_list__rule_id" foreign key (tenant_id, "rule_id") references "rule_document" (tenant_id, id) on delete restrict;
alter table "opportunity" add constraint "fk_opportunity__customer_id" foreign key (tenant_id, "customer_id") references "customer" (tenant_id, id) on delete restrict;
alter table "opportunity" add constraint "fk_opportunity__contact_id" foreign key (tenant_id, "contact_id") references "contact" (tenant_id, id) on delete set null ("contact_id");
alter table "opportunity" add constraint "fk_opportunity__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "opportunity" add constraint "fk_opportunity__owner_id" foreign key (tenant_id, "owner_id") references "user" (tenant_id, id) on delete set null ("owner_id");
alter table "opportunity" add constraint "fk_opportunity__product_id" foreign key (tenant_id, "product_id") references "product" (tenant_id, id) on delete set null ("product_id");
alter table "opportunity" add constraint "fk_opportunity__lead_id" foreign key (tenant_id, "lead_id") references "lead" (tenant_id, id) on delete set null ("lead_id");
alter table "opportunity" add constraint "fk_opportunity__campaign_id" foreign key (tenant_id, "campaign_id") references "campaign" (tenant_id, id) on delete set null ("campaign_id");
alter table "order_line" add constraint "fk_order_line__order_id" foreign key (tenant_id, "order_id") references "sales_order" (tenant_id, id) on delete cascade;
alter table "order_line" add constraint "fk_order_line__customer_id" foreign key (tenant_id, "customer_id") references "customer" (tenant_id, id) on delete restrict;
alter table "order_line" add constraint "fk_order_line__product_id" foreign key (tenant_id, "product_id") references "product" (tenant_id, id) on delete set null ("product_id");
alter table "preference" add constraint "fk_preference__customer_id" foreign key (tenant_id, "customer_id") references "customer" (tenant_id, id) on delete cascade;
alter table "price" add constraint "fk_price__price_book_id" foreign key (tenant_id, "price_book_id") references "price_book" (tenant_id, id) on delete cascade;
alter table "price" add constraint "fk_price__product_id" foreign key (tenant_id, "product_id") references "product" (tenant_id, id) on delete restrict;
alter table "price_book" add constraint "fk_price_book__customer_id" foreign key (tenant_id, "customer_id") references "customer" (tenant_id, id) on delete cascade;
alter table "price_request" add constraint "fk_price_request__group_id" foreign key (tenant_id, "group_id") references "customer" (tenant_id, id) on delete restrict;
alter table "price_request" add constraint "fk_price_request__customer_id" foreign key (tenant_id, "customer_id") references "customer" (tenant_id, id) on delete restrict;
alter table "price_request" add constraint "fk_price_request__contract_line_id" foreign key (tenant_id, "contract_line_id") references "contract_line" (tenant_id, id) on delete cascade;
alter table "price_request" add constraint "fk_price_request__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "price_request" add constraint "fk_price_request__owner_id" foreign key (tenant_id, "owner_id") references "user" (tenant_id, id) on delete restrict;
alter table "price_request" add constraint "fk_price_request__decided_by_id" foreign key (tenant_id, "decided_by_id") references "user" (tenant_id, id) on delete set null ("decided_by_id");
alter table "promotion" add constraint "fk_promotion__campaign_id" foreign key (tenant_id, "campaign_id") references "campaign" (tenant_id, id) on delete set null ("campaign_id");
alter table "promotion" add constraint "fk_promotion__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "promotion" add constraint "fk_promotion__owner_id" foreign key (tenant_id, "owner_id") references "user" (tenant_id, id) on delete set null ("owner_id");
alter table "promotion_use" add constraint "fk_promotion_use__promotion_id" foreign key (tenant_id, "promotion_id") references "promotion" (tenant_id, id) on delete restrict;
alter table "promotion_use" add constraint "fk_promotion_use__customer_id" foreign key (tenant_id, "customer_id") references "customer" (tenant_id, id) on delete restrict;
alter table "prospect" add constraint "fk_prospect__customer_id" foreign key (tenant_id, "customer_id") references "customer" (tenant_id, id) on delete cascade;
alter table "prospect" add constraint "fk_prospect__handed_unit_id" foreign key (tenant_id, "handed_unit_id") references "unit" (tenant_id, id) on delete set null ("handed_unit_id");
alter table "prospect" add constraint "fk_prospect__handed_to_id" foreign key (tenant_id, "handed_to_id") references "user" (tenant_id, id) on delete set null ("handed_to_id");
alter table "prospect" add constraint "fk_prospect__handed_by_id" foreign key (tenant_id, "handed_by_id") references "user" (tenant_id, id) on delete set null ("handed_by_id");
alter table "quote" add constraint "fk_quote__previous_id" foreign key (tenant_id, "previous_id") references "quote" (tenant_id, id) on delete set null ("previous_id");
alter table "quote" add constraint "fk_quote__customer_id" foreign key (tenant_id, "customer_id") references "customer" (tenant_id, id) on delete restrict;
alter table "quote" add constraint "fk_quote__contact_id" foreign key (tenant_id, "contact_id") references "contact" (tenant_id, id) on delete set null ("contact_id");
alter table "quote" add constraint "fk_quote__opportunity_id" foreign key (tenant_id, "opportunity_id") references "opportunity" (tenant_id, id) on delete set null ("opportunity_id");
alter table "quote" add constraint "fk_quote__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "quote" add constraint "fk_quote__owner_id" foreign key (tenant_id, "owner_id") references "user" (tenant_id, id) on delete set null ("owner_id");
alter table "quote" add constraint "fk_quote__price_book_id" foreign key (tenant_id, "price_book_id") references "price_book" (tenant_id, id) on delete set null ("price_book_id");
alter table "quote_line" add constraint "fk_quote_line__quote_id" foreign key (tenant_id, "quote_id") references "quote" (tenant_id, id) on delete cascade;
alter table "quote_line" add constraint "fk_quote_line__product_id" foreign key (tenant_id, "product_id") references "product" (tenant_id, id) on delete set null ("product_id");
alter table "receipt" add constraint "fk_receipt__customer_id" foreign key (tenant_id, "customer_id") references "customer" (tenant_id, id) on delete restrict;
alter table "receipt" add constraint "fk_receipt__contract_id" foreign key (tenant_id, "contract_id") references "contract" (tenant_id, id) on delete set null ("contract_id");
alter table "receipt" add constraint "fk_receipt__instalment_id" foreign key (tenant_id, "instalment_id") references "instalment" (tenant_id, id) on delete set null ("instalment_id");
alter table "receipt" add constraint "fk_receipt__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "receipt" add constraint "fk_receipt__owner_id" foreign key (tenant_id, "owner_id") references "user" (tenant_id, id) on delete set null ("owner_id");
alter table "receipt" add constraint "fk_receipt__reverses_id" foreign key (tenant_id, "reverses_id") references "receipt" (tenant_id, id) on delete restrict;
alter table "receipt_share" add constraint "fk_receipt_share__receipt_id" foreign key (tenant_id, "receipt_id") references "receipt" (tenant_id, id) on delete cascade;
alter table "receipt_share" add constraint "fk_receipt_share__instalment_id" foreign key (tenant_id, "instalment_id") references "instalment" (tenant_id, id) on delete cascade;
alter table "record_share" add constraint "fk_record_share__user_id" foreign key (tenant_id, "user_id") references "user" (tenant_id, id) on delete cascade;
alter table "record_share" add constraint "fk_record_share__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete cascade;
alter table "sales_order" add constraint "fk_sales_order__customer_id" foreign key (tenant_id, "customer_id") references "customer" (tenant_id, id) on delete restrict;
alter table "sales_order" add constraint "fk_sales_order__contract_id" foreign key (tenant_id, "contract_id") references "contract" (tenant_id, id) on delete set null ("contract_id");
alter table "sales_order" add constraint "fk_sales_order__opportunity_id" foreign key (tenant_id, "opportunity_id") references "opportunity" (tenant_id, id) on delete set null ("opportunity_id");
alter table "sales_order" add constraint "fk_sales_order__campaign_id" foreign key (tenant_id, "campaign_id") references "campaign" (tenant_id, id) on delete set null ("campaign_id");
alter table "sales_order" add constraint "fk_sales_order__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "sales_order" add constraint "fk_sales_order__owner_id" foreign key (tenant_id, "owner_id") references "user" (tenant_id, id) on delete set null ("owner_id");
alter table "sales_order" add constraint "fk_sales_order__quote_id" foreign key (tenant_id, "quote_id") references "quote" (tenant_id, id) on delete set null ("quote_id");
alter table "score_card" add constraint "fk_score_card__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "score_card" add constraint "fk_score_card__role_id" foreign key (tenant_id, "role_id") references "role" (tenant_id, id) on delete restrict;
alter table "score_given" add constraint "fk_score_given__measure_id" foreign key (tenant_id, "measure_id") references "score_measure" (tenant_id, id) on delete cascade;
alter table "score_given" add constraint "fk_score_given__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "score_given" add constraint "fk_score_given__user_id" foreign key (tenant_id, "user_id") references "user" (tenant_id, id) on delete restrict;
alter table "score_line" add constraint "fk_score_line__result_id" foreign key (tenant_id, "result_id") references "score_result" (tenant_id, id) on delete cascade;
alter table "score_measure" add constraint "fk_score_measure__card_id" foreign key (tenant_id, "card_id") references "score_card" (tenant_id, id) on delete cascade;
alter table "score_result" add constraint "fk_score_result__card_id" foreign key (tenant_id, "card_id") references "score_card" (tenant_id, id) on delete restrict;
alter table "score_result" add constraint "fk_score_result__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "score_result" add constraint "fk_score_result__user_id" foreign key (tenant_id, "user_id") references "user" (tenant_id, id) on delete restrict;
alter table "segment" add constraint "fk_segment__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "segment" add constraint "fk_segment__owner_id" foreign key (tenant_id, "owner_id") references "user" (tenant_id, id) on delete set null ("owner_id");
alter table "sign_in_day" add constraint "fk_sign_in_day__user_id" foreign key (tenant_id, "user_id") references "user" (tenant_id, id) on delete cascade;
alter table "sign_in_day" add constraint "fk_sign_in_day__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "standing_change" add constraint "fk_standing_change__customer_id" foreign key (tenant_id, "customer_id") references "customer" (tenant_id, id) on delete cascade;
alter table "swot_version" add constraint "fk_swot_version__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "target" add constraint "fk_target__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "target" add constraint "fk_target__user_id" foreign key (tenant_id, "user_id") references "user" (tenant_id, id) on delete restrict;
alter table "target" add constraint "fk_target__product_id" foreign key (tenant_id, "product_id") references "product" (tenant_id, id) on delete restrict;
alter table "target" add constraint "fk_target__parent_id" foreign key (tenant_id, "parent_id") references "target" (tenant_id, id) on delete restrict;
alter table "team_feedback" add constraint "fk_team_feedback__group_id" foreign key (tenant_id, "group_id") references "customer" (tenant_id, id) on delete cascade;
alter table "team_feedback" add constraint "fk_team_feedback__author_id" foreign key (tenant_id, "author_id") references "user" (tenant_id, id) on delete restrict;
alter table "team_feedback" add constraint "fk_team_feedback__customer_id" foreign key (tenant_id, "customer_id") references "customer" (tenant_id, id) on delete set null ("customer_id");
alter table "territory" add constraint "fk_territory__parent_id" foreign key (tenant_id, "parent_id") references "territory" (tenant_id, id) on delete set null ("parent_id");
alter table "territory" add constraint "fk_territory__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "territory" add constraint "fk_territory__product_id" foreign key (tenant_id, "product_id") references "product" (tenant_id, id) on delete set null ("product_id");
alter table "territory_holder" add constraint "fk_territory_holder__territory_id" foreign key (tenant_id, "territory_id") references "territory" (tenant_id, id) on delete cascade;
alter table "territory_holder" add constraint "fk_territory_holder__user_id" foreign key (tenant_id, "user_id") references "user" (tenant_id, id) on delete restrict;
alter table "touch_event" add constraint "fk_touch_event__point_id" foreign key (tenant_id, "point_id") references "touch_point" (tenant_id, id) on delete restrict;
alter table "touch_event" add constraint "fk_touch_event__customer_id" foreign key (tenant_id, "customer_id") references "customer" (tenant_id, id) on delete cascade;
alter table "touch_event" add constraint "fk_touch_event__owner_id" foreign key (tenant_id, "owner_id") references "user" (tenant_id, id) on delete set null ("owner_id");
alter table "touch_event" add constraint "fk_touch_event__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete set null ("unit_id");
alter table "touch_point" add constraint "fk_touch_point__journey_id" foreign key (tenant_id, "journey_id") references "journey_template" (tenant_id, id) on delete cascade;
alter table "touch_point" add constraint "fk_touch_point__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete set null ("unit_id");
alter table "touch_point" add constraint "fk_touch_point__role_id" foreign key (tenant_id, "role_id") references "role" (tenant_id, id) on delete set null ("role_id");
alter table "usage_rule" add constraint "fk_usage_rule__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
create unique index "uq_account_request__number" on "account_request" (tenant_id, "number");
create index "ix_account_request__user_id" on "account_request" (tenant_id, "user_id");
create index "ix_account_request__unit_id" on "account_request" (tenant_id, "unit_id");
create index "ix_account_request__to_unit_id" on "account_request" (tenant_id, "to_unit_id");
create index "ix_account_request__requested_by_id" on "account_request" (tenant_id, "requested_by_id");
create index "ix_account_request__stage" on "account_request" (tenant_id, "stage");
create index "ix_account_team__user_id" on "account_team" (tenant_id, "user_id");
create unique index "uq_account_team__group_id__user_id" on "account_team" (tenant_id, "group_id", "user_id");
create unique index "uq_account_type_profile__account_type" on "account_type_profile" (tenant_id, "account_type");
create index "ix_account_type_profile__team_id" on "account_type_profile" (tenant_id, "team_id");
create unique index "uq_budget__unit_id__period__category" on "budget" (tenant_id, "unit_id", "period", "category");
create index "ix_calendar_event__owner_id" on "calendar_event" (tenant_id, "owner_id");
create index "ix_calendar_event__unit_id" on "calendar_event" (tenant_id, "unit_id");
create index "ix_calendar_event__resource_id" on "calendar_event" (tenant_id, "resource_id");
create index "ix_calendar_event__record_id" on "calendar_event" (tenant_id, "record_id");
create unique index "uq_calendar_event__series_id__original_day__p" on "calendar_event" (tenant_id, "series_id", "original_day") where series_id is not null;
create index "ix_calendar_event__starts_at__last_end" on "calendar_event" (tenant_id, "starts_at", "last_end");
create unique index "uq_calendar_feed__person_id" on "calendar_feed" (tenant_id, "person_id");
create unique index "uq_calendar_feed__token_hash" on "calendar_feed" (tenant_id, "token_hash");
create index "ix_calendar_share__person_id" on "calendar_share" (tenant_id, "person_id");
create unique index "uq_calendar_share__owner_id__person_id" on "calendar_share" (tenant_id, "owner_id", "person_id");
create unique index "uq_campaign__code" on "campaign" (tenant_id, "code");
create index "ix_campaign__state" on "campaign" (tenant_id, "state");
create index "ix_campaign__unit_id" on "campaign" (tenant_id, "unit_id");
create index "ix_campaign__owner_id" on "campaign" (tenant_id, "owner_id");
create index "ix_campaign_cost__campaign_id" on "campaign_cost" (tenant_id, "campaign_id");
create index "ix_campaign_member__customer_id" on "campaign_member" (tenant_id, "customer_id");
create index "ix_campaign_member__lead_id" on "campaign_member" (tenant_id, "lead_id");
create unique index "uq_campaign_member__token" on "campaign_member" (tenant_id, "token");
create unique index "uq_campaign_member__campaign_id__customer_id__occasion" on "campaign_member" (tenant_id, "campaign_id", "customer_id", "occasion");
create index "ix_campaign_member__campaign_id__next_at__p" on "campaign_member" (tenant_id, "campaign_id", "next_at") where state = 'active';
create unique index "uq_campaign_plan__campaign_id" on "campaign_plan" (tenant_id, "campaign_id");
create index "ix_campaign_plan__segment_id" on "campaign_plan" (tenant_id, "segment_id");
create index "ix_campaign_send__campaign_id" on "campaign_send" (tenant_id, "campaign_id");
create index "ix_campaign_send__customer_id" on "campaign_send" (tenant_id, "customer_id");
create index "ix_campaign_send__notice_id" on "campaign_send" (tenant_id, "notice_id");
create unique index "uq_campaign_send__member_id__position" on "campaign_send" (tenant_id, "member_id", "position");
create unique index "uq_campaign_step__campaign_id__position" on "campaign_step" (tenant_id, "campaign_id", "position");
create index "ix_care_act__customer_id" on "care_act" (tenant_id, "customer_id");
create unique index "uq_care_act__plan_id__customer_id__occasion" on "care_act" (tenant_id, "plan_id", "customer_id", "occasion");
create unique index "uq_change_order__number" on "change_order" (tenant_id, "number");
create index "ix_change_order__contract_id" on "change_order" (tenant_id, "contract_id");
create index "ix_checklist_answer__question_id" on "checklist_answer" (tenant_id, "question_id");
create unique index "uq_checklist_answer__customer_id__question_id" on "checklist_answer" (tenant_id, "customer_id", "question_id");
create unique index "uq_checklist_question__code" on "checklist_question" (tenant_id, "code");
create index "ix_commission_entry__period" on "commission_entry" (tenant_id, "period");
create index "ix_commission_entry__user_id" on "commission_entry" (tenant_id, "user_id");
create index "ix_commission_entry__unit_id" on "commission_entry" (tenant_id, "unit_id");
create index "ix_commission_entry__contract_id" on "commission_entry" (tenant_id, "contract_id");
create index "ix_commission_entry__receipt_id" on "commission_entry" (tenant_id, "receipt_id");
create unique index "uq_commission_entry__key" on "commission_entry" (tenant_id, "key");
create index "ix_commission_share__user_id" on "commission_share" (tenant_id, "user_id");
create unique index "uq_commission_share__contract_id__user_id" on "commission_share" (tenant_id, "contract_id", "user_id");
create unique index "uq_commission_tier__plan_id__from" on "commission_tier" (tenant_id, "plan_id", "from");
create unique index "uq_competitor__name" on "competitor" (tenant_id, "name");
create index "ix_competitor_move__competitor_id" on "competitor_move" (tenant_id, "competitor_id");
create index "ix_competitor_move__on" on "competitor_move" (tenant_id, "on");
create index "ix_consent__customer_id" on "consent" (tenant_id, "customer_id");
create index "ix_consent__at" on "consent" (tenant_id, "at");
create unique index "uq_contract__number" on "contract" (tenant_id, "number");
create index "ix_contract__kind" on "contract" (tenant_id, "kind");
create index "ix_contract__parent_id" on "contract" (tenant_id, "parent_id");
create index "ix_contract__customer_id" on "contract" (tenant_id, "customer_id");
create index "ix_contract__opportunity_id" on "contract" (tenant_id, "opportunity_id");
create index "ix_contract__quote_id" on "contract" (tenant_id, "quote_id");
create index "ix_contract__unit_id" on "contract" (tenant_id, "unit_id");
create index "ix_contract__owner_id" on "contract" (tenant_id, "owner_id");
create index "ix_contract__state" on "contract" (tenant_id, "state");
create index "ix_contract__signed_on" on "contract" (tenant_id, "signed_on");
create index "ix_contract__valid_until" on "contract" (tenant_id, "valid_until");
create index "ix_contract_line__contract_id" on "contract_line" (tenant_id, "contract_id");
create unique index "uq_contract_rule__name" on "contract_rule" (tenant_id, "name");
create unique index "uq_contract_template__title" on "contract_template" (tenant_id, "title");
create index "ix_cross_sell__product_line_id" on "cross_sell" (tenant_id, "product_line_id");
create index "ix_customer__standing" on "customer" (tenant_id, "standing");
create index "ix_customer__account_type" on "customer" (tenant_id, "account_type");
create index "ix_customer__parent_id" on "customer" (tenant_id, "parent_id");
create index "ix_customer__tax_number" on "customer" (tenant_id, "tax_number");
create index "ix_customer__province" on "customer" (tenant_id, "province");
create index "ix_customer__city" on "customer" (tenant_id, "city");
create index "ix_customer__service_owner_id" on "customer" (tenant_id, "service_owner_id");
create index "ix_customer__level" on "customer" (tenant_id, "level");
create index "ix_customer__merged_into_id" on "customer" (tenant_id, "merged_into_id");
create index "ix_customer_merge__survivor_id" on "customer_merge" (tenant_id, "survivor_id");
create index "ix_customer_merge__merged_id" on "customer_merge" (tenant_id, "merged_id");
create index "ix_customer_merge__state" on "customer_merge" (tenant_id, "state");
create index "ix_customer_standing__level" on "customer_standing" (tenant_id, "level");
create index "ix_customer_standing__below" on "customer_standing" (tenant_id, "below");
create unique index "uq_customer_standing__customer_id" on "customer_standing" (tenant_id, "customer_id");
create unique index "uq_customer_standing__link_token" on "customer_standing" (tenant_id, "link_token");
create index "ix_deal_contact__contact_id" on "deal_contact" (tenant_id, "contact_id");
create unique index "uq_deal_contact__opportunity_id__contact_id" on "deal_contact" (tenant_id, "opportunity_id", "contact_id");
create unique index "uq_decline__number" on "decline" (tenant_id, "number");
create index "ix_decline__month" on "decline" (tenant_id, "month");
create index "ix_decline__unit_id" on "decline" (tenant_id, "unit_id");
create index "ix_decline__owner_id" on "decline" (tenant_id, "owner_id");
create unique index "uq_decline__customer_id__month" on "decline" (tenant_id, "customer_id", "month");
create unique index "uq_delivery__number" on "delivery" (tenant_id, "number");
create index "ix_delivery__order_id" on "delivery" (tenant_id, "order_id");
create index "ix_delivery__contract_id" on "delivery" (tenant_id, "contract_id");
create index "ix_delivery__customer_id" on "delivery" (tenant_id, "customer_id");
create index "ix_delivery__delivered_on" on "delivery" (tenant_id, "delivered_on");
create index "ix_delivery_line__delivery_id" on "delivery_line" (tenant_id, "delivery_id");
create index "ix_delivery_line__order_line_id" on "delivery_line" (tenant_id, "order_line_id");
create unique index "uq_document_template__name" on "document_template" (tenant_id, "name");
create index "ix_engagement__state" on "engagement" (tenant_id, "state");
create index "ix_engagement__customer_id" on "engagement" (tenant_id, "customer_id");
create index "ix_engagement__contact_id" on "engagement" (tenant_id, "contact_id");
create index "ix_engagement__lead_id" on "engagement" (tenant_id, "lead_id");
create index "ix_engagement__opportunity_id" on "engagement" (tenant_id, "opportunity_id");
create index "ix_engagement__unit_id" on "engagement" (tenant_id, "unit_id");
create index "ix_engagement__owner_id" on "engagement" (tenant_id, "owner_id");
create index "ix_engagement__at" on "engagement" (tenant_id, "at");
create index "ix_engagement__next_at" on "engagement" (tenant_id, "next_at");
create index "ix_event_attendee__person_id" on "event_attendee" (tenant_id, "person_id");
create unique index "uq_event_attendee__event_id__person_id" on "event_attendee" (tenant_id, "event_id", "person_id");
create index "ix_forecast_line__snapshot_id" on "forecast_line" (tenant_id, "snapshot_id");
create index "ix_forecast_line__opportunity_id" on "forecast_line" (tenant_id, "opportunity_id");
create index "ix_forecast_line__ends_on__close_on" on "forecast_line" (tenant_id, "ends_on", "close_on");
create unique index "uq_forecast_snapshot__week" on "forecast_snapshot" (tenant_id, "week");
create index "ix_forecast_snapshot__ends_on" on "forecast_snapshot" (tenant_id, "ends_on");
create unique index "uq_handover__number" on "handover" (tenant_id, "number");
create index "ix_handover__from_id" on "handover" (tenant_id, "from_id");
create index "ix_handover__to_id" on "handover" (tenant_id, "to_id");
create index "ix_handover__unit_id" on "handover" (tenant_id, "unit_id");
create index "ix_handover_item__handover_id" on "handover_item" (tenant_id, "handover_id");
create unique index "uq_import_plan__name" on "import_plan" (tenant_id, "name");
create index "ix_import_run__plan_id" on "import_run" (tenant_id, "plan_id");
create index "ix_instalment__customer_id" on "instalment" (tenant_id, "customer_id");
create index "ix_instalment__contract_id" on "instalment" (tenant_id, "contract_id");
create index "ix_instalment__order_id" on "instalment" (tenant_id, "order_id");
create index "ix_instalment__unit_id" on "instalment" (tenant_id, "unit_id");
create index "ix_instalment__owner_id" on "instalment" (tenant_id, "owner_id");
create index "ix_instalment__due_on" on "instalment" (tenant_id, "due_on");
create unique index "uq_invoice__number" on "invoice" (tenant_id, "number");
create index "ix_invoice__contract_id" on "invoice" (tenant_id, "contract_id");
create index "ix_invoice__customer_id" on "invoice" (tenant_id, "customer_id");
create index "ix_invoice__issued_on" on "invoice" (tenant_id, "issued_on");
create unique index "uq_journey_template__key" on "journey_template" (tenant_id, "key");
create index "ix_key_report__period" on "key_report" (tenant_id, "period");
create unique index "uq_key_report__customer_id__kind__period" on "key_report" (tenant_id, "customer_id", "kind", "period");
create unique index "uq_lead__number" on "lead" (tenant_id, "number");
create index "ix_lead__phone" on "lead" (tenant_id, "phone");
create index "ix_lead__mail" on "lead" (tenant_id, "mail");
create index "ix_lead__source" on "lead" (tenant_id, "source");
create index "ix_lead__campaign_id" on "lead" (tenant_id, "campaign_id");
create index "ix_lead__state" on "lead" (tenant_id, "state");
create index "ix_lead__owner_id" on "lead" (tenant_id, "owner_id");
create index "ix_lead__customer_id" on "lead" (tenant_id, "customer_id");
create index "ix_lead__opportunity_id" on "lead" (tenant_id, "opportunity_id");
create index "ix_lead__unit_id__pooled_at__p" on "lead" (tenant_id, "unit_id", "pooled_at") where state = 'pool';
create unique index "uq_lead_form__token" on "lead_form" (tenant_id, "token");
create index "ix_lead_form__unit_id" on "lead_form" (tenant_id, "unit_id");
create unique index "uq_lead_pool__unit_id" on "lead_pool" (tenant_id, "unit_id");
create index "ix_lead_rule__unit_id" on "lead_rule" (tenant_id, "unit_id");
create index "ix_market_intel__item" on "market_intel" (tenant_id, "item");
create index "ix_market_intel__place" on "market_intel" (tenant_id, "place");
create index "ix_market_intel__seen_on" on "market_intel" (tenant_id, "seen_on");
create index "ix_market_intel__unit_id" on "market_intel" (tenant_id, "unit_id");
create index "ix_market_intel__competitor_id__item__seen_on" on "market_intel" (tenant_id, "competitor_id", "item", "seen_on");
create unique index "uq_marketing_expense__number" on "marketing_expense" (tenant_id, "number");
create index "ix_marketing_expense__opportunity_id" on "marketing_expense" (tenant_id, "opportunity_id");
create index "ix_marketing_expense__campaign_id" on "marketing_expense" (tenant_id, "campaign_id");
create index "ix_marketing_expense__budget_id" on "marketing_expense" (tenant_id, "budget_id");
create index "ix_marketing_expense__applicant_id__id" on "marketing_expense" (tenant_id, "applicant_id", "id" desc);
create index "ix_marketing_expense__unit_id__stage" on "marketing_expense" (tenant_id, "unit_id", "stage");
create index "ix_milestone__contract_id" on "milestone" (tenant_id, "contract_id");
create index "ix_milestone__due_on" on "milestone" (tenant_id, "due_on");
create index "ix_notice_line__list_id" on "notice_line" (tenant_id, "list_id");
create index "ix_notice_line__user_id" on "notice_line" (tenant_id, "user_id");
create index "ix_notice_line__unit_id" on "notice_line" (tenant_id, "unit_id");
create unique index "uq_notice_list__number" on "notice_list" (tenant_id, "number");
create index "ix_notice_list__on_day" on "notice_list" (tenant_id, "on_day");
create index "ix_notice_list__unit_id" on "notice_list" (tenant_id, "unit_id");
create unique index "uq_opportunity__number" on "opportunity" (tenant_id, "number");
create index "ix_opportunity__customer_id" on "opportunity" (tenant_id, "customer_id");
create index "ix_opportunity__unit_id" on "opportunity" (tenant_id, "unit_id");
create index "ix_opportunity__owner_id" on "opportunity" (tenant_id, "owner_id");
create index "ix_opportunity__close_on" on "opportunity" (tenant_id, "close_on");
create index "ix_opportunity__stage" on "opportunity" (tenant_id, "stage");
create index "ix_opportunity__outcome" on "opportunity" (tenant_id, "outcome");
create index "ix_opportunity__lead_id" on "opportunity" (tenant_id, "lead_id");
create index "ix_opportunity__campaign_id" on "opportunity" (tenant_id, "campaign_id");
create index "ix_opportunity__outcome__stage__close_on" on "opportunity" (tenant_id, "outcome", "stage", "close_on");
create index "ix_order_line__order_id" on "order_line" (tenant_id, "order_id");
create index "ix_order_line__product_id" on "order_line" (tenant_id, "product_id");
create index "ix_order_line__item" on "order_line" (tenant_id, "item");
create index "ix_order_line__customer_id__ordered_on" on "order_line" (tenant_id, "customer_id", "ordered_on");
create index "ix_preference__customer_id" on "preference" (tenant_id, "customer_id");
create index "ix_price__product_id" on "price" (tenant_id, "product_id");
create unique index "uq_price__price_book_id__product_id__from_quantity" on "price" (tenant_id, "price_book_id", "product_id", "from_quantity");
create unique index "uq_price_book__code" on "price_book" (tenant_id, "code");
create index "ix_price_book__customer_id" on "price_book" (tenant_id, "customer_id");
create unique index "uq_price_request__number" on "price_request" (tenant_id, "number");
create index "ix_price_request__group_id" on "price_request" (tenant_id, "group_id");
create index "ix_price_request__customer_id" on "price_request" (tenant_id, "customer_id");
create index "ix_price_request__contract_line_id" on "price_request" (tenant_id, "contract_line_id");
create index "ix_price_request__state" on "price_request" (tenant_id, "state");
create index "ix_price_request__unit_id" on "price_request" (tenant_id, "unit_id");
create index "ix_price_request__owner_id" on "price_request" (tenant_id, "owner_id");
create unique index "uq_promotion__code" on "promotion" (tenant_id, "code");
create index "ix_promotion__campaign_id" on "promotion" (tenant_id, "campaign_id");
create index "ix_promotion__unit_id" on "promotion" (tenant_id, "unit_id");
create index "ix_promotion_use__customer_id" on "promotion_use" (tenant_id, "customer_id");
create index "ix_promotion_use__state" on "promotion_use" (tenant_id, "state");
create unique index "uq_promotion_use__promotion_id__voucher__p" on "promotion_use" (tenant_id, "promotion_id", "voucher") where voucher is not null;
create unique index "uq_prospect__customer_id" on "prospect" (tenant_id, "customer_id");
create index "ix_prospect__favoured" on "prospect" (tenant_id, "favoured");
create index "ix_prospect__handed_unit_id" on "prospect" (tenant_id, "handed_unit_id");
create index "ix_quote__previous_id" on "quote" (tenant_id, "previous_id");
create index "ix_quote__customer_id" on "quote" (tenant_id, "customer_id");
create index "ix_quote__opportunity_id" on "quote" (tenant_id, "opportunity_id");
create index "ix_quote__unit_id" on "quote" (tenant_id, "unit_id");
create index "ix_quote__owner_id" on "quote" (tenant_id, "owner_id");
create index "ix_quote__state" on "quote" (tenant_id, "state");
create unique index "uq_quote__number__revision" on "quote" (tenant_id, "number", "revision");
create unique index "uq_quote__link_token" on "quote" (tenant_id, "link_token");
create index "ix_quote_line__quote_id" on "quote_line" (tenant_id, "quote_id");
create unique index "uq_receipt__number" on "receipt" (tenant_id, "number");
create index "ix_receipt__customer_id" on "receipt" (tenant_id, "customer_id");
create index "ix_receipt__contract_id" on "receipt" (tenant_id, "contract_id");
create index "ix_receipt__instalment_id" on "receipt" (tenant_id, "instalment_id");
create index "ix_receipt__unit_id" on "receipt" (tenant_id, "unit_id");
create index "ix_receipt__owner_id" on "receipt" (tenant_id, "owner_id");
create index "ix_receipt__received_on" on "receipt" (tenant_id, "received_on");
create unique index "uq_receipt__reverses_id" on "receipt" (tenant_id, "reverses_id");
create index "ix_receipt_share__receipt_id" on "receipt_share" (tenant_id, "receipt_id");
create index "ix_receipt_share__instalment_id" on "receipt_share" (tenant_id, "instalment_id");
create index "ix_record_share__user_id" on "record_share" (tenant_id, "user_id");
create index "ix_record_share__unit_id" on "record_share" (tenant_id, "unit_id");
create index "ix_record_share__entity__record_id" on "record_share" (tenant_id, "entity", "record_id");
create index "ix_rule_document__valid_from" on "rule_document" (tenant_id, "valid_from");
create unique index "uq_rule_document__code__edition" on "rule_document" (tenant_id, "code", "edition");
create unique index "uq_sales_order__number" on "sales_order" (tenant_id, "number");
create index "ix_sales_order__contract_id" on "sales_order" (tenant_id, "contract_id");
create index "ix_sales_order__opportunity_id" on "sales_order" (tenant_id, "opportunity_id");
create index "ix_sales_order__campaign_id" on "sales_order" (tenant_id, "campaign_id");
create index "ix_sales_order__unit_id" on "sales_order" (tenant_id, "unit_id");
create index "ix_sales_order__owner_id" on "sales_order" (tenant_id, "owner_id");
create index "ix_sales_order__state" on "sales_order" (tenant_id, "state");
create index "ix_sales_order__ordered_on" on "sales_order" (tenant_id, "ordered_on");
create index "ix_sales_order__quote_id" on "sales_order" (tenant_id, "quote_id");
create index "ix_sales_order__customer_id__ordered_on" on "sales_order" (tenant_id, "customer_id", "ordered_on");
create unique index "uq_score_card__name" on "score_card" (tenant_id, "name");
create index "ix_score_card__unit_id" on "score_card" (tenant_id, "unit_id");
create index "ix_score_given__measure_id" on "score_given" (tenant_id, "measure_id");
create index "ix_score_given__unit_id" on "score_given" (tenant_id, "unit_id");
create index "ix_score_given__user_id" on "score_given" (tenant_id, "user_id");
create index "ix_score_line__result_id" on "score_line" (tenant_id, "result_id");
create index "ix_score_measure__card_id" on "score_measure" (tenant_id, "card_id");
create index "ix_score_result__card_id" on "score_result" (tenant_id, "card_id");
create index "ix_score_result__period" on "score_result" (tenant_id, "period");
create index "ix_score_result__unit_id" on "score_result" (tenant_id, "unit_id");
create index "ix_score_result__user_id" on "score_result" (tenant_id, "user_id");
create index "ix_segment__unit_id" on "segment" (tenant_id, "unit_id");
create unique index "uq_sign_in_day__user_id__day" on "sign_in_day" (tenant_id, "user_id", "day");
create index "ix_sign_in_day__unit_id__day" on "sign_in_day" (tenant_id, "unit_id", "day");
create unique index "uq_stage_chance__stage" on "stage_chance" (tenant_id, "stage");
create index "ix_standing_change__customer_id" on "standing_change" (tenant_id, "customer_id");
create index "ix_standing_change__at" on "standing_change" (tenant_id, "at");
create unique index "uq_swot_version__unit_id__edition" on "swot_version" (tenant_id, "unit_id", "edition");
create index "ix_target__period" on "target" (tenant_id, "period");
create index "ix_target__unit_id" on "target" (tenant_id, "unit_id");
create index "ix_target__user_id" on "target" (tenant_id, "user_id");
create index "ix_target__parent_id" on "target" (tenant_id, "parent_id");
create unique index "uq_target_rule__name" on "target_rule" (tenant_id, "name");
create index "ix_team_feedback__group_id" on "team_feedback" (tenant_id, "group_id");
create index "ix_team_feedback__author_id" on "team_feedback" (tenant_id, "author_id");
create index "ix_team_feedback__at" on "team_feedback" (tenant_id, "at");
create index "ix_team_feedback__customer_id" on "team_feedback" (tenant_id, "customer_id");
create index "ix_territory__parent_id" on "territory" (tenant_id, "parent_id");
create index "ix_territory__unit_id" on "territory" (tenant_id, "unit_id");
create index "ix_territory_holder__territory_id" on "territory_holder" (tenant_id, "territory_id");
create index "ix_territory_holder__user_id" on "territory_holder" (tenant_id, "user_id");
create index "ix_territory_holder__since" on "territory_holder" (tenant_id, "since");
create unique index "uq_tier_package__level" on "tier_package" (tenant_id, "level");
create index "ix_tier_run__state" on "tier_run" (tenant_id, "state");
create index "ix_tier_run__started_at" on "tier_run" (tenant_id, "started_at");
create index "ix_touch_event__phone" on "touch_event" (tenant_id, "phone");
create index "ix_touch_event__point_id__at" on "touch_event" (tenant_id, "point_id", "at" desc);
create index "ix_touch_event__customer_id__at" on "touch_event" (tenant_id, "customer_id", "at" desc);
create unique index "uq_touch_event__key" on "touch_event" (tenant_id, "key");
create unique index "uq_touch_point__code" on "touch_point" (tenant_id, "code");
create index "ix_touch_point__journey_id__position" on "touch_point" (tenant_id, "journey_id", "position");
create index "ix_usage_rule__unit_id" on "usage_rule" (tenant_id, "unit_id");
