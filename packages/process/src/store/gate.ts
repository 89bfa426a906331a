import { addComment, elevated, fail, storeChange, type Ctx } from '@quancheng/kernel'
import { begin, prepareStart } from './begin.ts'
import type { Completed, CompleteInput } from './complete.ts'
import { completeFree } from './free.ts'
import { behalfNote, type Held } from './held.ts'
import { loadInstance, type Gate, type Loaded, type OnEnd, type StepData, type StepRow } from './load.ts'
import { tellPeople } from './open-votes.ts'

/*
 * A gate: what a person wants done waits until another process has agreed. Locks are taken in one direction only, the agreeing case first and
 * then the one that waits, because a step cannot be moved on while it waits.
 */

/** Acts that may wait for an approval, by name; a module registers them in `runtime.services` under `gated.<name>`. */
export type GatedAct = (ctx: Ctx, o: { entity: string; recordId: string; payload: unknown; by: string | null }) => Promise<void>
export const gatedService = (act: string): string => `gated.${act}`

/** Starts the process that must agree; the step keeps what is wanted, with everything typed and ticked. */
export async function askGate(ctx: Ctx, h: Held, o: { gate: string; outcome: string; label: string; data: StepData; values: Record<string, unknown>; comment: string | undefined }): Promise<Completed> {
  const { step, entity, record, loaded } = h
  const caseId = await startGate(ctx, { key: o.gate, entity: entity.name, record: { ...record.row, ...o.values }, unitId: loaded.instance.unit_id, onEnd: { step: step.id } })
  const gate: Gate = { caseId, process: o.gate, outcome: o.outcome, ...(o.comment ? { comment: o.comment } : {}), by: ctx.user?.id ?? null, at: ctx.now().toISOString() }
  ctx.send("update process_step set data = $3, state = case when state = 'waiting' then 'active' else state end, assignee_id = coalesce(assignee_id, $4), started_at = coalesce(started_at, $5) where tenant_id = $1 and id = $2",
    [ctx.tenant.id, step.id, JSON.stringify({ ...o.data, gate }), ctx.user?.id ?? null, ctx.now()])
  await storeChange(elevated(ctx, 'process'), entity, record.row.id as string, o.values, { act: 'askApproval', locked: record, note: { step: step.name, outcome: o.label, ...(o.comment ? { comment: o.comment } : {}), ...behalfNote(ctx, h) } })
  return { stage: step.name, ended: false, next: [], minutes: 0, late: false, pending: { gate: caseId } }
}

/** The same for a task without a record: the process that must agree runs on none either, and reads the case's variables. */
export async function askFreeGate(ctx: Ctx, loaded: Loaded, step: StepRow, o: { gate: string; outcome: string; data: StepData; fields: Record<string, unknown>; comment: string | undefined }): Promise<Completed> {
  const { instance } = loaded
  const prepared = await prepareStart(ctx, o.gate, { ...instance.variables, ...o.fields }, null, instance.unit_id)
  if (prepared.definition.process!.binding) fail('START_NEEDS_RECORD', { name: prepared.definition.name })
  const { instanceId } = await begin(ctx, prepared, { entity: null, record: null, unitId: instance.unit_id, label: instance.label ?? prepared.definition.name, startedBy: ctx.user?.id ?? null, onEnd: { step: step.id } })
  const gate: Gate = { caseId: instanceId, process: o.gate, outcome: o.outcome, ...(o.comment ? { comment: o.comment } : {}), by: ctx.user?.id ?? null, at: ctx.now().toISOString() }
  ctx.send("update process_step set data = $3, state = case when state = 'waiting' then 'active' else state end, assignee_id = coalesce(assignee_id, $4), started_at = coalesce(started_at, $5) where tenant_id = $1 and id = $2",
    [ctx.tenant.id, step.id, JSON.stringify({ ...o.data, gate }), ctx.user?.id ?? null, ctx.now()])
  return { stage: step.name, ended: false, next: [], minutes: 0, late: false, pending: { gate: instanceId } }
}

/** An act of a module that waits for an approval: it is carried out when the case agrees, dropped with a note when it does not. */
export const askFirst = (ctx: Ctx, o: { key: string; entity: string; record: Record<string, unknown>; unitId: string | null; act: string; payload: unknown }): Promise<string> =>
  startGate(ctx, { ...o, onEnd: { act: o.act, payload: o.payload, by: ctx.user?.id ?? null } })

