import { AppError, systemAct, type Ctx } from '@quancheng/kernel'
import type { Effects } from '../engine/index.ts'
import { engineAct } from './engine-act.ts'
import { raiseIncident } from './incidents.ts'
import type { Loaded, StepRow } from './load.ts'

/**
 * A person's answer to a task. Where the engine refuses it (a circle without end, a decision that is not published), they are told and nothing
 * is stored but the incident, in an act of its own: they cannot put the model right, somebody else must hear of it.
 */
export async function engineActOn(ctx: Ctx, loaded: Loaded, step: StepRow, run: () => Effects): Promise<Effects> {
  try { return engineAct(run) } catch (error) {
    if (error instanceof AppError && error.code === 'PROCESS_BROKEN') {
      await systemAct(ctx.runtime, ctx.tenant.id, 'process incident', own => raiseIncident(own, loaded.instance, { kind: 'task', stepId: step.id, nodeId: step.node_id, code: error.code, message: String(error.details.reason ?? error.message), attempts: 1 }))
    }
    throw error
  }
}
