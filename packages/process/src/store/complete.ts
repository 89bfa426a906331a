import { addComment, AppError, can, checkRefs, elevated, fail, lock, newId, normalise, pick, requirePermission, storeChange, type CompiledEntity, type Ctx, type Locked } from '@quancheng/kernel'
import { completeTask, findMove, missingForCompletion, nextMoves, type NextMove } from '../engine/index.ts'
import type { UserTaskNode, UserTaskSpec } from '../model/index.ts'
import { engineAct } from './engine-act.ts'
import { loadInstanceOfStep, loadInstancesOf, loadStep, type Loaded, type StepData, type StepRow } from './load.ts'
import { persist, type Opened } from './persist.ts'
import { placeOf } from './place.ts'
import { minutesUsed } from './standard.ts'
import { closeAlarms } from './alarms.ts'

export interface CompleteInput {
  /** id of an outcome; or `to`: what it leads to, by name or node id */
  outcome?: string | null | undefined
  to?: string | undefined
  fields?: Record<string, unknown> | undefined
  ticked?: readonly string[] | undefined
  comment?: string | undefined
}
export interface Completed { stage: string; ended: boolean; next: Opened[]; minutes: number; late: boolean }

export const mayReassign = (ctx: Ctx, entity: string): boolean => can(ctx.access, `${entity}:reassign`)

/** Everything an act on a step needs, with the case and the record locked and the caller's right to act checked. */
export interface Held { loaded: Loaded; step: StepRow; node: UserTaskNode; task: UserTaskSpec; entity: CompiledEntity; record: Locked }

/** `handover`: whoever re-assigns need not be somebody who works on such records (the region's manager, head office). */
export async function holdStep(ctx: Ctx, stepId: string, handover = false): Promise<Held> {
  const loaded = await loadInstanceOfStep(ctx, stepId)
  const { instance } = loaded
  if (!instance.entity || !instance.record_id) return fail('NOT_FOUND', { id: stepId })
  const entity = ctx.entities.get(instance.entity)
  const verb = handover && mayReassign(ctx, entity.name) ? 'reassign' : 'move'
  requirePermission(ctx.access, `${entity.name}:${verb}`, entity)
  const record = await lock(ctx, entity, instance.record_id, verb)
  const step = loaded.live.find(s => s.id === stepId)
  return step ? heldStep(loaded, step, entity, record) : fail('TASK_DONE', { id: stepId, name: (await loadStep(ctx, stepId)).name })
}

function heldStep(loaded: Loaded, step: StepRow, entity: CompiledEntity, record: Locked): Held {
  const node = loaded.definition.process!.nodes[step.node_id] as UserTaskNode
  return { loaded, step, node, task: node.task, entity, record }
}

/** The post of a step acts on it, and nobody else; whoever has taken it, and not a colleague. */
export async function requireActor(ctx: Ctx, step: StepRow): Promise<void> {
  if (ctx.access.system) return
  if (step.role && !ctx.access.roles.has(step.role)) return fail('POST_NOT_ALLOWED', { role: await roleName(ctx, step.role) })
  if (step.assignee_id && step.assignee_id !== ctx.user?.id) return fail('TASK_TAKEN', { name: await userName(ctx, step.assignee_id) })
}

export const userName = async (ctx: Ctx, id: string): Promise<string> => (await ctx.query<{ name: string }>('select name from "user" where tenant_id = $1 and id = $2', [ctx.tenant.id, id]))[0]?.name ?? ''
export const roleName = async (ctx: Ctx, code: string): Promise<string> => (await ctx.query<{ name: string }>('select name from role where tenant_id = $1 and code = $2', [ctx.tenant.id, code]))[0]?.name ?? code

/** Values that the form of a task may write; anything else in `fields` is refused, and refs must be within the caller's reach. */
export async function formValues(ctx: Ctx, h: Held, fields: Record<string, unknown> | undefined): Promise<Record<string, unknown>> {
  if (!fields || !Object.keys(fields).length) return {}
  for (const name of Object.keys(fields)) {
    const spec = h.task.fields.find(x => x.name === name)
    const field = h.entity.fields.get(name)
    if (!spec || spec.readonly) fail('FIELD_READ_ONLY', { field: spec?.label ?? (field ? pick(field.label, ctx.locale) : name) })
  }
  const values = normalise(elevated(ctx, 'task form'), h.entity, fields, 'update')
  await checkRefs(ctx, h.entity, values, h.record.row)
  return values
}

/** The entity fills in what follows from what was typed (a device brings its serial number) before anybody asks what is missing. */
async function withWhatIsKnown(ctx: Ctx, h: Held, typed: Record<string, unknown>): Promise<Record<string, unknown>> {
  const draft = { ...typed }
  if (Object.keys(draft).length) await h.entity.hooks?.before?.(elevated(ctx, 'task form'), { act: 'update', id: h.record.row.id as string, before: h.record.row, draft, row: null } as never)
  return draft
}

const labelsOf = (entity: CompiledEntity): Record<string, string> => Object.fromEntries([...entity.fields.values()].map(x => [x.name, x.label[0]]))

export function mergedTicks(data: StepData, more: readonly string[] | undefined, by: string | null, at: Date): NonNullable<StepData['ticked']> {
  const ticked = { ...data.ticked }
  for (const item of more ?? []) ticked[item] ??= { by, at: at.toISOString() }
  return ticked
}

