import { percentOf } from '@quancheng/quotes'
import type { Random } from './random.ts'
import type { Account } from './sales-accounts.ts'
import type { Deal } from './sales-deals.ts'
import { after, yuan, type Rows, type SalesKit } from './sales-kit.ts'
import type { Agreement, Regular } from './sales-orders.ts'
import { amountOf, costOf, listOf, type Line, type Shop } from './sales-prices.ts'
import { dayText } from './world.ts'

export const QUOTES = 800
const SINGLE = 355, REVISED = 40, VIRTUAL_GROUPS = 3

/** What the lines come to, as a quote shows it; the margin is that of the lines whose cost the price book knows. */
function sums(lines: readonly Line[]) {
  const amount = amountOf(lines), list = listOf(lines), known = lines.filter(l => l.productId), sold = amountOf(known), listed = listOf(known), cost = known.reduce((n, l) => n + l.quantity * costOf(l.list), 0)
  const percent = (part: number, whole: number): string | null => percentOf(BigInt(Math.round(part)) * 100n, BigInt(Math.round(whole)) * 100n)
  return { amount: yuan(amount), listAmount: yuan(list), rate: percent(list - amount, list) ?? '0.00', margin: known.length ? yuan(sold - cost) : null, marginRate: percent(sold - cost, sold), listMarginRate: percent(listed - cost, listed) }
}

export interface Papers { /** contract of a deal, by the deal's id */ contracts: ReadonlyMap<string, { id: string; signedOn: string; amount: number; paidUp: boolean }> }

/** Quotes of the deals that came so far; contracts of the largest that were won, of the regular buyers and of the groups. */
export async function storePapers(kit: SalesKit, rows: Rows, shop: Shop, deals: readonly Deal[], regulars: readonly Regular[], r: Random): Promise<Papers> {
  const won = deals.filter(d => d.outcome === 'won').toSorted((a, b) => b.amount - a.amount).slice(0, SINGLE), offered = deals.filter(d => d.outcome === 'open' && d.visits.length >= 3)
  const lost = deals.filter(d => d.outcome === 'lost' && d.visits.length >= 3).toSorted((a, b) => b.amount - a.amount).slice(0, Math.max(0, QUOTES - REVISED - won.length - offered.length))
  const revised = new Set(won.slice(0, REVISED)), quotes = new Map<Deal, { id: string; draft: Record<string, unknown>; at: Date }>()
  for (const deal of [...won, ...lost, ...offered]) quotes.set(deal, quoteOf(kit, rows, shop, deal, revised.has(deal), r))
  await rows.flush('quote')
  // a second version of the same number, as prices are talked about
  for (const deal of won.slice(0, REVISED)) {
    const first = quotes.get(deal)!, { number } = first.draft, at = new Date(first.at.getTime() + 60_000), id = r.id(at)
    for (const l of lineRows(dearer(deal.lines))) rows.add('quoteLine', { id: r.id(at), at: first.at, by: deal.account.rep.userId, draft: { ...l, quoteId: first.id } })
    rows.add('quote', { id, at, by: deal.account.rep.userId, draft: { ...first.draft, ...answered(deal, at), ...sums(deal.lines), number, revision: 2, previousId: first.id, state: 'accepted' } })
    quotes.set(deal, { ...first, id, at })
  }
  for (const [deal, q] of quotes) for (const l of lineRows(deal.lines)) rows.add('quoteLine', { id: r.id(q.at), at: q.at, by: deal.account.rep.userId, draft: { ...l, quoteId: q.id } })
  await rows.flush('quote', 'quoteLine')
  const contracts = new Map<string, { id: string; signedOn: string; amount: number; paidUp: boolean }>()
  for (const deal of won) {
    const signedAt = deal.closedAt!, ago = (kit.w.today.getTime() - signedAt.getTime()) / 86_400_000, signedOn = dayText(signedAt), state = ago > 190 ? 'done' : 'active', id = r.id(signedAt)
    contractRow(kit, rows, { id, at: signedAt, account: deal.account, title: deal.name, kind: 'single', lines: deal.lines, state, signedOn, from: signedOn, until: dayText(after(signedAt, 364)), deal, quoteId: quotes.get(deal)!.id }, r)
    contracts.set(deal.id, { id, signedOn, amount: deal.amount, paidUp: state === 'done' })
    for (const [label, days, percent] of [['到货验收', 30, '60.00'], ['质保期满', 120, '10.00']] as const) rows.add('milestone', { id: r.id(signedAt), at: signedAt, by: deal.account.rep.userId, draft: { contractId: id, label, dueOn: dayText(after(signedAt, days)), doneOn: ago > days + 4 && (ago > 190 || r.chance(0.93)) ? dayText(after(signedAt, days + r.int(-4, 4))) : null, percent } })
  }
  drafts(kit, rows, offered.filter(d => d.stage === 'sign').slice(0, 25), quotes, r)
  storeAgreements(kit, rows, regulars, r)
  await rows.flush('contract', 'contractLine', 'milestone')
  return { contracts }
}

const lineRows = (lines: readonly Line[]) => lines.map((l, i) => ({ position: i + 1, productId: l.productId, item: l.item, unit: l.unit, quantity: String(l.quantity), listPrice: yuan(l.list), unitPrice: yuan(l.price), discount: '0', amount: yuan(l.quantity * l.price) }))

/** As it was offered first. */
const dearer = (lines: readonly Line[]): Line[] => lines.map(l => ({ ...l, price: Math.round((l.price + l.list) / 2) }))
const answered = (deal: Deal, at: Date) => ({ sentAt: at, answeredAt: deal.closedAt ?? at, answeredBy: deal.account.contacts.find(c => !c.until)?.name ?? deal.account.name })

