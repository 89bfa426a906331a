import { known, type Ctx, type OutboxEvent, type WatchedChange, type Wants } from '@quancheng/kernel'
import { sql } from 'kysely'
import { attribute } from './attribute.ts'
import { campaignOf, stepsOf } from './plan.ts'
import { compileRule } from './segment.ts'
import { joinOne } from './walk.ts'

interface Waiting { campaignId: string; stage: string; segmentId: string | null }

/** Running campaigns that begin on an event; without one, no change of a request is heard of. */
const waiting = (ctx: Ctx): Promise<readonly Waiting[]> => known(ctx, 'marketing/waiting', async () =>
  ctx.query<Waiting & Record<string, unknown>>("select p.campaign_id as \"campaignId\", p.trigger_stage as stage, p.segment_id as \"segmentId\" from campaign_plan p where p.tenant_id = $1 and p.trigger = 'stage' and p.live", [ctx.tenant.id]))

/** Has this company begun a campaign for an audience? Else no order is looked at. */
const begun = (ctx: Ctx): Promise<boolean> => known(ctx, 'marketing/begun', async () => (await ctx.query('select 1 from campaign_plan where tenant_id = $1 and frozen_at is not null limit 1', [ctx.tenant.id])).length > 0)

const changed = (field: string) => (e: { how: string; fields: readonly string[] }): boolean => e.how === 'changed' && e.fields.includes(field)

export async function marketingWants(ctx: Ctx): Promise<Wants> {
  return new Map([...((await waiting(ctx)).length ? [['serviceRequest', changed('stage')] as const] : []), ...((await begun(ctx)) ? [['salesOrder', changed('state')] as const] : [])])
}

export const onMarketingChange = (ctx: Ctx, e: OutboxEvent & { change: WatchedChange }): Promise<void> => (e.entity === 'salesOrder' ? attribute(ctx, e.recordId) : onStageEntered(ctx, e))

/** A request has entered a stage that a running campaign waits for: its customer is in it once for this request. */
async function onStageEntered(ctx: Ctx, e: OutboxEvent): Promise<void> {
  const [r] = await ctx.query<{ stage: string; customer_id: string | null }>('select stage, customer_id from service_request where tenant_id = $1 and id = $2', [ctx.tenant.id, e.recordId])
  if (!r?.customer_id) return
  for (const w of await waiting(ctx)) {
    if (w.stage !== r.stage) continue
    const campaign = await campaignOf(ctx, w.campaignId)
    if (campaign?.state !== 'running') continue
    if (w.segmentId) {
      const [segment] = await ctx.query<{ rule: unknown }>('select rule from segment where tenant_id = $1 and id = $2', [ctx.tenant.id, w.segmentId])
      const { rows } = await sql`select 1 from customer as t where t.id = ${r.customer_id} and ${compileRule(ctx, segment?.rule)}`.execute(ctx.db)
      if (!rows.length) continue
    }
    await joinOne(ctx, campaign, await stepsOf(ctx, campaign.id), r.customer_id, e.recordId)
  }
}