/**
 * Finishes a step and moves the case on. Nothing is stored unless everything that the stage demands is there: the refusal names
 * what is missing and where the case could go (SP-04). Single, bulk, import and machine callers all come through here (SP-05).
 */
export const completeStep = async (ctx: Ctx, stepId: string, input: CompleteInput): Promise<Completed> => completeHeld(ctx, await holdStep(ctx, stepId), input)

async function completeHeld(ctx: Ctx, h: Held, input: CompleteInput): Promise<Completed> {
  const { loaded, step, task, entity, record } = h
  const stepId = step.id
  await requireActor(ctx, step)
  if (step.state === 'paused') fail('TASK_PAUSED', { reason: step.pauses.at(-1)?.reason ?? '' })
  const process = loaded.definition.process!
  const typed = await formValues(ctx, h, input.fields)
  const values = await withWhatIsKnown(ctx, h, typed)
  const merged = { ...record.row, ...values }
  for (const item of input.ticked ?? []) if (!task.items.some(i => i.id === item) && !task.script.some(s => s.id === item)) fail('ITEM_UNKNOWN', { item })
  const ticked = mergedTicks(step.data, input.ticked, ctx.user?.id ?? null, ctx.now())
  const moves = nextMoves(process, step.node_id, { ...loaded.instance.variables, ...plain(entity, merged) })
  const move = chosenMove(moves, input)
  const allowed = moves.map(m => m.target.name)
  const missing = missingForCompletion(task, { fields: merged, ticked: Object.keys(ticked), outcome: move?.outcome ?? null, comment: input.comment ?? null, labels: labelsOf(entity) })
  if (missing.length) fail('ACTIVITY_UNFINISHED', { missing, allowed, stage: step.name })
  if (!move) return fail('MOVE_NOT_ALLOWED', { to: input.to ?? input.outcome ?? '', allowed })

  const now = ctx.now()
  const actor = ctx.user?.id ?? null
  const effects = engineAct(() => completeTask(process, { ...loaded.state, variables: { ...loaded.instance.variables, ...plain(entity, merged) } }, stepId, { outcome: move.outcome }, { newId }))
  const minutes = await minutesUsed(ctx, step.clock ?? 'business', step.entered_at, now, step.pauses)
  const late = step.due_at !== null && now > step.due_at
  const data: StepData = { ...step.data, ticked, fields: { ...step.data.fields, ...plain(entity, typed) }, ...(input.comment ? { comment: input.comment } : {}) }
  ctx.send(
    `update process_step set state = 'done', assignee_id = coalesce(assignee_id, $3), started_at = coalesce(started_at, $4), finished_at = $4, finished_by = $3, outcome = $5, minutes = $6, late = $7, data = $8 where tenant_id = $1 and id = $2`,
    [ctx.tenant.id, stepId, actor, now, move.outcome, minutes, late, JSON.stringify(data)], 'step_done')
  const opened = await persist(ctx, loaded, { ...effects, variables: {} }, { finishedBy: actor, record: merged })
  const recordId = record.row.id as string
  // a case that is over has nobody to reach any more
  if (effects.end) await closeAlarms(ctx, [recordId], ['unreachable'], loaded.alarms)
  await storeChange(elevated(ctx, 'process'), entity, recordId, { ...values, ...placeOf(loaded, entity, effects, opened, record.row, actor) }, {
    act: 'move', locked: record,
    note: { step: step.name, outcome: move.label, to: move.target.name, minutes, ...(late ? { late } : {}), ...(input.comment ? { comment: input.comment } : {}), ended: Boolean(effects.end), next: opened.map(s => s.nodeId) },
  })
  if (input.comment?.trim()) await addComment(ctx, entity.name, recordId, input.comment.trim().slice(0, 4000))
  return { stage: move.target.name, ended: Boolean(effects.end), next: opened, minutes, late }
}

function chosenMove(moves: readonly NextMove[], input: CompleteInput): NextMove | null {
  const wanted = input.outcome ?? input.to
  if (wanted === undefined || wanted === null) return moves.length === 1 ? moves[0]! : null
  return input.outcome ? moves.find(m => m.outcome === input.outcome) ?? null : findMove(moves, wanted)
}

/** The record as a process condition reads it: JSON values by field name, numbers as numbers. */
export function plain(entity: CompiledEntity, row: Record<string, unknown>): Record<string, unknown> {
  const out: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(row)) {
    const field = entity.fields.get(name)
    if (!field || field.system) continue
    const json = value === null || value === undefined ? null : field.kind.toJson(value)
    out[name] = (field.type === 'money' || field.type === 'decimal') && json !== null ? Number(json) : json
  }
  return out
}

/** Moves a record by where it should go: finds its open step. The single road of `move`, bulk moves and the board's drag. */
export async function moveRecord(ctx: Ctx, entityName: string, recordId: string, input: CompleteInput): Promise<Completed> {
  const entity = ctx.entities.get(entityName)
  requirePermission(ctx.access, `${entityName}:move`, entity)
  // sent together, the case first as everywhere; a record out of scope reads as not found before anything is said of its case
  const [cases, record] = await Promise.all([loadInstancesOf(ctx, entityName, recordId), lock(ctx, entity, recordId, 'move')])
  for (const loaded of cases) {
    const step = loaded.live.find(s => s.kind === 'user')
    if (step) return completeHeld(ctx, heldStep(loaded, step, entity, record), input)
  }
  throw new AppError('NO_CASE', { id: recordId })
}
