import { act, systemAct, type Ctx } from '@quancheng/kernel'
import { completeTask, proceed, startCase } from '@quancheng/process'
import { completeAny } from '../../packages/process/src/store/free.ts'
import { KEY, startVariables, stepVariables } from './model.ts'
import type { Side, World } from './side.ts'

interface Run { id: string; step: string }

/** The product itself, without HTTP: who asks is looked up, their right to the task is checked, the form is read, one transaction an act. */
export function ourSide(w: World): Side<Run> {
  const mine = <T>(run: (ctx: Ctx) => Promise<T>): Promise<T> => act(w.runtime, { tenantId: w.tenantId, userId: w.userId }, run)
  return {
    key: 'ours', label: '全程 Quancheng',
    async start(n) { const c = await mine(ctx => startCase(ctx, KEY, { variables: startVariables(n), unitId: w.unitId })); return { id: c.caseId, step: c.next[0]!.id } },
    async step(run, k) { const done = await mine(ctx => completeAny(ctx, run.step, { fields: stepVariables(k) })); return { id: run.id, step: done.next[0]?.id ?? '' } },
    idOf: run => run.id, pool: w.runtime.pool,
  }
}

/** The store below it: no person, no rights, no form. What the acts of a program cost. */
export function storeSide(w: World): Side<Run> {
  const system = <T>(run: (ctx: Ctx) => Promise<T>): Promise<T> => systemAct(w.runtime, w.tenantId, 'bench', run)
  return {
    key: 'store', label: '其中：存储层 store alone',
    async start(n) { const c = await system(ctx => startCase(ctx, KEY, { variables: startVariables(n), unitId: w.unitId })); return { id: c.caseId, step: c.next[0]!.id } },
    async step(run, k) { const done = await system(ctx => proceed(ctx, run.id, (p, s, env) => completeTask(p, s, run.step, { variables: stepVariables(k) }, env), { act: 'move' })); return { id: run.id, step: done?.opened[0]?.id ?? '' } },
    idOf: run => run.id, pool: w.runtime.pool,
  }
}
