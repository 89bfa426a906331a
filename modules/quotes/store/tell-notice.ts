import type { Ctx, Runtime } from '@quancheng/kernel'
import { makeNotices, registerStill, tellsOf } from '@quancheng/notices'
import { registerQuoteTeller } from './tell-sent.ts'

interface Row { id: string; number: string; state: string; amount: string; until: string | null; customer_id: string; customer: string; phone: string | null; mail: string | null; customer_phone: string | null; unit_id: string; station: string; station_phone: string | null }

/** Whoever the quote is made out to at the customer, else the customer; our telephone is the seller's, else the block's. */
const rowOf = async (ctx: Ctx, id: string): Promise<Row | undefined> => (await ctx.query<Row & Record<string, unknown>>(
  `select q.id, q.number, q.state, q.amount::text as amount, to_char(q.valid_until, 'FMMM"月"FMDD"日"') as until, q.customer_id, coalesce(k.name, c.name) as customer, k.phone, coalesce(k.mail, c.mail) as mail, c.phone as customer_phone, q.unit_id, u.name as station, coalesce(s.phone, u.phone) as station_phone
   from quote q join customer c on c.tenant_id = q.tenant_id and c.id = q.customer_id join unit u on u.tenant_id = q.tenant_id and u.id = q.unit_id
     left join contact k on k.tenant_id = q.tenant_id and k.id = q.contact_id and k.until is null left join "user" s on s.tenant_id = q.tenant_id and s.id = q.owner_id
   where q.tenant_id = $1 and q.id = $2`, [ctx.tenant.id, id]))[0]

/** Sent: the customer gets the link by the channels that they chose, once for each version; one that waited for the morning leaves only while the offer stands. */
export function tellByNotice(runtime: Runtime): void {
  registerQuoteTeller(runtime, async (ctx, { quoteId, page }) => {
    if (!await tellsOf(ctx, 'quoteSent')) return 0
    const row = await rowOf(ctx, quoteId)
    return row ? makeNotices(ctx, { ...row, id: null, stage: '', model: null, track_token: '' }, { event: 'quoteSent', occasion: quoteId, page, values: { 编号: row.number, 报价金额: `¥${row.amount}`, 报价有效期: row.until ?? '' } }) : 0
  })
  registerStill(runtime, ['quoteSent'], async (ctx, occasion) => (await rowOf(ctx, occasion))?.state === 'sent')
}
