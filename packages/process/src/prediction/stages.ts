/**
 * How long a stage takes, from the finished stages of its kind: an empirical distribution, no model. Minutes are those of the stage's own clock
 * (business minutes as a rule) with pauses taken out, as `process_step.minutes` holds them.
 */

/** A finished stage. `group`: what it was about when it was entered (product line, fault, station), null where that was not known then. */
export interface FinishedStage { stage: string; minutes: number; group: readonly (string | null)[] }

/** Equally likely minutes, ascending, and on how many finished stages they rest. */
export interface Sample { n: number; minutes: number[] }

/** By stage and group. The key of a group is `stage`, then for each part its value or nothing. */
export type StageTable = Record<string, Sample>

/** Below this nothing is said: a guess is worse than silence. */
export const ENOUGH = 20
/** Of what is kept of a group, so many must have taken longer than this stage already has: the last few of a history are its accidents. */
const BEYOND = 5
/** A sample is kept in so many numbers, so its quantiles are exact to half a percent. */
const KEPT = 200
/** Several stages together are reckoned with so many each: every pair of them is added. */
const PAIRED = 100
/** Groups of one process, the most frequent first. A kilobyte or two each at most. */
export const MOST_GROUPS = 3000

const keyOf = (stage: string, group: readonly (string | null)[], parts: number): string => [stage, ...group.map((g, i) => (parts & (1 << i) ? g! : ''))].join('\u001f')

/**
 * From the narrowest group to the widest: all that is known, then without the last part (station), without the middle one (fault), and so on to the
 * stage as such. Groups that name more parts come first; among as many, those that name an earlier part.
 */
export function groupsOf(stage: string, group: readonly (string | null)[]): { key: string; parts: number }[] {
  const n = group.length, weight = (parts: number): number => { let w = 0; for (let i = 0; i < n; i++) if (parts & (1 << i)) w += (1 << n) + (1 << (n - 1 - i)); return w }
  return Array.from({ length: 1 << n }, (_, parts) => parts).filter(parts => group.every((g, i) => !(parts & (1 << i)) || g !== null)).toSorted((a, b) => weight(b) - weight(a)).map(parts => ({ key: keyOf(stage, group, parts), parts }))
}

/** The smallest value that at least a share `q` of the (ascending) values does not exceed. */
const quantile = (ascending: readonly number[], q: number): number => ascending[Math.max(0, Math.ceil(q * ascending.length) - 1)]!

const thinned = (ascending: readonly number[], kept: number): number[] => (ascending.length <= kept ? [...ascending] : Array.from({ length: kept }, (_, i) => quantile(ascending, (i + 1) / kept)))
const rounded = (minutes: number): number => Math.round(minutes * 10) / 10
const sampleOf = (minutes: readonly number[]): Sample => {
  const all = minutes.toSorted((a, b) => a - b)
  return { n: all.length, minutes: thinned(all, KEPT).map(rounded) }
}

/** The samples of all groups that have enough. */
export function stageTable(finished: Iterable<FinishedStage>): StageTable {
  const all = new Map<string, number[]>()
  for (const f of finished) {
    for (const { key } of groupsOf(f.stage, f.group)) {
      const there = all.get(key)
      if (there) there.push(f.minutes)
      else all.set(key, [f.minutes])
    }
  }
  return Object.fromEntries([...all].filter(([, m]) => m.length >= ENOUGH).toSorted((a, b) => b[1].length - a[1].length).slice(0, MOST_GROUPS).map(([key, m]) => [key, sampleOf(m)]))
}

/** Minutes on the stage's clock from its beginning: half, and four in five, of those that also took longer than `used` are over by then. */
export interface Foreseen { p50: number; p80: number; n: number; /** bit i: part i of the group was the same */ parts: number; /** those minutes that are still possible, ascending */ left: number[] }

/**
 * The distribution of how long the stage takes in all, given that it has taken `used` minutes and is not over: what took no longer is no
 * example any more. Of the narrowest group with enough finished stages and enough of them beyond `used`; null: too little is known.
 */
export function foresee(table: StageTable, stage: string, group: readonly (string | null)[], used: number): Foreseen | null {
  for (const { key, parts } of groupsOf(stage, group)) {
    const s = Object.hasOwn(table, key) ? table[key]! : null
    if (!s || s.n < ENOUGH) continue
    const left = used <= 0 ? s.minutes : s.minutes.filter(m => m > used)
    if (left.length < BEYOND) continue
    return { p50: quantile(left, 0.5), p80: quantile(left, 0.8), n: s.n, parts, left }
  }
  return null
}

/** The share of what is still possible that takes longer than the standard: the chance of missing the promise, 0 … 1. */
export const chanceBeyond = (f: Foreseen, standard: number): number => f.left.filter(m => m > standard).length / f.left.length

/** Minutes of several stages one after the other, taken as independent: every pair, thinned out again after each. */
export function together(samples: readonly (readonly number[])[]): number[] {
  return samples.reduce<number[]>((sum, next) => {
    const more = thinned(next, PAIRED)
    return thinned(sum.flatMap(a => more.map(b => a + b)).toSorted((a, b) => a - b), PAIRED)
  }, [0])
}
export const quantileAmong = quantile
