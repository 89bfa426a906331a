/*
 * Whose is a new lead? Pure: rules in their order, the first that fits; then people in turn or by load (SA-01).
 */

export interface Rule {
  id: string; provinces: readonly string[]; cities: readonly string[]; sources: readonly string[]; productId: string | null; campaignId: string | null
  /** yuan */
  amountFrom: number | null; amountTo: number | null
  unitId: string; method: 'turn' | 'load' | 'territory' | 'pool'; personIds: readonly string[]
}
export interface Subject { province: string | null; city: string | null; source: string | null; productId: string | null; campaignId: string | null; amount: number | null }

/** Words as people write them in one field: 浙江、江苏 or 浙江, 江苏. */
export const words = (text: string | null | undefined): string[] => (text ?? '').split(/[、,，;；\s]+/).map(w => w.trim()).filter(Boolean)

const ENDS = /(特别行政区|壮族自治区|回族自治区|维吾尔自治区|自治区|省|市)$/
/** 浙江 and 浙江省 are one place. */
export const place = (name: string): string => (name.length > 2 ? name.replace(ENDS, '') : name)

const among = (asked: readonly string[], value: string | null): boolean => asked.length === 0 || (value !== null && asked.some(a => place(a) === place(value.trim())))

export const fits = (r: Rule, s: Subject): boolean =>
  among(r.provinces, s.province) && among(r.cities, s.city) && (r.sources.length === 0 || (s.source !== null && r.sources.includes(s.source)))
  && (r.productId === null || r.productId === s.productId) && (r.campaignId === null || r.campaignId === s.campaignId)
  && (r.amountFrom === null || (s.amount !== null && s.amount >= r.amountFrom)) && (r.amountTo === null || (s.amount !== null && s.amount <= r.amountTo))

/** The rules come in their order. */
export const ruleFor = (rules: readonly Rule[], s: Subject): Rule | null => rules.find(r => fits(r, s)) ?? null

/** `turns`: how often the rule has been asked, from 1. Who may not be given more is passed over; null where nobody may. */
export function inTurn(people: readonly string[], turns: number, may: (id: string) => boolean): string | null {
  for (let i = 0; i < people.length; i++) {
    const id = people[(turns - 1 + i) % people.length]!
    if (may(id)) return id
  }
  return null
}

/** Who has least in hand; of equals the one named first. */
export function leastLoaded(people: readonly string[], held: ReadonlyMap<string, number>, may: (id: string) => boolean): string | null {
  const able = people.filter(may)
  return able.reduce<string | null>((best, id) => (best === null || (held.get(id) ?? 0) < (held.get(best) ?? 0) ? id : best), null)
}
