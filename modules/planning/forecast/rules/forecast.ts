import { Opportunity } from '@quancheng/sales'
import { spanOfPeriod, within } from '../../rules/period.ts'

/** The stages of a deal, as the sales module declares them. */
export const STAGES = Object.fromEntries((Opportunity.spec.fields.stage!.options ?? []).map(o => [o.value, [o.label[0], o.label[1], o.color ?? 'default'] as const]))

export interface Planned { period: string; amount: string }

/** The plan for a span out of targets of several lengths: one for just this period, else the sum of the longest parts that lie in it. */
export function planFor(list: readonly Planned[], period: string): bigint | null {
  const fen = (p: Planned): bigint => BigInt(Math.round(Number(p.amount) * 100)), sum = (some: readonly Planned[]): bigint | null => (some.length ? some.reduce((n, p) => n + fen(p), 0n) : null)
  const inside = list.filter(p => within(p.period, period))
  return sum(inside.filter(p => p.period === period)) ?? sum(inside.filter(p => p.period.includes('Q'))) ?? sum(inside)
}

/** How right a forecast was: 100 % when it was just what came, 0 when it was off by as much as came, or nothing came. */
export function accuracy(forecast: number, came: number): number {
  if (came <= 0) return forecast <= 0 ? 100 : 0
  return Math.max(0, Math.round((1 - Math.abs(forecast - came) / came) * 1000) / 10)
}

/** The day four weeks before a period ends: what was known then is compared with what came. */
export const fourWeeksBefore = (period: string): string => new Date(Date.parse(`${spanOfPeriod(period).to}T00:00:00Z`) - 28 * 86_400_000).toISOString().slice(0, 10)

export interface Counts { leads: number; deals: number; quotes: number; orders: number }
const rate = (n: number, of: number): number | null => (of ? Math.round(n / of * 1000) / 10 : null)
/** 线索 → 商机 → 报价 → 订单, each in percent of the one before, one place. */
export const ratesOf = (c: Counts) => ({ deals: rate(c.deals, c.leads), quotes: rate(c.quotes, c.deals), orders: rate(c.orders, c.quotes) })
