/**
 * Share of work kept on time, in percent: what was finished in time, of all that was finished or is overdue. Work that is still within its
 * time says nothing yet. Null where there is nothing to judge.
 */
export function onTimeRate(doneOnTime: number, done: number, openLate: number): number | null {
  const judged = done + openLate
  return judged === 0 ? null : Math.round((doneOnTime / judged) * 100)
}
