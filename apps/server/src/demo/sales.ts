import { schedule, type Ctx } from '@quancheng/kernel'
import { findDeclines, judgeNow, shareWithTeams } from '@quancheng/keyaccounts'
import { tenantCalendar } from '@quancheng/org'
import { inventAccounts, storeAccounts } from './sales-accounts.ts'
import { inventActions } from './sales-actions.ts'
import { inventDeals, storeDeals } from './sales-deals.ts'
import { bulkRows, salesKit, type SalesKit } from './sales-kit.ts'
import { storeKnowing } from './sales-knowing.ts'
import { storeLeads } from './sales-leads.ts'
import { storeOrders } from './sales-money.ts'
import { chooseRegulars, inventOrders, type Order } from './sales-orders.ts'
import { storePapers } from './sales-papers.ts'
import { storePlans } from './sales-plans.ts'
import { openShop } from './sales-prices.ts'
import type { Account } from './sales-accounts.ts'
import { dayText, DAY_MS, type DemoWorld } from './world.ts'

/** How many beside groups and regular buyers are in the programme. */
const ALSO = 60

/**
 * The selling side of the company: two years of leads, deals, quotes, contracts, orders and money with the seasons that such a business has. All of it is
 * invented first, so that what hangs together agrees to the yuan, and written in bulk after. Only for a company that has blocks.
 */
export async function storeSales(ctx: Ctx, w: DemoWorld): Promise<void> {
  if (!w.plan.units.some(u => u.kind === 'block')) return
  const kit = salesKit(w, await tenantCalendar(ctx)), rows = bulkRows(ctx), r = (stream: string) => w.random(`sales/${stream}`)
  const accounts = inventAccounts(kit, r('accounts')), group = accounts.find(a => a.kind === 'group')!
  const shop = openShop(kit, rows, r('prices'))
  const regulars = chooseRegulars(kit, shop, accounts, r('regulars')), deals = inventDeals(kit, shop, accounts, new Set(regulars.map(g => g.account)), r('deals'))
  const orders = inventOrders(kit, shop, accounts, deals, regulars, r('orders'))
  declare(kit, orders, regulars.map(g => g.account), r('declared'))
  await storeAccounts(kit, rows, accounts, r('customers'))
  await shop.store(group)
  inventActions(kit, rows, deals, accounts, r('actions'))
  await storeDeals(ctx, kit, rows, deals, r('cases'))
  await rows.flush('engagement')
  await storeLeads(ctx, kit, rows, deals, r('leads'))
  const papers = await storePapers(kit, rows, shop, deals, regulars, r('papers'))
  const { open } = await storeOrders(kit, rows, orders, papers, r('money'))
  await storeKnowing(ctx, kit, rows, accounts, deals, regulars, r('knowing'))
  await storePlans(ctx, kit, rows, deals, r('plans'))
  await remind(ctx, kit, open)
  await programme(ctx, kit, accounts, orders, regulars.map(g => g.account))
}

/** What regular buyers say they buy of everything in a year is what they buy from us and some more: their share differs from one to the next. */
function declare(kit: SalesKit, orders: readonly Order[], regulars: readonly Account[], r: ReturnType<DemoWorld['random']>): void {
  const since = kit.w.today.getTime() - 365 * DAY_MS
  for (const a of regulars) { const ours = orders.filter(o => o.account === a && o.at.getTime() > since).reduce((n, o) => n + o.amount, 0); if (ours) a.buys = ours / (0.16 + 0.8 * r.next()) }
}

/** Whoever owes hears of it in the days to come, a few at a time, as the program does by itself from the day after (CE-02). */
async function remind(ctx: Ctx, kit: SalesKit, open: readonly string[]): Promise<void> {
  const due = new Map((await ctx.query<{ id: string; due: string }>('select id, due_on::text as due from instalment where tenant_id = $1 and id = any($2)', [ctx.tenant.id, open])).map(x => [x.id, x.due]))
  const today = dayText(kit.w.today)
  for (const [i, id] of open.entries()) {
    const day = due.get(id)!, at = day < today ? kit.w.today.getTime() + (i % 7) * DAY_MS : Date.parse(`${day}T00:00:00+08:00`) + DAY_MS
    await schedule(ctx, { kind: 'contracts.overdue', key: id, dueAt: new Date(at + 8 * 3_600_000), payload: { instalmentId: id } })
  }
  const contracts = await ctx.query<{ id: string; until: string }>("select id, valid_until::text as until from contract where tenant_id = $1 and state = 'active' and valid_until is not null", [ctx.tenant.id])
  for (const c of contracts) for (const [kind, days] of [['contracts.expire', 1], ['contracts.renewal', -60]] as const) await schedule(ctx, { kind, key: c.id, dueAt: new Date(Date.parse(`${c.until}T00:00:00+08:00`) + days * DAY_MS), payload: { contractId: c.id } })
}

/** Groups, regular buyers and some others join and are judged; who bought much less last month is found (SA-12, SA-17). */
async function programme(ctx: Ctx, kit: SalesKit, accounts: readonly Account[], orders: readonly Order[], regulars: readonly Account[]): Promise<void> {
  const lately = new Set(orders.filter(o => kit.w.today.getTime() - o.at.getTime() < 170 * DAY_MS).map(o => o.account)), others = accounts.filter(a => a.kind === 'company' && a.standing === 'customer' && !lately.has(a)).slice(0, ALSO)
  await shareWithTeams(ctx)
  await judgeNow(ctx, [...accounts.filter(a => a.kind === 'group'), ...regulars, ...others].map(a => a.id), 'joined')
  const [y, m] = dayText(kit.w.today).split('-').map(Number) as [number, number]
  await findDeclines(ctx, new Date(Date.UTC(y, m - 2, 1)).toISOString().slice(0, 7))
}
