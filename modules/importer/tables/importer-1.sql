-- which record of ours a record of another system became: what makes a second import change instead of double, and lets a file point to another
create table import_link (
  tenant_id uuid not null references tenant (id),
  system text not null,
  entity text not null,
  foreign_id text not null,
  record_id uuid not null,
  primary key (tenant_id, system, entity, foreign_id)
);
create index ix_import_link__record on import_link (tenant_id, entity, record_id);
alter table import_link enable row level security;
create policy tenant_isolation on import_link using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);

-- what one run made new, as it was at the end of the run: what taking it back removes, unless it was changed since
create table import_made (
  tenant_id uuid not null references tenant (id),
  run_id uuid not null,
  entity text not null,
  record_id uuid not null,
  version integer not null,
  primary key (tenant_id, run_id, entity, record_id)
);
alter table import_made enable row level security;
create policy tenant_isolation on import_made using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
