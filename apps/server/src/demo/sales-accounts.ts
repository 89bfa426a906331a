import { BRANDS, contactRole, personName, phoneBook, TRADES } from './names.ts'
import type { Random } from './random.ts'
import { after, spread, yuan, type Rep, type Rows, type SalesKit } from './sales-kit.ts'
import { CHAINS, GROUPS, INSTITUTIONS, OFFICES, PLACES } from './sales-words.ts'
import { DAY_MS, dayText } from './world.ts'

export type AccountType = 'government' | 'enterprise' | 'global500' | 'china500' | 'general'
export interface Account {
  id: string; name: string; kind: 'company' | 'group'; type: AccountType; block: string; rep: Rep; createdAt: Date; parent: Account | null; depth: number
  province: string; city: string; area: string; region: string; standing: 'customer' | 'prospect' | 'former'
  /** about how much of everything of our sort it buys in a year, in yuan */
  buys: number
  contacts: Array<{ id: string; name: string; phone: string; role: string; title: string; since: string; until: string | null }>
}

export const ACCOUNTS = 2000, GROUP_COUNT = 50, CONTACTS = 5000
const IN_GROUPS = 460, MOVED = 110, KNOWN_DAYS = 960
const SIZE: Readonly<Record<AccountType, number>> = { government: 900_000, enterprise: 700_000, global500: 7_000_000, china500: 4_500_000, general: 160_000 }

/** Fifty groups with the companies and branches below them, and everybody else, each with an owner and its people. */
export function inventAccounts(kit: SalesKit, r: Random): Account[] {
  const places = Object.fromEntries(PLACES.map((p, i) => [i, p[4]])), names = new Set(kit.w.customers.map(c => c.name)), all: Account[] = []
  const reps = (block: string): Rep[] => kit.reps.filter(p => p.unitCode === block)
  const place = (): (typeof PLACES)[number] => PLACES[Number(r.weighted(places))]!
  function account(o: { name: string; kind: Account['kind']; type: AccountType; block: string; parent?: Account; at?: (typeof PLACES)[number]; buys: number }): Account | null {
    if (names.has(o.name)) return null
    names.add(o.name)
    const [province, city, area, region] = o.at ?? place(), createdAt = kit.moment(r, all.length % 10 < 6 ? r.int(770, KNOWN_DAYS) : r.int(3, KNOWN_DAYS))
    const a: Account = { id: r.id(createdAt), name: o.name, kind: o.kind, type: o.type, block: o.block, rep: o.parent && o.parent.block === o.block ? o.parent.rep : r.pick(reps(o.block)), createdAt, parent: o.parent ?? null, depth: o.parent ? o.parent.depth + 1 : 1, province, city, area, region, standing: r.chance(0.06) ? 'prospect' : r.chance(0.05) ? 'former' : 'customer', buys: o.buys, contacts: [] }
    if (a.parent && a.parent.createdAt > a.createdAt) a.createdAt = new Date(a.parent.createdAt.getTime() + r.int(1, 40) * 60_000)
    all.push(a)
    return a
  }
  for (let n = 0; all.filter(a => a.kind === 'group').length < GROUP_COUNT; n++) {
    const block = n % 3 === 2 ? 'BKC' : n % 7 === 6 ? 'BKG' : 'BKE', type: AccountType = block === 'BKC' ? 'general' : block === 'BKG' ? 'enterprise' : r.weighted({ china500: 55, global500: 25, enterprise: 20 })
    account({ name: `${r.pick(BRANDS)}${r.pick(GROUPS)}集团`, kind: 'group', type, block, buys: SIZE[type] * spread(r) })
  }
  growGroups(all, r, place, account)
  while (all.length < ACCOUNTS) {
    const block = r.weighted({ BKE: 42, BKG: 27, BKC: 31 }), at = place(), brand = r.pick(BRANDS), city = at[1]
    const type: AccountType = block === 'BKC' ? 'general' : block === 'BKG' ? r.weighted({ government: 52, enterprise: 48 }) : r.weighted({ general: 62, enterprise: 30, china500: 6, global500: 2 })
    const name = block === 'BKC' ? `${city}${brand}${r.pick(CHAINS)}` : block === 'BKG' ? `${city}${brand}${r.pick(type === 'government' ? OFFICES : INSTITUTIONS)}` : `${city}${brand}${r.pick(TRADES)}${r.weighted({ 有限公司: 84, 股份有限公司: 16 })}`
    account({ name, kind: 'company', type, block, at, buys: SIZE[type] * spread(r, 1.2) })
  }
  people(kit, all, r)
  return all
}

