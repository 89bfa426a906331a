import { can, checkRefs, elevated, fail, lock, normalise, pick, requirePermission, type CompiledEntity, type Ctx, type Locked } from '@quancheng/kernel'
import { asksScope, formDefaults, isBlank, missingForCompletion, type FormScope } from '../engine/index.ts'
import type { UserTaskNode, UserTaskSpec } from '../model/index.ts'
import { actingOn } from './acting.ts'
import { inPool } from './candidates.ts'
import { demanded, type Demands } from './demands.ts'
import { refuseHidden } from './form.ts'
import { loadInstanceOfStep, loadStep, processOfStep, type Loaded, type StepData, type StepRow } from './load.ts'

export const mayReassign = (ctx: Ctx, entity: string): boolean => can(ctx.access, `${entity}:reassign`)

/**
 * Everything an act on a step needs, with the case and the record locked and the caller's right to act checked. `as`: the rights that count for
 * this task (a deputy acts with those of whom they stand for); `behalf`: whom they stand for; `parent`: the approval that a vote belongs to.
 */
export interface Held { loaded: Loaded; step: StepRow; node: UserTaskNode; task: UserTaskSpec; entity: CompiledEntity; record: Locked; as: Ctx; behalf: Person | null; parent: StepRow | null; /** what the company demands beyond the model */ refuse?: Demands['refuse'] }
export interface Person { id: string; name: string }

/** `handover`: whoever re-assigns need not be somebody who works on such records (the region's manager, head office). `among`: the case, where the caller holds it already. */
export async function holdStep(ctx: Ctx, stepId: string, handover = false, among?: Loaded): Promise<Held> {
  const loaded = among ?? await loadInstanceOfStep(ctx, stepId)
  const { instance } = loaded
  if (!instance.entity || !instance.record_id) return fail('NOT_FOUND', { id: stepId })
  const entity = ctx.entities.get(instance.entity)
  const step = loaded.live.find(s => s.id === stepId) ?? loaded.votes.find(s => s.id === stepId)
  const row = step ?? await loadStep(ctx, stepId)
  const acting = await actingOn(ctx, row, { entity: entity.name, key: loaded.definition.key, startedBy: instance.started_by })
  const verb = handover && mayReassign(ctx, entity.name) && !acting.named ? 'reassign' : 'move'
  requirePermission(acting.as.access, `${entity.name}:${verb}`, entity)
  const record = await lock(acting.as, entity, instance.record_id, verb)
  return step ? withDemands(ctx, { ...heldStep(ctx, loaded, step, entity, record), as: acting.as, behalf: acting.behalf }) : fail(row.state === 'queued' ? 'VOTE_NOT_YET' : 'TASK_DONE', { id: stepId, name: row.name })
}

export function heldStep(ctx: Ctx, loaded: Loaded, step: StepRow, entity: CompiledEntity, record: Locked): Held {
  const node = processOfStep(loaded, step.data).nodes[step.node_id] as UserTaskNode
  return { loaded, step, node, task: node.task, entity, record, as: ctx, behalf: null, parent: loaded.live.find(s => s.id === step.parent_id) ?? null }
}

/** The task with everything that is demanded of it beyond its model. */
export async function withDemands(ctx: Ctx, h: Held): Promise<Held> {
  const { instance, definition } = h.loaded
  return { ...h, ...(await demanded(ctx, h.task, { key: h.step.data.called?.split('@')[0] ?? definition.key, nodeId: h.step.node_id, caseId: instance.id, startedAt: instance.started_at, entity: h.entity.name, recordId: instance.record_id })) }
}

/** The post of a step acts on it, and nobody else; whoever has taken it, or stands for them, and not a colleague. */
export async function requireActor(ctx: Ctx, h: Held): Promise<void> {
  const { step } = h
  if (ctx.access.system) return
  if (h.task.approval && step.kind !== 'vote') return fail('TASK_VOTES', { name: step.name })
  if (!inPool(step, h.as.access, h.behalf?.id ?? ctx.user?.id) && !(step.data.candidates && step.assignee_id === ctx.user?.id)) return fail('POST_NOT_ALLOWED', { role: await poolName(ctx, step) })
  if (step.assignee_id && step.assignee_id !== ctx.user?.id && step.assignee_id !== h.behalf?.id) return fail('TASK_TAKEN', { name: await userName(ctx, step.assignee_id) })
}

/** Acts that make no sense on a vote: it has one owner, and its clock is the approval's. */
export function refuseVote(h: Held): void {
  if (h.task.approval) fail('TASK_VOTES', { name: h.step.name })
}

/** The applicant's form is in no post's pool and is nobody else's to fill in. */
export function refuseOwnForm(h: Held): void {
  if (!h.step.role && !h.step.data.candidates && h.loaded.instance.started_by) fail('TASK_OWN', { name: h.step.name })
}

