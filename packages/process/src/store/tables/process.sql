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

-- Designing: one draft a process until it is published. `version` grows with every save, so that two editors notice each other.
alter table process_definition add column note text;

create table process_draft (
  tenant_id uuid not null references tenant (id),
  key text not null,
  name text not null,
  xml text not null,
  version integer not null,
  -- the published version that the draft began from; null: there was none
  based_on integer,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, key)
);
alter table process_draft enable row level security;
create policy tenant_isolation on process_draft using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);

-- Approvals. A vote is a row of process_step of kind 'vote' below the step that it decides: the engine never sees it, inboxes and histories do.
-- state 'queued': its turn has not come. `started_by`: who applied; null where a case began by itself (a number taken at the door).
-- `on_end`: what waits for this case (a gate); null: nothing.
alter table process_step add column parent_id uuid;
alter table process_instance add column started_by uuid, add column on_end jsonb, add column urged_at timestamptz, add column urges integer not null default 0;
create index ix_process_step__votes on process_step (tenant_id, parent_id) where parent_id is not null;
create index ix_process_instance__started on process_instance (tenant_id, started_by, started_at) where started_by is not null;

-- Decision tables: published versions never change; one draft a table until it is published, as for processes.
create table decision_definition (
  tenant_id uuid not null references tenant (id),
  id uuid not null,
  key text not null,
  version integer not null,
  name text not null,
  -- a DecisionTable of src/dmn/types.ts
  content jsonb not null,
  hash text not null,
  note text,
  created_at timestamptz not null,
  created_by uuid,
  primary key (tenant_id, id)
);
create unique index uq_decision_definition__key on decision_definition (tenant_id, key, version);
create table decision_draft (
  tenant_id uuid not null references tenant (id),
  key text not null,
  name text not null,
  content jsonb not null,
  version integer not null,
  based_on integer,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, key)
);
alter table decision_definition enable row level security;
create policy tenant_isolation on decision_definition using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
alter table decision_draft enable row level security;
create policy tenant_isolation on decision_draft using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);

-- Everything that the engine can run. `engine`: its scopes, waits, undoable and phases, whole; null while a case has none of them.
-- `scope_id`: the scope around a step. process_wait only finds cases: who waits for a message or signal, or for a condition to come true.
alter table process_instance add column engine jsonb;
alter table process_step add column scope_id uuid;
create index ix_process_step__service on process_step (tenant_id, (data->>'handler'), entered_at) where kind = 'service' and state in ('waiting', 'active');
create table process_wait (
  tenant_id uuid not null references tenant (id),
  id uuid not null,
  instance_id uuid not null,
  kind text not null,
  name text,
  key text,
  since timestamptz not null,
  -- conditional: when the record was last looked at
  looked_at timestamptz not null,
  primary key (tenant_id, id)
);
create index ix_process_wait__name on process_wait (tenant_id, kind, name, key);
create index ix_process_wait__instance on process_wait (tenant_id, instance_id);
-- How the newest version of a process may begin by itself: kind message, signal, timer.
create table process_start (
  tenant_id uuid not null references tenant (id),
  key text not null,
  node_id text not null,
  kind text not null,
  name text not null,
  definition_id uuid not null,
  primary key (tenant_id, key, node_id, kind, name)
);
create index ix_process_start__name on process_start (tenant_id, kind, name);
-- A message that nobody waited for, kept until somebody does or its time is over.
create table process_message (
  tenant_id uuid not null references tenant (id),
  id uuid not null,
  name text not null,
  key text,
  variables jsonb not null,
  at timestamptz not null,
  expires_at timestamptz not null,
  primary key (tenant_id, id)
);
create index ix_process_message__name on process_message (tenant_id, name, at);
-- Something that a person must put right. `retry`: the job that is put on the list again, {kind, payload}; null: it can only be resolved.
create table process_incident (
  tenant_id uuid not null references tenant (id),
  id uuid not null,
  instance_id uuid not null,
  step_id uuid,
  node_id text,
  kind text not null,
  code text,
  message text not null,
  attempts integer not null default 0,
  retry jsonb,
  at timestamptz not null,
  resolved_at timestamptz,
  resolved_by uuid,
  note text,
  primary key (tenant_id, id)
);
create index ix_process_incident__open on process_incident (tenant_id, at) where resolved_at is null;
create index ix_process_incident__instance on process_incident (tenant_id, instance_id);
do $$ declare t text; begin
  foreach t in array array['process_wait','process_start','process_message','process_incident'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy tenant_isolation on %I using (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::uuid)', t);
  end loop;
end $$;
-- a step that ends takes its timers off the list by this, however many others are due
create index ix_job__process_timer on job (tenant_id, (payload->>'stepId')) where kind = 'process.timer';
