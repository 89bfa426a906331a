import { storeMany, type Ctx, type NewRow } from '@quancheng/kernel'
import type { InventedCustomer } from './invent.ts'
import type { DemoCustomer, DemoDevice, DemoLine, DemoPerson } from './world.ts'

/** Most people told the counter the code that came to their telephone (SP-22); companies gave the number of a switchboard or of somebody who was not there. */
const UNPROVEN_EACH = 6
const proofOf = (i: number, c: Pick<InventedCustomer, 'kind' | 'phone' | 'createdAt'>, by: string | null): Record<string, unknown> =>
  (c.kind === 'person' && i % UNPROVEN_EACH !== 0 && /^1[3-9]\d{9}$/.test(c.phone ?? '') ? { phoneProvenAt: c.createdAt, phoneProvenById: by } : {})

/** Stores what was invented, in the name of those who would have done it and at the time they would have. */
export async function storeCustomers(ctx: Ctx, invented: readonly InventedCustomer[], o: { units: Readonly<Record<string, string>>; people: readonly DemoPerson[]; lines: Readonly<Record<string, DemoLine>> }): Promise<{ customers: DemoCustomer[]; devices: DemoDevice[] }> {
  const clerks = (station: string): DemoPerson[] => o.people.filter(p => p.unitCode === station && p.post === 'receptionist')
  const manager = (station: string): DemoPerson | undefined => o.people.find(p => p.unitCode === station && p.post === 'stationManager')
  const customers: DemoCustomer[] = [], devices: DemoDevice[] = []
  const rows = { customer: [] as NewRow[], contact: [] as NewRow[], device: [] as NewRow[], warrantyCard: [] as NewRow[] }
  for (const [i, { contacts, devices: own, ...c }] of invented.entries()) {
    const at = clerks(c.station)
    const by = at[i % at.length]?.userId ?? null
    const { id, station, createdAt, ...fields } = c
    const unitId = o.units[station]!
    customers.push({ id, station, createdAt, unitId, name: c.name, kind: c.kind, phone: c.phone, tier: c.tier })
    rows.customer.push({ id, at: createdAt, by, draft: { ...fields, ...proofOf(i, c, by), unitId, ownerId: c.kind === 'person' ? null : manager(station)?.userId ?? null } })
    for (const { id: contactId, ...contact } of contacts) rows.contact.push({ id: contactId, at: createdAt, by, draft: { ...contact, customerId: id } })
    for (const { id: deviceId, cards, productCode, createdAt: seen, lineCode, ...d } of own) {
      const line = o.lines[lineCode]!
      const refs = { customerId: id, productLineId: line.id, productId: line.products.find(p => p.code === productCode)!.id }
      devices.push({ id: deviceId, lineCode, createdAt: seen, ...refs, ...d })
      rows.device.push({ id: deviceId, at: seen, by, draft: { ...d, ...refs } })
      for (const { id: cardId, ...card } of cards) rows.warrantyCard.push({ id: cardId, at: seen, by, draft: { ...card, customerId: id, deviceId } })
    }
  }
  // a customer comes before what they own; numbers of cards are given in the order of time
  for (const [name, list] of Object.entries(rows)) await storeMany(ctx, ctx.entities.get(name), list.toSorted((a, b) => a.at!.getTime() - b.at!.getTime()))
  return { customers, devices }
}
