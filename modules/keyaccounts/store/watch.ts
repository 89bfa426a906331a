import type { Ctx, OutboxEvent, WatchedChange, Wants } from '@quancheng/kernel'
import { adoptBranches } from './agreements.ts'
import { askFor } from './run.ts'
import { shareAgain } from './shares.ts'

const FIELDS: Record<string, readonly string[]> = { salesOrder: ['state', 'amount', 'orderedOn', 'customerId'], customer: ['annualPurchase', 'parentId'], contract: ['state'] }

/** Only what moves the figures, or who sees a group: an order that counts otherwise, a customer's own estimate, its place in a group (a new one moves no figures). */
export const wanted = (): Promise<Wants> => Promise.resolve(new Map(Object.entries(FIELDS).map(([entity, names]) => [entity, (e: { how: string; fields: readonly string[] }) => e.fields.some(x => names.includes(x)) && (entity !== 'customer' || e.how === 'changed' || e.fields.includes('parentId'))])))

export async function onMoved(ctx: Ctx, e: OutboxEvent & { change: WatchedChange }): Promise<void> {
  if (e.entity === 'contract') return void await adoptBranches(ctx, e.recordId)
  if (e.entity === 'customer') {
    if (e.change.how === 'changed') await askFor(ctx, e.recordId)
    return e.change.fields.includes('parentId') ? shareAgain(ctx, e.recordId) : undefined
  }
  // the row may be gone, or belong to another customer than before: the log has both
  const rows = await ctx.query<{ id: string | null }>(
    `select customer_id::text as id from sales_order where tenant_id = $1 and id = $2
     union select payload->'before'->>'customerId' from audit where tenant_id = $1 and entity = 'salesOrder' and record_id = $2 and seq = $3`, [ctx.tenant.id, e.recordId, e.change.version])
  for (const { id } of rows) if (id) await askFor(ctx, id)
}
