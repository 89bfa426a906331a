/*
 * How single events become journeys. Pure: an event belongs to a run of a journey (one trip, one repair); in a run, points that should have come
 * before the furthest one and did not are gaps (TP-02).
 */

export interface PointOf { id: string; position: number; must: boolean }
export interface TouchOf { pointId: string; at: Date; occasion: string | null }
export interface Run<T> { occasion: string | null; first: Date; last: Date; touches: T[] }
export type PointState = 'done' | 'gap' | 'skipped' | 'ahead'

const DAY_MS = 86_400_000

/** How far a moment lies from a run, in days; 0 within it. */
const away = (run: Run<unknown>, at: Date): number => Math.max(run.first.getTime() - at.getTime(), at.getTime() - run.last.getTime(), 0) / DAY_MS

/**
 * Events of one customer and one journey → its runs, newest first. Events that name their occasion (a request, a flight) belong together; one that
 * names none joins the nearest run within `days`, or those others that name none and are as near.
 */
export function runsOf<T extends TouchOf>(touches: readonly T[], days: number): Array<Run<T>> {
  const sorted = touches.toSorted((a, b) => a.at.getTime() - b.at.getTime()), named = new Map<string, Run<T>>(), runs: Array<Run<T>> = []
  const add = (run: Run<T>, t: T): void => {
    run.touches.push(t)
    if (t.at < run.first) run.first = t.at
    if (t.at > run.last) run.last = t.at
  }
  const begin = (t: T): Run<T> => { const run = { occasion: t.occasion, first: t.at, last: t.at, touches: [t] }; runs.push(run); return run }
  for (const t of sorted) if (t.occasion !== null) { const run = named.get(t.occasion); if (run) add(run, t); else named.set(t.occasion, begin(t)) }
  for (const t of sorted) if (t.occasion === null) {
    const near = runs.filter(r => away(r, t.at) <= days).toSorted((a, b) => away(a, t.at) - away(b, t.at))[0]
    if (near) add(near, t); else begin(t)
  }
  for (const run of runs) run.touches.sort((a, b) => a.at.getTime() - b.at.getTime())
  return runs.toSorted((a, b) => b.last.getTime() - a.last.getTime())
}

/** What became of each point in a run. */
export function statesOf(points: readonly PointOf[], touched: ReadonlySet<string>): Map<string, PointState> {
  const furthest = Math.max(-1, ...points.filter(p => touched.has(p.id)).map(p => p.position))
  return new Map(points.map(p => [p.id, touched.has(p.id) ? 'done' : p.position > furthest ? 'ahead' : p.must ? 'gap' : 'skipped']))
}

/** Is somebody who came this far still to come to the point? */
export const stillToCome = (points: readonly PointOf[], touched: ReadonlySet<string>, point: PointOf): boolean => touched.size > 0 && statesOf(points, touched).get(point.id) === 'ahead'
