import { CHANNEL, fail, newId, notice, type Ctx } from '@quancheng/kernel'
import { tally, type ApprovalRule } from '../approval/rules.ts'
import type { NewStep } from '../engine/index.ts'
import type { ApprovalSpec, Standard } from '../model/index.ts'
import { approversOf } from './approvers.ts'
import type { Loaded, VotePlace } from './load.ts'
import type { Deadline } from './standard.ts'

export const ruleOf = (a: ApprovalSpec): ApprovalRule => ({ mode: a.mode, share: a.share, veto: a.veto })

export interface NewVote { parentId: string; instanceId: string; nodeId: string; name: string; unitId: string | null; seq: number; assigneeId: string; open: boolean; place: VotePlace; standardMinutes: number | string | null; warnPercent: number | null; clock: string | null; warnAt: Date | null; dueAt: Date | null; tentative: boolean }

/** One vote: a row that inboxes and histories show and the engine never sees. */
export function storeVote(ctx: Ctx, v: NewVote): string {
  const id = newId(), now = ctx.now()
  ctx.send(
    `insert into process_step (tenant_id, id, parent_id, instance_id, seq, node_id, name, kind, unit_id, assignee_id, state, entered_at, started_at, standard_minutes, warn_percent, clock, warn_at, due_at, tentative, data)
     values ($1,$2,$3,$4,$5,$6,$7,'vote',$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19)`,
    [ctx.tenant.id, id, v.parentId, v.instanceId, v.seq, v.nodeId, v.name, v.unitId, v.assigneeId, v.open ? 'active' : 'queued', now, v.open ? now : null, v.standardMinutes, v.warnPercent, v.clock, v.warnAt, v.dueAt, v.tentative, JSON.stringify({ vote: v.place })], 'vote_open')
  return id
}

/** Opens an approval: one vote for everybody asked. Refused where nobody can be asked, for the case would stand still unseen. */
export async function openVotes(ctx: Ctx, loaded: Loaded, o: { parent: NewStep; approval: ApprovalSpec; record: Record<string, unknown>; firstSeq: number; standard: Standard | null; deadline: Deadline | null }): Promise<{ rows: number; open: string[] }> {
  const { instance } = loaded
  const who = await approversOf(ctx, o.approval.who, { unitId: instance.unit_id, startedBy: instance.started_by, record: o.record })
  if (!who.length) fail('NO_APPROVER', { name: o.parent.name })
  const first = new Set(tally(ruleOf(o.approval), who.map((id, seat) => ({ id, seat, place: 0, answer: null }))).open)
  who.forEach((assigneeId, seat) => {
    storeVote(ctx, {
      parentId: o.parent.id, instanceId: instance.id, nodeId: o.parent.nodeId, name: o.parent.name, unitId: instance.unit_id, seq: o.firstSeq + seat, assigneeId, open: first.has(assigneeId), place: { seat, place: 0 },
      standardMinutes: o.standard?.minutes ?? null, warnPercent: o.standard?.warnPercent ?? null, clock: o.standard?.clock ?? null, warnAt: o.deadline?.warnAt ?? null, dueAt: o.deadline?.dueAt ?? null, tentative: o.deadline?.tentative ?? false,
    })
  })
  tellPeople(ctx, instance.id, [...first])
  return { rows: who.length, open: [...first] }
}

/** Their open pages hear that something waits for them, whether or not they may read such records. */
export function tellPeople(ctx: Ctx, caseId: string, people: readonly string[]): void {
  if (people.length) ctx.send('select pg_notify($1, $2)', [CHANNEL, notice(ctx.tenant.id, 'task', caseId, null, 'task', ctx.now(), false, people)], 'tell_people')
}
