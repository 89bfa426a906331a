import { Engine, type BpmnEngineExecutionState } from 'bpmn-engine'
import type pg from 'pg'
import { v7 } from 'uuid'
import { peerModel, startVariables, stepVariables } from './model.ts'
import type { Side } from './side.ts'

/*
 * bpmn-engine, kept as a server must keep it that may be restarted at any time: after every step its state is a row, and the next step recovers it
 * from there. In its favour: the source is parsed once and shared, and left out of the stored state; there is no history, no list of tasks, no
 * durable timer, no tenant and no row-level security.
 */

interface Run { id: string }

/** bpmn-engine's parsed source, as one engine may hand it to another */
type Context = NonNullable<ConstructorParameters<typeof Engine>[0]>['sourceContext']

export const PEER_TABLE = 'create table bench_peer (id uuid primary key, state jsonb not null, updated_at timestamptz not null)'

export async function peerSide(pool: pg.Pool): Promise<Side<Run>> {
  const [definition] = await new Engine({ name: 'six', source: peerModel() }).getDefinitions()
  const sourceContext = (definition!.environment.options as { source: Context }).source

  /** The state without what all cases share; the timers that the recovered engine has set are taken off, since the row is what lasts. */
  async function stateOf(engine: InstanceType<typeof Engine>): Promise<string> {
    const state = await engine.getState() as BpmnEngineExecutionState
    for (const d of state.definitions ?? []) delete (d as { source?: unknown }).source
    const { timers } = engine.environment
    for (const t of timers.executing.slice()) timers.clearTimeout(t)
    return JSON.stringify(state)
  }

  return {
    key: 'peer', label: 'bpmn-engine 25.0.1',
    async start(n) {
      const id = v7()
      const engine = new Engine({ name: 'six', sourceContext, variables: startVariables(n) })
      await engine.execute()
      await pool.query({ name: 'peer-new', text: 'insert into bench_peer (id, state, updated_at) values ($1, $2, $3)', values: [id, await stateOf(engine), new Date()] })
      return { id }
    },
    async step(run, k) {
      const client = await pool.connect()
      try {
        await client.query('BEGIN')
        const { rows: [row] } = await client.query<{ state: BpmnEngineExecutionState }>({ name: 'peer-lock', text: 'select state from bench_peer where id = $1 for update', values: [run.id] })
        const engine = new Engine({ name: 'six', sourceContext })
        engine.recover(row!.state)
        const execution = await engine.resume()
        for (const d of execution.definitions) for (const p of d.getProcesses()) p.environment.assignVariables(stepVariables(k))
        execution.signal({ id: `t${k}` })
        await client.query({ name: 'peer-save', text: 'update bench_peer set state = $2, updated_at = $3 where id = $1', values: [run.id, await stateOf(engine), new Date()] })
        await client.query('COMMIT')
        return run
      } catch (error) { await client.query('ROLLBACK'); throw error } finally { client.release() }
    },
    idOf: run => run.id, pool,
  }
}
