import { addComment, AppError, elevated, fail, lock, requirePermission, storeChange, type Ctx } from '@quancheng/kernel'
import { completeTask, findMove, type NextMove } from '../engine/index.ts'
import { closeAlarms } from './alarms.ts'
import { engineActOn } from './task-incident.ts'
import { askGate, caseEnded } from './gate.ts'
import { behalfNote, heldStep, holdStep, plain, requireActor, withDemands, workOf, type Held } from './held.ts'
import { loadInstancesOf, type Loaded, type StepData } from './load.ts'
import { movesFrom } from './moves.ts'
import { persist, type Opened } from './persist.ts'
import { placeOf } from './place.ts'
import { minutesUsed } from './standard.ts'
import { castVote } from './votes.ts'

export interface CompleteInput {
  /** id of an outcome; or `to`: what it leads to, by name or node id */
  outcome?: string | null | undefined
  to?: string | undefined
  fields?: Record<string, unknown> | undefined
  ticked?: readonly string[] | undefined
  comment?: string | undefined
}
/** `pending`: the case that must agree first, or (an approval) the others whose answers are awaited. */
export interface Completed { stage: string; ended: boolean; next: Opened[]; minutes: number; late: boolean; pending?: { gate: string } | { votes: string[] } }

/**
 * Finishes a step and moves the case on. Nothing is stored unless everything that the stage demands is there: the refusal names
 * what is missing and where the case could go (SP-04). Single, bulk, import and machine callers all come through here (SP-05).
 */
export const completeStep = async (ctx: Ctx, stepId: string, input: CompleteInput, among?: Loaded): Promise<Completed> => completeHeld(ctx, await holdStep(ctx, stepId, false, among), input)

async function completeHeld(ctx: Ctx, h: Held, input: CompleteInput): Promise<Completed> {
  const { loaded, step, entity } = h
  if (step.kind === 'vote') return castVote(ctx, h, input, finish)
  await requireActor(ctx, h)
  if (step.state === 'paused') fail('TASK_PAUSED', { reason: step.pauses.at(-1)?.reason ?? '' })
  if (step.data.gate && !ctx.access.system) fail('GATE_PENDING', { name: step.name })
  const work = await workOf(ctx, h, input)
  const moves = movesOf(h, work.merged)
  const move = chosenMove(moves, input)
  const allowed = moves.map(m => m.target.name)
  const missing = work.missing(move?.outcome ?? null, input.comment)
  if (missing.length) fail('ACTIVITY_UNFINISHED', { missing, allowed, stage: step.name })
  if (!move) return fail('MOVE_NOT_ALLOWED', { to: input.to ?? input.outcome ?? '', allowed })
  const data: StepData = { ...step.data, ticked: work.ticked, fields: { ...step.data.fields, ...plain(entity, work.typed) }, ...(input.comment ? { comment: input.comment } : {}), ...(h.behalf ? { for: h.behalf.id } : {}) }
  const gate = h.task.outcomes.find(o => o.id === move.outcome)?.gate
  if (gate && !step.data.gate) return askGate(ctx, h, { gate, outcome: move.outcome!, label: move.label, data, values: work.values, comment: input.comment })
  return finish(ctx, h, { move, values: work.values, merged: work.merged, data, comment: input.comment, variables: loaded.instance.variables })
}

export const movesOf = (h: Held, merged: Record<string, unknown>): NextMove[] => movesFrom(h.loaded, h.parent ?? h.step, h.task, { ...h.loaded.instance.variables, ...plain(h.entity, merged) })

export interface Finish { move: NextMove; values: Record<string, unknown>; merged: Record<string, unknown>; data: StepData; comment: string | undefined; variables: Record<string, unknown>; /** of an approval: what its votes decided */ answer?: 'approve' | 'reject'; note?: Record<string, unknown> }
export type FinishStep = (ctx: Ctx, h: Held, f: Finish) => Promise<Completed>

