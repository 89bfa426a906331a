/** A row of the time limits: how many working minutes an answer may take. */
export interface LimitRow { category: string | null; severity: string | null; minutes: number }

/** Where no row fits: one working day. */
export const FALLBACK_MINUTES = 450
/** What a new company starts with. */
export const FIRST_LIMITS: readonly LimitRow[] = [{ category: null, severity: 'grave', minutes: 60 }, { category: null, severity: 'serious', minutes: 240 }, { category: null, severity: 'normal', minutes: 450 }]

/** The row that names both counts before the one of the category, that before the one of the severity, that before the one for all. */
export function limitFor(rows: readonly LimitRow[], of: { category: string; severity: string }): number {
  let best: LimitRow | null = null, weight = -1
  for (const r of rows) {
    if ((r.category && r.category !== of.category) || (r.severity && r.severity !== of.severity)) continue
    const w = (r.category ? 2 : 0) + (r.severity ? 1 : 0)
    if (w > weight) { best = r; weight = w }
  }
  return best?.minutes ?? FALLBACK_MINUTES
}
