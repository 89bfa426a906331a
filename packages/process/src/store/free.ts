import { can, elevated, fail, unschedule, type Ctx } from '@quancheng/kernel'
import { sql } from 'kysely'
import { completeTask, missingForCompletion, startableActivities, startActivity } from '../engine/index.ts'
import type { UserTaskNode } from '../model/index.ts'
import { demanded } from './demands.ts'
import { chosenMove, completeStep, type Completed, type CompleteInput } from './complete.ts'
import { definitionById } from './definitions.ts'
import { definitionByRef } from './env.ts'
import { mergedTicks, roleName, userName } from './held.ts'
import { JOB_POOL } from './job-kinds.ts'
import { loadInstanceOfStep, loadStep, lookAtInstance, processOfStep, type Loaded, type StepRow } from './load.ts'
import { movesFrom } from './moves.ts'
import { mayTake } from './persist.ts'
import { proceed, proceedHeld } from './proceed.ts'
import { minutesUsed } from './standard.ts'
import { candidates, finishRow, holdersOf, TASK_COLUMNS, TASK_JOINS, type TaskRow } from './tasks.ts'

/*
 * Tasks of processes that run on no record: their form's values are variables of the case. Whoever holds the post sees them, or whoever is
 * named; a step for nobody in particular is its starter's.
 */

export const mayOperate = (ctx: Ctx): boolean => can(ctx.access, 'process:operate')

function maySee(ctx: Ctx, step: StepRow, startedBy: string | null): boolean {
  const me = ctx.user?.id
  return ctx.access.system || mayOperate(ctx) || (me !== undefined && (step.assignee_id === me || startedBy === me)) || (step.role !== null && ctx.access.roles.has(step.role))
}

/** Only who has the post, or is named, acts; an operator looks and repairs, and does nobody's work. */
async function requireMine(ctx: Ctx, step: StepRow): Promise<void> {
  if (ctx.access.system) return
  if (step.assignee_id && step.assignee_id !== ctx.user?.id) return fail('TASK_TAKEN', { name: await userName(ctx, step.assignee_id) })
  if (!step.assignee_id && step.role && !ctx.access.roles.has(step.role)) return fail('POST_NOT_ALLOWED', { role: await roleName(ctx, step.role) })
}

interface FreeHeld { loaded: Loaded; step: StepRow; node: UserTaskNode }

async function holdFree(ctx: Ctx, stepId: string): Promise<FreeHeld> {
  const loaded = await loadInstanceOfStep(ctx, stepId)
  const row = loaded.live.find(s => s.id === stepId) ?? await loadStep(ctx, stepId)
  if (loaded.instance.entity || row.kind !== 'user' || !maySee(ctx, row, loaded.instance.started_by)) return fail('NOT_FOUND', { id: stepId })
  const step = loaded.live.find(s => s.id === stepId)
  if (!step) return fail('TASK_DONE', { id: stepId, name: row.name })
  return { loaded, step, node: processOfStep(loaded, step.data).nodes[step.node_id] as UserTaskNode }
}

const demandedOfFree = (ctx: Ctx, loaded: Loaded, step: StepRow, node: UserTaskNode) =>
  demanded(ctx, node.task, { key: step.data.called?.split('@')[0] ?? loaded.definition.key, nodeId: step.node_id, caseId: loaded.instance.id, startedAt: loaded.instance.started_at, entity: null, recordId: null })

/** The task, for looking. */
async function seeFree(ctx: Ctx, id: string): Promise<StepRow> {
  const step = await loadStep(ctx, id)
  const { instance } = await lookAtInstance(ctx, step.instance_id)
  return !instance.entity && step.kind === 'user' && maySee(ctx, step, instance.started_by) ? step : fail('NOT_FOUND', { id })
}

const isFree = async (ctx: Ctx, stepId: string): Promise<boolean> =>
  (await ctx.query('select 1 from process_step s join process_instance i on i.tenant_id = s.tenant_id and i.id = s.instance_id where s.tenant_id = $1 and s.id = $2 and i.entity is null', [ctx.tenant.id, stepId])).length > 0

/** Runs the way of tasks on records; only where there is no such task, that of tasks without one: the usual one pays nothing. */
async function either<T>(ctx: Ctx, stepId: string, usual: () => Promise<T>, free: () => Promise<T>): Promise<T> {
  try { return await usual() } catch (error) {
    if ((error as { code?: string }).code !== 'NOT_FOUND' || !(await isFree(ctx, stepId))) throw error
    return free()
  }
}

export const completeAny = (ctx: Ctx, id: string, input: CompleteInput): Promise<Completed> => either(ctx, id, () => completeStep(ctx, id, input), () => completeFree(ctx, id, input))

