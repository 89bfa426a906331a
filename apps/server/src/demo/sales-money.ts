import type { Random } from './random.ts'
import { after, yuan, type Rows, type SalesKit } from './sales-kit.ts'
import type { Order } from './sales-orders.ts'
import type { Papers } from './sales-papers.ts'
import { PLACES } from './sales-words.ts'
import { DAY_MS, dayText, type DemoPerson } from './world.ts'

interface Part { label: string; due: string; amount: number }
/** 30 % on signing, 60 % on delivery, 10 % after the warranty; the last part takes what rounding leaves. */
function partsOf(amount: number, signed: Date): Part[] {
  const first = Math.round(amount * 0.3), second = Math.round(amount * 0.6)
  return [{ label: '预付款', due: dayText(signed), amount: first }, { label: '到货款', due: dayText(after(signed, 30)), amount: second }, { label: '质保金', due: dayText(after(signed, 120)), amount: amount - first - second }]
}

/** How much of what was due so long ago has come in: nearly all of what is old, half of what is fresh. */
const PAID: ReadonlyArray<readonly [days: number, share: number]> = [[0, 0.04], [30, 0.62], [60, 0.83], [90, 0.92], [120, 0.965]]
const paidShare = (age: number): number => (age < 0 ? PAID[0]![1] : PAID.find(([days]) => days > 0 && age <= days)?.[1] ?? 0.994)

/** Orders with their lines, what was delivered of them, what is to be paid for them and what came in. */
export async function storeOrders(kit: SalesKit, rows: Rows, orders: readonly Order[], papers: Papers, r: Random): Promise<{ open: string[] }> {
  const { w } = kit, today = dayText(w.today), finance = w.people.find(p => p.post === 'finance') ?? null, unpaid: string[] = []
  for (const o of orders) {
    const contract = o.deal ? papers.contracts.get(o.deal.id) : null, contractId = contract?.id ?? o.contractId, age = Math.round((w.today.getTime() - o.at.getTime()) / DAY_MS), by = o.account.rep.userId, orderedOn = dayText(o.at)
    const state = age > 35 || (age > 12 && r.chance(0.7)) ? 'done' : age > 6 && r.chance(0.6) ? 'delivering' : !o.deal && !o.agreement && age < 4 && r.chance(0.3) ? 'draft' : 'confirmed'
    rows.add('salesOrder', { id: o.id, at: o.at, by, draft: { customerId: o.account.id, contractId: contractId ?? null, opportunityId: o.deal?.id ?? null, channel: o.channel, unitId: w.units[o.account.block], ownerId: by, state, orderedOn, dueOn: dayText(after(o.at, 14)), amount: yuan(o.amount) } })
    deliver(rows, o, { state, orderedOn, contractId: contractId ?? null, by, w, r })
    if (state === 'draft') continue
    const parts: Part[] = contract ? partsOf(o.amount, new Date(`${contract.signedOn}T01:00:00Z`)) : [{ label: o.agreement ? `${orderedOn.slice(0, 7)} 货款` : '货款', due: dayText(after(o.at, o.dueDays)), amount: o.amount }]
    for (const part of parts) collect(kit, rows, o, part, { contractId: contractId ?? null, paidUp: contract?.paidUp ?? false, today, finance, unpaid, r })
  }
  await rows.flush('salesOrder', 'orderLine', 'delivery', 'deliveryLine', 'instalment', 'receipt', 'receiptShare')
  return { open: unpaid }
}

function deliver(rows: Rows, o: Order, c: { state: string; orderedOn: string; contractId: string | null; by: string; w: SalesKit['w']; r: Random }): void {
  const { r, w } = c, place = PLACES.find(p => p[1] === o.account.city)![1], at = new Date(Math.min(w.now.getTime(), o.at.getTime() + r.int(2, 11) * DAY_MS)), gone: Array<{ lineId: string; quantity: number; amount: number }> = []
  for (const [i, l] of o.lines.entries()) {
    const quantity = c.state === 'done' ? l.quantity : c.state === 'delivering' && (i === 0 || l.quantity > 1) ? Math.max(1, Math.floor(l.quantity / 2)) : 0, lineId = r.id(o.at)
    rows.add('orderLine', { id: lineId, at: o.at, by: c.by, draft: { orderId: o.id, position: i + 1, customerId: o.account.id, orderedOn: c.orderedOn, productId: l.productId, item: l.item, place, unit: l.unit, quantity: String(l.quantity), delivered: String(quantity), listPrice: yuan(l.list), unitPrice: yuan(l.price), amount: yuan(l.quantity * l.price) } })
    if (quantity) gone.push({ lineId, quantity, amount: quantity * l.price })
  }
  if (!gone.length) return
  const deliveryId = rows.add('delivery', { id: r.id(at), at, by: c.by, draft: { orderId: o.id, contractId: c.contractId, customerId: o.account.id, deliveredOn: dayText(at), amount: yuan(gone.reduce((n, g) => n + g.amount, 0)) } })
  for (const g of gone) rows.add('deliveryLine', { id: r.id(at), at, by: c.by, draft: { deliveryId, orderLineId: g.lineId, quantity: String(g.quantity), amount: yuan(g.amount) } })
}

function collect(kit: SalesKit, rows: Rows, o: Order, part: Part, c: { contractId: string | null; paidUp: boolean; today: string; finance: DemoPerson | null; unpaid: string[]; r: Random }): void {
  const { r } = c, age = Math.round((Date.parse(c.today) - Date.parse(part.due)) / DAY_MS), paid = c.paidUp || r.chance(paidShare(age)), some = !paid && age > 0 && r.chance(0.25)
  const received = paid ? part.amount : some ? Math.round(part.amount * 0.4) : 0, owner = o.account.rep.userId, common = { customerId: o.account.id, contractId: c.contractId, unitId: kit.w.units[o.account.block], ownerId: owner }
  // paid some days before or after it was due, never tomorrow
  const dueAt = new Date(`${part.due}T06:00:00Z`), from = Math.max(o.at.getTime(), dueAt.getTime() - 4 * DAY_MS), late = r.chance(0.3) ? r.int(5, 30) : r.int(0, 5), paidAt = new Date(Math.min(kit.w.now.getTime(), from + late * DAY_MS)), receivedOn = dayText(paidAt)
  const id = rows.add('instalment', { id: r.id(o.at), at: o.at, by: owner, draft: { ...common, orderId: o.id, label: part.label, dueOn: part.due, amount: yuan(part.amount), received: yuan(received), settledOn: paid ? receivedOn : null } })
  if (!paid) c.unpaid.push(id)
  if (!received) return
  const receiptId = rows.add('receipt', { id: r.id(paidAt), at: paidAt, by: c.finance?.userId ?? null, draft: { ...common, instalmentId: id, receivedOn, amount: yuan(received), method: o.channel === 'web' ? 'wallet' : o.channel === 'shop' ? r.weighted({ wallet: 60, card: 30, cash: 10 }) : r.weighted({ transfer: 92, bill: 8 }) } })
  rows.add('receiptShare', { id: r.id(paidAt), at: paidAt, by: c.finance?.userId ?? null, draft: { receiptId, instalmentId: id, amount: yuan(received) } })
}
