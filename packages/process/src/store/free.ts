import { elevated, fail, unschedule, type Ctx } from '@quancheng/kernel'
import { sql } from 'kysely'
import { asksScope, formDefaults, isBlank, isShown, completeTask, missingForCompletion, startableActivities, startActivity, type NextMove } from '../engine/index.ts'
import type { FieldSpec, UserTaskNode } from '../model/index.ts'
import { handOver, wayBack } from './approval-acts.ts'
import { chosenMove, completeStep, stepDone, type Completed, type CompleteInput } from './complete.ts'
import { definitionById } from './definitions.ts'
import { definitionByRef } from './env.ts'
import { behalfOn, demandedOfFree, holdFree, isActor, mayOperate, maySee, requireMine, type FreeHeld } from './free-held.ts'
import { formField, refuseHidden, scopeFor, variableValues } from './form.ts'
import { askFreeGate } from './gate.ts'
import { mergedTicks, userName } from './held.ts'
import { JOB_POOL } from './job-kinds.ts'
import { loadInstanceOfStep, loadStep, lookAtInstance, type Loaded, type StepData, type StepRow } from './load.ts'
import { movesFrom } from './moves.ts'
import { mayTake } from './persist.ts'
import { proceed, proceedHeld } from './proceed.ts'
import { minutesUsed } from './standard.ts'
import { candidates, finishRow, holdersOf, TASK_COLUMNS, TASK_JOINS, type TaskRow } from './tasks.ts'
import { giveVote } from './votes.ts'

/*
 * Tasks of processes that run on no record: their form's values are variables of the case. Whoever holds the post sees them, or whoever is
 * named; a step for nobody in particular is its starter's.
 */