export const userName = async (ctx: Ctx, id: string): Promise<string> => (await ctx.query<{ name: string }>('select name from "user" where tenant_id = $1 and id = $2', [ctx.tenant.id, id]))[0]?.name ?? ''
/** Whose the step is, for a refusal: posts and persons. */
export async function poolName(ctx: Ctx, step: Pick<StepRow, 'role' | 'data'>): Promise<string> {
  const { candidates } = step.data
  if (!candidates) return step.role ? roleName(ctx, step.role) : ''
  const names = await Promise.all([...candidates.roles.map(r => roleName(ctx, r)), ...candidates.users.map(u => userName(ctx, u))])
  return names.join('、') || '指定的人'
}
export const roleName = async (ctx: Ctx, code: string): Promise<string> => (await ctx.query<{ name: string }>('select name from role where tenant_id = $1 and code = $2', [ctx.tenant.id, code]))[0]?.name ?? code

/** For the history: who is the author of the act is there already; whom they stood for is not. */
export const behalfNote = (ctx: Ctx, h: Pick<Held, 'behalf'>): Record<string, unknown> => (h.behalf ? { for: h.behalf.name, by: `${ctx.user?.name ?? ''} 代 ${h.behalf.name}` } : {})

/** Values that the form of a task may write; anything else in `fields` is refused, and refs must be within the caller's reach. */
export async function formValues(ctx: Ctx, h: Held, fields: Record<string, unknown> | undefined): Promise<Record<string, unknown>> {
  if (!fields || !Object.keys(fields).length) return {}
  for (const name of Object.keys(fields)) {
    const spec = h.task.fields.find(x => x.name === name)
    const field = h.entity.fields.get(name)
    if (!spec || spec.readonly) fail('FIELD_READ_ONLY', { field: spec?.label ?? (field ? pick(field.label, ctx.locale) : name) })
  }
  const values = normalise(elevated(ctx, 'task form'), h.entity, fields, 'update')
  await checkRefs(h.as, h.entity, values, h.record.row)
  return values
}

/** The entity fills in what follows from what was typed (a device brings its serial number) before anybody asks what is missing. */
export async function withWhatIsKnown(ctx: Ctx, h: Held, typed: Record<string, unknown>): Promise<Record<string, unknown>> {
  const draft = { ...typed }
  if (Object.keys(draft).length) await h.entity.hooks?.before?.(elevated(ctx, 'task form'), { act: 'update', id: h.record.row.id as string, before: h.record.row, draft, row: null } as never)
  return draft
}

export function mergedTicks(data: StepData, more: readonly string[] | undefined, by: string | null, at: Date): NonNullable<StepData['ticked']> {
  const ticked = { ...data.ticked }
  for (const item of more ?? []) ticked[item] ??= { by, at: at.toISOString() }
  return ticked
}

const labelsOf = (entity: CompiledEntity): Record<string, string> => Object.fromEntries([...entity.fields.values()].map(x => [x.name, x.label[0]]))

/** What was typed and ticked with an act, and what still stands between the task and the outcome. */
export async function workOf(ctx: Ctx, h: Held, input: { fields?: Record<string, unknown> | undefined; ticked?: readonly string[] | undefined }) {
  const asks = asksScope(h.task)
  const typed = await withDefaults(ctx, h, await formValues(ctx, h, input.fields), asks)
  const values = await withWhatIsKnown(ctx, h, typed)
  const merged = { ...h.record.row, ...values }
  const scope = asks ? formScope(h, merged) : undefined
  if (scope) refuseHidden(h.task, Object.keys(input.fields ?? {}), scope, f => f.label ?? labelsOf(h.entity)[f.name] ?? f.name)
  for (const item of input.ticked ?? []) if (!h.task.items.some(i => i.id === item) && !h.task.script.some(s => s.id === item)) fail('ITEM_UNKNOWN', { item })
  const ticked = mergedTicks(h.step.data, input.ticked, ctx.user?.id ?? null, ctx.now())
  const missing = (outcome: string | null, comment: string | undefined): string[] => missingForCompletion(h.task, { fields: merged, ...(scope ? { scope } : {}), ticked: Object.keys(ticked), outcome, comment: comment ?? null, labels: labelsOf(h.entity) }).concat(h.refuse?.(merged, outcome) ?? [])
  return { typed, values, merged, ticked, missing }
}

/** What a form's conditions and defaults read: the variables of the case and of its round, and over them the record as it would be stored. */
const formScope = (h: Held, record: Record<string, unknown>): FormScope => ({ ...h.loaded.instance.variables, ...h.step.data.local, ...plain(h.entity, record) })

/** What nobody has filled in begins with its default, on whatever road the act came: one form, many cases at once, a machine. */
async function withDefaults(ctx: Ctx, h: Held, typed: Record<string, unknown>, asks: boolean): Promise<Record<string, unknown>> {
  if (!asks) return typed
  const merged = { ...h.record.row, ...typed }
  const found = formDefaults(h.task, formScope(h, merged), name => !Object.hasOwn(typed, name) && isBlank(merged[name]))
  return Object.keys(found).length ? { ...typed, ...(await formValues(ctx, h, found)) } : typed
}

/** Keeps a form that is not done: what is not on it just now is refused here too. */
export async function savedValues(ctx: Ctx, h: Held, fields: Record<string, unknown>): Promise<Record<string, unknown>> {
  const values = await formValues(ctx, h, fields)
  if (asksScope(h.task)) refuseHidden(h.task, Object.keys(fields), formScope(h, { ...h.record.row, ...values }), f => f.label ?? labelsOf(h.entity)[f.name] ?? f.name)
  return values
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
