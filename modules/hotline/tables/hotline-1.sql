-- what a telephone system signs its messages with; read by the program only
create table cti_secret (
  tenant_id uuid not null references tenant (id),
  source text not null,
  secret text not null,
  changed_at timestamptz not null,
  primary key (tenant_id, source)
);
alter table cti_secret enable row level security;
create policy tenant_isolation on cti_secret using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);

-- messages that were taken: the key is what makes each count once
create table cti_event (
  tenant_id uuid not null references tenant (id),
  source text not null,
  event_id text not null,
  at timestamptz not null,
  primary key (tenant_id, source, event_id)
);
create index ix_cti_event__at on cti_event (tenant_id, at);
alter table cti_event enable row level security;
create policy tenant_isolation on cti_event using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
