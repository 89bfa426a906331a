import { effectOf } from './lifecycle.ts'
import type { Attributes, LogCase, LogEvent } from './types.ts'

/** `complete-only`: when the work began is unknown, so entered → finished is waiting and working together. */
export type Basis = 'start-complete' | 'complete-only'

export interface ActivityInstance {
  activity: string
  /** Who completed it; who started it where it was never completed. */
  resource: string | null
  /** When the case came to it: the latest completion before it, or the first event of the case. */
  enteredAt: Date
  /** Null where only a completion was recorded. */
  startedAt: Date | null
  /** Null where it was started and never completed. */
  finishedAt: Date | null
  basis: Basis
  /** From 1, in order of completion (start where never completed); at the same instant, in order of the log. */
  seq: number
}

interface Draft extends Omit<ActivityInstance, 'seq'> { last: number }
interface Open { event: LogEvent; draft: Draft }

/**
 * Activity instances of one case. A completion ends an open start of the same activity: the one of the same
 * `concept:instance`, else of the same row, else of the same resource, else the oldest. A completion without a start, and a start without a
 * completion, is an instance alone. Interim steps (schedule, assign, suspend, resume) make none; an abandoned start
 * (abort, withdraw) stays unfinished; statuses outside the standard model count as completions.
 */
export function toActivityInstances(logCase: Pick<LogCase, 'events'>): ActivityInstance[] {
  const open = new Map<string, Open[]>()
  const drafts: Draft[] = []
  let previous = logCase.events[0]?.at
  if (!previous) return []
  for (const [order, event] of logCase.events.entries()) {
    const effect = effectOf(event.lifecycle, event.lifecycleRaw)
    if (effect === 'none') continue
    if (effect === 'open') {
      const draft: Draft = { activity: event.activity, resource: event.resource, enteredAt: previous, startedAt: event.at, finishedAt: null, basis: 'start-complete', last: order }
      drafts.push(draft)
      const waiting = open.get(event.activity)
      if (waiting) waiting.push({ event, draft })
      else open.set(event.activity, [{ event, draft }])
      continue
    }
    const match = takeMatch(open.get(event.activity), event)
    if (effect === 'abandon') continue
    if (match) {
      match.draft.finishedAt = event.at
      match.draft.resource = event.resource ?? match.draft.resource
      match.draft.last = order
    } else {
      drafts.push({ activity: event.activity, resource: event.resource, enteredAt: previous, startedAt: null, finishedAt: event.at, basis: 'complete-only', last: order })
    }
    previous = event.at
  }
  drafts.sort((a, b) => a.last - b.last)
  return drafts.map(({ last: _last, ...draft }, i) => ({ ...draft, seq: i + 1 }))
}

function takeMatch(waiting: Open[] | undefined, event: LogEvent): Open | undefined {
  if (!waiting || waiting.length === 0) return undefined
  const instance = instanceOf(event)
  const find = (same: (start: LogEvent) => boolean) => waiting.findIndex(({ event: start }) => same(start))
  // Two different instance names never belong together.
  const possible = (start: LogEvent) => instance === undefined || instanceOf(start) === undefined
  let at = instance === undefined ? -1 : find(start => instanceOf(start) === instance)
  if (at < 0) at = find(start => possible(start) && start.line === event.line && event.line > 0)
  if (at < 0) at = find(start => possible(start) && start.resource === event.resource)
  if (at < 0) at = find(possible)
  return at < 0 ? undefined : waiting.splice(at, 1)[0]
}

function instanceOf(event: LogEvent): unknown {
  return event.attributes?.['concept:instance']
}

/**
 * The events of a case from its activity instances, for export: a start and a completion where both are known, and one
 * event where only one is. Each pair shares a `concept:instance`, so that reading the file back pairs them alike.
 */
export function toLogCase(
  id: string,
  instances: ReadonlyArray<Pick<ActivityInstance, 'activity' | 'resource' | 'startedAt' | 'finishedAt'>>,
  attributes: Attributes = {},
): LogCase {
  const events: LogEvent[] = []
  for (const [i, { activity, resource, startedAt, finishedAt }] of instances.entries()) {
    const base = { activity, resource, line: 0, attributes: { 'concept:instance': String(i + 1) } }
    if (startedAt) events.push({ ...base, lifecycle: 'start', lifecycleRaw: 'start', at: startedAt })
    if (finishedAt) events.push({ ...base, lifecycle: 'complete', lifecycleRaw: 'complete', at: finishedAt })
  }
  events.sort((a, b) => a.at.getTime() - b.at.getTime())
  return { id, events, attributes }
}
