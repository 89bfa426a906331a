import { place } from './dispatch.ts'

export interface Area { id: string; parentId: string | null; provinces: readonly string[]; cities: readonly string[]; productId: string | null; staffFrom: number | null; staffTo: number | null; visitsFrom: number | null; visitsTo: number | null }
export interface Where { province: string | null; city: string | null; productId: string | null; staff: number | null; /** how often somebody of ours was there in the last twelve months */ visits: number }

const among = (asked: readonly string[], value: string | null): boolean => asked.length === 0 || (value !== null && asked.some(a => place(a) === place(value)))
/** Where a limit is asked for, what is not known lies in none. */
const between = (from: number | null, n: number | null, to: number | null): boolean => (from === null || (n !== null && n >= from)) && (to === null || (n !== null && n <= to))
const fits = (a: Area, w: Where): boolean =>
  among(a.provinces, w.province) && among(a.cities, w.city) && (a.productId === null || a.productId === w.productId)
  && between(a.staffFrom, w.staff, a.staffTo) && between(a.visitsFrom, w.visits, a.visitsTo)

/** How many levels lie above; one that is above itself counts as top. */
function depth(a: Area, all: ReadonlyMap<string, Area>): number {
  const seen = new Set<string>()
  let at: Area | undefined = a
  while (at?.parentId && !seen.has(at.id)) { seen.add(at.id); at = all.get(at.parentId) }
  return seen.size
}

const conditions = (a: Area): number => [a.provinces.length, a.cities.length, a.productId, a.staffFrom ?? a.staffTo, a.visitsFrom ?? a.visitsTo].filter((x, i) => (i < 2 ? x !== 0 : x !== null)).length

/** The deepest territory that fits, with all those above it fitting too; of equals the one that asks most. */
export function areaOf(areas: readonly Area[], w: Where): Area | null {
  const all = new Map(areas.map(a => [a.id, a]))
  const whole = (a: Area): boolean => { const seen = new Set<string>(); for (let at: Area | undefined = a; at && !seen.has(at.id); at = at.parentId ? all.get(at.parentId) : undefined) { if (!fits(at, w)) return false; seen.add(at.id) } return true }
  return areas.filter(whole).toSorted((a, b) => depth(b, all) - depth(a, all) || conditions(b) - conditions(a))[0] ?? null
}

/** The day before, `yyyy-mm-dd`. */
export const dayBefore = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
