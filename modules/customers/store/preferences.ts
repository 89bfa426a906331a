import type { Ctx } from '@quancheng/kernel'
import { survivorOf } from './merged.ts'

export interface CustomerPreference { id: string; topic: string; value: string; learnedAt: Date | null }

/** What is to be known at every contact (CU-17): the newest of each topic that still holds, topics in order. The caller shows them with the customer they may read. */
export const preferencesOf = async (ctx: Ctx, customerId: string): Promise<CustomerPreference[]> =>
  ctx.query<CustomerPreference & Record<string, unknown>>('select distinct on (topic) id, topic, value, learned_at as "learnedAt" from preference where tenant_id = $1 and customer_id = $2 and off is not true order by topic, id desc', [ctx.tenant.id, await survivorOf(ctx, customerId)])
