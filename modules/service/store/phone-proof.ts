import { elevated, known, storeChange, type Ctx } from '@quancheng/kernel'
import type { PhoneRule } from '../rules/phone.ts'
import { provenLately } from './phone-code.ts'

/** What the company asks for before the voucher; a company of the time before the rule is reminded. */
export const phoneRule = (ctx: Ctx): Promise<PhoneRule> => known(ctx, 'service/voucher-phone', async () =>
  (await ctx.query<{ rule: PhoneRule | null }>('select voucher_phone as rule from paper_setting where tenant_id = $1 order by id limit 1', [ctx.tenant.id]))[0]?.rule ?? 'remind')

/** The telephone of a customer, and when it was shown to be theirs. */
export interface PhoneOf { customerId: string | null; phone: string | null; at: Date | null; by: string | null }

export async function phoneOfCustomer(ctx: Ctx, customerId: string): Promise<PhoneOf | null> {
  const [row] = await ctx.query<PhoneOf & Record<string, unknown>>('select c.id as "customerId", c.phone, c.phone_proven_at as at, u.name as by from customer c left join "user" u on u.tenant_id = c.tenant_id and u.id = c.phone_proven_by_id where c.tenant_id = $1 and c.id = $2', [ctx.tenant.id, customerId])
  return row ?? null
}

/** A request's telephone is proven where it is the one that its customer proved. `other`: the request names another one. */
export async function phoneOfRequest(ctx: Ctx, requestId: string): Promise<PhoneOf & { other: boolean; unitId: string } | null> {
  const [row] = await ctx.query<{ phone: string | null; customer_id: string | null; unit_id: string }>('select phone, customer_id, unit_id from service_request where tenant_id = $1 and id = $2', [ctx.tenant.id, requestId])
  if (!row) return null
  const customer = row.customer_id ? await phoneOfCustomer(ctx, row.customer_id) : null
  const other = Boolean(customer?.phone && row.phone && customer.phone !== row.phone)
  return { customerId: row.customer_id, phone: row.phone ?? customer?.phone ?? null, at: other ? null : customer?.at ?? null, by: other ? null : customer?.by ?? null, other, unitId: row.unit_id }
}

/** Marks a customer whose telephone was proven today, by whoever took the code; one that is marked stays as it is. */
export async function markProven(ctx: Ctx, customerId: string): Promise<void> {
  const of = await phoneOfCustomer(ctx, customerId)
  if (!of?.phone || of.at) return
  const proof = await provenLately(ctx, of.phone)
  if (proof) await storeChange(elevated(ctx, '手机号验证'), ctx.entities.get('customer'), customerId, { phoneProvenAt: proof.at, phoneProvenById: proof.by }, { event: 'customer.update' })
}
