-- what signs the messages of a webhook: never read by a page, never in the audit, never in an export
create table webhook_secret (
  tenant_id uuid not null references tenant (id),
  webhook_id uuid not null,
  secret text not null,
  old_secret text,
  old_until timestamptz,
  primary key (tenant_id, webhook_id)
);
alter table webhook_secret enable row level security;
create policy tenant_isolation on webhook_secret using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);

-- how a webhook fares; beside the record, because it changes with each message
create table webhook_state (
  tenant_id uuid not null references tenant (id),
  webhook_id uuid not null,
  success_at timestamptz,
  failing_since timestamptz,
  error text,
  off_reason text,
  primary key (tenant_id, webhook_id)
);
alter table webhook_state enable row level security;
create policy tenant_isolation on webhook_state using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);

-- one message to one receiver; source names what it tells, so that it is made once
create table webhook_delivery (
  tenant_id uuid not null references tenant (id),
  id uuid not null,
  webhook_id uuid not null,
  source text not null,
  type text not null,
  test boolean not null default false,
  entity text,
  record_id uuid,
  record_version integer not null default 0,
  at timestamptz not null,
  created_at timestamptz not null,
  state text not null check (state in ('waiting', 'sending', 'done', 'failed', 'dropped')),
  due_at timestamptz,
  lease_until timestamptz,
  attempts integer not null default 0,
  sent_at timestamptz,
  finished_at timestamptz,
  status integer,
  ms integer,
  answer text,
  error text,
  tries jsonb not null default '[]',
  body text,
  primary key (tenant_id, id)
);
create unique index ux_webhook_delivery__source on webhook_delivery (tenant_id, webhook_id, source);
create index ix_webhook_delivery__lane on webhook_delivery (tenant_id, webhook_id, due_at) where state in ('waiting', 'sending');
create index ix_webhook_delivery__record on webhook_delivery (tenant_id, entity, record_id);
create index ix_webhook_delivery__log on webhook_delivery (tenant_id, webhook_id, id desc);
create index ix_webhook_delivery__failed on webhook_delivery (tenant_id, webhook_id) where state = 'failed';
alter table webhook_delivery enable row level security;
create policy tenant_isolation on webhook_delivery using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
