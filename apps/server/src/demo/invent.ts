import { lastWarrantyDay } from '@quancheng/customers'
import { COLORS, LINES } from './catalogue.ts'
import { address, companyName, contactRole, personName, phoneBook, serialBook } from './names.ts'
import type { CompanyPlan, FixedCustomer } from './plans.ts'
import type { Random } from './random.ts'
import { DAY_MS, dayText, type DemoCustomer, type DemoDevice } from './world.ts'

export interface InventedCustomer extends Omit<DemoCustomer, 'unitId'> { mail: string | null; address: string; source: string; contacts: InventedContact[]; devices: InventedDevice[] }
export interface InventedContact { id: string; name: string; role: string; title: string; phone: string; since: string; until: string | null }
export interface InventedDevice extends Omit<DemoDevice, 'customerId' | 'productLineId' | 'productId'> { productCode: string; cards: InventedCard[] }
export interface InventedCard { id: string; kind: 'factory' | 'extended'; validFrom: string; validUntil: string }

const KNOWN_DAYS = 900
const TIERS = { person: { ordinary: 80, silver: 14, gold: 5, diamond: 1 }, company: { ordinary: 30, silver: 35, gold: 25, diamond: 10 } }
const LINES_OF = { person: { NB: 45, PHONE: 35, PAD: 12, PRINTER: 8 }, company: { NB: 58, PRINTER: 30, PAD: 12 } }
const DEVICES = { person: { 0: 8, 1: 78, 2: 12, 3: 2 }, company: { 1: 30, 2: 30, 3: 20, 4: 12, 5: 8 } }
const SOURCES = { person: { walkIn: 70, hotline: 15, web: 10, referral: 5 }, company: { contract: 60, hotline: 20, referral: 15, web: 5 } }

/**
 * Customers with what they own, in the order in which they came. Pure: the same plan, generator and day give the same company.
 * `today` is a local midnight; `opensOn` says whether a day (YYYY-MM-DD) is a workday, since stations register nobody on others.
 */
export function inventCustomers(plan: CompanyPlan, r: Random, today: Date, opensOn: (day: string) => boolean): InventedCustomer[] {
  const phones = phoneBook(r, plan.fixed.map(c => c.phone))
  const serial = serialBook(r, plan.fixed.flatMap(c => c.device?.serialNo ?? []))
  const shares = Object.fromEntries(Object.entries(plan.stations).map(([code, s]) => [code, s.share]))

  /** A minute of the opening hours, so many days ago or on the workday before. */
  const momentAgo = (days: number): Date => {
    let day = new Date(today.getTime() - Math.max(1, days) * DAY_MS)
    while (!opensOn(dayText(day))) day = new Date(day.getTime() - DAY_MS)
    const minute = r.chance(0.45) ? r.int(9 * 60, 12 * 60 - 1) : r.int(13 * 60 + 30, 18 * 60 - 1)
    return new Date(day.getTime() + minute * 60_000 + r.int(0, 59) * 1000)
  }
  const daysBefore = (at: Date): number => Math.floor((today.getTime() - at.getTime()) / DAY_MS)

  function device(lineCode: string, since: Date, fixed?: FixedCustomer['device']): InventedDevice {
    const line = LINES.find(l => l.code === lineCode)!
    const [productCode, model] = fixed ? line.products.find(([code]) => code === fixed.product)! : r.pick(line.products)
    const purchasedOn = dayText(new Date(since.getTime() - r.int(12, 700) * DAY_MS))
    const warrantyUntil = lastWarrantyDay(purchasedOn, line.warrantyDays)
    const cards: InventedCard[] = []
    if (r.chance(0.45)) cards.push({ id: r.id(since), kind: 'factory', validFrom: purchasedOn, validUntil: warrantyUntil })
    if (r.chance(0.1)) cards.push({ id: r.id(since), kind: 'extended', validFrom: lastWarrantyDay(warrantyUntil, 2), validUntil: lastWarrantyDay(warrantyUntil, 366) })
    const longest = cards.find(c => c.kind === 'extended')?.validUntil ?? warrantyUntil
    return { id: r.id(since), lineCode, productCode, model, serialNo: fixed?.serialNo ?? serial(line.serial), color: r.pick(COLORS), purchasedOn, warrantyUntil: longest, createdAt: since, cards }
  }

  function contact(since: Date): InventedContact {
    const { role, title } = contactRole(r)
    const joined = new Date(since.getTime() - r.int(30, 1500) * DAY_MS)
    const gone = r.chance(0.12) && daysBefore(since) > 60
    return { id: r.id(since), name: personName(r), role, title, phone: phones.mobile(), since: dayText(joined), until: gone ? dayText(new Date(today.getTime() - r.int(5, 50) * DAY_MS)) : null }
  }

  function customer(kind: DemoCustomer['kind'], fixed?: FixedCustomer): InventedCustomer {
    const sort = kind === 'person' ? 'person' : 'company'
    const station = fixed?.station ?? r.weighted(shares)
    const { city, area, districts } = plan.stations[station]!
    // more of them lately: the company is growing
    const createdAt = momentAgo(Math.floor(KNOWN_DAYS * r.next() ** 1.4))
    const id = r.id(createdAt)
    const name = fixed?.name ?? (sort === 'person' ? personName(r) : companyName(r, city))
    const phone = fixed?.phone ?? (sort === 'person' ? phones.mobile() : phones.landline(area))
    const devices = Array.from({ length: fixed?.device ? 1 : Number(r.weighted(DEVICES[sort] as Record<string, number>)) }, (_, i) => {
      const since = i === 0 ? new Date(createdAt.getTime() + r.int(60, 400) * 1000) : momentAgo(r.int(1, Math.max(1, daysBefore(createdAt))))
      return device(fixed?.device ? 'NB' : r.weighted(LINES_OF[sort] as Record<string, number>), since < createdAt ? createdAt : since, fixed?.device)
    })
    const contacts = sort === 'company' ? Array.from({ length: r.int(1, 3) }, () => contact(createdAt)) : []
    return { id, name, kind, phone, mail: fixed?.mail ?? null, tier: r.weighted(TIERS[sort]), station, createdAt, address: address(r, city, districts), source: r.weighted(SOURCES[sort] as Record<string, number>), contacts, devices }
  }

  const all = [
    ...plan.fixed.map(c => customer(c.kind, c)),
    ...Array.from({ length: plan.persons }, () => customer('person')),
    ...Array.from({ length: plan.companies }, () => customer('company')),
  ]
  return distinct(all).toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime())
}

/** Two companies of one name would be a mistake in a demo; two people of one name are life. */
function distinct(customers: InventedCustomer[]): InventedCustomer[] {
  const seen = new Set<string>()
  return customers.filter(c => c.kind === 'person' || !seen.has(c.name) && seen.add(c.name))
}