/** The single road out of a step: what was checked before is stored, the engine goes on, the record and its history follow. */
const finish: FinishStep = async (ctx, h, f) => {
  const { loaded, step, entity, record } = h
  // what waited for an approval is still the act of whoever wanted it
  const now = ctx.now(), actor = step.data.gate?.by ?? ctx.user?.id ?? null
  const process = loaded.definition.process!
  const effects = await engineActOn(ctx, loaded, step, () => completeTask(process, { ...loaded.state, variables: { ...f.variables, ...plain(entity, f.merged) } }, step.id, { outcome: f.move.outcome, ...(step.data.called === undefined ? {} : { variables: plain(entity, f.values) }) }, loaded.env))
  const minutes = await minutesUsed(ctx, step.clock ?? 'business', step.entered_at, now, step.pauses)
  const late = step.due_at !== null && now > step.due_at
  stepDone(ctx, step.id, { by: actor, outcome: f.move.outcome, minutes, late, data: f.data })
  const opened = await persist(ctx, loaded, effects, { finishedBy: actor, record: f.merged, written: step.id })
  const recordId = record.row.id as string
  // a case that is over has nobody to reach any more
  if (effects.end) await closeAlarms(ctx, [recordId], ['unreachable'], loaded.alarms)
  await storeChange(elevated(ctx, 'process'), entity, recordId, { ...f.values, ...placeOf(loaded, entity, effects, opened, record.row, actor) }, {
    act: 'move', locked: record,
    note: {
      step: step.name, outcome: f.move.label, to: f.move.target.name, minutes, ...(late ? { late } : {}), ...(f.comment ? { comment: f.comment } : {}), ended: Boolean(effects.end), next: opened.map(s => s.nodeId),
      ...behalfNote(ctx, h), ...f.note,
    },
  })
  if (f.comment?.trim()) await addComment(ctx, entity.name, recordId, f.comment.trim().slice(0, 4000))
  if (effects.end) await caseEnded(ctx, loaded, effects.end.how === 'completed' ? f.answer ?? null : 'reject', completeStep)
  return { stage: f.move.target.name, ended: Boolean(effects.end), next: opened, minutes, late }
}

/** A person's step is over: what they did, in one write of its row. */
export function stepDone(ctx: Ctx, id: string, d: { by: string | null; outcome: string | null; minutes: number; late: boolean; data: StepData }): void {
  ctx.send(
    `update process_step set state = 'done', assignee_id = coalesce(assignee_id, $3), started_at = coalesce(started_at, $4), finished_at = $4, finished_by = $3, outcome = $5, minutes = $6, late = $7, data = $8 where tenant_id = $1 and id = $2`,
    [ctx.tenant.id, id, d.by, ctx.now(), d.outcome, d.minutes, d.late, JSON.stringify(d.data)], 'step_done')
}

export function chosenMove(moves: readonly NextMove[], input: CompleteInput): NextMove | null {
  const wanted = input.outcome ?? input.to
  if (wanted === undefined || wanted === null) return moves.length === 1 ? moves[0]! : null
  return input.outcome ? moves.find(m => m.outcome === input.outcome) ?? null : findMove(moves, wanted)
}

/** Moves a record by where it should go: finds its open step. The single road of `move`, bulk moves and the board's drag. */
export async function moveRecord(ctx: Ctx, entityName: string, recordId: string, input: CompleteInput): Promise<Completed> {
  const entity = ctx.entities.get(entityName)
  requirePermission(ctx.access, `${entityName}:move`, entity)
  // sent together, the case first as everywhere; a record out of scope reads as not found before anything is said of its case
  const [cases, record] = await Promise.all([loadInstancesOf(ctx, entityName, recordId), lock(ctx, entity, recordId, 'move')])
  const held = cases.flatMap(loaded => loaded.live.filter(s => s.kind === 'user').map(s => heldStep(ctx, loaded, s, entity, record)))
  // what several people answer is not moved by one; it is refused as such only where nothing else could be meant
  const h = held.find(x => !x.task.approval) ?? held[0]
  if (h) return completeHeld(ctx, await withDemands(ctx, h), input)
  throw new AppError('NO_CASE', { id: recordId })
}
