const DAY_MS = 86_400_000

/** What the law gives a customer whose repair takes too long. */
export const RIGHTS = { replace: ['换机权益', 'Replacement', 'red'], loaner: ['备用机', 'Loan device', 'orange'], refund: ['退货权益', 'Refund', 'volcano'] } as const
export type Right = keyof typeof RIGHTS

/** Why a repair takes long: our own doing, or parts that the maker does not deliver. Of each, the days for which somebody else answers are left out. */
export const CAUSES = { own: ['修理者自身原因', 'Our own cause'], parts: ['未供应零配件', 'Parts not delivered'] } as const
export type Cause = keyof typeof CAUSES
export const EXCLUDED: Record<Cause, readonly string[]> = { own: ['待客户', '待件'], parts: ['待客户'] }

/** A span of the clock's rest, in days of the tenant's calendar as UTC midnights; `to` null: it still lasts. `whole`: days that lie in it from midnight to midnight. */
export interface Rest { firstWhole: number; lastWhole: number; reason: string }

/**
 * Days in repair on a day: those after the day on which the device was handed in (that day itself is not counted), without the whole days for
 * which the clock rested for an excluded reason. Days are UTC midnights in milliseconds.
 */
export function repairDays(handedIn: number, today: number, rests: readonly Rest[], excluded: readonly string[]): number {
  const free = new Set<number>()
  for (const r of rests) if (excluded.includes(r.reason)) for (let d = Math.max(r.firstWhole, handedIn + DAY_MS); d <= Math.min(r.lastWhole, today); d += DAY_MS) free.add(d)
  return Math.max(0, Math.round((today - handedIn) / DAY_MS) - free.size)
}

export interface LawRuleRow { id: string; right: Right; cause: Cause; days: number; productLineId: string }

/** Rights that have come to be: more than so many days. `微机 30 日` is passed on day 31, `手机 7 日` on day 8. */
export const rightsDue = (rules: readonly LawRuleRow[], daysOf: (cause: Cause) => number): Array<LawRuleRow & { inRepair: number }> =>
  rules.flatMap(r => { const inRepair = daysOf(r.cause); return inRepair > r.days ? [{ ...r, inRepair }] : [] })

/** What the national rules say, to begin with; switched on by somebody who has compared them with the text in force. */
export const NATIONAL: Record<'computer' | 'phone', ReadonlyArray<{ right: Right; cause: Cause; days: number; basis: string }>> = {
  computer: [
    { right: 'replace', cause: 'own', days: 30, basis: '微型计算机商品三包：因修理者自身原因修理超过 30 日，可凭据换货' },
    { right: 'replace', cause: 'parts', days: 60, basis: '微型计算机商品三包：因未供应零配件自送修之日起超过 60 日未修好，可凭据换货' },
  ],
  phone: [
    { right: 'loaner', cause: 'own', days: 7, basis: '移动电话机商品三包：送修超过 7 日，应提供备用机' },
    { right: 'replace', cause: 'own', days: 30, basis: '移动电话机商品三包：因修理者自身原因修理超过 30 日，可凭据换货' },
    { right: 'replace', cause: 'parts', days: 60, basis: '移动电话机商品三包：因未供应零配件自送修之日起超过 60 日未修好，可凭据换货' },
  ],
}
