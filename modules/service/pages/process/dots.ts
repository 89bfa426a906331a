/** The dotted chart's data and how its lines are ordered; pure. Times in seconds. */
export type Dots = { total: number, shown: number, activities: string[], ids: string[], starts: number[], lasts: Array<number | null>, first: number[], at: number[], activity: number[] }
export const SORTS = ['start', 'end', 'duration', 'events'] as const
export type DotSort = typeof SORTS[number]
export type DotTime = 'absolute' | 'relative'

/** Which case stands in which line, the first on top. Open cases come last where there is no end or duration to sort by. */
export function linesOf(d: Dots, sort: DotSort): Int32Array {
  const key: Record<DotSort, (n: number) => number> = {
    start: n => d.starts[n]!, end: n => d.lasts[n] === null ? Infinity : d.starts[n]! + d.lasts[n]!, duration: n => d.lasts[n] ?? Infinity, events: n => d.first[n + 1]! - d.first[n]!,
  }
  const by = key[sort]
  return Int32Array.from(d.starts.keys()).sort((a, b) => { const x = by(a), y = by(b); return x === y ? a - b : x < y ? -1 : 1 })
}

/** From the earliest to the latest dot, never without width. */
export function spanOf(d: Dots, time: DotTime): [from: number, to: number] {
  let from = time === 'relative' ? 0 : Infinity, to = -Infinity
  for (let n = 0; n < d.starts.length; n++) {
    for (let i = d.first[n]!; i < d.first[n + 1]!; i++) {
      const x = time === 'relative' ? d.at[i]! : d.starts[n]! + d.at[i]!
      if (x < from) from = x
      if (x > to) to = x
    }
    if (time === 'absolute' && d.starts[n]! < from) from = d.starts[n]!
  }
  return to < from ? [0, 1] : [from, to === from ? from + 1 : to]
}

/** Round steps for an axis of about `n` marks, seconds. */
const STEPS = [60, 300, 900, 3600, 3 * 3600, 6 * 3600, 12 * 3600, 86_400, 2 * 86_400, 7 * 86_400, 14 * 86_400, 30 * 86_400, 91 * 86_400, 182 * 86_400, 365 * 86_400, 5 * 365 * 86_400]
export function marksOf([from, to]: readonly [number, number], n: number): number[] {
  const step = STEPS.find(each => (to - from) / each <= n) ?? STEPS.at(-1)!
  const marks: number[] = []
  for (let at = Math.ceil(from / step) * step; at <= to; at += step) marks.push(at)
  return marks
}
