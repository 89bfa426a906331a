import type { Random } from './random.ts'
import type { Account } from './sales-accounts.ts'
import type { Deal } from './sales-deals.ts'
import { after, SEASON, spread, type SalesKit } from './sales-kit.ts'
import { amountOf, type Line, type Shop } from './sales-prices.ts'
import { DAY_MS, dayText } from './world.ts'

/** Who orders every month under an agreement; three of them bought much less last month (SA-17). */
export const REGULARS = 60, DECLINING = 3
export const ORDERS = 4000
const OF_GROUPS = 15, MONTHS = 24

export interface Agreement { id: string; kind: 'frame' | 'branch'; from: string; until: string; signedAt: Date; lines: Line[]; old: boolean }
export interface Regular { account: Account; group: Account | null; basket: Line[]; agreements: [Agreement, Agreement]; falls: boolean }
export interface Order { id: string; account: Account; at: Date; channel: string; lines: Line[]; amount: number; deal: Deal | null; agreement: Agreement | null; contractId: string | null; dueDays: number }

/** The large buyers of two years: some of them companies of fifteen groups, under branch agreements, the others under frames of their own. */
export function chooseRegulars(kit: SalesKit, shop: Shop, accounts: readonly Account[], r: Random): Regular[] {
  const known = kit.w.today.getTime() - 765 * DAY_MS, may = accounts.filter(a => a.kind === 'company' && a.standing === 'customer' && a.createdAt.getTime() < known)
  const groupOf = (a: Account): Account | null => { let top = a; while (top.parent) top = top.parent; return top.kind === 'group' ? top : null }
  const byGroup = new Map<Account, Account[]>()
  for (const a of may) { const g = groupOf(a); if (g && g.block === a.block) byGroup.set(g, [...(byGroup.get(g) ?? []), a]) }
  const grouped = [...byGroup].filter(([, list]) => list.length > 1).toSorted((a, b) => b[0].buys - a[0].buys).slice(0, OF_GROUPS)
  const chosen = grouped.flatMap(([group, list], i) => list.slice(0, i % 5 < 2 ? 3 : 2).map(account => ({ account, group: group as Account | null })))
  const alone = may.filter(a => !groupOf(a)).toSorted((a, b) => b.buys - a.buys).slice(0, REGULARS - chosen.length).map(account => ({ account, group: null }))
  return [...chosen, ...alone].map(({ account, group }, i) => {
    const monthly = Math.min(240_000, Math.max(18_000, account.buys / 12 * (0.25 + 0.6 * r.next()))), basket = shop.basket(r, account.block, monthly, 20).filter(l => l.productId)
    const days = 40 + Math.round(i * 290 / REGULARS), kind = group ? 'branch' : 'frame'
    const agreement = (ago: number, old: boolean): Agreement => {
      const signedAt = kit.moment(r, ago + r.int(4, 20))
      return { id: r.id(signedAt), kind, from: dayText(after(kit.w.today, -ago)), until: dayText(after(kit.w.today, 364 - ago)), signedAt, lines: basket.map(l => ({ ...l, quantity: l.quantity * 12 })), old }
    }
    return { account, group, basket, agreements: [agreement(days + 365, true), agreement(days, false)], falls: i % 21 === 4 }
  })
}

/** Every order of two years: one for each deal that was won, one a month for the regular ones, and what others order now and then. */
export function inventOrders(kit: SalesKit, shop: Shop, accounts: readonly Account[], deals: readonly Deal[], regulars: readonly Regular[], r: Random): Order[] {
  const orders: Order[] = []
  const put = (o: Omit<Order, 'id' | 'amount' | 'contractId'>): void => { if (o.at <= kit.w.now && o.lines.length) orders.push({ ...o, id: r.id(o.at), amount: amountOf(o.lines), contractId: o.agreement?.id ?? null }) }
  for (const deal of deals) {
    if (deal.outcome !== 'won') continue
    // most are entered within three working days of the signature, as the rule asks (RU-11)
    const at = new Date(deal.closedAt!.getTime() + (r.chance(0.88) ? r.int(1, 40) : r.int(90, 260)) * 3_600_000)
    put({ account: deal.account, at: at > kit.w.now ? kit.w.now : at, channel: 'sales', lines: deal.lines, deal, agreement: null, dueDays: 30 })
  }
  for (const g of regulars) monthly(kit, g, r, put)
  const busy = new Set(regulars.map(g => g.account)), others = accounts.filter(a => a.kind === 'company' && a.standing === 'customer' && !busy.has(a)).filter((_, i) => i % 3 === 0)
  while (orders.length < ORDERS) {
    const at = kit.moment(r, kit.seasonal(r)), account = r.pick(others)
    if (account.createdAt > at) continue
    const channel = r.weighted(account.block === 'BKC' ? { web: 42, partner: 24, phone: 16, shop: 8, sales: 10 } : { web: 34, partner: 0, phone: 20, shop: 16, sales: 30 })
    put({ account, at, channel, lines: shop.basket(r, account.block, Math.min(30_000, Math.max(800, account.buys * 0.02 * spread(r))), 6), deal: null, agreement: null, dueDays: channel === 'web' || channel === 'shop' ? 0 : 30 })
  }
  return orders.toSorted((a, b) => a.at.getTime() - b.at.getTime())
}

/** In the first days of each month; the last five are level, so that whoever falls is seen among those who do not. */
function monthly(kit: SalesKit, g: Regular, r: Random, put: (o: Omit<Order, 'id' | 'amount' | 'contractId'>) => void): void {
  const [y, m] = dayText(kit.w.today).split('-').map(Number) as [number, number]
  for (let back = MONTHS; back >= 0; back--) {
    const month = new Date(Date.UTC(y, m - 1 - back, r.int(2, 11))), ago = Math.round((Date.parse(`${dayText(kit.w.today)}T00:00:00Z`) - month.getTime()) / DAY_MS)
    const even = back <= 5, at = kit.moment(r, ago, 'on'), day = dayText(at)
    const times = (even ? 1 : Math.sqrt(SEASON[month.getUTCMonth()]!)) * (1 + (r.next() - 0.5) * (even ? 0.06 : 0.3)) * (1 - back * 0.008) * (g.falls && back === 1 ? 0.5 : 1)
    const agreement = g.agreements.find(a => a.from <= day && day <= a.until) ?? null
    put({ account: g.account, at, channel: r.chance(0.8) ? 'sales' : 'web', lines: g.basket.map(l => ({ ...l, quantity: Math.max(1, Math.round(l.quantity * times)) })), deal: null, agreement, dueDays: 30 })
  }
}
