import { AppError, fail, requirePermission, type Ctx } from '@quancheng/kernel'
import { cancelCase, completeAny, pause, reachCase, reassign, reassignAny, release, releaseAny, resume, sendBack, urge } from '@quancheng/process'
import { sql } from 'kysely'
import type { CaseAct, CaseItem } from '../rules/acts.ts'
import { SEEN } from './places.ts'
import { reachable } from './reach.ts'

interface Place { state: string; entity: string | null; stepId: string | null; stepState: string | null; seen: string }

/** The case locked, as the caller may act on it: there, running, at the step they saw. */
async function placeOf(ctx: Ctx, item: CaseItem): Promise<Place> {
  await reachable(ctx, item.caseId)
  const { rows: [place] } = await sql<Place>`
    select i.state, i.entity, s.id as "stepId", s.state as "stepState", ${SEEN} as seen from process_instance i left join process_step s on s.tenant_id = i.tenant_id and s.instance_id = i.id and s.id = ${item.stepId ?? null}::uuid and s.kind <> 'vote'
    where i.tenant_id = ${ctx.tenant.id} and i.id = ${item.caseId} for update of i`.execute(ctx.db)
  if (!place || (item.stepId && !place.stepId)) return fail('NOT_FOUND', { id: item.stepId ?? item.caseId })
  if (place.state !== 'active') fail('CASE_OVER')
  if (place.stepState && !['waiting', 'active', 'paused'].includes(place.stepState)) fail('TASK_DONE', { id: item.stepId })
  if (item.seen && item.seen !== place.seen) fail('CHANGED_MEANWHILE', { id: item.caseId })
  return place
}

/** An approval is nobody's, its votes are: the one that is meant, where it is plain which. */
async function voteOf(ctx: Ctx, stepId: string, mine: boolean): Promise<string> {
  const votes = await ctx.query<{ id: string; assignee_id: string | null }>("select id, assignee_id from process_step where tenant_id = $1 and parent_id = $2 and state in ('waiting','active','paused') order by seq", [ctx.tenant.id, stepId])
  const own = votes.filter(v => v.assignee_id === ctx.user?.id)
  if (own.length === 1) return own[0]!.id
  return !mine && votes.length === 1 ? votes[0]!.id : stepId
}

/** One act on one case under the guards that it has everywhere else; the caller gives it a transaction of its own. */
export async function actOnOne(ctx: Ctx, act: CaseAct, item: CaseItem): Promise<void> {
  const place = await placeOf(ctx, item)
  const step = (): string => place.stepId ?? fail('CASE_ACT_NEEDS_STEP')
  const ofRecord = (): string => (place.entity ? step() : fail('CASE_ACT_NEEDS_RECORD'))
  switch (act.act) {
    case 'handOver': { const id = await voteOf(ctx, step(), false); return reassignAny(ctx, id, act.assigneeId, () => reassign(ctx, id, act.assigneeId, act.reason)) }
    case 'release': { const id = step(); return releaseAny(ctx, id, () => release(ctx, id)) }
    case 'urge': return urgeOne(ctx, item.caseId, place)
    case 'pause': return pause(ctx, ofRecord(), act.reason)
    case 'resume': return resume(ctx, ofRecord())
    case 'complete': { const id = step(); await completeAny(ctx, id, { ...(act.outcome ? { outcome: act.outcome } : {}), ...(act.comment ? { comment: act.comment } : {}) }); return }
    case 'sendBack': { ofRecord(); return sendBack(ctx, await voteOf(ctx, step(), true), { to: act.to, comment: act.comment }) }
    case 'cancel': { requirePermission(ctx.access, 'process:operate'); return cancelCase(ctx, item.caseId, act.reason) }
    default: throw new AppError('BAD_REQUEST', { reason: (act satisfies never as CaseAct).act })
  }
}

async function urgeOne(ctx: Ctx, caseId: string, place: Place): Promise<void> {
  if (!place.entity) fail('CASE_ACT_NEEDS_RECORD')
  const { reason, entity } = await reachCase(ctx, caseId)
  if (reason !== 'record' && reason !== 'starter') fail('FORBIDDEN', { permission: `${entity.name}:read` })
  await urge(ctx, caseId)
}
