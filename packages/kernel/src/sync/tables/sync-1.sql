-- 站点节点 (docs/adr/0029): what head office and its stations keep of each other. The nodes themselves are an entity, "sync_node".

-- head office: what it knows of a node. `up_lsn`: up to where in the station's log its transactions have been applied, in the same transactions.
create table sync_peer (
  tenant_id uuid not null references tenant (id),
  node_id uuid not null,
  code_hash bytea,
  code_until timestamptz,
  secret_hash bytea,
  up_lsn pg_lsn,
  up_at timestamptz,
  -- the time stamp of the newest of its transactions that was applied
  up_of timestamptz,
  down_xid xid8 not null default '0',
  down_id bigint not null default 0,
  heard_at timestamptz,
  version text,
  clock_ms integer,
  waiting integer,
  error text,
  primary key (tenant_id, node_id)
);
create index ix_sync_peer__secret on sync_peer (tenant_id, secret_hash);

-- head office: which rows have changed for the stations, each once, with its newest change. A reader takes those of transactions that all ended
-- (xid below the oldest that still runs), in the order (xid, id): nothing that commits late is passed over, and the table never outgrows the rows.
create table sync_change (
  tenant_id uuid not null references tenant (id),
  tbl text not null,
  key jsonb not null,
  id bigint not null generated always as identity,
  xid xid8 not null default pg_current_xact_id(),
  primary key (tenant_id, tbl, key)
);
create index ix_sync_change__order on sync_change (tenant_id, xid, id);

-- head office: a record that two places changed without knowing of each other: which version lost, whole. `fork`: the station's audit entries that
-- stand in no chain, as text; `settled`: their hashes, by which the station knows that its version has been dealt with.
create table sync_conflict (
  tenant_id uuid not null references tenant (id),
  id uuid not null,
  node_id uuid not null,
  entity text not null,
  record_id uuid not null,
  label text not null,
  at timestamptz not null,
  -- hq: head office's version stands; station: the station's
  winner text not null check (winner in ('hq', 'station')),
  -- by field: [the value that lost, the value that stands]
  fields jsonb not null,
  fork jsonb not null default '[]',
  settled text[] not null default '{}',
  seen_by uuid,
  seen_at timestamptz,
  primary key (tenant_id, id)
);
create index ix_sync_conflict__record on sync_conflict (tenant_id, entity, record_id);
create index ix_sync_conflict__open on sync_conflict (tenant_id, at) where seen_at is null;

-- head office: rows that name no unit belong to the node that brought them
create table sync_row (
  tenant_id uuid not null references tenant (id),
  tbl text not null,
  id uuid not null,
  node_id uuid not null,
  primary key (tenant_id, tbl, id)
);

-- head office: an act on a station's record, which the station does when it hears of it; done or refused, its answer comes back
create table sync_command (
  tenant_id uuid not null references tenant (id),
  id uuid not null,
  node_id uuid not null,
  no bigint not null generated always as identity,
  action text not null,
  input jsonb not null,
  user_id uuid,
  at timestamptz not null,
  done_at timestamptz,
  error text,
  primary key (tenant_id, id)
);
create index ix_sync_command__open on sync_command (tenant_id, node_id, no) where done_at is null;

-- a station: which it is, and how far it has heard. At most one row; head office has none.
create table sync_station (
  tenant_id uuid not null references tenant (id),
  node_id uuid not null,
  unit_id uuid not null,
  unit_code text not null,
  down_xid xid8 not null default '0',
  down_id bigint not null default 0,
  synced_at timestamptz,
  hq_version text,
  clock_ms integer,
  -- since when head office can't be reached
  cut_since timestamptz,
  waiting integer not null default 0,
  error text,
  primary key (tenant_id)
);

-- a station: rows of head office that collide with one of its own, asked for again until both have been settled there
create table sync_parked (
  tenant_id uuid not null references tenant (id),
  tbl text not null,
  key jsonb not null,
  primary key (tenant_id, tbl, key)
);

-- a station: acts of head office's that it has done; each is done once
create table sync_done (
  tenant_id uuid not null references tenant (id),
  id uuid not null,
  at timestamptz not null,
  error text,
  told boolean not null default false,
  primary key (tenant_id, id)
);

