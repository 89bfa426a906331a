import { elevated, schedule, storeChange, storeMany, storeNew, type Ctx } from '@quancheng/kernel'
import { campaignOf, planOf, stepsOf, type CampaignRow, type PlanRow, type StepRow } from './plan.ts'
import { JOB_WALK } from './jobs.ts'
import { doStep } from './step.ts'

/** So many at once: a transaction stays short, and people at work are not kept waiting. */
const ENROL = 500, STEPS = 100

export interface MemberRow { id: string; customer_id: string; occasion: string; unit_id: string | null; owner_id: string | null; position: number; responded_at: Date | null; token: string }

export const walkSoon = (ctx: Ctx, campaignId: string, dueAt: Date = ctx.now()): Promise<void> => schedule(ctx, { kind: JOB_WALK, key: campaignId, dueAt, payload: { campaignId } })

const days = (from: Date, n: number): Date => new Date(from.getTime() + n * 86_400_000)

/** Goes on at once, in a transaction of its own. Without a key: a job that asks for its own key at its own moment would be taken off the list as done. */
const goOn = (ctx: Ctx, campaignId: string): Promise<void> => schedule(ctx, { kind: JOB_WALK, dueAt: ctx.now(), payload: { campaignId } })

/** One stretch of the way of one campaign; it calls itself again while there is something to do. A paused or ended one does nothing. */
export async function walkJob(ctx: Ctx, payload: Record<string, unknown>): Promise<void> {
  const id = String(payload.campaignId), campaign = await campaignOf(ctx, id), plan = campaign && (await planOf(ctx, id))
  if (!plan || campaign.state !== 'running') return
  const steps = await stepsOf(ctx, id)
  if (await enrol(ctx, campaign, plan, steps)) return goOn(ctx, id)
  const due = await ctx.query<MemberRow & Record<string, unknown>>("select id, customer_id, occasion, unit_id, owner_id, position, responded_at, token from campaign_member where tenant_id = $1 and campaign_id = $2 and state = 'active' and next_at <= $3 order by next_at, id limit $4 for update skip locked", [ctx.tenant.id, id, ctx.now(), STEPS])
  for (const member of due) await walkOne(ctx, campaign, plan, steps, member)
  const [next] = await ctx.query<{ at: Date | null }>("select min(next_at) as at from campaign_member where tenant_id = $1 and campaign_id = $2 and state = 'active'", [ctx.tenant.id, id])
  if (next?.at) await (next.at <= ctx.now() ? goOn(ctx, id) : walkSoon(ctx, id, next.at))
}

/** The frozen audience becomes members, a stretch at a time. True: there was some left. */
async function enrol(ctx: Ctx, campaign: CampaignRow, plan: PlanRow, steps: readonly StepRow[]): Promise<boolean> {
  // by their ids: on a table that grew a moment ago a join would be planned for one row
  const next = await ctx.query<{ id: string }>('select customer_id as id from campaign_audience where tenant_id = $1 and campaign_id = $2 and not enrolled limit $3 for update skip locked', [ctx.tenant.id, campaign.id, ENROL])
  if (!next.length) return false
  const ids = next.map(r => r.id)
  const out = new Set((await ctx.query<{ customer_id: string; held_out: boolean }>('update campaign_audience set enrolled = true where tenant_id = $1 and campaign_id = $2 and customer_id = any($3) returning customer_id, held_out', [ctx.tenant.id, campaign.id, ids])).filter(r => r.held_out).map(r => r.customer_id))
  const rows = await ctx.query<{ id: string; unit_id: string; owner_id: string | null }>('select id, unit_id, owner_id from customer where tenant_id = $1 and id = any($2)', [ctx.tenant.id, ids])
  const begin = plan.start_at && plan.start_at > ctx.now() ? plan.start_at : ctx.now()
  await storeMany(elevated(ctx, '活动名单'), ctx.entities.get('campaignMember'), rows.map(r => ({ draft: {
    campaignId: campaign.id, customerId: r.id, occasion: 'list', unitId: r.unit_id, ownerId: r.owner_id, side: out.has(r.id) ? 'control' : 'target', state: out.has(r.id) ? 'held' : 'active', position: 1, nextAt: out.has(r.id) ? null : days(begin, steps[0]?.after_days ?? 0),
  } })))
  return true
}

/** On an event: one more, for this occasion; told of it again, nothing is added. */
export async function joinOne(ctx: Ctx, campaign: CampaignRow, steps: readonly StepRow[], customerId: string, occasion: string): Promise<void> {
  if ((await ctx.query('select 1 from campaign_member where tenant_id = $1 and campaign_id = $2 and customer_id = $3 and occasion = $4', [ctx.tenant.id, campaign.id, customerId, occasion])).length) return
  const [c] = await ctx.query<{ unit_id: string; owner_id: string | null }>('select unit_id, owner_id from customer where tenant_id = $1 and id = $2', [ctx.tenant.id, customerId])
  const nextAt = days(ctx.now(), steps[0]?.after_days ?? 0)
  await storeNew(elevated(ctx, '活动名单'), ctx.entities.get('campaignMember'), { campaignId: campaign.id, customerId, occasion, unitId: c?.unit_id ?? campaign.unit_id, ownerId: c?.owner_id ?? null, nextAt })
  const [first] = await ctx.query<{ at: Date | null }>("select min(next_at) as at from campaign_member where tenant_id = $1 and campaign_id = $2 and state = 'active'", [ctx.tenant.id, campaign.id])
  await walkSoon(ctx, campaign.id, first?.at ?? nextAt)
}

/** One member's step, and when the next one is due. The step and that it was done stand or fall together. */
async function walkOne(ctx: Ctx, campaign: CampaignRow, plan: PlanRow, steps: readonly StepRow[], m: MemberRow): Promise<void> {
  const sys = elevated(ctx, '营销活动'), at = steps.findIndex(s => s.position >= m.position), step = steps[at]
  const left = step && !(step.only_if === 'noReply' && m.responded_at) && (await doStep(ctx, campaign, plan, step, m)) === 'left'
  const next = step ? steps[at + 1] : undefined
  await storeChange(sys, ctx.entities.get('campaignMember'), m.id, left || !next
    ? { state: left ? 'left' : m.responded_at ? 'responded' : 'done', nextAt: null, position: next?.position ?? (step ? step.position + 1 : m.position) }
    : { position: next.position, nextAt: days(ctx.now(), next.after_days) })
}