function quoteOf(kit: SalesKit, rows: Rows, shop: Shop, deal: Deal, replaced: boolean, r: Random): { id: string; draft: Record<string, unknown>; at: Date } {
  const { account } = deal, visit = deal.visits[2]!, end = visit.to ?? kit.w.now, at = new Date(visit.from.getTime() + (end.getTime() - visit.from.getTime()) * 0.3), sentAt = new Date(at.getTime() + (end.getTime() - at.getTime()) * 0.3), id = r.id(at)
  const validUntil = dayText(after(at, 30)), past = validUntil < dayText(kit.w.today)
  const open = (): string => (deal.stage === 'quote' && r.chance(0.35) ? 'draft' : deal.stage === 'sign' ? 'accepted' : past ? 'expired' : r.chance(0.2) ? 'approved' : 'sent')
  const state = replaced ? 'replaced' : deal.outcome === 'won' ? 'accepted' : deal.outcome === 'lost' ? (r.chance(0.6) ? 'declined' : 'expired') : open()
  const draft: Record<string, unknown> = {
    title: deal.name, customerId: account.id, contactId: account.contacts.find(c => !c.until)?.id ?? null, opportunityId: deal.id, unitId: kit.w.units[account.block], ownerId: account.rep.userId, priceBookId: shop.standardBook, validUntil, state, discount: '0', ...sums(replaced ? dearer(deal.lines) : deal.lines), approverIds: [], revision: 1,
    ...(['draft', 'approved'].includes(state) ? {} : { sentAt }), ...(['accepted', 'declined'].includes(state) ? answered(deal, sentAt) : {}), ...(state === 'declined' ? { answerReason: '选了另一家' } : {}), terms: '含税，货到三十日付款；质保一年。',
  }
  rows.add('quote', { id, at, by: account.rep.userId, draft })
  return { id, draft, at }
}

interface Signed { id: string; at: Date; account: Account; title: string; kind: string; lines: readonly Line[]; state: string; signedOn: string | null; from: string | null; until: string | null; deal?: Deal | undefined; quoteId?: string | null; parentId?: string | null; volume?: number; amount?: number }

function contractRow(kit: SalesKit, rows: Rows, c: Signed, r: Random): void {
  const { account } = c, at = new Date(c.at.getTime() - 2 * 3_600_000)
  rows.add('contract', { id: c.id, at, by: account.rep.userId, draft: {
    title: c.title.slice(0, 100), kind: c.kind, parentId: c.parentId ?? null, customerId: account.id, contactId: account.contacts.find(p => !p.until)?.id ?? null, opportunityId: c.deal?.id ?? null, quoteId: c.quoteId ?? null, unitId: kit.w.units[account.block], ownerId: account.rep.userId, state: c.state, amount: yuan(c.amount ?? amountOf(c.lines)), signedOn: c.signedOn,
    validFrom: c.from, validUntil: c.until, renewalDays: 60, overVolume: 'warn', changed: '0.00', ...(c.volume ? { volume: String(c.volume), volumeUnit: '台' } : {}),
  } })
  for (const [i, l] of c.lines.entries()) rows.add('contractLine', { id: r.id(at), at, by: account.rep.userId, draft: { contractId: c.id, position: i + 1, productId: l.productId, item: l.item, unit: l.unit, quantity: String(l.quantity), unitPrice: yuan(l.price), amount: yuan(l.quantity * l.price) } })
}

/** What is being signed these days: half of it approved, half still being written. */
function drafts(kit: SalesKit, rows: Rows, deals: readonly Deal[], quotes: ReadonlyMap<Deal, { id: string }>, r: Random): void {
  for (const [i, deal] of deals.entries()) { const at = kit.moment(r, r.int(1, 9)); contractRow(kit, rows, { id: r.id(at), at: at > deal.createdAt ? at : kit.w.now, account: deal.account, title: deal.name, kind: 'single', lines: deal.lines, state: i % 2 ? 'approved' : 'draft', signedOn: null, from: null, until: null, deal, quoteId: quotes.get(deal)?.id ?? null }, r) }
}

/** Frames, branch agreements and, over those of twelve groups, the group's own; three groups have only their branches so far (SA-14). */
function storeAgreements(kit: SalesKit, rows: Rows, regulars: readonly Regular[], r: Random): void {
  const total = (a: Agreement): number => a.lines.reduce((n, l) => n + l.quantity, 0)
  for (const [i, [group, list]] of [...Map.groupBy(regulars, g => g.group)].entries()) {
    let parentId: string | null = null
    const current = list.map(g => g.agreements[1])
    if (group && i >= VIRTUAL_GROUPS) {
      const signedAt = new Date(Math.min(...current.map(a => a.signedAt.getTime())) - 600_000)
      parentId = r.id(signedAt)
      contractRow(kit, rows, { id: parentId, at: signedAt, account: group, title: `${group.name}年度集团协议`, kind: 'group', lines: [], state: 'active', signedOn: dayText(signedAt), from: dayText(signedAt), until: dayText(after(kit.w.today, 200)), volume: current.reduce((n, a) => n + total(a), 0), amount: current.reduce((n, a) => n + amountOf(a.lines), 0) }, r)
    }
    for (const g of list) for (const a of g.agreements) contractRow(kit, rows, { id: a.id, at: a.signedAt, account: g.account, title: `${g.account.name} ${a.from.slice(0, 4)} 年${a.kind === 'frame' ? '框架协议' : '分支协议'}`, kind: a.kind, lines: a.lines, state: a.old ? 'done' : 'active', signedOn: dayText(a.signedAt), from: a.from, until: a.until, parentId: a.old ? null : parentId, volume: total(a) }, r)
  }
}