function growGroups(all: Account[], r: Random, place: () => (typeof PLACES)[number], account: (o: { name: string; kind: 'company'; type: AccountType; block: string; parent: Account; at: (typeof PLACES)[number]; buys: number }) => Account | null): void {
  const groups = [...all], other = (block: string): string => (block === 'BKE' ? 'BKC' : 'BKE')
  while (all.length < IN_GROUPS) {
    const group = groups[all.length % groups.length]!, stem = group.name.replace('集团', ''), at = place(), city = at[1]
    const firms = all.filter(a => a.parent === group)
    // a third of them are branches of a company of the group: three levels
    const parent = firms.length > 1 && r.chance(0.38) ? r.pick(firms) : group
    const name = parent === group ? `${stem}${city}有限公司` : `${stem}${city}${group.block === 'BKC' ? `第${'一二三四五六七八九'[r.int(0, 8)]}店` : '分公司'}`
    account({ name, kind: 'company', type: group.type, block: r.chance(0.14) ? other(group.block) : group.block, parent, at, buys: group.buys * (0.08 + 0.2 * r.next()) })
  }
}

function people(kit: SalesKit, all: Account[], r: Random): void {
  const phones = phoneBook(r, kit.w.customers.map(c => c.phone)), ago = (days: number): string => dayText(new Date(kit.w.today.getTime() - days * DAY_MS))
  const firms = all.filter(a => a.kind !== 'group' || a.depth === 1)
  let left = CONTACTS - MOVED
  const person = (a: Account): void => { const { role, title } = contactRole(r); a.contacts.push({ id: r.id(a.createdAt), name: personName(r), phone: phones.mobile(), role, title, since: ago(r.int(200, 2400)), until: null }); left-- }
  for (const a of firms) person(a)
  while (left > 0) { const a = r.pick(firms); if (a.contacts.length < 6) person(a) }
  // CU-02: somebody works elsewhere now; both places stay
  for (let n = 0; n < MOVED;) {
    const from = r.pick(firms), to = r.pick(firms), who = from.contacts.at(-1)
    if (from === to || from.contacts.length < 2 || !who || who.until || to.contacts.length > 5) continue
    const days = r.int(20, 400)
    who.until = ago(days)
    if (who.since > who.until) who.since = ago(days + r.int(90, 900))
    to.contacts.push({ ...who, id: r.id(to.createdAt), since: ago(days - 5), until: null })
    n++
  }
}

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY', WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
/** Eighteen places as a 统一社会信用代码 has them (GB 32100), the last one deliberately off by one: it is nobody's. */
export function taxNumber(r: Random, type: AccountType, region: string): string {
  const body = `${type === 'government' ? '11' : '91'}${region}${Array.from({ length: 9 }, () => ALPHABET[r.int(0, 30)]).join('')}`
  const sum = [...body].reduce((n, c, i) => n + ALPHABET.indexOf(c) * WEIGHTS[i]!, 0)
  return body + ALPHABET[((31 - (sum % 31)) % 31 + 1) % 31]!
}

const INDUSTRY: Readonly<Record<string, readonly string[]>> = { BKE: ['制造', '软件', '物流', '医药', '金融', '能源'], BKG: ['政务', '教育', '医疗', '公共服务'], BKC: ['零售', '餐饮', '酒店', '渠道'] }
const STREETS = '科创路 望江路 人民路 学院路 新城大道 兴业街 中山路 湖滨路'.split(' ')

/** Writes customers and their people. `purchase`: what some of them say they buy in a year. */
export async function storeAccounts(kit: SalesKit, rows: Rows, all: readonly Account[], r: Random): Promise<void> {
  const phones = phoneBook(r, kit.w.customers.map(c => c.phone)), by = (block: string): string => kit.leads[block]!.userId
  for (const a of all) {
    // a group is what its companies are together
    const asked = a.kind !== 'group' && (a.type !== 'general' || r.chance(0.4))
    rows.add('customer', { id: a.id, at: a.createdAt, by: r.chance(0.7) ? a.rep.userId : by(a.block), draft: {
      name: a.name, kind: a.kind, phone: phones.landline(a.area), tier: 'ordinary', unitId: kit.w.units[a.block], ownerId: a.rep.userId, address: `${a.city}市${r.pick(STREETS)} ${r.int(1, 680)} 号`, source: r.weighted({ contract: 40, referral: 30, web: 20, hotline: 10 }),
      standing: a.standing, accountType: a.type, parentId: a.parent?.id ?? null, taxNumber: taxNumber(r, a.type, a.region), industry: r.pick(INDUSTRY[a.block]!), province: a.province, city: a.city, staffCount: Math.max(5, Math.round(a.buys / 9000 * spread(r, 0.4))),
      potential: r.weighted({ a: 20, b: 45, c: 35 }), annualPurchase: asked ? yuan(Math.round(a.buys / 1000) * 1000) : null, creditLimit: r.chance(0.3) ? yuan(Math.max(1, Math.round(a.buys / 40_000)) * 20_000) : null,
    } })
    for (const { id, ...c } of a.contacts) rows.add('contact', { id, at: after(a.createdAt, 0), by: a.rep.userId, draft: { ...c, customerId: a.id } })
  }
  await rows.flush('customer', 'contact')
}
