import { fenOf, shareOf, sumDecimal, yuanOf } from '@quancheng/kernel'
import { addDays } from './ageing.ts'

/** One part of the payment terms: so many percent, so many days after signing or delivery. */
export interface TermOfPayment { label: string; percent: string; after: 'sign' | 'delivery'; days: number }
export interface Planned { label: string; dueOn: string; amount: string }

/** 30 % on signing, 60 % on delivery, 10 % ninety days after it: what most begin with. */
export const USUAL_TERMS: readonly TermOfPayment[] = [{ label: '预付款', percent: '30', after: 'sign', days: 0 }, { label: '到货款', percent: '60', after: 'delivery', days: 0 }, { label: '质保金', percent: '10', after: 'delivery', days: 90 }]

export const sumOfPercent = (terms: readonly TermOfPayment[]): string => sumDecimal(terms.map(t => t.percent))

/** The instalments of an amount; the last one takes the cents that rounding leaves, so that they add up to it exactly. */
export function planOf(amount: string, terms: readonly TermOfPayment[], days: Record<TermOfPayment['after'], string>): Planned[] {
  const whole = fenOf(amount)
  let rest = whole
  return terms.map((t, i) => {
    const part = i === terms.length - 1 ? rest : shareOf(whole, t.percent)
    rest -= part
    return { label: t.label, dueOn: addDays(days[t.after], t.days), amount: yuanOf(part) }
  })
}

export interface Open { id: string; dueOn: string; amount: string; received: string }

/**
 * Which instalments a sum settles: the chosen one first, then the oldest. What is over stays with the customer (`rest`, 预收).
 * A part is settled where the sum does not suffice.
 */
export function settleOf(amount: string, open: readonly Open[], chosen: string | null = null): { shares: Array<{ id: string; amount: string }>; rest: string } {
  let left = fenOf(amount)
  const order = open.toSorted((a, b) => Number(b.id === chosen) - Number(a.id === chosen) || (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : a.id < b.id ? -1 : 1))
  const shares: Array<{ id: string; amount: string }> = []
  for (const o of order) {
    const missing = fenOf(o.amount) - fenOf(o.received), take = missing < left ? missing : left
    if (take <= 0n) continue
    shares.push({ id: o.id, amount: yuanOf(take) })
    left -= take
  }
  return { shares, rest: yuanOf(left) }
}
