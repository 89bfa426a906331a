import { create, elevated, fail, lock, storeChange, type Ctx } from '@quancheng/kernel'
import { openOpportunity } from './open.ts'
import { requireOpen } from './leads.ts'
import { endTurn } from './turns.ts'

export interface Convert {
  customerId?: string | null | undefined
  /** of a new customer */
  name?: string | undefined; kind?: 'person' | 'company' | undefined
  /** a new customer although one like it is there */
  sure?: boolean | undefined
  contact?: { name: string; title?: string | null | undefined } | null | undefined
  opportunity?: { name: string; amount: unknown; closeOn: unknown } | null | undefined
}

/** Customers that may be the same: by telephone or mail, or by the very name of a company. Only what the caller may read is named. */
async function doublesOf(ctx: Ctx, o: { name: string; kind: string; phone: string | null; mail: string | null }): Promise<string[]> {
  const rows = await ctx.query<{ name: string }>("select name from customer where tenant_id = $1 and merged_into_id is null and ((phone is not null and phone = $2) or (mail is not null and mail = $3) or ($4 = 'company' and lower(name) = lower($5))) limit 5", [ctx.tenant.id, o.phone, o.mail, o.kind, o.name])
  return rows.map(r => r.name)
}

/** A lead becomes a customer, a contact and a deal in one act; its record stays and points to them (SA-01). */
export async function convertLead(ctx: Ctx, id: string, o: Convert): Promise<{ customerId: string; contactId: string | null; opportunityId: string | null }> {
  const found = await lock(ctx, ctx.entities.get('lead'), id, 'update')
  requireOpen(found)
  const l = found.row as Record<string, string | null>
  if (!l.ownerId) fail('LEAD_NOT_MINE')
  const kind = o.kind ?? (l.company ? 'company' : 'person'), name = o.name?.trim() || l.company || l.name!
  let customerId = o.customerId ?? null
  if (customerId) await lock(ctx, ctx.entities.get('customer'), customerId, 'read', { forUpdate: false })
  else {
    const like = o.sure ? [] : await doublesOf(ctx, { name, kind, phone: l.phone ?? null, mail: l.mail ?? null })
    if (like.length) fail('LEAD_DOUBLE', { names: like.join('、') })
    const made = await create(ctx, ctx.entities.get('customer'), {
      name, kind, unitId: l.unitId, ownerId: l.ownerId, standing: 'prospect', province: l.province, city: l.city, ...(l.source === 'web' || l.source === 'referral' ? { source: l.source } : {}), ...(kind === 'person' ? { phone: l.phone, mail: l.mail } : {}),
    })
    customerId = made.id
  }
  const contact = o.contact ?? (kind === 'company' || o.customerId ? { name: l.name! } : null)
  const contactId = contact ? await contactOf(ctx, customerId, contact, l) : null
  const deal = o.opportunity ? await openOpportunity(ctx, { name: o.opportunity.name, amount: o.opportunity.amount, closeOn: o.opportunity.closeOn, customerId, contactId, unitId: l.unitId, ownerId: l.ownerId, campaignId: l.campaignId, productId: l.productId }) : null
  const sys = elevated(ctx, '线索转化')
  if (deal) await storeChange(sys, ctx.entities.get('opportunity'), deal.id as string, { leadId: id, source: ctx.entities.get('lead').fields.get('source')!.options!.find(x => x.value === l.source)?.label[0] ?? null }, { act: 'fromLead' })
  await storeChange(sys, ctx.entities.get('lead'), id, { state: 'converted', customerId, opportunityId: (deal?.id as string | undefined) ?? null, convertedAt: ctx.now(), ...(l.readAt ? {} : { readAt: ctx.now() }) }, { act: 'convert', locked: found })
  await endTurn(ctx, id, 'converted')
  // what was done for the lead is part of the customer's story from here on
  for (const e of await ctx.query<{ id: string }>('select id from engagement where tenant_id = $1 and lead_id = $2', [ctx.tenant.id, id])) {
    await storeChange(sys, ctx.entities.get('engagement'), e.id, { customerId, contactId, opportunityId: (deal?.id as string | undefined) ?? null }, { act: 'convert' })
  }
  return { customerId, contactId, opportunityId: (deal?.id as string | undefined) ?? null }
}

async function contactOf(ctx: Ctx, customerId: string, contact: { name: string; title?: string | null | undefined }, l: Record<string, string | null>): Promise<string> {
  const [there] = l.phone ? await ctx.query<{ id: string }>('select id from contact where tenant_id = $1 and customer_id = $2 and phone = $3 and until is null limit 1', [ctx.tenant.id, customerId, l.phone]) : []
  return there?.id ?? (await create(ctx, ctx.entities.get('contact'), { customerId, name: contact.name, title: contact.title ?? null, phone: l.phone, mail: l.mail })).id
}
