import { newId, unschedule, type Ctx } from '@quancheng/kernel'

export type How = 'rule' | 'hand' | 'take' | 'own'
export type Ended = 'back' | 'unread' | 'idle' | 'moved' | 'converted' | 'discarded'
export const JOB_UNREAD = 'sales.leadUnread', JOB_IDLE = 'sales.leadIdle'

/** Somebody has the lead from now on. The unique index on open turns keeps it one at a time. */
export const beginTurn = (ctx: Ctx, t: { leadId: string; personId: string; how: How; ruleId?: string | null }): void =>
  ctx.send('insert into lead_turn (tenant_id, id, lead_id, person_id, rule_id, how, began_at) values ($1, $2, $3, $4, $5, $6, $7)', [ctx.tenant.id, newId(), t.leadId, t.personId, t.ruleId ?? null, t.how, ctx.now()], 'lead_turn_new')

/** Nobody watches its clocks any more. */
export async function endTurn(ctx: Ctx, leadId: string, ended: Ended): Promise<void> {
  ctx.send('update lead_turn set ended_at = $3, ended = $4 where tenant_id = $1 and lead_id = $2 and ended_at is null', [ctx.tenant.id, leadId, ctx.now(), ended], 'lead_turn_end')
  await unschedule(ctx, [JOB_UNREAD, JOB_IDLE], [leadId])
}

/** The first contact of this turn: what the analysis calls the time to it. */
export const contacted = (ctx: Ctx, leadId: string): void =>
  ctx.send('update lead_turn set contact_at = $3 where tenant_id = $1 and lead_id = $2 and ended_at is null and contact_at is null', [ctx.tenant.id, leadId, ctx.now()], 'lead_turn_contact')
