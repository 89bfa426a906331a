import pg from 'pg'
import type { Connection, Runtime } from '@quancheng/kernel'
import { create, systemAct } from '@quancheng/kernel'
import { definitionByKey, deploy } from '@quancheng/process'
import { KEY, ourModel } from './model.ts'

/** What all sides work on: one company, one person with the post of every task, the deployed model. */
export interface World { runtime: Runtime; connection: Connection; tenantId: string; userId: string; unitId: string; role: string; definitionId: string }

/** One way of running the process. `run` is a case as its caller knows it: what `start` answered, and from then on what each step did. */
export interface Side<Run = unknown> {
  key: string
  label: string
  start(n: number): Promise<Run>
  /** finishes the k-th step (1 …) and answers the case with its next */
  step(run: Run, k: number): Promise<Run>
  /** the case's id, for looking at its rows */
  idOf(run: Run): string
  /** its connections; whoever made them ends them */
  pool: pg.Pool
}

const POST = 'benchClerk'

/** Deploys the model in the first company, with one person who has the post of every task. */
export async function makeWorld(runtime: Runtime, connection: Connection, tenantId: string): Promise<World> {
  return systemAct(runtime, tenantId, 'bench', async ctx => {
    const [top] = await ctx.query<{ id: string }>('select id from unit where tenant_id = $1 order by id limit 1', [ctx.tenant.id])
    const unitId = top?.id ?? (await create(ctx, ctx.entities.get('unit'), { code: 'HQ', name: '总部', kind: 'group' })).id as string
    const role = await create(ctx, ctx.entities.get('role'), { code: POST, name: '经办', grants: {}, fields: {} })
    const user = await create(ctx, ctx.entities.get('user'), { username: 'bench.clerk', name: '经办人', unitId, roleIds: [role.id] })
    await deploy(ctx, KEY, ourModel(POST))
    return { runtime, connection, tenantId, userId: user.id as string, unitId, role: POST, definitionId: (await definitionByKey(ctx, KEY)).id }
  })
}

/** Connections of the sides that are not ours; they take turns, so they share them. */
export const otherPool = (w: World): pg.Pool => new pg.Pool({ ...w.connection, max: 16, pipeline: true })
