import { lock, type Ctx } from '@quancheng/kernel'
import { clean, wordsOf, type OrderDocument } from '@quancheng/paper'
import { cents, yuan } from '../rules/amount.ts'
import { QUOTE_STATES } from '../rules/choices.ts'
import { linesOf } from '../store/lines.ts'
import { pageOf } from '../store/tell-sent.ts'

interface Row { number: string; revision: number; title: string; state: keyof typeof QUOTE_STATES; amount: string; discount: string; valid_until: string | null; terms: string | null; link_token: string | null; sent_on: string | null; customer: string; contact: string | null; seller: string | null; seller_phone: string | null; unit: string; unit_address: string | null; unit_phone: string | null }

/** 报价单 on paper: the version as it stands. `by` says who may have it: the caller's own rights, or the link that only the customer has. */
export async function quoteDocument(ctx: Ctx, by: { id: string } | { token: string }, origin: string | null): Promise<OrderDocument | null> {
  if ('id' in by) await lock(ctx, ctx.entities.get('quote'), by.id, 'read', { forUpdate: false })
  const [q] = await ctx.query<Row & { id: string } & Record<string, unknown>>(
    `select q.id, q.number, q.revision, q.title, q.state, q.amount::text as amount, trim_scale(coalesce(q.discount, 0))::text as discount, q.valid_until::text as valid_until, q.terms, q.link_token, to_char(q.sent_at at time zone $3, 'YYYY-MM-DD') as sent_on,
       c.name as customer, k.name as contact, s.name as seller, s.phone as seller_phone, u.name as unit, u.address as unit_address, u.phone as unit_phone
     from quote q join customer c on c.tenant_id = q.tenant_id and c.id = q.customer_id join unit u on u.tenant_id = q.tenant_id and u.id = q.unit_id
       left join contact k on k.tenant_id = q.tenant_id and k.id = q.contact_id left join "user" s on s.tenant_id = q.tenant_id and s.id = q.owner_id where q.tenant_id = $1 and ${'id' in by ? 'q.id' : 'q.link_token'} = $2`, [ctx.tenant.id, 'id' in by ? by.id : by.token, ctx.tenant.timeZone])
  if (!q) return null
  const words = await wordsOf(ctx), base = words.website ?? origin, lines = await linesOf(ctx, q.id)
  const sum = lines.reduce((n, l) => n + cents(l.amount), 0n), less = cents(q.amount) - sum
  return {
    company: words.company, title: '报价单', number: `${q.number}-${q.revision}`, qr: base && q.link_token ? `${base}${pageOf(q.link_token)}${ctx.tenant.no === 1 ? '' : `?tenant=${ctx.tenant.code}`}` : null,
    site: { name: q.unit, address: q.unit_address ?? '', phone: q.unit_phone ?? '' },
    facts: ([['客户', clean(q.customer)], ['联系人', clean(q.contact ?? '')], ['名称', clean(q.title)], ['版本', `第 ${q.revision} 版`], ['报价日期', q.sent_on ?? ''], ['有效期至', q.valid_until ?? ''], ['联系我们', clean([q.seller, q.seller_phone].filter(Boolean).join(' '))], ['状态', q.state === 'sent' ? '' : QUOTE_STATES[q.state][0]]] as const).filter(([, value]) => value !== ''),
    linesTitle: '报价明细',
    lines: [
      ...lines.map(l => ({ name: clean(l.item), qty: l.quantity, unit: clean(l.unit), unitPrice: l.unitPrice, amount: l.amount, ...(Number(l.discount) > 0 ? { note: `折扣 ${l.discount}%` } : {}) })),
      ...(less === 0n ? [] : [{ name: `整单折扣 ${q.discount}%`, qty: '1', unitPrice: yuan(less), amount: yuan(less) }]),
    ],
    terms: (q.terms ?? '').split('\n').map(clean).filter(Boolean), signatures: ['客户确认', '报价人'], made: `${q.number} 第 ${q.revision} 版`,
  }
}
