/**
 * One activity instance of one case: a row of our own history or of an imported log. All statistics are taken from these.
 */
export interface ActivityRow {
  caseId: string
  activity: string
  resource?: string | null
  /** When the case came to the activity. */
  enteredAt: Date
  /** When work began; null where it was not recorded. */
  startedAt: Date | null
  /** Null while it is not done. */
  finishedAt: Date | null
  /** From `toActivityInstances`; rows of our own history need none. */
  basis?: 'start-complete' | 'complete-only'
}

/**
 * What is measured of an activity, in minutes of calendar time:
 * `total` entered → finished, `waiting` entered → started, `working` started → finished.
 */
export type Measure = 'total' | 'waiting' | 'working'

/** Order within a case: by completion, by start where not completed, by entry where not started. */
function moment(row: ActivityRow): number {
  return (row.finishedAt ?? row.startedAt ?? row.enteredAt).getTime()
}

/** Rows of each case in order; rows of the same instant keep the order given. Cases in order of first appearance. */
export function byCase<R extends ActivityRow>(rows: Iterable<R>): Map<string, R[]> {
  const cases = new Map<string, R[]>()
  for (const row of rows) {
    const list = cases.get(row.caseId)
    if (list) list.push(row)
    else cases.set(row.caseId, [row])
  }
  for (const list of cases.values()) {
    if (list.some((row, i) => i > 0 && moment(row) < moment(list[i - 1]!))) list.sort((a, b) => moment(a) - moment(b))
  }
  return cases
}

/**
 * Minutes of one row, or null where they cannot be known: a time is missing, or it is the first row of a case in a
 * log of completions only, where nobody wrote down when the case began. Negative spans (clocks that disagree) count as 0.
 */
export function minutesOf(row: ActivityRow, measure: Measure, firstOfCase: boolean): number | null {
  const from = measure === 'working' ? row.startedAt : row.enteredAt
  const to = measure === 'waiting' ? row.startedAt : row.finishedAt
  if (!from || !to) return null
  if (firstOfCase && measure === 'total' && row.basis === 'complete-only') return null
  return minutesBetween(from, to)
}

export function minutesBetween(from: Date, to: Date): number {
  return Math.max(0, (to.getTime() - from.getTime()) / 60_000)
}

/** Order of names that depends on no locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
