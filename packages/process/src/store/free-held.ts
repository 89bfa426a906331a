import { can, fail, type Ctx } from '@quancheng/kernel'
import type { UserTaskNode, UserTaskSpec } from '../model/index.ts'
import { inPool } from './candidates.ts'
import { delegationsInForce } from './delegation.ts'
import { demanded, type Demands } from './demands.ts'
import { poolName, userName, type Person } from './held.ts'
import { loadInstanceOfStep, loadStep, processOfStep, type Loaded, type StepRow } from './load.ts'

/** A task of a case without a record, or a vote on one: who may look, who may act. */

export const mayOperate = (ctx: Ctx): boolean => can(ctx.access, 'process:operate')

/** `parent`: the approval that a vote belongs to; `behalf`: whom the caller stands for. There is neither an entity nor a record. */
export interface FreeHeld { loaded: Loaded; step: StepRow; node: UserTaskNode; task: UserTaskSpec; parent: StepRow | null; behalf: Person | null; entity: null; record: null; refuse: Demands['refuse'] }

/** Whom the caller stands for on this task just now; nobody decides for others on what they applied for themselves. */
export async function behalfOn(ctx: Ctx, step: Pick<StepRow, 'assignee_id'>, of: { key: string; startedBy: string | null }): Promise<Person | null> {
  const me = ctx.user?.id
  if (!me || !step.assignee_id || step.assignee_id === me || of.startedBy === me) return null
  const found = (await delegationsInForce(ctx)).find(d => d.from === step.assignee_id && d.to === me && (!d.keys || d.keys.includes(of.key)))
  return found ? { id: found.from, name: found.fromName } : null
}

export function maySee(ctx: Ctx, step: StepRow, startedBy: string | null, behalf: Person | null): boolean {
  const me = ctx.user?.id
  return ctx.access.system || mayOperate(ctx) || behalf !== null || (me !== undefined && (step.assignee_id === me || startedBy === me)) || (step.kind !== 'vote' && (step.data.candidates ? inPool(step, ctx.access, me) : step.role !== null && ctx.access.roles.has(step.role)))
}

/** May the caller do this work? Only who has the post, or is named; an operator looks and repairs, and does nobody's work. */
export const isActor = (ctx: Ctx, step: StepRow, behalf: Person | null): boolean =>
  ctx.access.system || behalf !== null || (step.assignee_id ? step.assignee_id === ctx.user?.id : step.kind !== 'vote' && inPool(step, ctx.access, ctx.user?.id))

export async function requireMine(ctx: Ctx, h: Pick<FreeHeld, 'step' | 'behalf' | 'task'>): Promise<void> {
  const { step } = h
  if (ctx.access.system) return
  if (h.task.approval && step.kind !== 'vote') return fail('TASK_VOTES', { name: step.name })
  if (isActor(ctx, step, h.behalf)) return
  return step.assignee_id ? fail('TASK_TAKEN', { name: await userName(ctx, step.assignee_id) }) : fail('POST_NOT_ALLOWED', { role: await poolName(ctx, step) })
}

export const demandedOfFree = (ctx: Ctx, loaded: Loaded, step: StepRow, node: UserTaskNode) =>
  demanded(ctx, node.task, { key: step.data.called?.split('@')[0] ?? loaded.definition.key, nodeId: step.node_id, caseId: loaded.instance.id, startedAt: loaded.instance.started_at, entity: null, recordId: null })

/** `held`: the case, where the caller holds it already. */
export async function holdFree(ctx: Ctx, stepId: string, held?: Loaded): Promise<FreeHeld> {
  const loaded = held ?? await loadInstanceOfStep(ctx, stepId)
  const step = loaded.live.find(s => s.id === stepId) ?? loaded.votes.find(s => s.id === stepId)
  const row = step ?? await loadStep(ctx, stepId)
  const behalf = await behalfOn(ctx, row, { key: loaded.definition.key, startedBy: loaded.instance.started_by })
  if (loaded.instance.entity || (row.kind !== 'user' && row.kind !== 'vote') || !maySee(ctx, row, loaded.instance.started_by, behalf)) return fail('NOT_FOUND', { id: stepId })
  if (!step) return fail(row.state === 'queued' ? 'VOTE_NOT_YET' : 'TASK_DONE', { id: stepId, name: row.name })
  const node = processOfStep(loaded, step.data).nodes[step.node_id] as UserTaskNode
  return { loaded, step, node, ...(await demandedOfFree(ctx, loaded, step, node)), parent: loaded.live.find(s => s.id === step.parent_id) ?? null, behalf, entity: null, record: null }
}