async function startGate(ctx: Ctx, o: { key: string; entity: string; record: Record<string, unknown>; unitId: string | null; onEnd: OnEnd }): Promise<string> {
  const [running] = await ctx.query<{ id: string }>("select i.id from process_instance i join process_definition d on d.tenant_id = i.tenant_id and d.id = i.definition_id where i.tenant_id = $1 and i.record_id = $2 and i.entity = $3 and d.key = $4 and i.state = 'active'", [ctx.tenant.id, o.record.id, o.entity, o.key])
  if (running) return fail('CASE_RUNNING', { key: o.key })
  const prepared = await prepareStart(ctx, o.key, {}, null, o.unitId)
  const { instanceId } = await begin(ctx, prepared, { entity: o.entity, record: o.record, unitId: o.unitId, label: String(o.record.number ?? prepared.definition.name), startedBy: ctx.user?.id ?? null, onEnd: o.onEnd })
  return instanceId
}

/** The last approval of a case that ended by itself decides; one without any approval agrees. */
async function lastAnswer(ctx: Ctx, loaded: Loaded): Promise<'approve' | 'reject'> {
  const [last] = await ctx.query<{ node_id: string; outcome: string | null }>(
    "select s.node_id, s.outcome from process_step s where s.tenant_id = $1 and s.instance_id = $2 and s.kind = 'user' and s.state = 'done' and exists (select 1 from process_step v where v.tenant_id = s.tenant_id and v.parent_id = s.id) order by s.finished_at desc, s.seq desc limit 1", [ctx.tenant.id, loaded.instance.id])
  const node = last ? loaded.definition.process!.nodes[last.node_id] : null
  return node?.type === 'userTask' && node.task.approval && last!.outcome === node.task.approval.reject ? 'reject' : 'approve'
}

/** A case that gated something has ended: what waited is carried out, or dropped with a note. `answer` null: ask the history. */
export async function caseEnded(ctx: Ctx, loaded: Loaded, answer: 'approve' | 'reject' | null, completeStep: (ctx: Ctx, stepId: string, input: CompleteInput) => Promise<Completed>): Promise<void> {
  const { on_end: onEnd, entity, record_id: recordId } = loaded.instance
  if (!onEnd || ('act' in onEnd && (!entity || !recordId))) return
  const agreed = (answer ?? await lastAnswer(ctx, loaded)) === 'approve'
  const name = loaded.definition.name
  if ('act' in onEnd) {
    if (!entity || !recordId) return
    if (!agreed) return drop(ctx, entity, recordId, name, onEnd.act)
    const act = ctx.runtime.services.get(gatedService(onEnd.act)) as GatedAct | undefined
    return act ? act(elevated(ctx, `审批通过：${name}`), { entity, recordId, payload: onEnd.payload, by: onEnd.by }) : fail('NOT_FOUND', { act: onEnd.act })
  }
  const [step] = await ctx.query<{ instance_id: string }>('select instance_id from process_step where tenant_id = $1 and id = $2', [ctx.tenant.id, onEnd.step])
  const waiting = step ? await loadInstance(ctx, step.instance_id) : null
  const live = waiting?.live.find(s => s.id === onEnd.step)
  const gate = live?.data.gate
  // a timer may have taken the step away meanwhile
  if (!live || !gate) return entity && recordId ? drop(ctx, entity, recordId, name, live?.name ?? '') : undefined
  if (agreed) { await (waiting!.instance.entity ? completeStep : completeFree)(elevated(ctx, `审批通过：${name}`), live.id, { outcome: gate.outcome, ...(gate.comment ? { comment: gate.comment } : {}) }); return }
  await ctx.query("update process_step set data = data - 'gate' where tenant_id = $1 and id = $2", [ctx.tenant.id, live.id])
  if (entity && recordId) await drop(ctx, entity, recordId, name, live.name)
  else tellPeople(ctx, waiting!.instance.id, gate.by ? [gate.by] : [])
}

async function drop(ctx: Ctx, entity: string, recordId: string, process: string, what: string): Promise<void> {
  await storeChange(elevated(ctx, 'process'), ctx.entities.get(entity), recordId, {}, { act: 'approvalRefused', note: { process, step: what } })
  await addComment(ctx, entity, recordId, `${process}没有通过，“${what}”没有办理。`)
}
