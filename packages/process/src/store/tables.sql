-- The engine's tables. One row of process_step is token, task, inbox entry and history at once (docs/adr/0007).
create table process_definition (
  tenant_id uuid not null references tenant (id),
  id uuid not null,
  key text not null,
  version integer not null,
  name text not null,
  kind text not null,
  xml text,
  hash text not null,
  entity text,
  created_at timestamptz not null,
  created_by uuid,
  primary key (tenant_id, id)
);
create unique index uq_process_definition__key on process_definition (tenant_id, key, version);

create table process_instance (
  tenant_id uuid not null references tenant (id),
  id uuid not null,
  definition_id uuid not null,
  entity text,
  record_id uuid,
  label text,
  unit_id uuid,
  state text not null,
  variables jsonb not null default '{}',
  joins jsonb not null default '[]',
  next_seq integer not null default 1,
  started_at timestamptz not null,
  ended_at timestamptz,
  end_node text,
  end_name text,
  primary key (tenant_id, id),
  foreign key (tenant_id, definition_id) references process_definition (tenant_id, id)
);
create index ix_process_instance__record on process_instance (tenant_id, record_id) where record_id is not null;
create index ix_process_instance__definition on process_instance (tenant_id, definition_id, started_at);

create table process_step (
  tenant_id uuid not null references tenant (id),
  id uuid not null,
  instance_id uuid not null,
  seq integer not null,
  node_id text not null,
  name text not null,
  kind text not null,
  role text,
  unit_id uuid,
  assignee_id uuid,
  resource text,
  -- waiting: nobody has begun it; active; paused; done; cancelled
  state text not null,
  entered_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  finished_by uuid,
  outcome text,
  standard_minutes numeric(10,2),
  warn_percent smallint,
  clock text,
  warn_at timestamptz,
  due_at timestamptz,
  tentative boolean not null default false,
  paused_at timestamptz,
  pauses jsonb not null default '[]',
  -- minutes on the step's own clock, pauses taken out; set when it ends
  minutes numeric(12,2),
  late boolean,
  data jsonb not null default '{}',
  primary key (tenant_id, id)
);
create index ix_process_step__instance on process_step (tenant_id, instance_id, seq);
create index ix_process_step__mine on process_step (tenant_id, assignee_id, due_at) where state in ('waiting', 'active', 'paused');
create index ix_process_step__pool on process_step (tenant_id, unit_id, role, entered_at) where state = 'waiting' and assignee_id is null;
create index ix_process_step__open on process_step (tenant_id, unit_id, node_id) where state in ('waiting', 'active', 'paused');
create index ix_process_step__done on process_step (tenant_id, finished_by, finished_at) where state = 'done';
create index ix_process_step__done_unit on process_step (tenant_id, unit_id, finished_at) where state = 'done';

do $$ declare t text; begin
  foreach t in array array['process_definition','process_instance','process_step'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy tenant_isolation on %I using (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::uuid)', t);
  end loop;
end $$;
