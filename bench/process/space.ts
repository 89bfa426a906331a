import type pg from 'pg'
import { dropIndexes, makeIndexes } from '../load/indexes.ts'
import { fieldOf, STEPS, startVariables, stepVariables, TIMED } from './model.ts'
import { playOne } from './rows.ts'
import type { Side, World } from './side.ts'

/*
 * Disk and WAL of a case with its history, with few and with many cases on record. Disk is what the tables grow by once vacuum has made the room of
 * dead row versions free again: the room is used by the next cases, which is what a running installation does.
 */

const TABLES = ['process_instance', 'process_step', 'job'] as const

/** Cases on record, made in bulk: `open` of them still wait at one of their steps, the others are over; spread over a year. The owner's connection. */
export async function loadCases(client: pg.Client, w: World, o: { size: number; open: number }): Promise<void> {
  await client.query("set session_replication_role = replica; set synchronous_commit = off; set work_mem = '64MB'")
  const definitions = await dropIndexes(client)
  const day = 86_400
  const all = Object.assign(startVariables(1), ...Array.from({ length: STEPS }, (_, i) => stepVariables(i + 1))) as Record<string, unknown>
  const CHUNK = 20_000
  for (let from = 0; from < o.size; from += CHUNK) {
    const to = Math.min(o.size, from + CHUNK)
    await client.query(`
      with c as materialized (select n, n >= $3::int as open, 1 + n % ${STEPS} as at_step, now() - make_interval(secs => (($4::int - n)::float8 / $4 * 364 + 0.5) * ${day}) as began, uuidv7(make_interval(secs => -(($4::int - n)::float8 / $4 * 364 + 0.5) * ${day})) as id from generate_series($1::int, $2::int - 1) n),
      i as (insert into process_instance (tenant_id, id, definition_id, label, unit_id, state, variables, next_seq, started_at, ended_at, end_node, started_by)
        select $5, id, $6, '六步', $7, case when open then 'active' else 'completed' end, $9::jsonb || jsonb_build_object('serialNo', 'PF' || n), ${STEPS + 1}, began, case when open then null else began + interval '3 hours' end, case when open then null else 'e' end, $8 from c)
      insert into process_step (tenant_id, id, instance_id, seq, node_id, name, kind, role, unit_id, assignee_id, state, entered_at, started_at, finished_at, finished_by, minutes, late, data)
        select $5, uuidv7(began + make_interval(mins => 30 * k) - now()), c.id, k, 't' || k, '第' || k || '步', 'user', $10, $7, case when done then $8::uuid end, case when done then 'done' else 'waiting' end, began + make_interval(mins => 30 * (k - 1)),
          case when done then began + make_interval(mins => 30 * k) end, case when done then began + make_interval(mins => 30 * k) end, case when done then $8::uuid end, case when done then 30 end, case when done then false end,
          case when done then jsonb_build_object('ticked', '{}'::jsonb, 'fields', jsonb_build_object(case when k = 2 then '${fieldOf(2)}' else 'note' || k end, case when k = 2 then to_jsonb(true) else to_jsonb('第' || k || '步办妥') end)) else '{}' end
        from c, generate_series(1, case when open then at_step else ${STEPS} end) k, lateral (select not c.open or k < c.at_step as done) d`,
    [from, to, o.size - o.open, o.size, w.tenantId, w.definitionId, w.unitId, w.userId, JSON.stringify(all), w.role])
  }
  await client.query(`insert into job (tenant_id, id, kind, key, due_at, payload, created_at) select s.tenant_id, uuidv7(), 'process.timer', s.id || '/b', now() + interval '30 days', jsonb_build_object('due', now(), 'nodeId', 'b', 'stepId', s.id, 'instanceId', s.instance_id), now() from process_step s where s.state = 'waiting' and s.node_id = 't${TIMED}' and not exists (select 1 from job j where j.key = s.id || '/b')`)
  await makeIndexes(client, definitions)
  await tidy(client)
  await client.query('reset session_replication_role; reset synchronous_commit; reset work_mem; reset maintenance_work_mem')
}

/** What autovacuum does in its time. */
async function tidy(client: pg.Client): Promise<void> {
  for (const t of TABLES) await client.query(`vacuum (analyze) ${t}`)
  await client.query('checkpoint')
}

export interface Space { onRecord: number; /** bytes a case */ disk: number; wal: number; /** of the WAL: whole pages, written because they are the first change after a checkpoint */ fullPages: number; parts: Array<{ name: string; bytes: number }> }

async function sizes(client: pg.Client): Promise<Map<string, number>> {
  const { rows } = await client.query<{ name: string; bytes: string }>(
    `select c.relname as name, pg_relation_size(c.oid) as bytes from pg_class c where c.relkind = 'r' and c.relname = any($1)
     union all select i.relname, pg_relation_size(i.oid) from pg_index x join pg_class c on c.oid = x.indrelid join pg_class i on i.oid = x.indexrelid where c.relname = any($1)`, [TABLES])
  return new Map(rows.map(r => [r.name, Number(r.bytes)]))
}

interface Wal { lsn: string; full: number; bytes: number }
const wal = async (client: pg.Client): Promise<Wal> => {
  const { rows: [r] } = await client.query<{ lsn: string; full: string }>('select pg_current_wal_lsn()::text as lsn, wal_fpi as full from pg_stat_wal')
  const { rows: [b] } = await client.query<{ b: string }>("select pg_wal_lsn_diff($1, '0/0') as b", [r!.lsn])
  return { lsn: r!.lsn, full: Number(r!.full), bytes: Number(b!.b) }
}

/** Plays cases from start to end, the first of them only to touch the pages; what the rest have added to the WAL and, in the end, to the tables. */
export async function spaceOf(client: pg.Client, side: Side, o: { onRecord: number; cases: number; first: number }): Promise<Space> {
  const play = async (n: number): Promise<void> => { for (let i = 0; i < n; i++) await playOne(side, o.first + i) }
  await tidy(client)
  await play(o.cases / 4)
  await tidy(client)
  await play(50) // the pages at hand are written whole once after the checkpoint
  const before = await sizes(client), log = await wal(client)
  const part = o.cases / 4
  let written = 0, full = 0, from = log
  for (let i = 0; i < 4; i++) {
    await play(part)
    const now = await wal(client)
    written += now.bytes - from.bytes
    full += now.full - from.full
    for (const t of TABLES) await client.query(`vacuum ${t}`) // room is found again; no checkpoint, and none of its WAL is counted
    from = await wal(client)
  }
  const after = await sizes(client)
  const parts = [...after].map(([name, bytes]) => ({ name, bytes: (bytes - (before.get(name) ?? 0)) / o.cases })).filter(p => Math.abs(p.bytes) >= 1).toSorted((a, b) => b.bytes - a.bytes)
  return { onRecord: o.onRecord, disk: parts.reduce((sum, p) => sum + p.bytes, 0), wal: written / o.cases, fullPages: full / o.cases, parts }
}
