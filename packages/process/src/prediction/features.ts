import { DAY, MINUTE, type CaseEvent, type Workload } from './types.ts'

/**
 * What is known of a running case, as numbers. Names become their rank of frequency in training (unknown ones NaN): ranks are what the
 * trees split well on; averages of the target by name were tried and cost accuracy, because they carry the mood of their time.
 */
export interface Coding {
  /** minutes east of UTC of the process's wall clock */
  offset: number
  activities: Record<string, number>
  resources: Record<string, number>
  /** activities whose repetitions are counted, the most frequent ones */
  counted: string[]
  attributes: Record<string, Record<string, number>>
}

const COUNTED = 15, ATTRIBUTES = 8
/** More names than this say who it is, not what it is. */
const NAMES = 2000

const ranks = (count: Map<string, number>): Record<string, number> =>
  Object.fromEntries([...count].toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([name], i) => [name, i]))

const bump = (m: Map<string, number>, name: string): void => { m.set(name, (m.get(name) ?? 0) + 1) }

/** Attributes that repeat the columns, or that exporters add when a case is already over. */
const HINDSIGHT = /variant|^activity$|^resource$|concept:|lifecycle|time|date|duration|end/i

export function codingOf(cases: readonly { events: readonly CaseEvent[] }[], offset: number): Coding {
  const activities = new Map<string, number>(), resources = new Map<string, number>(), attributes = new Map<string, Map<string, number>>()
  for (const c of cases) {
    for (const e of c.events) {
      bump(activities, e.activity)
      bump(resources, e.resource ?? '')
      for (const [key, value] of Object.entries(e.attributes ?? {})) {
        if (HINDSIGHT.test(key)) continue
        let values = attributes.get(key)
        if (!values) attributes.set(key, (values = new Map()))
        if (values.size <= NAMES) bump(values, value)
      }
    }
  }
  const useful = [...attributes].filter(([, values]) => values.size > 1 && values.size <= NAMES).toSorted((a, b) => a[1].size - b[1].size).slice(0, ATTRIBUTES)
  const activityRanks = ranks(activities)
  return {
    offset, activities: activityRanks, resources: ranks(resources), counted: Object.keys(activityRanks).slice(0, COUNTED),
    attributes: Object.fromEntries(useful.map(([key, values]) => [key, ranks(values)])),
  }
}

export const widthOf = (coding: Coding): number => 20 + coding.counted.length + Object.keys(coding.attributes).length

/** A case as it goes: events are added in order, and after each the row can be asked for. */
export class Prefix {
  readonly counts = new Map<string, number>()
  events = 0
  #first: CaseEvent | null = null
  #last: CaseEvent | null = null
  #before: CaseEvent | null = null
  #beforeThat: CaseEvent | null = null
  #longest = 0
  #handovers = 0
  readonly #resources = new Set<string>()
  readonly #seen = new Map<string, string>()

  add(e: CaseEvent): this {
    this.#beforeThat = this.#before
    this.#before = this.#last
    this.#last = e
    this.#first ??= e
    this.events++
    bump(this.counts, e.activity)
    this.#resources.add(e.resource ?? '')
    if (this.#before) {
      this.#longest = Math.max(this.#longest, e.at - this.#before.at)
      if (this.#before.resource !== e.resource) this.#handovers++
    }
    for (const [key, value] of Object.entries(e.attributes ?? {})) this.#seen.set(key, value)
    return this
  }

  get lastActivity(): string { return this.#last?.activity ?? '' }

  /** The state of the transition system: which activities, how often each, in no order. */
  get multiset(): string { return [...this.counts].map(([a, n]) => `${a} ${n}`).toSorted().join('\n') }

  row(coding: Coding, w: Workload): number[] {
    const last = this.#last!, before = this.#before, beforeThat = this.#beforeThat
    const local = new Date(last.at + coding.offset * MINUTE)
    const minute = local.getUTCHours() * 60 + local.getUTCMinutes(), weekday = local.getUTCDay()
    const rank = (table: Record<string, number>, name: string | undefined) => (name === undefined ? Number.NaN : (Object.hasOwn(table, name) ? table[name]! : Number.NaN))
    return [
      this.events, last.at - this.#first!.at, before ? last.at - before.at : 0, before && beforeThat ? before.at - beforeThat.at : Number.NaN, this.#longest,
      minute, weekday, weekday * 1440 + minute, local.getUTCDate(),
      w.open, w.begun, w.ended,
      this.#resources.size, this.#handovers,
      rank(coding.activities, last.activity), rank(coding.activities, before?.activity), rank(coding.activities, beforeThat?.activity),
      rank(coding.resources, last.resource ?? ''), rank(coding.resources, before ? before.resource ?? '' : undefined), rank(coding.resources, this.#first!.resource ?? ''),
      ...coding.counted.map(a => this.counts.get(a) ?? 0),
      ...Object.keys(coding.attributes).map(key => rank(coding.attributes[key]!, this.#seen.get(key))),
    ]
  }
}

const upTo = (sorted: Float64Array, t: number): number => {
  let lo = 0, hi = sorted.length
  while (lo < hi) { const mid = (lo + hi) >> 1; if (sorted[mid]! <= t) lo = mid + 1; else hi = mid }
  return lo
}

/** The workload at any moment, from when cases began and ended (epoch milliseconds; a running case has no end). */
export function workloadOf(begins: Float64Array, ends: Float64Array): (at: number) => Workload {
  const b = begins.toSorted(), e = ends.toSorted()
  return at => {
    const begun = upTo(b, at), ended = upTo(e, at)
    return { open: begun - ended, begun: begun - upTo(b, at - 7 * DAY), ended: ended - upTo(e, at - 7 * DAY) }
  }
}
