import type { Random } from './random.ts'
import type { Account } from './sales-accounts.ts'
import type { Deal } from './sales-deals.ts'
import type { Rows, SalesKit } from './sales-kit.ts'
import { NEXT, RESULTS, SUBJECTS } from './sales-words.ts'
import { DAY_MS, dayText } from './world.ts'

export const DONE = 6000
const KINDS = { visit: 30, call: 28, meeting: 12, message: 15, mail: 8, demo: 7 }

/**
 * What was done for customers: on the way of every deal, and for good customers between deals. Some open deals have had nothing this month, so that the
 * list of those has rows (RU-03). Sets the deals' own 最近跟进 and 下次行动; call it before the deals are written, `rows.flush('engagement')` after.
 */
export function inventActions(kit: SalesKit, rows: Rows, deals: readonly Deal[], accounts: readonly Account[], r: Random): void {
  const { w } = kit, thisMonth = dayText(w.today).slice(0, 7), monthBegan = new Date(`${thisMonth}-01T00:00:00+08:00`)
  let left = DONE
  const put = (account: Account, at: Date, deal: Deal | null, next: Date | null, none = false): void => {
    const kind = none ? 'none' : r.weighted(KINDS), contact = account.contacts.find(c => !c.until)
    rows.add('engagement', { id: r.id(at), at, by: account.rep.userId, draft: { kind, state: 'done', customerId: account.id, contactId: none ? null : contact?.id ?? null, opportunityId: deal?.id ?? null, unitId: w.units[account.block], ownerId: account.rep.userId, at, doneAt: at, minutes: none ? null : { visit: 90, meeting: 75, demo: 120, call: 12, message: 8, mail: 15 }[kind as 'visit'], subject: r.pick(SUBJECTS[kind]!), result: none ? null : r.pick(RESULTS), ...(next ? { nextStep: r.pick(NEXT), nextAt: next } : {}) } })
    left--
  }
  for (const [i, deal] of deals.entries()) {
    const open = deal.outcome === 'open', end = deal.closedAt ?? w.now, silent = open && i % 5 === 1
    const times = open ? r.int(1, 3) : r.int(0, 3)
    for (let n = 0; n < times; n++) {
      // of the silent ones everything was before this month began
      const until = silent ? Math.min(end.getTime(), monthBegan.getTime() - 3_600_000) : end.getTime()
      if (until <= deal.createdAt.getTime()) break
      const at = new Date(deal.createdAt.getTime() + (until - deal.createdAt.getTime()) * (open && n === 0 && !silent ? 0.9 + 0.1 * r.next() : r.next()))
      put(deal.account, at, deal, null, open && r.chance(0.04))
      if (!deal.followedAt || at > deal.followedAt) deal.followedAt = at
    }
    if (open && i % 2 === 0) plan(kit, rows, deal, r)
  }
  const good = accounts.filter(a => a.standing !== 'former' && a.buys > 300_000)
  while (left > 0) { const account = r.pick(good), at = kit.moment(r, kit.seasonal(r)); if (account.createdAt < at) put(account, at, null, null) }
}

/** What is to be done next, a few of them given by the head of the block (SA-23). */
function plan(kit: SalesKit, rows: Rows, deal: Deal, r: Random): void {
  const at = kit.moment(r, -r.int(1, 18)), since = new Date(Math.max(deal.createdAt.getTime(), kit.w.now.getTime() - r.int(1, 5) * DAY_MS)), { account } = deal, kind = r.weighted({ visit: 45, call: 35, meeting: 20 })
  rows.add('engagement', { id: r.id(since), at: since, by: account.rep.userId, draft: { kind, state: 'planned', customerId: account.id, contactId: account.contacts.find(c => !c.until)?.id ?? null, opportunityId: deal.id, unitId: kit.w.units[account.block], ownerId: account.rep.userId, at, subject: r.pick(SUBJECTS[kind]!) } })
  deal.nextAt = at
}
