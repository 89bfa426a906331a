import type { Ctx } from '@quancheng/kernel'
import type { CONSENT_CHANNELS, CONSENT_PURPOSES } from '../entities/consent.ts'
import { survivorOf } from './merged.ts'

/**
 * Has the customer agreed to this use, by this channel? The newest word about the purpose counts: that of the channel itself or of `any`. Nobody
 * asked: no. (What we owe the customer anyway, a notice about its own repair, needs none.)
 */
export async function hasConsent(ctx: Ctx, customerId: string, purpose: keyof typeof CONSENT_PURPOSES, channel: keyof typeof CONSENT_CHANNELS = 'any'): Promise<boolean> {
  const [row] = await ctx.query<{ given: string }>("select given from consent where tenant_id = $1 and customer_id = $2 and purpose = $3 and channel in ('any', $4) order by at desc, id desc limit 1", [ctx.tenant.id, await survivorOf(ctx, customerId), purpose, channel])
  return row?.given === 'yes'
}

/** The same for many: the ids of those who agreed. */
export async function consenting(ctx: Ctx, customerIds: readonly string[], purpose: keyof typeof CONSENT_PURPOSES, channel: keyof typeof CONSENT_CHANNELS = 'any'): Promise<Set<string>> {
  const rows = await ctx.query<{ id: string; given: string }>("select distinct on (customer_id) customer_id as id, given from consent where tenant_id = $1 and customer_id = any($2) and purpose = $3 and channel in ('any', $4) order by customer_id, at desc, id desc", [ctx.tenant.id, customerIds, purpose, channel])
  return new Set(rows.filter(r => r.given === 'yes').map(r => r.id))
}
