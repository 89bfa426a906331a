import { elevated, fail, lock, remove, storeChange, storeNew, type Ctx, type Locked } from '@quancheng/kernel'
import { dressLines, type LineInput } from './dress.ts'
import { linesOf, SAVING } from './lines.ts'
import { stateText } from './quote-hooks.ts'
import { refuseFloor, sumsOf, verdictOf } from './sums.ts'

export const MOST_LINES = 200

/** The quote, held, for somebody who may change it and while it is in one of the states. */
export async function holdQuote(ctx: Ctx, id: string, states: readonly string[], act: string): Promise<Locked> {
  const held = await lock(ctx, ctx.entities.get('quote'), id, 'update')
  if (!states.includes(String(held.row.state))) fail('QUOTE_STATE', { state: stateText(ctx, held.row.state), act, value: held.row.state })
  return held
}

/** Puts these lines in the place of all that a draft has, in this order, and adds up. Lines that stay keep their record. Answers the stored sums. */
export async function saveLines(ctx: Ctx, quoteId: string, lines: ReadonlyArray<LineInput & { id?: string | undefined }>, o: { discount?: string | undefined; version?: number | undefined } = {}) {
  const held = await holdQuote(ctx, quoteId, ['draft'], '改明细'), q = held.row
  if (o.version !== undefined && o.version !== q.version) fail('CHANGED_MEANWHILE', { version: q.version })
  if (lines.length > MOST_LINES) fail('QUOTE_LINES_LIMIT', { max: MOST_LINES })
  const whole = o.discount ?? (q.discount as string | null) ?? '0'
  const dressed = await dressLines(ctx, { id: quoteId, customerId: q.customerId as string, unitId: q.unitId as string, discount: whole }, lines)
  if (!ctx.access.system) refuseFloor(await verdictOf(ctx, dressed, whole, q.ownerId as string | null))
  const sys = { ...elevated(ctx, SAVING), reason: SAVING }, entity = ctx.entities.get('quoteLine')
  const old = new Map((await linesOf(ctx, quoteId)).map(l => [l.id, l]))
  for (const [i, d] of dressed.entries()) {
    const row = { position: i + 1, productId: d.productId, item: d.item, unit: d.unit, quantity: d.quantity, listPrice: d.listPrice, unitPrice: d.unitPrice, discount: d.discount, amount: d.amount }
    const id = lines[i]!.id
    if (id && old.delete(id)) await storeChange(sys, entity, id, row)
    else await storeNew(sys, entity, { quoteId, ...row })
  }
  for (const id of old.keys()) await remove(sys, entity, id)
  return storeChange({ ...sys, reason: ctx.reason }, ctx.entities.get('quote'), quoteId, { discount: whole, ...sumsOf(dressed, whole) }, { locked: held })
}