do $$ declare t text; begin
  foreach t in array array['sync_peer','sync_change','sync_conflict','sync_row','sync_command','sync_station','sync_parked','sync_done'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy tenant_isolation on %I using (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::uuid)', t);
  end loop;
end $$;

-- Does a node own this unit? It owns the unit it stands in and all below.
create function sync_owned(p_tenant uuid, p_unit uuid) returns boolean language plpgsql stable as $$
begin
  return exists (select 1 from sync_node n join unit_closure c on c.tenant_id = n.tenant_id and c.ancestor_id = n.unit_id
    where n.tenant_id = p_tenant and n.state in ('active', 'ending') and c.descendant_id = p_unit);
end $$;

-- Head office: rows of a station are read there and written nowhere but at the station. Every way of writing comes past this, the engine's own too.
-- Arguments: the column that names the unit; or the column that names the parent, and the parent's table.
create function sync_guard() returns trigger language plpgsql as $$
declare r jsonb; u uuid; p uuid;
begin
  if current_setting('app.sync', true) = 'on' then return coalesce(new, old); end if;
  foreach r in array array[to_jsonb(old), to_jsonb(new)] loop
    if r is null or jsonb_typeof(r) <> 'object' then continue; end if;
    if tg_nargs = 1 then u := (r ->> tg_argv[0])::uuid;
    else
      p := (r ->> tg_argv[0])::uuid;
      execute format('select unit_id from %I where tenant_id = $1 and id = $2', tg_argv[1]) into u using (r ->> 'tenant_id')::uuid, p;
    end if;
    if u is not null and sync_owned((r ->> 'tenant_id')::uuid, u) then
      raise exception 'owned by a station' using errcode = 'QC001', detail = u::text;
    end if;
  end loop;
  return coalesce(new, old);
end $$;

-- A station: what head office keeps is read there. Arguments: columns that a station may write none the less (its own count of wrong passwords).
create function sync_guard_station() returns trigger language plpgsql as $$
begin
  if current_setting('app.sync', true) = 'on' then return coalesce(new, old); end if;
  if tg_op = 'UPDATE' and (to_jsonb(new) - tg_argv::text[]) = (to_jsonb(old) - tg_argv::text[]) then return new; end if;
  raise exception 'kept by head office' using errcode = 'QC002';
end $$;

-- Head office: notes for the stations that a row has changed. Arguments: the columns of the key.
create function sync_log() returns trigger language plpgsql as $$
declare r jsonb := to_jsonb(coalesce(new, old)); k jsonb;
begin
  select jsonb_object_agg(c, r -> c) into k from unnest(tg_argv::text[]) c;
  insert into sync_change (tenant_id, tbl, key) values ((r ->> 'tenant_id')::uuid, tg_table_name, k)
    on conflict (tenant_id, tbl, key) do update set id = default, xid = pg_current_xact_id();
  return null;
end $$;

-- Puts the triggers where they belong, {"table": {"guard": [args], "log": [args], "station": [args]}}. They exist only where there are nodes:
-- an installation without any writes what it wrote before. With the rights of the tables' owner, which the application has not.
create function sync_watch(p_plan jsonb) returns void language plpgsql security definer set search_path = pg_catalog, public as $$
declare t text; o jsonb; k text; args text;
begin
  for t, o in select * from jsonb_each(p_plan) loop
    if not exists (select 1 from pg_class where relname = t and relnamespace = 'public'::regnamespace and relkind = 'r') then raise exception 'no table %', t; end if;
    for k in select unnest(array['guard', 'log', 'station']) loop
      if o ? k then
        select string_agg(quote_literal(a), ',') into args from jsonb_array_elements_text(o -> k) a;
        if not exists (select 1 from pg_trigger where tgrelid = format('public.%I', t)::regclass and tgname = 'sync_' || k) then
          execute format('create trigger %I %s insert or update or delete on public.%I for each row execute function public.%I(%s)',
            'sync_' || k, case when k = 'log' then 'after' else 'before' end, t, case k when 'guard' then 'sync_guard' when 'log' then 'sync_log' else 'sync_guard_station' end, coalesce(args, ''));
        end if;
      end if;
    end loop;
  end loop;
end $$;

-- Head office: a station that removed personal data from its record has the same removed here, where the application may only add
create function sync_redact(p_entity text, p_record uuid, p_seq integer, p_payload jsonb) returns void
language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  if current_setting('app.sync', true) is distinct from 'on' then raise exception 'for the exchange with stations only'; end if;
  update public.audit set redacted = true, payload = p_payload
    where tenant_id = nullif(current_setting('app.tenant', true), '')::uuid and entity = p_entity and record_id = p_record and seq = p_seq;
end $$;
