import type pg from 'pg'
import type { CompiledEntity } from '@quancheng/kernel'
import { makeCourses } from './courses.ts'
import { dropIndexes, makeIndexes, TABLES } from './indexes.ts'
import type { Organisation } from './organisation.ts'
import { loadRequests, type Sample } from './requests.ts'

export interface Loaded extends Sample { seconds: number; open: number; phases: Record<string, number>; rows: Record<string, number>; megabytes: number }

/** Fills the tables with so many requests and all that belongs to them. The owner's connection; nothing else may write meanwhile. */
export async function load(client: pg.Client, org: Organisation, entities: { get(name: string): CompiledEntity }, size: number, tell: (line: string) => void): Promise<Loaded> {
  const began = performance.now()
  const phases: Record<string, number> = {}
  const phase = async <T>(name: string, run: () => Promise<T>): Promise<T> => { const t = performance.now(); const result = await run(); phases[name] = Math.round((performance.now() - t) / 100) / 10; tell(`  ${name} ${phases[name]} s`); return result }
  // what goes in is right by construction: no foreign key is looked up, no commit waits; the measured part has both
  await client.query("set session_replication_role = replica; set synchronous_commit = off; set work_mem = '64MB'")
  await client.query('create temp table bench_case (request_id uuid, instance_id uuid, number text, stage text, unit_id uuid, last int, open boolean, started timestamptz, ended timestamptz); create temp table bench_staff (unit_id uuid, role text, user_id uuid)')
  for (const s of org.stations) for (const [role, user] of Object.entries(s.staff)) await client.query('insert into bench_staff values ($1, $2, $3)', [s.id, role, user])
  const definitions = await dropIndexes(client)
  const sample = await phase('rows', () => loadRequests(client, org, entities, size, 20_261_122))
  await client.query('analyze bench_case')
  await phase('courses', () => makeCourses(client, org))
  await phase('indexes', () => makeIndexes(client, definitions))
  await phase('analyze', async () => { for (const t of TABLES) await client.query(`vacuum (analyze) "${t}"`); await client.query('analyze') })
  await phase('checkpoint', () => client.query('checkpoint'))
  const rows: Record<string, number> = {}
  for (const t of TABLES) rows[t] = Number((await client.query<{ n: string }>('select reltuples::bigint as n from pg_class where oid = $1::regclass', [`"${t}"`])).rows[0]!.n)
  const { rows: [s] } = await client.query<{ mb: number }>('select (pg_database_size(current_database()) / 1048576)::int as mb')
  await client.query('drop table bench_case, bench_staff; reset session_replication_role; reset synchronous_commit; reset work_mem; reset maintenance_work_mem')
  return { ...sample, seconds: Math.round((performance.now() - began) / 100) / 10, phases, rows, megabytes: s!.mb }
}
