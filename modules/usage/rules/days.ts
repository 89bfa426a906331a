const DAY = 86_400_000

export const addDays = (day: string, n: number): string => new Date(Date.parse(`${day}T00:00:00Z`) + n * DAY).toISOString().slice(0, 10)
export const daysBetween = (from: string, to: string): number => Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY)
/** Monday of the ISO week that a day lies in. */
export const mondayOf = (day: string): string => addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7))
/** First and last day of a month `YYYY-MM`. */
export const monthDays = (month: string): { from: string; until: string } => {
  const [y, m] = month.split('-').map(Number)
  return { from: `${month}-01`, until: new Date(Date.UTC(y!, m!, 0)).toISOString().slice(0, 10) }
}

/** Working days by which a request came too late: one is allowed after the day itself (RU-07). */
export function workingDaysLate(isWorkday: (day: string) => boolean, effectiveOn: string, requestedOn: string, allowed = 1): number {
  let n = 0
  for (let day = addDays(effectiveOn, 1); day <= requestedOn && n < 500; day = addDays(day, 1)) if (isWorkday(day)) n++
  return Math.max(0, n - allowed)
}
