import { elevated, fail, schedule, storeChange, storeNew, type Ctx } from '@quancheng/kernel'
import { afterMove, available, served, type Balance, type MoveKind } from '../rules/stock.ts'

/** A station's stock of one part, held until the act ends: whoever else wants it waits. */
export interface Stock extends Balance { id: string | null; unitId: string; partId: string }
export interface MoveOf { quantity: number; requestId?: string | null; lineId?: string | null; note?: string | null }

export const JOB_RESUME = 'parts.resume'

/*
 * Order of locks: first the case of a request, then stock. Whoever holds stock never asks for a case; requests that got their pieces
 * are told by a job of its own. Lines change state only while the stock of their part is held.
 */

/** The first move of a part at a station has no row to lock, so the name of the pair is locked. */
export async function holdStock(ctx: Ctx, unitId: string, partId: string): Promise<Stock> {
  await ctx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`stock/${ctx.tenant.id}/${unitId}/${partId}`])
  const [row] = await ctx.query<{ id: string; on_hand: number; reserved: number }>('select id, on_hand, reserved from part_stock where tenant_id = $1 and unit_id = $2 and part_id = $3', [ctx.tenant.id, unitId, partId])
  return { id: row?.id ?? null, unitId, partId, onHand: row?.on_hand ?? 0, reserved: row?.reserved ?? 0 }
}

/** One move: the balance and its line in the ledger. Refuses with STOCK_SHORT, and then nothing is stored. */
export async function moveStock(ctx: Ctx, stock: Stock, kind: MoveKind, o: MoveOf): Promise<void> {
  const sys = elevated(ctx, 'stock')
  const next = afterMove(stock, kind, o.quantity)
  if (!next) return fail('STOCK_SHORT', { part: await partName(ctx, stock.partId), onHand: stock.onHand, reserved: stock.reserved })
  const entity = ctx.entities.get('partStock')
  if (stock.id) await storeChange(sys, entity, stock.id, { ...next })
  else stock.id = (await storeNew(sys, entity, { partId: stock.partId, unitId: stock.unitId, ...next })).id as string
  Object.assign(stock, next)
  await storeNew(sys, ctx.entities.get('stockMove'), { partId: stock.partId, unitId: stock.unitId, kind, quantity: o.quantity, requestId: o.requestId ?? null, lineId: o.lineId ?? null, note: o.note ?? null, ...next })
}

const partName = async (ctx: Ctx, id: string): Promise<string> => (await ctx.query<{ name: string }>('select name from part where tenant_id = $1 and id = $2', [ctx.tenant.id, id]))[0]?.name ?? ''

/** Gives free pieces to those who wait, in the order in which they asked. Their requests go on by themselves. */
export async function serve(ctx: Ctx, stock: Stock): Promise<void> {
  if (available(stock) <= 0) return
  const queue = await ctx.query<{ id: string; request_id: string; quantity: number }>("select id, request_id, quantity from part_line where tenant_id = $1 and unit_id = $2 and part_id = $3 and state = 'waiting' order by id", [ctx.tenant.id, stock.unitId, stock.partId])
  for (const line of served(queue, available(stock))) {
    await moveStock(ctx, stock, 'reserve', { quantity: line.quantity, requestId: line.request_id, lineId: line.id, note: '到货后按先后占用' })
    await storeChange(elevated(ctx, 'stock'), ctx.entities.get('partLine'), line.id, { state: 'reserved' })
    await schedule(ctx, { kind: JOB_RESUME, key: line.request_id, dueAt: ctx.now(), payload: { requestId: line.request_id } })
  }
}

export const someoneWaits = async (ctx: Ctx, stock: Stock): Promise<boolean> =>
  (await ctx.query("select 1 from part_line where tenant_id = $1 and unit_id = $2 and part_id = $3 and state = 'waiting' limit 1", [ctx.tenant.id, stock.unitId, stock.partId])).length > 0
