-- A step for which several posts or persons are candidates (camunda:candidateGroups="x,y", candidateUsers="a,b"): one row each, kind role (its
-- code) or user (an id). A step of one post has none. The rows go when the step is over.
create table process_candidate (
  tenant_id uuid not null references tenant (id),
  step_id uuid not null,
  kind text not null,
  code text not null,
  primary key (tenant_id, step_id, kind, code)
);
create index ix_process_candidate__code on process_candidate (tenant_id, kind, code);

-- Starts by a condition on records. `since`: changes before it are not its business; `looked_at`: up to when records have been looked at.
alter table process_start add column since timestamptz, add column looked_at timestamptz;
-- What the condition was for a record, and for which version of it: it starts a case when it becomes true, not while it is.
create table process_start_seen (
  tenant_id uuid not null references tenant (id),
  key text not null,
  node_id text not null,
  record_id uuid not null,
  version integer not null,
  was boolean not null,
  primary key (tenant_id, key, node_id, record_id)
);
do $$ declare t text; begin
  foreach t in array array['process_candidate','process_start_seen'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy tenant_isolation on %I using (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::uuid)', t);
  end loop;
end $$;
