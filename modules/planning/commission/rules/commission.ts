import { cents, share, yuan } from '@quancheng/quotes'

/** From one amount (included) up to the next: so many percent of what lies between. `to` null: without end. */
export interface Tier { from: string; to: string | null; percent: string }
export interface Share { userId: string; percent: string }

/** Commission on an amount: each part by the percent of its own tier (0–100k 2 %, above 5 %: 150k is 2 000 + 2 500). Nothing for nothing, and for less. */
export function commission(tiers: readonly Tier[], amount: string): string {
  const total = cents(amount)
  let sum = 0n
  for (const t of tiers) {
    const from = cents(t.from), to = t.to === null || cents(t.to) > total ? total : cents(t.to)
    if (to > from) sum += cents(share(yuan(to - from), t.percent))
  }
  return yuan(sum)
}

/** What one more payment brings when so much has come in before; money given back (below 0) takes away at the rates at which it was earned. */
export const difference = (tiers: readonly Tier[], before: string, amount: string): string =>
  yuan(cents(commission(tiers, yuan(cents(before) + cents(amount)))) - cents(commission(tiers, before)))

/** An amount divided by shares that make 100; the last one takes the cents that are left over, so that the parts are the whole. */
export function split(amount: string, shares: readonly Share[]): Array<{ userId: string; amount: string }> {
  let left = cents(amount)
  return shares.map((s, i) => {
    const part = i === shares.length - 1 ? left : cents(share(amount, s.percent))
    left -= part
    return { userId: s.userId, amount: yuan(part) }
  })
}

/** In hundredths of a percent, exactly 100.00. */
export const sumsToHundred = (shares: readonly Share[]): boolean => shares.length > 0 && shares.reduce((n, s) => n + cents(s.percent), 0n) === 10_000n

/** What is wrong with the tiers of a plan, in words; null: nothing. They begin at 0 and follow one another without gap. */
export function tierProblem(tiers: readonly Tier[]): string | null {
  let at: bigint | null = 0n
  for (const t of tiers.toSorted((a, b) => (cents(a.from) < cents(b.from) ? -1 : 1))) {
    if (at === null) return '没有上限的一档之后不能再有一档'
    if (cents(t.from) !== at) return `各档要从 0 开始、首尾相接，${yuan(at)} 之后断开或重叠了`
    if (t.to !== null && cents(t.to) <= cents(t.from)) return '上限要大于下限'
    at = t.to === null ? null : cents(t.to)
  }
  return tiers.length ? null : '还没有分档'
}
