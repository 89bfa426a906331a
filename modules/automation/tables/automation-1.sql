-- one row for each event that a rule answered: the unique key is what makes it answer once
create table automation_run (
  tenant_id uuid not null references tenant (id),
  id uuid not null,
  rule_id uuid not null,
  rule_name text not null,
  rule_version integer not null,
  entity text not null,
  record_id uuid not null,
  record_version integer not null,
  label text not null,
  event text not null,
  at timestamptz not null,
  state text not null check (state in ('waiting', 'done', 'failed', 'stopped')),
  attempts integer not null default 0,
  did jsonb not null default '[]',
  error text,
  chain jsonb not null default '[]',
  finished_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, rule_id, record_id, record_version)
);
create index ix_automation_run__rule on automation_run (tenant_id, rule_id, at desc);
create index ix_automation_run__at on automation_run (tenant_id, at desc);
create index ix_automation_run__record on automation_run (tenant_id, record_id);
alter table automation_run enable row level security;
create policy tenant_isolation on automation_run using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
