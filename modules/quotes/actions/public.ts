import { defineAction, fail, type Ctx } from '@quancheng/kernel'
import { z } from 'zod'
import { today } from '../store/day.ts'
import { linesOf } from '../store/lines.ts'
import { answer } from '../store/stages.ts'

const LIMIT = { name: 'quote', max: 20, minutes: 5, count: 'failed' } as const
const TOKEN = z.string().max(40)
interface Found { id: string; number: string; revision: number; title: string; state: string; valid_until: string | null; list_amount: string; amount: string; discount: string; terms: string | null; sent_at: Date | null; answered_at: Date | null; customer: string; contact: string | null; seller: string | null; seller_phone: string | null; unit: string }

const byToken = async (ctx: Ctx, token: string, hold = false): Promise<Found> => (await ctx.query<Found & Record<string, unknown>>(
  `select q.id, q.number, q.revision, q.title, q.state, q.valid_until::text as valid_until, q.list_amount::text as list_amount, q.amount::text as amount, trim_scale(coalesce(q.discount, 0))::text as discount, q.terms, q.sent_at, q.answered_at,
     c.name as customer, k.name as contact, s.name as seller, s.phone as seller_phone, u.name as unit
   from quote q join customer c on c.tenant_id = q.tenant_id and c.id = q.customer_id join unit u on u.tenant_id = q.tenant_id and u.id = q.unit_id
     left join contact k on k.tenant_id = q.tenant_id and k.id = q.contact_id left join "user" s on s.tenant_id = q.tenant_id and s.id = q.owner_id
   where q.tenant_id = $1 and q.link_token = $2${hold ? ' for update of q' : ''}`, [ctx.tenant.id, token]))[0] ?? fail('QUOTE_LINK')

/** What a customer sees of a quote: their lines and sums, never the list price of others, the margin or a colleague's note. */
async function shown(ctx: Ctx, q: Found) {
  const over = q.state === 'sent' && q.valid_until !== null && q.valid_until < today(ctx)
  return {
    id: q.id, company: ctx.tenant.name, number: q.number, revision: q.revision, title: q.title, customer: q.customer, seller: { name: q.seller, phone: q.seller_phone, unit: q.unit }, terms: q.terms, validUntil: q.valid_until, sentAt: q.sent_at, answeredAt: q.answered_at,
    lines: (await linesOf(ctx, q.id)).map(({ item, unit, quantity, unitPrice, discount, amount }) => ({ item, unit, quantity, unitPrice, discount, amount })), discount: q.discount, amount: q.amount, state: over ? 'expired' : q.state, open: q.state === 'sent' && !over,
  }
}

export const publicActions = [
  defineAction({ name: 'publicQuote', label: ['客户看报价', 'Quote for the customer'], method: 'GET', path: '/api/public/quote/:token', permission: 'public', readOnly: true, tries: LIMIT, input: z.object({ token: TOKEN }), run: async (ctx, { token }) => shown(ctx, await byToken(ctx, token)) }),
  defineAction({
    name: 'answerQuote', label: ['客户答复报价', 'Answer a quote'], method: 'POST', path: '/api/public/quote/:token', permission: 'public', status: 200, tries: LIMIT, input: z.object({ token: TOKEN, answer: z.enum(['accept', 'decline']), reason: z.string().trim().max(500, '原因最多 500 字').optional() }),
    async run(ctx, { token, answer: said, reason }) {
      const q = await byToken(ctx, token, true)
      return answer({ ...ctx, user: null }, q, { answer: said, reason, by: `客户${q.contact ? ` ${q.contact}` : ''}` })
    },
  }),
]
