import type { Lifecycle } from './types.ts'

const WORDS: Record<string, Lifecycle> = {
  start: 'start', started: 'start', begin: 'start', 开始: 'start',
  complete: 'complete', completed: 'complete', end: 'complete', finish: 'complete', finished: 'complete', 完成: 'complete', 结束: 'complete',
  schedule: 'schedule', scheduled: 'schedule', 计划: 'schedule', 排程: 'schedule',
}

/** Meaning of a lifecycle word. A file that says nothing records completions (the convention of XES tools). */
export function lifecycleOf(raw: string | null): Lifecycle {
  if (raw === null) return 'complete'
  return WORDS[raw.trim().toLowerCase()] ?? 'other'
}

/** Steps of the standard XES transition model between schedule and complete: they move no work forward by themselves. */
const INTERIM = new Set(['assign', 'reassign', 'suspend', 'resume'])
/** Ends without a result. */
const ABANDON = new Set(['withdraw', 'ate_abort', 'pi_abort', 'autoskip', 'manualskip'])

/**
 * What an event does to an activity instance. A word outside the standard model (BPIC 2013 writes `In Progress`,
 * `Awaiting Assignment` …) belongs to a log that records statuses: each event is then an instance of its own.
 */
export function effectOf(lifecycle: Lifecycle, raw: string | null): 'open' | 'close' | 'abandon' | 'none' {
  if (lifecycle === 'start') return 'open'
  if (lifecycle === 'complete') return 'close'
  if (lifecycle === 'schedule') return 'none'
  const word = (raw ?? '').trim().toLowerCase()
  if (INTERIM.has(word)) return 'none'
  return ABANDON.has(word) ? 'abandon' : 'close'
}
