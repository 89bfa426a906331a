-- made from the declarations by `quancheng migrate make sales_promises`; forward only
create table "campaign_list" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "campaign_id" uuid not null,
  "file" text not null,
  "at" timestamptz not null,
  "total" integer not null,
  "made" integer not null,
  "doubles" integer not null,
  "bad" integer not null,
  "by_id" uuid,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "campaign_list" enable row level security;
create policy tenant_isolation on "campaign_list" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "campaign_price" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "campaign_id" uuid not null,
  "product_id" uuid not null,
  "price" numeric(16,2) not null,
  "further" boolean,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "campaign_price" enable row level security;
create policy tenant_isolation on "campaign_price" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "campaign_reply" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "at" timestamptz not null,
  "customer_id" uuid,
  "phone" text not null,
  "text" text not null,
  "meaning" text not null,
  "campaign_id" uuid,
  "lead_id" uuid,
  "gateway_id" text not null,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "campaign_reply" enable row level security;
create policy tenant_isolation on "campaign_reply" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create table "deal_survey" (
  tenant_id uuid not null references "tenant" (id),
  id uuid not null,
  "order_number" text not null,
  "customer_id" uuid not null,
  "unit_id" uuid not null,
  "person_id" uuid,
  "product_line_id" uuid,
  "asked_at" timestamptz not null,
  "score" integer,
  "tags" text[],
  "words" text,
  "answered_at" timestamptz,
  "notice_id" uuid,
  "order_id" text not null,
  "token" text,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id)
);
alter table "deal_survey" enable row level security;
create policy tenant_isolation on "deal_survey" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
alter table "account_team" add column "shares" jsonb;
alter table "care_act" add column "outcome" text;
alter table "care_act" add column "notice_id" uuid;
alter table "care_act" add column "reason" text;
alter table "care_plan" add column "way" text;
alter table "care_plan" add column "text" text;
alter table "care_plan" add column "by" text;
alter table "care_plan" add column "purpose" text;
alter table "contract_rule" add column "scan_to_sign" boolean;
alter table "customer_standing" add column "report_to_ids" uuid[];
alter table "key_report" add column "link_token" text;
alter table "territory" add column "visits_from" integer;
alter table "territory" add column "visits_to" integer;
alter table "campaign_list" add constraint "fk_campaign_list__campaign_id" foreign key (tenant_id, "campaign_id") references "campaign" (tenant_id, id) on delete cascade;
alter table "campaign_list" add constraint "fk_campaign_list__by_id" foreign key (tenant_id, "by_id") references "user" (tenant_id, id) on delete set null ("by_id");
alter table "campaign_price" add constraint "fk_campaign_price__campaign_id" foreign key (tenant_id, "campaign_id") references "campaign" (tenant_id, id) on delete cascade;
alter table "campaign_price" add constraint "fk_campaign_price__product_id" foreign key (tenant_id, "product_id") references "product" (tenant_id, id) on delete cascade;
alter table "campaign_reply" add constraint "fk_campaign_reply__customer_id" foreign key (tenant_id, "customer_id") references "customer" (tenant_id, id) on delete cascade;
alter table "campaign_reply" add constraint "fk_campaign_reply__campaign_id" foreign key (tenant_id, "campaign_id") references "campaign" (tenant_id, id) on delete set null ("campaign_id");
alter table "campaign_reply" add constraint "fk_campaign_reply__lead_id" foreign key (tenant_id, "lead_id") references "lead" (tenant_id, id) on delete set null ("lead_id");
alter table "care_act" add constraint "fk_care_act__notice_id" foreign key (tenant_id, "notice_id") references "customer_notice" (tenant_id, id) on delete set null ("notice_id");
alter table "deal_survey" add constraint "fk_deal_survey__customer_id" foreign key (tenant_id, "customer_id") references "customer" (tenant_id, id) on delete cascade;
alter table "deal_survey" add constraint "fk_deal_survey__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict;
alter table "deal_survey" add constraint "fk_deal_survey__person_id" foreign key (tenant_id, "person_id") references "user" (tenant_id, id) on delete set null ("person_id");
alter table "deal_survey" add constraint "fk_deal_survey__product_line_id" foreign key (tenant_id, "product_line_id") references "product_line" (tenant_id, id) on delete set null ("product_line_id");
alter table "deal_survey" add constraint "fk_deal_survey__notice_id" foreign key (tenant_id, "notice_id") references "customer_notice" (tenant_id, id) on delete set null ("notice_id");
create index "ix_campaign_list__campaign_id" on "campaign_list" (tenant_id, "campaign_id");
create index "ix_campaign_price__product_id" on "campaign_price" (tenant_id, "product_id");
create unique index "uq_campaign_price__campaign_id__product_id" on "campaign_price" (tenant_id, "campaign_id", "product_id");
create index "ix_campaign_reply__customer_id" on "campaign_reply" (tenant_id, "customer_id");
create index "ix_campaign_reply__meaning" on "campaign_reply" (tenant_id, "meaning");
create index "ix_campaign_reply__campaign_id" on "campaign_reply" (tenant_id, "campaign_id");
create unique index "uq_campaign_reply__gateway_id" on "campaign_reply" (tenant_id, "gateway_id");
create index "ix_deal_survey__customer_id" on "deal_survey" (tenant_id, "customer_id");
create index "ix_deal_survey__unit_id" on "deal_survey" (tenant_id, "unit_id");
create index "ix_deal_survey__person_id" on "deal_survey" (tenant_id, "person_id");
create index "ix_deal_survey__answered_at" on "deal_survey" (tenant_id, "answered_at");
create unique index "uq_deal_survey__order_id" on "deal_survey" (tenant_id, "order_id");
create unique index "uq_deal_survey__token" on "deal_survey" (tenant_id, "token");
create unique index "uq_key_report__link_token" on "key_report" (tenant_id, "link_token");
