/** Days as texts 'YYYY-MM-DD' and as numbers since 1970-01-01: arithmetic without any clock or zone. */
const DAY = 86_400_000

export const dayNo = (day: string): number => Date.parse(`${day}T00:00:00Z`) / DAY
export const dayText = (no: number): string => new Date(no * DAY).toISOString().slice(0, 10)
export const addDays = (day: string, n: number): string => dayText(dayNo(day) + n)
/** 1 = Monday … 7 = Sunday. */
export const weekdayOf = (no: number): number => ((no + 3) % 7 + 7) % 7 + 1
export const partsOf = (no: number): { year: number; month: number; day: number } => {
  const d = new Date(no * DAY)
  return { year: d.getUTCFullYear(), month: d.getUTCMonth(), day: d.getUTCDate() }
}
/** month 0–11; any number of months on */
export const firstOfMonth = (year: number, month: number): number => Date.UTC(year, month, 1) / DAY
export const daysIn = (year: number, month: number): number => new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
export const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`)) && dayText(dayNo(text)) === text