/** The task, for looking. */
async function seeFree(ctx: Ctx, id: string): Promise<StepRow> {
  const step = await loadStep(ctx, id)
  const { instance, definition } = await lookAtInstance(ctx, step.instance_id)
  const behalf = await behalfOn(ctx, step, { key: definition.key, startedBy: instance.started_by })
  return !instance.entity && (step.kind === 'user' || step.kind === 'vote') && maySee(ctx, step, instance.started_by, behalf) ? step : fail('NOT_FOUND', { id })
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

/** The case is read once, and tells which way its task goes. */
export async function completeAny(ctx: Ctx, id: string, input: CompleteInput): Promise<Completed> {
  const loaded = await loadInstanceOfStep(ctx, id)
  return loaded.instance.entity ? completeStep(ctx, id, input, loaded) : completeFree(ctx, id, input, loaded)
}

/** Also what an approval has agreed to: then the caller is the system, and the author whoever wanted it. */
export async function completeFree(ctx: Ctx, id: string, input: CompleteInput, held?: Loaded): Promise<Completed> {
  const h = await holdFree(ctx, id, held)
  const { loaded, step, task, parent } = h
  await requireMine(ctx, h)
  if (step.state === 'paused') fail('TASK_PAUSED', { reason: step.pauses.at(-1)?.reason ?? '' })
  if (step.data.gate && !ctx.access.system) fail('GATE_PENDING', { name: step.name })
  const fields = filledIn(h, input.fields ?? {})
  const seen = { ...loaded.instance.variables, ...step.data.local, ...fields }
  const moves = movesFrom(loaded, parent ?? step, task, { ...loaded.instance.variables, ...fields })
  const move = chosenMove(moves, input)
  const allowed = moves.map(m => m.target.name)
  const ticked = mergedTicks(step.data, input.ticked, ctx.user?.id ?? null, ctx.now())
  const labels = Object.fromEntries(task.fields.map(f => [f.name, f.label ?? f.name]))
  const missing = missingForCompletion(task, { fields: seen, ticked: Object.keys(ticked), outcome: move?.outcome ?? null, comment: input.comment ?? null, labels }).concat(h.refuse(seen, move?.outcome ?? null))
  if (missing.length) fail('ACTIVITY_UNFINISHED', { missing, allowed, stage: step.name })
  if (!move) return fail('MOVE_NOT_ALLOWED', { to: input.to ?? input.outcome ?? '', allowed })
  const data: StepData = { ...step.data, ticked, fields, ...(input.comment ? { comment: input.comment } : {}), ...(h.behalf ? { for: h.behalf.id } : {}) }
  const gate = task.outcomes.find(o => o.id === move.outcome)?.gate
  if (gate && !step.data.gate) return askFreeGate(ctx, loaded, step, { gate, outcome: move.outcome!, data, fields, comment: input.comment })
  if (step.kind === 'vote') {
    if (!parent || !task.approval) return fail('TASK_DONE', { id, name: step.name })
    const given = await giveVote(ctx, { loaded, step, parent, spec: task.approval, moves, move, allowed, data })
    if (!given.decided) return { stage: step.name, ended: false, next: [], minutes: given.minutes, late: given.late, pending: { votes: given.open } }
    return finishFree(ctx, { ...h, step: parent }, { move: given.decided, fields, data: { ...parent.data, ticked } })
  }
  return finishFree(ctx, h, { move, fields, data })
}

async function finishFree(ctx: Ctx, h: FreeHeld, f: { move: NextMove; fields: Record<string, unknown>; data: StepData }): Promise<Completed> {
  const { loaded, step } = h
  // what waited for an approval is still the act of whoever wanted it
  const actor = step.data.gate?.by ?? ctx.user?.id ?? null
  const minutes = await minutesUsed(ctx, step.clock ?? 'clock', step.entered_at, ctx.now(), step.pauses), late = step.due_at !== null && ctx.now() > step.due_at
  stepDone(ctx, step.id, { by: actor, outcome: f.move.outcome, minutes, late, data: f.data })
  const done = await proceedHeld(ctx, loaded, (p, s, env) => completeTask(p, s, step.id, { outcome: f.move.outcome, variables: f.fields }, env), { act: 'move', actor, step, written: step.id })
  return { stage: f.move.target.name, ended: done.ended, next: done.opened, minutes, late }
}

export const claimAny = (ctx: Ctx, id: string, usual: () => Promise<void>): Promise<void> => either(ctx, id, usual, async () => {
  const h = await holdFree(ctx, id), { step } = h
  await requireMine(ctx, h)
  if (step.state !== 'waiting' || !ctx.user) return
  await ctx.query("update process_step set assignee_id = $3, state = 'active', started_at = coalesce(started_at, $4) where tenant_id = $1 and id = $2", [ctx.tenant.id, id, ctx.user.id, ctx.now()])
  await unschedule(ctx, [JOB_POOL], [id])
})

export const releaseAny = (ctx: Ctx, id: string, usual: () => Promise<void>): Promise<void> => either(ctx, id, usual, async () => {
  const h = await holdFree(ctx, id), { step } = h
  if (step.kind === 'vote' || h.task.approval) fail('TASK_VOTES', { name: step.name })
  if (step.assignee_id !== ctx.user?.id && !mayOperate(ctx)) await requireMine(ctx, h)
  if (step.role || step.data.candidates) await ctx.query("update process_step set assignee_id = null, state = 'waiting' where tenant_id = $1 and id = $2", [ctx.tenant.id, id])
})

/** Who may take the task. */
export const candidatesAny = (ctx: Ctx, id: string): Promise<unknown[]> => either<unknown[]>(ctx, id, () => candidates(ctx, id), async () => holdersOf(ctx, await seeFree(ctx, id)))

export const reassignAny = (ctx: Ctx, id: string, to: string, usual: () => Promise<void>, reason = ''): Promise<void> => either(ctx, id, usual, async () => {
  const h = await holdFree(ctx, id), { step } = h
  if (step.assignee_id !== ctx.user?.id && !h.behalf && !mayOperate(ctx)) fail('FORBIDDEN', { permission: 'process:operate' })
  if (step.kind === 'vote') return handOver(ctx, h, to, reason)
  if (h.task.approval) fail('TASK_VOTES', { name: step.name })
  if (!(await mayTake(elevated(ctx, 'candidate'), to, step.role, step.unit_id, step.data.candidates))) fail('NOT_A_CANDIDATE', { name: await userName(ctx, to) })
  await ctx.query('update process_step set assignee_id = $3 where tenant_id = $1 and id = $2', [ctx.tenant.id, id, to])
})

/** A variable is what its form declares it to be; else what is there tells it, and a new one is text. */
const DECLARED = { text: 'text', number: 'decimal', date: 'date', boolean: 'boolean', choice: 'choice' } as const
const typeOf = (field: FieldSpec, value: unknown): string => (field.type ? DECLARED[field.type] : typeof value === 'number' ? 'decimal' : typeof value === 'boolean' ? 'boolean' : 'text')
const shownValue = (value: unknown): unknown => (value === undefined ? null : typeof value === 'object' && value !== null ? JSON.stringify(value) : value)

/** What was typed, as the variable was: a number stays one, though forms send text. */
function typed(task: UserTaskNode['task'], fields: Record<string, unknown>, before: Readonly<Record<string, unknown>>): Record<string, unknown> {
  for (const name of Object.keys(fields)) if (!task.fields.some(f => f.name === name && !f.readonly)) fail('FIELD_READ_ONLY', { field: name })
  return Object.fromEntries(Object.entries(variableValues(task, fields)).map(([name, value]) => [name, typeof before[name] === 'number' && typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : value]))
}

/** The form as it counts: what was kept and what is sent now, with defaults where nobody wrote anything; what is not on the form just now becomes no variable. */
function filledIn(h: FreeHeld, sent: Record<string, unknown>): Record<string, unknown> {
  const { loaded, step, task } = h
  const fields: Record<string, unknown> = { ...step.data.fields, ...typed(task, sent, loaded.instance.variables) }
  if (!asksScope(task)) return fields
  const around = { ...loaded.instance.variables, ...step.data.local }
  Object.assign(fields, variableValues(task, formDefaults(task, { ...around, ...fields }, name => !Object.hasOwn(sent, name) && isBlank(fields[name] ?? around[name]))))
  const scope = { ...around, ...fields }
  refuseHidden(task, Object.keys(sent), scope, f => f.label ?? f.name)
  return Object.fromEntries(Object.entries(fields).filter(([name]) => task.fields.every(f => f.name !== name || isShown(f, scope))))
}

export const tickAny = (ctx: Ctx, id: string, o: { item: string; on: boolean }, usual: () => Promise<void>): Promise<void> => either(ctx, id, usual, async () => {
  const h = await holdFree(ctx, id), { step, task } = h
  await requireMine(ctx, h)
  if (!task.items.some(i => i.id === o.item) && !task.script.some(s => s.id === o.item)) fail('ITEM_UNKNOWN', { item: o.item })
  const ticked = mergedTicks(step.data, o.on ? [o.item] : [], ctx.user?.id ?? null, ctx.now())
  if (!o.on) delete ticked[o.item]
  await ctx.query('update process_step set data = $3 where tenant_id = $1 and id = $2', [ctx.tenant.id, id, JSON.stringify({ ...step.data, ticked })])
})

/** Keeps what has been typed with the step; it becomes variables when the task is done. */
export const saveAny = (ctx: Ctx, id: string, fields: Record<string, unknown>, usual: () => Promise<void>): Promise<void> => either(ctx, id, usual, async () => {
  const h = await holdFree(ctx, id), { loaded, step, task } = h
  await requireMine(ctx, h)
  const kept = { ...step.data.fields, ...typed(task, fields, loaded.instance.variables) }
  refuseHidden(task, Object.keys(fields), { ...loaded.instance.variables, ...step.data.local, ...kept }, f => f.label ?? f.name)
  await ctx.query('update process_step set data = $3 where tenant_id = $1 and id = $2', [ctx.tenant.id, id, JSON.stringify({ ...step.data, fields: kept })])
})

/** What the page of a task without a record shows: the same shape, its form made of variables. */
export async function freeDetail(ctx: Ctx, id: string) {
  const step = await loadStep(ctx, id)
  const { rows: [raw] } = await sql<TaskRow & { definitionId: string }>`select ${TASK_COLUMNS} from process_step s ${TASK_JOINS} where s.tenant_id = ${ctx.tenant.id} and s.id = ${id}`.execute(ctx.db)
  const loaded = await lookAtInstance(ctx, step.instance_id)
  const startedBy = loaded.instance.started_by, vote = step.kind === 'vote'
  const behalf = await behalfOn(ctx, step, { key: loaded.definition.key, startedBy })
  if (!raw || loaded.instance.entity || (step.kind !== 'user' && !vote) || !maySee(ctx, step, startedBy, behalf)) return fail('NOT_FOUND', { id })
  const definition = step.data.called === undefined ? await definitionById(ctx, raw.definitionId) : await definitionByRef(ctx, step.data.called)
  const node = definition?.process?.nodes[step.node_id]
  if (node?.type !== 'userTask') return fail('NOT_FOUND', { id })
  const { task } = await demandedOfFree(ctx, loaded, step, node)
  const open = ['waiting', 'active', 'paused'].includes(step.state)
  // an approval itself is nobody's to do: its votes are
  const actor = open && (vote || !task.approval) && !step.data.gate && isActor(ctx, step, behalf)
  const values = { ...loaded.instance.variables, ...step.data.local, ...step.data.fields }
  const ticked = step.data.ticked ?? {}
  const suggested = actor ? formDefaults(task, values, name => isBlank(values[name])) : {}
  const scope = { ...values, ...suggested }, nothing = (): boolean => false
  const labels = Object.fromEntries(task.fields.map(f => [f.name, f.label ?? f.name]))
  return {
    ...(await finishRow(ctx, raw as never)), guide: task.guide, documentation: node.documentation,
    script: task.script.map(s => ({ ...s, ticked: Boolean(ticked[s.id]) })), items: task.items.map(i => ({ ...i, ticked: Boolean(ticked[i.id]) })),
    form: task.fields.map(f => ({ name: f.name, label: f.label ?? f.name, type: typeOf(f, values[f.name]), ...(f.options ? { options: f.options.map(o => ({ value: o, label: o })) } : {}), value: shownValue(values[f.name]), valueLabel: null, readOnly: f.readonly || !actor, required: f.required, immutable: false, custom: false, access: actor ? 'edit' : 'read', filter: [], sortable: false, outcomes: f.outcomes, ...formField(f, scope, suggested, nothing) })),
    ...(task.layout ? { layout: task.layout } : {}), ...(asksScope(task) ? { scope: scopeFor(task, values, nothing) } : {}),
    moves: !open ? [] : movesFrom(loaded, { id: step.parent_id ?? step.id, node_id: step.node_id, name: step.name }, task, { ...loaded.instance.variables }).map(m => ({ outcome: m.outcome, label: m.label, target: m.target, danger: m.danger, confirm: m.confirm, requiresComment: m.requiresComment, missing: missingForCompletion(task, { fields: scope, ticked: Object.keys(ticked), outcome: m.outcome, comment: 'x', labels }) })),
    pauseReasons: [], pauses: step.pauses, data: step.data, approval: task.approval ? { mode: task.approval.mode, share: task.approval.share, veto: task.approval.veto } : null, forName: behalf?.name ?? null,
    returnTo: actor && vote ? await wayBack(ctx, loaded, step.parent_id ?? step.id) : [],
    can: { addSigner: actor && vote, claim: actor && !vote && step.state === 'waiting', complete: actor && step.state !== 'paused', release: actor && !vote && step.state === 'active', reassign: open && (vote || !task.approval) && (step.assignee_id === ctx.user?.id || behalf !== null || mayOperate(ctx)), pause: false, resume: false },
  }
}

/** What may be started now in the ad-hoc subprocesses of a case, and starting it. */
export async function startables(ctx: Ctx, caseId: string) {
  const loaded = await lookAtInstance(ctx, caseId)
  return loaded.definition.process ? startableActivities(loaded.definition.process, loaded.state, loaded.env) : []
}
export const startOnDemand = (ctx: Ctx, caseId: string, at: { scopeId: string; nodeId: string }) => proceed(ctx, caseId, (p, s, env) => startActivity(p, s, at, env), { act: 'startActivity', actor: ctx.user?.id ?? null })
