-- what opens a gateway or a bot: never read by a page, never in the audit, never in an export
create table notice_secret (
  tenant_id uuid not null references tenant (id),
  channel_id uuid not null,
  secret jsonb not null,
  primary key (tenant_id, channel_id)
);
alter table notice_secret enable row level security;
create policy tenant_isolation on notice_secret using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);

-- each message that left for a channel, for its limits; older ones are removed as new ones are written
create table notice_try (
  tenant_id uuid not null references tenant (id),
  channel_id uuid not null,
  id uuid not null,
  at timestamptz not null,
  primary key (tenant_id, channel_id, at, id)
);
alter table notice_try enable row level security;
create policy tenant_isolation on notice_try using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);

-- when the customer was last told that the device would be ready
create table notice_promise (
  tenant_id uuid not null references tenant (id),
  request_id uuid not null,
  promised timestamptz not null,
  primary key (tenant_id, request_id)
);
alter table notice_promise enable row level security;
create policy tenant_isolation on notice_promise using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