async function completeFree(ctx: Ctx, id: string, input: CompleteInput): Promise<Completed> {
  const { loaded, step, node } = await holdFree(ctx, id)
  await requireMine(ctx, step)
  if (step.state === 'paused') fail('TASK_PAUSED', { reason: step.pauses.at(-1)?.reason ?? '' })
  const { task, refuse } = await demandedOfFree(ctx, loaded, step, node)
  const fields = { ...step.data.fields, ...typed(task, input.fields ?? {}, loaded.instance.variables) }
  const seen = { ...loaded.instance.variables, ...step.data.local, ...fields }
  const moves = movesFrom(loaded, step, task, { ...loaded.instance.variables, ...fields })
  const move = chosenMove(moves, input)
  const allowed = moves.map(m => m.target.name)
  const ticked = mergedTicks(step.data, input.ticked, ctx.user?.id ?? null, ctx.now())
  const labels = Object.fromEntries(task.fields.map(f => [f.name, f.label ?? f.name]))
  const missing = missingForCompletion(task, { fields: seen, ticked: Object.keys(ticked), outcome: move?.outcome ?? null, comment: input.comment ?? null, labels }).concat(refuse(seen))
  if (missing.length) fail('ACTIVITY_UNFINISHED', { missing, allowed, stage: step.name })
  if (!move) return fail('MOVE_NOT_ALLOWED', { to: input.to ?? input.outcome ?? '', allowed })
  const now = ctx.now(), minutes = await minutesUsed(ctx, step.clock ?? 'clock', step.entered_at, now, step.pauses), late = step.due_at !== null && now > step.due_at
  ctx.send('update process_step set assignee_id = coalesce(assignee_id, $3), minutes = $4, late = $5, data = $6 where tenant_id = $1 and id = $2',
    [ctx.tenant.id, id, ctx.user?.id ?? null, minutes, late, JSON.stringify({ ...step.data, ticked, fields: { ...step.data.fields, ...fields }, ...(input.comment ? { comment: input.comment } : {}) })])
  const done = await proceedHeld(ctx, loaded, (p, s, env) => completeTask(p, s, id, { outcome: move.outcome, variables: fields }, env), { act: 'move', actor: ctx.user?.id ?? null, step })
  return { stage: move.target.name, ended: done.ended, next: done.opened, minutes, late }
}

export const claimAny = (ctx: Ctx, id: string, usual: () => Promise<void>): Promise<void> => either(ctx, id, usual, async () => {
  const { step } = await holdFree(ctx, id)
  await requireMine(ctx, step)
  if (step.state !== 'waiting' || !ctx.user) return
  await ctx.query("update process_step set assignee_id = $3, state = 'active', started_at = coalesce(started_at, $4) where tenant_id = $1 and id = $2", [ctx.tenant.id, id, ctx.user.id, ctx.now()])
  await unschedule(ctx, [JOB_POOL], [id])
})

export const releaseAny = (ctx: Ctx, id: string, usual: () => Promise<void>): Promise<void> => either(ctx, id, usual, async () => {
  const { step } = await holdFree(ctx, id)
  if (step.assignee_id !== ctx.user?.id && !mayOperate(ctx)) await requireMine(ctx, step)
  if (step.role) await ctx.query("update process_step set assignee_id = null, state = 'waiting' where tenant_id = $1 and id = $2", [ctx.tenant.id, id])
})

/** Who may take the task. */
export const candidatesAny = (ctx: Ctx, id: string): Promise<unknown[]> => either<unknown[]>(ctx, id, () => candidates(ctx, id), async () => holdersOf(ctx, await seeFree(ctx, id)))

export const reassignAny = (ctx: Ctx, id: string, to: string, usual: () => Promise<void>): Promise<void> => either(ctx, id, usual, async () => {
  const { step } = await holdFree(ctx, id)
  if (step.assignee_id !== ctx.user?.id && !mayOperate(ctx)) fail('FORBIDDEN', { permission: 'process:operate' })
  if (!(await mayTake(elevated(ctx, 'candidate'), to, step.role, step.unit_id))) fail('NOT_A_CANDIDATE', { name: await userName(ctx, to) })
  await ctx.query('update process_step set assignee_id = $3 where tenant_id = $1 and id = $2', [ctx.tenant.id, id, to])
})

/** A variable has no declared type: what is there tells it, and a new one is text. */
const typeOf = (value: unknown): string => (typeof value === 'number' ? 'decimal' : typeof value === 'boolean' ? 'boolean' : 'text')
const shownValue = (value: unknown): unknown => (value === undefined ? null : typeof value === 'object' && value !== null ? JSON.stringify(value) : value)

/** What was typed, as the variable was: a number stays one, though forms send text. */
function typed(task: UserTaskNode['task'], fields: Record<string, unknown>, before: Readonly<Record<string, unknown>>): Record<string, unknown> {
  for (const name of Object.keys(fields)) if (!task.fields.some(f => f.name === name && !f.readonly)) fail('FIELD_READ_ONLY', { field: name })
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, typeof before[name] === 'number' && typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : value]))
}

