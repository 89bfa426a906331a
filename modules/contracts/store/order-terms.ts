import { fail, sumDecimal, type Ctx } from '@quancheng/kernel'
import { abovePrice, beyondVolume, fixedFor, type Fixed, type Wanted } from '../rules/price.ts'
import { contractBits } from './from-contract.ts'

export interface VolumeWarning { item: string; agreed: string; ordered: string; quantity: string }

export const fixedLines = (ctx: Ctx, contractId: string): Promise<Fixed[]> =>
  ctx.query<Fixed>('select product_id as "productId", item, unit_price::text as "unitPrice", quantity::text from contract_line where tenant_id = $1 and contract_id = $2 order by position, id', [ctx.tenant.id, contractId])

/** What was ordered under a contract before, beside one line: by thing, cancelled orders left out. */
async function orderedBefore(ctx: Ctx, contractId: string, lineId: string | null): Promise<Array<{ product_id: string | null; item: string; quantity: string }>> {
  return ctx.query("select l.product_id, l.item, sum(l.quantity)::text as quantity from order_line l join sales_order o on o.tenant_id = l.tenant_id and o.id = l.order_id where l.tenant_id = $1 and o.contract_id = $2 and o.state <> 'cancelled' and ($3::uuid is null or l.id <> $3) group by 1, 2", [ctx.tenant.id, contractId, lineId])
}

/**
 * Refuses a line above the contract's price (ORDER_PRICE with item and both prices). Beyond the agreed volume it refuses too where the contract
 * says so (ORDER_VOLUME), and tells otherwise. A frame's volume may stand on its line or, for everything together, on the contract itself.
 */
export async function requireContractTerms(ctx: Ctx, contractId: string, w: Wanted & { lineId: string | null }): Promise<VolumeWarning | null> {
  const lines = await fixedLines(ctx, contractId), above = abovePrice(lines, w)
  if (above) return fail('ORDER_PRICE', { ...above })
  const fixed = fixedFor(lines, w), contract = await contractBits(ctx, contractId), agreed = fixed?.quantity ?? contract.volume
  if (agreed === null) return null
  const before = (await orderedBefore(ctx, contractId, w.lineId)).filter(o => !fixed?.quantity || fixedFor([fixed], { productId: o.product_id, item: o.item }))
  const ordered = sumDecimal(['0', ...before.map(o => o.quantity)])
  if (!beyondVolume(agreed, ordered, w.quantity)) return null
  const told = { item: w.item, agreed, ordered, quantity: w.quantity }
  return contract.over_volume === 'refuse' ? fail('ORDER_VOLUME', { ...told }) : told
}

export interface LastPrice { unitPrice: string; quantity: string; orderedOn: string; number: string; customer: string; mine: boolean }
