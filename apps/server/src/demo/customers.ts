import { storeNew, type Ctx } from '@quancheng/kernel'
import type { InventedCustomer } from './invent.ts'
import { actingAs, type DemoCustomer, type DemoDevice, type DemoLine, type DemoPerson } from './world.ts'

interface Step { at: Date; run(): Promise<unknown> }

/** Stores what was invented through the ordinary pipeline, in the order of time and by those who would have done it. */
export async function storeCustomers(ctx: Ctx, invented: readonly InventedCustomer[], o: { units: Readonly<Record<string, string>>; people: readonly DemoPerson[]; lines: Readonly<Record<string, DemoLine>> }): Promise<{ customers: DemoCustomer[]; devices: DemoDevice[] }> {
  const entity = (name: string) => ctx.entities.get(name)
  const clerks = (station: string): DemoPerson[] => o.people.filter(p => p.unitCode === station && p.post === 'receptionist')
  const manager = (station: string): DemoPerson | undefined => o.people.find(p => p.unitCode === station && p.post === 'stationManager')
  const customers: DemoCustomer[] = [], devices: DemoDevice[] = []
  const steps: Step[] = []
  for (const [i, { contacts, devices: own, ...c }] of invented.entries()) {
    const at = clerks(c.station)
    const clerk = at[i % at.length] ?? null
    const { id, station, createdAt, ...fields } = c
    const unitId = o.units[station]!
    customers.push({ id, station, createdAt, unitId, name: c.name, kind: c.kind, phone: c.phone, tier: c.tier })
    steps.push({ at: createdAt, run: () => storeNew(actingAs(ctx, clerk, createdAt), entity('customer'), { ...fields, unitId, ownerId: c.kind === 'person' ? null : manager(station)?.userId ?? null }, { id }) })
    for (const { id: contactId, ...contact } of contacts) {
      steps.push({ at: createdAt, run: () => storeNew(actingAs(ctx, clerk, createdAt), entity('contact'), { ...contact, customerId: id }, { id: contactId }) })
    }
    for (const { id: deviceId, cards, productCode, createdAt: seen, lineCode, ...d } of own) {
      const line = o.lines[lineCode]!
      const refs = { customerId: id, productLineId: line.id, productId: line.products.find(p => p.code === productCode)!.id }
      devices.push({ id: deviceId, lineCode, createdAt: seen, ...refs, ...d })
      steps.push({ at: seen, run: () => storeNew(actingAs(ctx, clerk, seen), entity('device'), { ...d, ...refs }, { id: deviceId }) })
      for (const { id: cardId, ...card } of cards) {
        steps.push({ at: seen, run: () => storeNew(actingAs(ctx, clerk, seen), entity('warrantyCard'), { ...card, customerId: id, deviceId }, { id: cardId }) })
      }
    }
  }
  // toSorted is stable: a customer comes before what they own
  for (const step of steps.toSorted((a, b) => a.at.getTime() - b.at.getTime())) await step.run()
  return { customers, devices }
}
