-- Running cases go over to another version of their process. One row a run, however many cases it has; `state`: running, done, stopped.
create table process_migration (
  tenant_id uuid not null references tenant (id),
  id uuid not null,
  key text not null,
  from_version integer not null,
  to_version integer not null,
  from_id uuid not null,
  to_id uuid not null,
  -- {nodeId: nodeId or null}: what a person said of the counterparts; the rest is found as in the dry run
  mapping jsonb not null,
  -- these cases and no others; null: all that run on the old version
  cases uuid[],
  state text not null,
  total integer not null,
  started_at timestamptz not null,
  started_by uuid,
  ended_at timestamptz,
  ended_by uuid,
  primary key (tenant_id, id),
  foreign key (tenant_id, from_id) references process_definition (tenant_id, id),
  foreign key (tenant_id, to_id) references process_definition (tenant_id, id)
);
create index ix_process_migration__key on process_migration (tenant_id, key, started_at);
-- one run at a time takes cases away from a version
create unique index uq_process_migration__running on process_migration (tenant_id, from_id) where state = 'running';

-- What became of one case: it went over, or it was refused and stays, with the reasons. Without a run: a person took over this one case.
create table process_migration_case (
  tenant_id uuid not null references tenant (id),
  id uuid not null,
  migration_id uuid,
  instance_id uuid not null,
  from_version integer not null,
  to_version integer not null,
  state text not null,
  -- [{code, nodeId, toId, message}] of a refusal
  problems jsonb not null default '[]',
  -- {nodeId: nodeId}: under which names the case's steps stood before
  mapping jsonb not null default '{}',
  at timestamptz not null,
  by_id uuid,
  primary key (tenant_id, id)
);
create unique index uq_process_migration_case__run on process_migration_case (tenant_id, migration_id, instance_id) where migration_id is not null;
create index ix_process_migration_case__instance on process_migration_case (tenant_id, instance_id, at);
do $$ declare t text; begin
  foreach t in array array['process_migration','process_migration_case'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy tenant_isolation on %I using (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::uuid)', t);
  end loop;
end $$;
