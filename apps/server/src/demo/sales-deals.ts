import type { Ctx } from '@quancheng/kernel'
import { definitionByKey } from '@quancheng/process'
import { insertColumns, type Columns } from './insert.ts'
import type { Random } from './random.ts'
import type { Account } from './sales-accounts.ts'
import { after, SOLD_DAYS, spread, yuan, type Rows, type SalesKit } from './sales-kit.ts'
import { amountOf, type Line, type Shop } from './sales-prices.ts'
import { COMPETITORS, PURPOSES } from './sales-words.ts'
import { DAY_MS, dayText } from './world.ts'

export const DEALS = 3000, OPEN_DEALS = 350
export const OPEN_STAGES = ['qualify', 'needs', 'quote', 'negotiate', 'sign'] as const
const NAMES: Readonly<Record<string, string>> = { qualify: '初步接触', needs: '需求确认', quote: '报价', negotiate: '商务谈判', sign: '签约', won: '赢单', lost: '丢单' }
export const CHANCE: Readonly<Record<string, number>> = { qualify: 10, needs: 20, quote: 40, negotiate: 60, sign: 80, won: 100, lost: 0 }
const REASONS: Readonly<Record<string, number>> = { price: 38, timing: 16, relation: 13, product: 12, service: 8, cancelled: 10, other: 3 }
/** How often we win where they are in it too. */
const AGAINST: Readonly<Record<string, number>> = { 澜石数服: 0.62, 云帆智维: 0.95, 曜石数码: 0.78, 拓野科技: 1.15 }

export interface Visit { stage: string; from: Date; to: Date | null }
export interface Deal {
  id: string; name: string; account: Account; createdAt: Date; closedAt: Date | null; outcome: 'open' | 'won' | 'lost'; stage: string; visits: Visit[]; lines: Line[]; amount: number; closeOn: string
  lostReason: string | null; lostTo: string | null; lead: { id: string; source: string } | null; followedAt: Date | null; nextAt: Date | null
}

/** Deals of two years in the order in which they were entered: most are over, and who and against whom decides how. */
export function inventDeals(kit: SalesKit, shop: Shop, accounts: readonly Account[], regulars: ReadonlySet<Account>, r: Random): Deal[] {
  const buyers = accounts.filter(a => a.kind !== 'group'), deals: Deal[] = []
  // of those who order every month nothing is won lately: their last months stay level
  const buyerAt = (at: Date, lately: boolean): Account => { for (;;) { const a = r.pick(buyers); if (lately && regulars.has(a)) continue; if (a.createdAt < at && a.standing !== 'former' && (a.standing === 'customer' || r.chance(0.2))) return a } }
  for (let i = 0; i < DEALS; i++) {
    const open = i >= DEALS - OPEN_DEALS, ago = open ? r.int(2, 95) : kit.seasonal(r), length = open ? 0 : r.int(12, 110)
    const createdAt = kit.moment(r, Math.min(open ? ago : ago + length, SOLD_DAYS + 110)), account = buyerAt(createdAt, !open && ago < 190)
    const against = r.chance(0.62) ? r.pick(COMPETITORS) : null
    const wins = r.chance(Math.min(0.9, 0.41 * account.rep.wins * (against ? AGAINST[against]! : 1.25)))
    const outcome = open ? 'open' : wins ? 'won' : 'lost'
    // first steps are many, the last ones few
    const reached = outcome === 'won' ? 5 : outcome === 'lost' ? Number(r.weighted({ 1: 22, 2: 24, 3: 32, 4: 18, 5: 4 })) : Number(r.weighted({ 1: 26, 2: 26, 3: 23, 4: 15, 5: 10 }))
    const end = open ? kit.w.now : kit.moment(r, ago), closedAt = open ? null : end > createdAt ? end : new Date(createdAt.getTime() + 3 * 3_600_000)
    const about = Math.min(900_000, Math.max(2_500, account.buys * 0.045 * spread(r))), lines = shop.basket(r, account.block, about, 14)
    deals.push({
      id: r.id(createdAt), name: `${account.name} ${r.pick(PURPOSES[account.block]!)}`.slice(0, 100), account, createdAt, closedAt, outcome, stage: open ? OPEN_STAGES[reached - 1]! : outcome, visits: visitsOf(r, createdAt, closedAt ?? end, reached, open), lines, amount: amountOf(lines),
      // a few are late, most close within the next months
      closeOn: dayText(open ? after(kit.w.today, r.chance(0.14) ? -r.int(1, 25) : Math.round(r.int(3, 100) * (1 - reached / 9))) : closedAt!),
      lostReason: outcome === 'lost' ? r.weighted(REASONS) : null, lostTo: outcome === 'lost' ? against : null, lead: null, followedAt: null, nextAt: null,
    })
  }
  return deals.toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime())
}

