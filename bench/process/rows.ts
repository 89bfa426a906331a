import type pg from 'pg'
import { STEPS } from './model.ts'
import type { Side } from './side.ts'

/** Rows inserted, updated and deleted in a table. */
export interface Changes { inserted: number; updated: number; deleted: number }

type Counts = Map<string, Changes>

/** What all tables have counted until now. Connections report late: those of the side are made to report first. */
async function counts(owner: pg.Client, side: Side): Promise<Counts> {
  await Promise.all(Array.from({ length: side.pool.totalCount }, () => side.pool.query('select pg_stat_force_next_flush()')))
  await owner.query('select pg_stat_clear_snapshot()')
  const { rows } = await owner.query<{ name: string; i: string; u: string; d: string }>('select relname as name, n_tup_ins as i, n_tup_upd as u, n_tup_del as d from pg_stat_user_tables')
  return new Map(rows.map(r => [r.name, { inserted: Number(r.i), updated: Number(r.u), deleted: Number(r.d) }]))
}

export async function playOne(side: Side, n: number): Promise<string> {
  let run = await side.start(n)
  for (let k = 1; k <= STEPS; k++) run = await side.step(run, k)
  return side.idOf(run)
}

/** Rows that one case from start to end changes, by table. Nothing else may write meanwhile. */
export async function changesOf(owner: pg.Client, side: Side): Promise<Record<string, Changes>> {
  await playOne(side, 1)
  const before = await counts(owner, side)
  await playOne(side, 2)
  const after = await counts(owner, side)
  const changed: Record<string, Changes> = {}
  for (const [name, a] of [...after].toSorted(([x], [y]) => x.localeCompare(y))) {
    const b = before.get(name) ?? { inserted: 0, updated: 0, deleted: 0 }
    const c = { inserted: a.inserted - b.inserted, updated: a.updated - b.updated, deleted: a.deleted - b.deleted }
    if (c.inserted || c.updated || c.deleted) changed[name] = c
  }
  return changed
}

/** What a case has left, without its ids and times: the values that both sides must write alike, and how many bytes its rows take. */
export async function leftBy(owner: pg.Client, caseId: string): Promise<{ instance: unknown; steps: unknown[]; bytes: number }> {
  const { rows: [instance] } = await owner.query("select to_jsonb(i) - array['id','started_at','ended_at','end_name','label'] as row, pg_column_size(i.*) as bytes from process_instance i where id = $1", [caseId])
  const { rows: steps } = await owner.query("select to_jsonb(s) - array['id','instance_id','entered_at','started_at','finished_at','minutes'] as row, pg_column_size(s.*) as bytes from process_step s where instance_id = $1 order by seq", [caseId])
  return { instance: instance.row, steps: steps.map(s => s.row as unknown), bytes: [instance, ...steps].reduce((sum, r) => sum + Number(r.bytes), 0) }
}
