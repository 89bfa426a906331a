-- What the kernel keeps beside the entities. Every key leads with the tenant; row-level security binds every table.
create extension if not exists pg_trgm;
create extension if not exists btree_gin;

create table tenant (
  id uuid primary key,
  no integer not null unique generated always as identity,
  code text not null unique,
  name text not null,
  time_zone text not null default 'Asia/Shanghai',
  access_version integer not null default 1,
  meta_version integer not null default 1,
  settings jsonb not null default '{}',
  created_at timestamptz not null default now()
);
alter table tenant enable row level security;
create policy tenant_read on tenant for select using (true);
create policy tenant_write on tenant for update using (id = nullif(current_setting('app.tenant', true), '')::uuid);

-- ancestors of every unit, itself included: scopes are joins on this table
create table unit_closure (
  tenant_id uuid not null references tenant (id),
  ancestor_id uuid not null,
  descendant_id uuid not null,
  depth integer not null,
  primary key (tenant_id, ancestor_id, descendant_id)
);
create index ix_unit_closure__descendant on unit_closure (tenant_id, descendant_id, ancestor_id);

create table series (
  tenant_id uuid not null references tenant (id),
  key text not null,
  last integer not null,
  primary key (tenant_id, key)
);

-- one row a change, chained per record: hash = sha256(previous hash, seq, at, actor, act, digest of payload)
create table audit (
  tenant_id uuid not null references tenant (id),
  entity text not null,
  record_id uuid not null,
  seq integer not null,
  at timestamptz not null,
  actor_id uuid,
  act text not null,
  reason text,
  ip text,
  unit_id uuid,
  payload jsonb,
  digest bytea not null,
  hash bytea not null,
  redacted boolean not null default false,
  primary key (tenant_id, entity, record_id, seq)
);
create index ix_audit__at on audit (tenant_id, at desc);
create index ix_audit__actor on audit (tenant_id, actor_id, at desc);

create table outbox (
  tenant_id uuid not null references tenant (id),
  id bigint generated always as identity,
  event text not null,
  entity text not null,
  record_id uuid not null,
  unit_id uuid,
  payload jsonb,
  at timestamptz not null,
  primary key (tenant_id, id)
);
create index ix_outbox__id on outbox (id);

-- everything that is due some day: deliveries of the outbox, process timers, alarms, housekeeping
create table job (
  tenant_id uuid not null references tenant (id),
  id uuid not null,
  kind text not null,
  key text,
  due_at timestamptz not null,
  payload jsonb not null default '{}',
  attempts integer not null default 0,
  last_error text,
  dead boolean not null default false,
  created_at timestamptz not null,
  primary key (tenant_id, id)
);
create index ix_job__due on job (due_at) where not dead;
create unique index uq_job__key on job (tenant_id, kind, key) where key is not null;

create table search_doc (
  tenant_id uuid not null references tenant (id),
  entity text not null,
  record_id uuid not null,
  unit_id uuid,
  owner_id uuid,
  title text not null,
  subtitle text not null default '',
  tokens tsvector not null,
  codes text not null default '',
  updated_at timestamptz not null,
  primary key (tenant_id, entity, record_id)
);
-- every search reads the whole pending list of a GIN index: short ones (kB), or searches grow slower until the next vacuum
create index ix_search_doc__tokens on search_doc using gin (tenant_id, entity, tokens) with (gin_pending_list_limit = 128);
create index ix_search_doc__codes on search_doc using gin (tenant_id, entity, codes gin_trgm_ops) with (gin_pending_list_limit = 128);

create table session (
  tenant_id uuid not null references tenant (id),
  token_hash bytea not null,
  user_id uuid not null,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  ip text,
  agent text,
  primary key (tenant_id, token_hash)
);
create index ix_session__user on session (tenant_id, user_id);

create table api_token (
  tenant_id uuid not null references tenant (id),
  id uuid not null,
  token_hash bytea not null,
  user_id uuid not null,
  name text not null,
  created_at timestamptz not null,
  used_at timestamptz,
  expires_at timestamptz,
  primary key (tenant_id, id)
);
create unique index uq_api_token__hash on api_token (tenant_id, token_hash);

create table password_reset (
  tenant_id uuid not null references tenant (id),
  token_hash bytea not null,
  user_id uuid not null,
  expires_at timestamptz not null,
  primary key (tenant_id, token_hash)
);

create table idempotency (
  tenant_id uuid not null references tenant (id),
  user_id uuid not null,
  key text not null,
  request_hash bytea not null,
  status integer,
  body jsonb,
  at timestamptz not null,
  primary key (tenant_id, user_id, key)
);

create unlogged table rate_limit (
  tenant_id uuid not null references tenant (id),
  key text not null,
  window_start timestamptz not null,
  count integer not null,
  primary key (tenant_id, key)
);

create table comment (
  tenant_id uuid not null references tenant (id),
  id uuid not null,
  entity text not null,
  record_id uuid not null,
  author_id uuid,
  at timestamptz not null,
  text text not null,
  primary key (tenant_id, id)
);
create index ix_comment__record on comment (tenant_id, entity, record_id, id);

create table attachment (
  tenant_id uuid not null references tenant (id),
  id uuid not null,
  entity text not null,
  record_id uuid not null,
  author_id uuid,
  at timestamptz not null,
  name text not null,
  media_type text not null,
  size integer not null,
  sha256 bytea not null,
  content bytea not null,
  primary key (tenant_id, id)
);
create index ix_attachment__record on attachment (tenant_id, entity, record_id, id);
alter table attachment alter column content set storage external;

do $$ declare t text; begin
  foreach t in array array['unit_closure','series','audit','search_doc','session','api_token','password_reset','idempotency','rate_limit','comment','attachment'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy tenant_isolation on %I using (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::uuid)', t);
  end loop;
  foreach t in array array['outbox','job'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy tenant_isolation on %I using (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::uuid or current_setting(''app.worker'', true) = ''on'')', t);
  end loop;
end $$;

-- the record is append-only for the application; removing personal data is the one exception, and it leaves its mark: the digest
-- stays, the payload keeps only what is not personal, and the entry of the act itself is never touched (audit/chain.ts)
create function redact_audit(p_entity text, p_record uuid, p_fields text[]) returns integer
language plpgsql security definer set search_path = pg_catalog, public as $$
declare n integer; t uuid := nullif(current_setting('app.tenant', true), '')::uuid;
begin
  update public.audit a set redacted = true, payload = jsonb_build_object(
    'before', case jsonb_typeof(a.payload -> 'before') when 'object' then (a.payload -> 'before') - p_fields end,
    'after', case jsonb_typeof(a.payload -> 'after') when 'object' then (a.payload -> 'after') - p_fields end,
    'note', null)
  where a.tenant_id = t and a.entity = p_entity and a.record_id = p_record and a.act <> 'erase';
  get diagnostics n = row_count;
  return n;
end $$;

-- Under row-level security no operator sees a row before the policy has, unless it is leak-proof; neither @@ nor LIKE is, so no full-text
-- index would ever be used. The index is asked here with the owner's rights, and this function draws the tenant's line itself.
create function search_candidates(p_entity text, p_query tsquery, p_code text) returns setof search_doc
language plpgsql stable security definer rows 40 set search_path = pg_catalog, public as $$
begin
  return query select s.* from public.search_doc s
    where s.tenant_id = nullif(current_setting('app.tenant', true), '')::uuid and s.entity = p_entity and (s.tokens @@ p_query or s.codes like p_code);
end $$;