export const tickAny = (ctx: Ctx, id: string, o: { item: string; on: boolean }, usual: () => Promise<void>): Promise<void> => either(ctx, id, usual, async () => {
  const { loaded, step, node } = await holdFree(ctx, id)
  await requireMine(ctx, step)
  const { task } = await demandedOfFree(ctx, loaded, step, node)
  if (!task.items.some(i => i.id === o.item) && !task.script.some(s => s.id === o.item)) fail('ITEM_UNKNOWN', { item: o.item })
  const ticked = mergedTicks(step.data, o.on ? [o.item] : [], ctx.user?.id ?? null, ctx.now())
  if (!o.on) delete ticked[o.item]
  await ctx.query('update process_step set data = $3 where tenant_id = $1 and id = $2', [ctx.tenant.id, id, JSON.stringify({ ...step.data, ticked })])
})

/** Keeps what has been typed with the step; it becomes variables when the task is done. */
export const saveAny = (ctx: Ctx, id: string, fields: Record<string, unknown>, usual: () => Promise<void>): Promise<void> => either(ctx, id, usual, async () => {
  const { loaded, step, node } = await holdFree(ctx, id)
  await requireMine(ctx, step)
  await ctx.query('update process_step set data = $3 where tenant_id = $1 and id = $2', [ctx.tenant.id, id, JSON.stringify({ ...step.data, fields: { ...step.data.fields, ...typed(node.task, fields, loaded.instance.variables) } })])
})

/** What the page of a task without a record shows: the same shape, its form made of variables. */
export async function freeDetail(ctx: Ctx, id: string) {
  const step = await loadStep(ctx, id)
  const { rows: [raw] } = await sql<TaskRow & { definitionId: string }>`select ${TASK_COLUMNS} from process_step s ${TASK_JOINS} where s.tenant_id = ${ctx.tenant.id} and s.id = ${id}`.execute(ctx.db)
  const loaded = await lookAtInstance(ctx, step.instance_id)
  if (!raw || loaded.instance.entity || step.kind !== 'user' || !maySee(ctx, step, loaded.instance.started_by)) return fail('NOT_FOUND', { id })
  const definition = step.data.called === undefined ? await definitionById(ctx, raw.definitionId) : await definitionByRef(ctx, step.data.called)
  const node = definition?.process?.nodes[step.node_id]
  if (node?.type !== 'userTask') return fail('NOT_FOUND', { id })
  const { task } = await demandedOfFree(ctx, loaded, step, node)
  const open = ['waiting', 'active', 'paused'].includes(step.state)
  const actor = open && (ctx.access.system || step.assignee_id === ctx.user?.id || (!step.assignee_id && (!step.role || ctx.access.roles.has(step.role))))
  const values = { ...loaded.instance.variables, ...step.data.local, ...step.data.fields }
  const ticked = step.data.ticked ?? {}
  return {
    ...(await finishRow(ctx, raw as never)), guide: task.guide, documentation: node.documentation,
    script: task.script.map(s => ({ ...s, ticked: Boolean(ticked[s.id]) })), items: task.items.map(i => ({ ...i, ticked: Boolean(ticked[i.id]) })),
    form: task.fields.map(f => ({ name: f.name, label: f.label ?? f.name, type: typeOf(values[f.name]), value: shownValue(values[f.name]), valueLabel: null, readOnly: f.readonly || !actor, required: f.required, immutable: false, custom: false, access: actor ? 'edit' : 'read', filter: [], sortable: false, outcomes: f.outcomes })),
    moves: !open ? [] : movesFrom(loaded, step, task, { ...loaded.instance.variables }).map(m => ({ outcome: m.outcome, label: m.label, target: m.target, danger: m.danger, confirm: m.confirm, requiresComment: m.requiresComment, missing: [] as string[] })),
    pauseReasons: [], pauses: step.pauses, data: step.data, approval: null, forName: null, returnTo: [],
    can: { addSigner: false, claim: actor && step.state === 'waiting', complete: actor && step.state !== 'paused', release: actor && step.state === 'active', reassign: open && (step.assignee_id === ctx.user?.id || mayOperate(ctx)), pause: false, resume: false },
  }
}

/** What may be started now in the ad-hoc subprocesses of a case, and starting it. */
export async function startables(ctx: Ctx, caseId: string) {
  const loaded = await lookAtInstance(ctx, caseId)
  return loaded.definition.process ? startableActivities(loaded.definition.process, loaded.state, loaded.env) : []
}
export const startOnDemand = (ctx: Ctx, caseId: string, at: { scopeId: string; nodeId: string }) => proceed(ctx, caseId, (p, s, env) => startActivity(p, s, at, env), { act: 'startActivity', actor: ctx.user?.id ?? null })
