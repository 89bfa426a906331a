import pg from 'pg'
import { act } from '@quancheng/kernel'
import { inbox } from '@quancheng/process'
import { median, round } from '../figures.ts'
import type { World } from './side.ts'

export interface Worklist { label: string; rows: number; /** ms inside PostgreSQL, planning and running */ ms: number }

interface Said { text: string; values: unknown[] }

/** The statements on steps that a list of tasks asks the database. */
async function askedBy(run: () => Promise<unknown>): Promise<Said[]> {
  const said: Said[] = []
  const query = pg.Client.prototype.query as (...x: unknown[]) => unknown
  pg.Client.prototype.query = function spied(this: unknown, ...x: unknown[]) {
    const q = x[0] as Partial<Said> | string
    if (typeof q === 'object' && q.text?.includes('process_step')) said.push({ text: q.text, values: q.values ?? [] })
    return query.apply(this, x)
  } as never
  try { await run() } finally { pg.Client.prototype.query = query as never }
  return said
}

/** The list as its page asks for it, by the person with the post, explained as the application's role: the page of tasks and the counts beside it. */
export async function worklists(w: World): Promise<Worklist[]> {
  const ask = (): Promise<unknown> => act(w.runtime, { tenantId: w.tenantId, userId: w.userId }, ctx => inbox(ctx, { box: 'pool', limit: 50 }), { readOnly: true })
  for (let i = 0; i < 5; i++) await ask()
  const client = new pg.Client(w.connection)
  await client.connect()
  try {
    await client.query(`set app.tenant = '${w.tenantId}'`)
    const found: Worklist[] = []
    for (const q of await askedBy(ask)) {
      const times: number[] = []
      let rows = 0
      for (let i = 0; i < 9; i++) {
        const { rows: [r] } = await client.query<{ 'QUERY PLAN': Array<{ 'Planning Time': number; 'Execution Time': number; Plan: { 'Actual Rows': number } }> }>(`explain (analyze, timing off, format json) ${q.text}`, q.values)
        const plan = r!['QUERY PLAN'][0]!
        rows = plan.Plan['Actual Rows']
        times.push(plan['Execution Time'])
      }
      found.push({ label: /count\(\*\)/.test(q.text) && !/limit 51/.test(q.text) ? '旁边的几个数 counts beside it' : '50 行任务 a page of 50', rows, ms: round(median(times), 2) })
    }
    return found
  } finally { await client.end() }
}
