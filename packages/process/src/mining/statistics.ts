/** Summary of durations. All times in minutes; all null when nothing was measured. */
export interface Summary {
  /** How many values were measured. */
  count: number
  min: number | null
  p25: number | null
  median: number | null
  p75: number | null
  p80: number | null
  p95: number | null
  max: number | null
  mean: number | null
}

/**
 * Quantile by linear interpolation between order statistics, h = (n − 1)p: Hyndman & Fan 1996, type 7; the same as
 * `percentile_cont` in SQL, so a figure computed here and one computed in the database agree.
 * @param sorted ascending
 * @param p 0…1
 */
export function quantile(sorted: ArrayLike<number>, p: number): number | null {
  if (sorted.length === 0) return null
  const h = (sorted.length - 1) * p
  const low = sorted[Math.floor(h)]!
  const high = sorted[Math.ceil(h)]!
  return low + (high - low) * (h - Math.floor(h))
}

/** Sorts `values` in place. */
export function summarise(values: number[] | Float64Array): Summary {
  // numbers sort by themselves in a typed array, several times faster than through a comparison
  const sorted = values instanceof Float64Array ? values.sort() : values.sort((a, b) => a - b)
  let sum = 0
  for (const value of sorted) sum += value
  const q = (p: number) => quantile(sorted, p)
  return {
    count: sorted.length,
    min: q(0), p25: q(0.25), median: q(0.5), p75: q(0.75), p80: q(0.8), p95: q(0.95), max: q(1),
    mean: sorted.length ? sum / sorted.length : null,
  }
}

export interface Bin { fromMinutes: number; toMinutes: number; count: number }

/** Shorter than this (one second) counts as "at once" and has no place on a log scale. */
const AT_ONCE = 1 / 60

/**
 * Histogram on a log scale. The first bin is "at once" (0 to under a second, only when it is not empty); then bins between the borders
 * 10^(i / perDecade) minutes, the same borders for every chart, so that two activities can be laid side by side.
 * Bins are `from ≤ x < to`, without gaps from the shortest to the longest.
 */
export function logHistogram(minutes: Iterable<number>, perDecade = 4): Bin[] {
  const counts = new Map<number, number>()
  let atOnce = 0
  for (const value of minutes) {
    if (value < AT_ONCE) atOnce++
    else {
      const slot = slotOf(value, perDecade)
      counts.set(slot, (counts.get(slot) ?? 0) + 1)
    }
  }
  const bins: Bin[] = atOnce > 0 ? [{ fromMinutes: 0, toMinutes: AT_ONCE, count: atOnce }] : []
  if (counts.size === 0) return bins
  const slots = [...counts.keys()]
  const last = slots.reduce((a, b) => Math.max(a, b))
  for (let slot = slots.reduce((a, b) => Math.min(a, b)); slot <= last; slot++) {
    bins.push({ fromMinutes: border(slot, perDecade), toMinutes: border(slot + 1, perDecade), count: counts.get(slot) ?? 0 })
  }
  return bins
}

function border(slot: number, perDecade: number): number {
  return 10 ** (slot / perDecade)
}

/** Rounding of the logarithm may miss by one; the borders decide. */
function slotOf(value: number, perDecade: number): number {
  const slot = Math.floor(Math.log10(value) * perDecade)
  if (value < border(slot, perDecade)) return slot - 1
  return value >= border(slot + 1, perDecade) ? slot + 1 : slot
}
