import { elevated, fail, storeChange, storeNew, type Ctx } from '@quancheng/kernel'

interface Link { id: string; campaign_id: string; campaign: string; state: string; customer_id: string; name: string; phone: string | null; mail: string | null; company: boolean; unit_id: string; owner_id: string | null; lead_id: string | null; opened_at: Date | null; responded_at: Date | null; offer: string | null; goal: string | null; off: boolean }

export async function linkOf(ctx: Ctx, token: string, forUpdate = false): Promise<Link> {
  const [row] = await ctx.query<Link & Record<string, unknown>>(
    `select m.id, m.campaign_id, k.name as campaign, k.state, m.customer_id, c.name, c.phone, c.mail, c.kind <> 'person' as company, c.unit_id, c.owner_id, m.lead_id, m.opened_at, m.responded_at, p.offer,
       coalesce((select x.given = 'no' from consent x where x.tenant_id = m.tenant_id and x.customer_id = m.customer_id and x.purpose = p.purpose order by x.at desc, x.id desc limit 1), false) as off
     from campaign_member m join campaign k on k.tenant_id = m.tenant_id and k.id = m.campaign_id join campaign_plan p on p.tenant_id = m.tenant_id and p.campaign_id = k.id join customer c on c.tenant_id = m.tenant_id and c.id = m.customer_id
     where m.tenant_id = $1 and m.token = $2${forUpdate ? ' for update of m' : ''}`, [ctx.tenant.id, token])
  return row ?? fail('CAMPAIGN_LINK')
}

const member = (ctx: Ctx, id: string, values: Record<string, unknown>): Promise<unknown> => storeChange(elevated(ctx, '客户的回应'), ctx.entities.get('campaignMember'), id, values)

/** The page was opened by a person: programs that look at links in mails run no script. The first time counts. */
export async function opened(ctx: Ctx, token: string): Promise<void> {
  const m = await linkOf(ctx, token, true)
  if (!m.opened_at) await member(ctx, m.id, { openedAt: ctx.now() })
}

/** The customer wants to be called: a lead of this campaign, at the customer's owner or as the rules of leads say. A second word is added to the first (MK-04). */
export async function responded(ctx: Ctx, token: string, o: { words: string; phone: string | null }): Promise<{ leadId: string }> {
  const m = await linkOf(ctx, token, true), sys = elevated(ctx, '营销线索'), entity = ctx.entities.get('lead')
  if (m.lead_id) {
    const [lead] = await ctx.query<{ needs: string | null }>('select needs from lead where tenant_id = $1 and id = $2', [ctx.tenant.id, m.lead_id])
    if (o.words && !lead?.needs?.includes(o.words)) await storeChange(sys, entity, m.lead_id, { needs: [lead?.needs, o.words].filter(Boolean).join('\n').slice(0, 1000) }, { act: 'again' })
    return { leadId: m.lead_id }
  }
  const phone = o.phone ?? m.phone
  const lead = await storeNew(sys, entity, { name: m.name.slice(0, 60), company: m.company ? m.name : null, phone, mail: m.mail, source: 'campaign', campaignId: m.campaign_id, needs: o.words || null, unitId: m.unit_id, ownerId: m.owner_id }, { act: 'fromCampaign' })
  await member(ctx, m.id, { respondedAt: ctx.now(), openedAt: m.opened_at ?? ctx.now(), leadId: lead.id })
  return { leadId: lead.id as string }
}

/** The customer wants no more of these: their own word, kept as consent withdrawn; every campaign obeys it. */
export async function leave(ctx: Ctx, token: string): Promise<void> {
  const m = await linkOf(ctx, token, true), sys = elevated(ctx, '客户退订')
  const [plan] = await ctx.query<{ purpose: string }>('select purpose from campaign_plan where tenant_id = $1 and campaign_id = $2', [ctx.tenant.id, m.campaign_id])
  if (!m.off) await storeNew(sys, ctx.entities.get('consent'), { customerId: m.customer_id, purpose: plan!.purpose, channel: 'any', given: 'no', at: ctx.now(), evidence: `在活动“${m.campaign}”的链接上退订` })
  await member(ctx, m.id, { state: 'left', nextAt: null })
}
