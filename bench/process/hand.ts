import type pg from 'pg'
import { v7 } from 'uuid'
import { fieldOf, STEPS, startVariables, stepVariables, TIMED } from './model.ts'
import type { Side, World } from './side.ts'

/*
 * The same rows by hand: a program made for this one process, whose next step stands in its source. Row-level security and the application's
 * role are the same; nobody asks who calls, what they may, what the form takes, or what the model says. Every statement is prepared.
 */

interface Run { id: string; step: string; entered: Date }
type Ask = (name: string, text: string, values: unknown[]) => Promise<pg.QueryResult>

const HOUR = 3_600_000
const INSTANCE = `insert into process_instance (tenant_id, id, variables, joins, next_seq, state, definition_id, label, unit_id, started_at, started_by) values ($1,$2,$3,'[]',2,'active',$4,'六步',$5,$6,$7)`
const OPEN = `insert into process_step (tenant_id, id, instance_id, seq, node_id, name, kind, role, unit_id, state, entered_at, tentative, data) values ($1,$2,$3,$4,$5,$6,'user',$7,$8,'waiting',$9,false,'{}')`
const DONE = `update process_step set state = 'done', assignee_id = $3, started_at = $4, finished_at = $4, finished_by = $3, minutes = $5, late = false, data = $6 where tenant_id = $1 and id = $2`
const LOCK = `select i.variables, i.next_seq, s.state from process_instance i join process_step s on s.tenant_id = i.tenant_id and s.instance_id = i.id where s.tenant_id = $1 and s.id = $2 for update of i, s`
const GO_ON = `update process_instance set variables = $3, next_seq = $4, state = $5, ended_at = $6, end_node = $7 where tenant_id = $1 and id = $2`
const ARM = `insert into job (tenant_id, id, kind, key, due_at, payload, created_at) values ($1,$2,'process.timer',$3,$4,$5,$6)`
const DISARM = `delete from job where tenant_id = $1 and kind = 'process.timer' and key = $2`

/** `together`: what follows the lock is sent in one go, without waiting for each answer. */
export function handSide(w: World, pool: pg.Pool, together = false): Side<Run> {
  const T = w.tenantId

  async function inTransaction<R>(run: (ask: Ask, last: <X>(asks: Array<Promise<X>>) => Promise<unknown>) => Promise<R>): Promise<R> {
    const client = await pool.connect()
    try {
      const begun = client.query(`BEGIN; SET LOCAL app.tenant = '${T}'`)
      if (!together) await begun
      let committed: Promise<unknown> | null = null
      const result = await run((name, text, values) => client.query({ name, text, values }), asks => { committed = Promise.all([...asks, client.query('COMMIT')]); return committed })
      await (committed ?? client.query('COMMIT'))
      return result
    } catch (error) { await client.query('ROLLBACK'); throw error } finally { client.release() }
  }

  /** one after the other, as one writes it, or all at once with the commit behind them */
  const send = async (asks: ReadonlyArray<() => Promise<unknown>>, last: (asks: Array<Promise<unknown>>) => Promise<unknown>): Promise<void> => {
    if (together) { await last(asks.map(ask => ask())); return }
    for (const ask of asks) await ask()
  }
  const open = (ask: Ask, id: string, instance: string, k: number, at: Date) => () => ask('open', OPEN, [T, id, instance, k, `t${k}`, `第${k}步`, w.role, w.unitId, at])

  return {
    key: together ? 'hand-together' : 'hand', label: together ? '手写事务，语句一起发 hand-written, sent together' : '手写事务 hand-written',
    async start(n) {
      const id = v7(), step = v7(), at = new Date()
      await inTransaction((ask, last) => send([
        () => ask('instance', INSTANCE, [T, id, JSON.stringify(startVariables(n)), w.definitionId, w.unitId, at, w.userId]), open(ask, step, id, 1, at),
      ], last))
      return { id, step, entered: at }
    },
    async step(run, k) {
      const at = new Date(), next = v7()
      const added = stepVariables(k)
      await inTransaction(async (ask, last) => {
        const { rows: [held] } = await ask('lock', LOCK, [T, run.step]) as { rows: Array<{ variables: Record<string, unknown>; next_seq: number; state: string }> }
        if (held?.state !== 'waiting') throw new Error('the step is done')
        const variables: Record<string, unknown> = { ...added, ...held.variables }
        if (k > 2 && variables[fieldOf(2)] !== true) throw new Error('refused')
        const minutes = Math.round((at.getTime() - run.entered.getTime()) / 600) / 100
        const ended = k === STEPS
        await send([
          () => ask('done', DONE, [T, run.step, w.userId, at, minutes, JSON.stringify({ ticked: {}, fields: added })]),
          ...(ended ? [] : [open(ask, next, run.id, held.next_seq, at)]),
          ...(k === TIMED ? [() => ask('disarm', DISARM, [T, `${run.step}/b`])] : []),
          ...(k + 1 === TIMED ? [() => { const due = new Date(at.getTime() + 48 * HOUR); return ask('arm', ARM, [T, v7(), `${next}/b`, due, JSON.stringify({ due: due.toISOString(), nodeId: 'b', stepId: next, instanceId: run.id }), at]) }] : []),
          () => ask('go-on', GO_ON, [T, run.id, JSON.stringify(variables), held.next_seq + (ended ? 0 : 1), ended ? 'completed' : 'active', ended ? at : null, ended ? 'e' : null]),
        ], last)
      })
      return { id: run.id, step: next, entered: at }
    },
    idOf: run => run.id, pool,
  }
}
