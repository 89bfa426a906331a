/** 派工规则: who takes a piece of work, by skill, load and distance, and why in words. Pure: nothing here asks anybody. */

/** Open work that somebody without a profile of their own takes on. */
export const DEFAULT_LIMIT = 5
const LEVELS = 5
/** What each side weighs, in points of a hundred. */
const WEIGHT = { skill: 40, load: 40, distance: 20 } as const
/** Kilometres at which distance is worth half its points. */
const HALF_KM = 10
const NAMED_AT_MOST = 8

export interface Need { skillId: string; name: string; level: number }
/** `open`: what they have in hand now; `absent`: why they are not there, null: they are; `km`: how far they have to go, null: nobody knows or it is done here. */
export interface Worker { id: string; name: string; open: number; limit: number; skills: Readonly<Record<string, number>>; absent: string | null; km: number | null }
export interface Weighed { id: string; name: string; fits: boolean; score: number; text: string }
export interface Choice { ranked: Weighed[]; chosen: Weighed | null; why: string }

function lacks(n: Need, level: number | undefined): string | null {
  if (!level) return `不会${n.name}`
  return level < n.level ? `${n.name}只有 ${level} 级，要 ${n.level} 级` : null
}

/** One person for one piece of work. The score counts only among those who fit. */
export function weighOne(needs: readonly Need[], w: Worker): Weighed {
  const missing = needs.flatMap(n => lacks(n, w.skills[n.skillId]) ?? [])
  const full = w.open >= w.limit
  const against = [...(w.absent ? [`不在岗（${w.absent}）`] : []), ...missing, ...(full ? [w.limit === 0 ? '不派活' : `已满 ${w.open}/${w.limit}`] : [])]
  const skill = needs.length ? needs.reduce((sum, n) => sum + (w.skills[n.skillId] ?? 0), 0) / (needs.length * LEVELS) : 1
  const load = w.limit > 0 ? Math.max(0, 1 - w.open / w.limit) : 0
  const distance = w.km === null ? 1 : 1 / (1 + w.km / HALF_KM)
  const score = Math.round((WEIGHT.skill * skill + WEIGHT.load * load + WEIGHT.distance * distance) * 10) / 10
  const words = [...needs.map(n => `会${n.name}（${w.skills[n.skillId]} 级）`), `在手 ${w.open}/${w.limit}`, ...(w.km === null ? [] : [`距离 ${w.km.toFixed(1)} 公里`])]
  return { id: w.id, name: w.name, fits: against.length === 0, score, text: (against.length ? against : words).join('，') }
}

/** All of them, the best first; those who cannot take it come last, with the reason. Who has less in hand wins a tie, then the name decides. */
export function choose(needs: readonly Need[], workers: readonly Worker[]): Choice {
  const openOf = new Map(workers.map(w => [w.id, w.open]))
  const ranked = workers.map(w => weighOne(needs, w)).toSorted((a, b) => Number(b.fits) - Number(a.fits) || b.score - a.score || openOf.get(a.id)! - openOf.get(b.id)! || a.name.localeCompare(b.name, 'zh'))
  const chosen = ranked[0]?.fits ? ranked[0] : null
  const others = ranked.filter(r => r !== chosen).slice(0, NAMED_AT_MOST).map(r => `${r.name}：${r.text}`)
  const head = chosen ? `派给${chosen.name}：${chosen.text}` : ranked.length ? '没有可派的人' : '本站没有这个岗位的人'
  return { ranked, chosen, why: [head, ...others].join('；') }
}

const EARTH_KM = 6371
const rad = (degrees: number): number => (degrees * Math.PI) / 180

/** Great-circle distance in kilometres (haversine); roads are longer, but the order is mostly theirs. */
export function kilometres(a: { latitude: number; longitude: number }, b: { latitude: number; longitude: number }): number {
  const h = Math.sin(rad(b.latitude - a.latitude) / 2) ** 2 + Math.cos(rad(a.latitude)) * Math.cos(rad(b.latitude)) * Math.sin(rad(b.longitude - a.longitude) / 2) ** 2
  return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(h)))
}

export interface NeedRow { nodeId: string; productLineId: string | null; faultCategoryId: string | null; faultCode: string | null; skillId: string; name: string; level: number }
export interface WorkFacts { nodeId: string; productLineId: string | null; faultCategoryId: string | null; faultCode: string | null }

/** What a piece of work needs: each row that fits it, a skill once at the highest level asked for. */
export function needsOf(rows: readonly NeedRow[], work: WorkFacts): Need[] {
  const needs = new Map<string, Need>()
  const fits = (asked: string | null, is: string | null): boolean => asked === null || asked === is
  for (const r of rows) {
    if (r.nodeId !== work.nodeId || !fits(r.productLineId, work.productLineId) || !fits(r.faultCategoryId, work.faultCategoryId) || !fits(r.faultCode, work.faultCode)) continue
    const known = needs.get(r.skillId)
    if (!known || known.level < r.level) needs.set(r.skillId, { skillId: r.skillId, name: r.name, level: r.level })
  }
  return [...needs.values()]
}
