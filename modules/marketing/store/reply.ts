import { elevated, normalise, storeNew, type Ctx } from '@quancheng/kernel'
import { wantsOut } from '../rules/reply.ts'
import { leave, responded } from './response.ts'

/** Nobody's word for or against marketing is needed twice; where none was given, the no is kept: it may be asked for later. */
const saysYes = async (ctx: Ctx, customerId: string): Promise<boolean> => (await ctx.query<{ given: string }>("select given from consent where tenant_id = $1 and customer_id = $2 and purpose = 'marketing' order by at desc, id desc limit 1", [ctx.tenant.id, customerId]))[0]?.given !== 'no'

/** What came back, as the gateway hands it on. */
export interface Reply { id: string; from: string; text: string; at?: string | undefined }
/** So long after a message of ours an answer is taken for an answer to it. Days. */
const WITHIN = 30

interface Told { token: string; campaign_id: string; customer_id: string }

/**
 * A reply by SMS (MK-02, MK-08): the wish to be left alone is consent withdrawn, of everybody with this number; anything else answers the last campaign that wrote to
 * it in thirty days and becomes its lead, as a word on the campaign's page does. What answers nothing is kept all the same. Told twice, it is there once.
 */
export async function takeReply(ctx: Ctx, r: Reply): Promise<{ taken: boolean; meaning: 'answer' | 'leave' | 'none' }> {
  const sys = elevated(ctx, '短信回复'), entity = ctx.entities.get('campaignReply')
  const [there] = await ctx.query<{ meaning: 'answer' | 'leave' | 'none' }>('select meaning from campaign_reply where tenant_id = $1 and gateway_id = $2', [ctx.tenant.id, r.id])
  if (there) return { taken: false, meaning: there.meaning }
  const { phone } = normalise(sys, entity, { phone: r.from }, 'update') as { phone: string }
  const [told] = await ctx.query<Told & Record<string, unknown>>(
    `select m.token, m.campaign_id, m.customer_id from customer_notice n join campaign_send s on s.tenant_id = n.tenant_id and s.notice_id = n.id join campaign_member m on m.tenant_id = s.tenant_id and m.id = s.member_id
     where n.tenant_id = $1 and n.channel = 'sms' and n."to" = $2 and n.state in ('sent', 'unknown') and s.at > $3 order by s.at desc, s.id desc limit 1`, [ctx.tenant.id, phone, new Date(ctx.now().getTime() - WITHIN * 86_400_000)])
  const out = wantsOut(r.text), keep = (values: Record<string, unknown>): Promise<unknown> => storeNew(sys, entity, { at: r.at ? new Date(r.at) : ctx.now(), phone, text: r.text.slice(0, 1000), gatewayId: r.id, customerId: told?.customer_id ?? null, campaignId: told?.campaign_id ?? null, ...values })
  if (out) {
    if (told) await leave(ctx, told.token)
    const all = await ctx.query<{ id: string }>('select id from customer where tenant_id = $1 and phone = $2 and merged_into_id is null order by id', [ctx.tenant.id, phone])
    for (const c of all) if (await saysYes(ctx, c.id)) await storeNew(sys, ctx.entities.get('consent'), { customerId: c.id, purpose: 'marketing', channel: 'any', given: 'no', at: ctx.now(), evidence: `短信回复“${r.text.slice(0, 40)}”` })
    await keep({ meaning: 'leave', ...(told || all.length !== 1 ? {} : { customerId: all[0]!.id }) })
    return { taken: true, meaning: 'leave' }
  }
  if (!told) { await keep({ meaning: 'none' }); return { taken: true, meaning: 'none' } }
  const { leadId } = await responded(ctx, told.token, { words: r.text.slice(0, 500), phone })
  await keep({ meaning: 'answer', leadId })
  return { taken: true, meaning: 'answer' }
}
