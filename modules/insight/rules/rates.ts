/** A rate as it is written: `unitId` null means everywhere; `from` is a day, YYYY-MM-DD. */
export interface Rate { post: string; unitId: string | null; hourly: string; from: string }
/** What one hour of a post costs in one unit between two days; `to` is the first day on which another rate counts, null: none does. */
export interface RateSpan { post: string; unitId: string; hourly: string; from: string; to: string | null }

/**
 * Which rate counts where and when: of the rates of a post that are valid on a day, the one of the nearest unit (itself before those above it, the
 * whole company last); of one unit the latest. A unit's rate stays in force when the company's changes.
 * @param above a unit and all above it, nearest first, for every unit in question
 */
export function rateSpans(rates: readonly Rate[], above: ReadonlyMap<string, readonly string[]>): RateSpan[] {
  const posts = new Map<string, Rate[]>()
  for (const r of rates) posts.set(r.post, [...(posts.get(r.post) ?? []), r])
  const spans: RateSpan[] = []
  for (const [post, of] of posts) {
    const days = [...new Set(of.map(r => r.from))].sort()
    for (const [unitId, chain] of above) {
      const rank = (r: Rate): number => (r.unitId === null ? chain.length : chain.indexOf(r.unitId))
      let open: RateSpan | undefined
      for (const day of days) {
        const best = of.filter(r => r.from <= day && rank(r) >= 0).sort((a, b) => rank(a) - rank(b) || (a.from < b.from ? 1 : -1))[0]
        if (!best || open?.hourly === best.hourly) continue
        if (open) open.to = day
        open = { post, unitId, hourly: best.hourly, from: day, to: null }
        spans.push(open)
      }
    }
  }
  return spans
}