function visitsOf(r: Random, from: Date, to: Date, reached: number, open: boolean): Visit[] {
  const shares = Array.from({ length: reached }, () => 0.3 + r.next()), sum = shares.reduce((a, b) => a + b, 0), visits: Visit[] = []
  let at = from.getTime()
  for (const [i, share] of shares.entries()) {
    const next = i === reached - 1 ? to.getTime() : at + (to.getTime() - from.getTime()) * share / sum
    visits.push({ stage: OPEN_STAGES[i]!, from: new Date(at), to: open && i === reached - 1 ? null : new Date(next) })
    at = next
  }
  return visits
}

const INSTANCE: Columns = { id: 'uuid', definition_id: 'uuid', entity: 'text', record_id: 'uuid', label: 'text', unit_id: 'uuid', state: 'text', variables: 'jsonb', next_seq: 'int', started_at: 'timestamptz', ended_at: 'timestamptz', end_node: 'text', end_name: 'text' }
const STEP: Columns = { id: 'uuid', instance_id: 'uuid', seq: 'int', node_id: 'text', name: 'text', kind: 'text', unit_id: 'uuid', assignee_id: 'uuid', state: 'text', entered_at: 'timestamptz', started_at: 'timestamptz', finished_at: 'timestamptz', finished_by: 'uuid', outcome: 'text', minutes: 'numeric', data: 'jsonb' }

/** Writes the deals, each with the case that its stages are: as columns, for a case at a time would take minutes. */
export async function storeDeals(ctx: Ctx, kit: SalesKit, rows: Rows, deals: readonly Deal[], r: Random): Promise<void> {
  const definition = await definitionByKey(ctx, 'opportunity'), instances: Array<Record<string, unknown>> = [], steps: Array<Record<string, unknown>> = [], drafts = new Map<Deal, Record<string, unknown>>()
  for (const d of deals) {
    const unitId = kit.w.units[d.account.block]!, ownerId = d.account.rep.userId, contact = d.account.contacts.find(c => !c.until)
    const draft: Record<string, unknown> = {
      name: d.name, customerId: d.account.id, contactId: contact?.id ?? null, unitId, ownerId, amount: yuan(d.amount), quantity: String(d.lines.reduce((n, l) => n + l.quantity, 0)), closeOn: d.closeOn, stage: d.stage, stageAt: d.closedAt ?? d.visits.at(-1)!.from, chance: CHANCE[d.stage], outcome: d.outcome, closedAt: d.closedAt,
      lostReason: d.lostReason, lostTo: d.lostTo, productId: d.lines[0]?.productId ?? null, leadId: d.lead?.id ?? null, source: d.lead?.source ?? null, followedAt: d.followedAt, nextAt: d.nextAt,
    }
    drafts.set(d, draft)
    rows.add('opportunity', { id: d.id, at: d.createdAt, by: ownerId, draft })
  }
  await rows.flush('opportunity')
  for (const [d, draft] of drafts) {
    const instanceId = r.id(d.createdAt), { unitId, ownerId } = draft
    instances.push({ id: instanceId, definition_id: definition.id, entity: 'opportunity', record_id: d.id, label: draft.number, unit_id: unitId, state: d.closedAt ? 'completed' : 'active', variables: JSON.stringify({ stage: 'qualify', ownerId }), next_seq: d.visits.length + 1, started_at: d.createdAt, ended_at: d.closedAt, end_node: d.closedAt ? d.outcome : null, end_name: d.closedAt ? NAMES[d.outcome] : null })
    for (const [i, v] of d.visits.entries()) {
      steps.push({
        id: r.id(v.from), instance_id: instanceId, seq: i + 1, node_id: v.stage, name: NAMES[v.stage], kind: 'user', unit_id: unitId, assignee_id: ownerId, state: v.to ? 'done' : 'active', entered_at: v.from, started_at: v.from, finished_at: v.to, finished_by: v.to ? ownerId : null,
        outcome: v.to ? d.visits[i + 1]?.stage ?? d.outcome : null, minutes: v.to ? Math.round((v.to.getTime() - v.from.getTime()) / DAY_MS * 450) : null, data: '{}',
      })
    }
  }
  await insertColumns(ctx, 'process_instance', INSTANCE, instances)
  await insertColumns(ctx, 'process_step', STEP, steps)
}
