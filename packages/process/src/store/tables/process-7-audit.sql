-- What each night's walk through the log found. `broken`: [{entity, recordId, seq, why}], the first hundred; `faults` counts them all.
create table audit_night (
  tenant_id uuid not null references tenant (id),
  begun_at timestamptz not null,
  ended_at timestamptz not null,
  entries bigint not null,
  faults integer not null,
  broken jsonb not null,
  primary key (tenant_id, begun_at)
);
alter table audit_night enable row level security;
create policy tenant_isolation on audit_night using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
