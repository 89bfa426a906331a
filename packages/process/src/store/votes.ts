import { addComment, elevated, fail, storeChange, type Ctx } from '@quancheng/kernel'
import { tally, type Answer, type Tally, type Vote } from '../approval/rules.ts'
import type { NextMove } from '../engine/index.ts'
import type { ApprovalSpec } from '../model/index.ts'
import { closeAlarms } from './alarms.ts'
import { chosenMove, movesOf, type Completed, type CompleteInput, type FinishStep } from './complete.ts'
import { behalfNote, plain, requireActor, workOf, type Held } from './held.ts'
import type { Loaded, StepData, StepRow } from './load.ts'
import { ruleOf, tellPeople } from './open-votes.ts'
import { minutesUsed } from './standard.ts'

const answerOf = (spec: ApprovalSpec, outcome: string | null): Answer | null => (outcome === spec.approve ? 'approve' : outcome === spec.reject ? 'reject' : null)

/** The votes of an approval that count: given, possible now, or to come. The caller holds the case. */
export const votesOf = (ctx: Ctx, parentId: string): Promise<StepRow[]> =>
  ctx.query<StepRow>("select * from process_step where tenant_id = $1 and parent_id = $2 and state <> 'cancelled' order by seq", [ctx.tenant.id, parentId], 'votes_of')

export const asVotes = (spec: ApprovalSpec, rows: readonly StepRow[]): Vote[] =>
  rows.map(r => ({ id: r.id, seat: r.data.vote?.seat ?? r.seq, place: r.data.vote?.place ?? 0, answer: r.state === 'done' ? answerOf(spec, r.outcome) : null }))

/** Those whose turn has come are in an inbox from now on, those whose turn has gone back wait again. */
export function openTurns(ctx: Ctx, caseId: string, rows: readonly StepRow[], t: Tally): void {
  const come = rows.filter(r => r.state === 'queued' && t.open.includes(r.id)), gone = rows.filter(r => r.state === 'active' && !t.open.includes(r.id))
  if (come.length) ctx.send("update process_step set state = 'active', entered_at = $3, started_at = $3 where tenant_id = $1 and id = any($2)", [ctx.tenant.id, come.map(r => r.id), ctx.now()], 'votes_come')
  if (gone.length) ctx.send("update process_step set state = 'queued' where tenant_id = $1 and id = any($2)", [ctx.tenant.id, gone.map(r => r.id)], 'votes_gone')
  tellPeople(ctx, caseId, come.flatMap(r => r.assignee_id ?? []))
}

/**
 * One approver answers. Nothing is decided until the answers of all together decide; then the approval is completed with what they decided, in
 * this very act, by the road of any other step, and whoever has not answered need not any more. The case is locked: of two who answer
 * at once the second finds the first one's answer.
 */
export async function castVote(ctx: Ctx, h: Held, input: CompleteInput, finish: FinishStep): Promise<Completed> {
  const { step, parent, entity, record, loaded } = h
  const spec = h.task.approval
  if (!parent || !spec) return fail('TASK_DONE', { id: step.id, name: step.name })
  await requireActor(ctx, h)
  const work = await workOf(ctx, h, input)
  const moves = movesOf(h, work.merged)
  const move = chosenMove(moves, input)
  const allowed = moves.map(m => m.target.name)
  const missing = work.missing(move?.outcome ?? null, input.comment)
  if (missing.length) fail('ACTIVITY_UNFINISHED', { missing, allowed, stage: step.name })
  if (!move) return fail('MOVE_NOT_ALLOWED', { to: input.to ?? input.outcome ?? '', allowed })
  const data: StepData = { ...step.data, ticked: work.ticked, ...(Object.keys(work.typed).length ? { fields: plain(entity, work.typed) } : {}), ...(input.comment ? { comment: input.comment } : {}), ...(h.behalf ? { for: h.behalf.id } : {}) }
  const { decided, open, note, minutes, late } = await giveVote(ctx, { loaded, step, parent, spec, moves, move, allowed, data })
  if (decided) return finish(ctx, { ...h, step: parent }, { move: decided, values: work.values, merged: work.merged, data: { ...parent.data, ticked: work.ticked }, comment: input.comment, variables: loaded.instance.variables, answer: answerOf(spec, decided.outcome)!, note })
  await storeChange(elevated(ctx, 'process'), entity, record.row.id as string, work.values, { act: 'vote', locked: record, note: { step: step.name, ...note, minutes, ...(input.comment ? { comment: input.comment } : {}), ...behalfNote(ctx, h) } })
  if (input.comment?.trim()) await addComment(ctx, entity.name, record.row.id as string, input.comment.trim().slice(0, 4000))
  return { stage: step.name, ended: false, next: [], minutes, late, pending: { votes: open } }
}

export interface Giving { loaded: Loaded; step: StepRow; parent: StepRow; spec: ApprovalSpec; moves: readonly NextMove[]; move: NextMove; allowed: readonly string[]; data: StepData }
/** `decided`: what all the answers together come to; `open`: else the votes that can be given next. `note`: for the record's history. */
export interface Given { decided: NextMove | null; open: string[]; note: Record<string, unknown>; minutes: number; late: boolean }

/** Writes one answer, and sees what all of them decide. Whatever else belongs to it (the record, the history) is the caller's. */
export async function giveVote(ctx: Ctx, g: Giving): Promise<Given> {
  const { loaded, step, parent, spec, moves, move, allowed } = g
  if (!answerOf(spec, move.outcome)) return fail('MOVE_NOT_ALLOWED', { to: move.outcome ?? '', allowed })
  const now = ctx.now(), me = ctx.user?.id ?? null
  const minutes = await minutesUsed(ctx, step.clock ?? 'business', step.entered_at, now, [])
  const late = step.due_at !== null && now > step.due_at
  ctx.send("update process_step set state = 'done', finished_at = $3, finished_by = $4, outcome = $5, minutes = $6, late = $7, data = $8 where tenant_id = $1 and id = $2", [ctx.tenant.id, step.id, now, me, move.outcome, minutes, late, JSON.stringify(g.data)], 'vote_done')
  await closeAlarms(ctx, [step.id], ['urge'], loaded.alarms)
  const rows = await votesOf(ctx, parent.id)
  const t = tally(ruleOf(spec), asVotes(spec, rows))
  const vote = { vote: move.label, yes: t.yes, no: t.no, of: t.seats }
  if (t.decided) {
    const rest = rows.filter(r => r.state === 'active' || r.state === 'queued')
    if (rest.length) ctx.send("update process_step set state = 'cancelled', finished_at = $3 where tenant_id = $1 and id = any($2)", [ctx.tenant.id, rest.map(r => r.id), now], 'votes_rest')
    await closeAlarms(ctx, rest.map(r => r.id), ['urge'], loaded.alarms)
    tellPeople(ctx, loaded.instance.id, rest.flatMap(r => r.assignee_id ?? []))
    const decided = moves.find(m => answerOf(spec, m.outcome) === t.decided) ?? fail('MOVE_NOT_ALLOWED', { to: t.decided, allowed })
    return { decided, open: [], note: vote, minutes, late }
  }
  openTurns(ctx, loaded.instance.id, rows, t)
  return { decided: null, open: t.open, note: vote, minutes, late }
}
