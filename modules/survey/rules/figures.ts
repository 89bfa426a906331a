/** From so many points a customer counts as satisfied (CU-10). */
export const SATISFIED_FROM = 4
/** So few points and somebody calls back. */
export const FOLLOW_UP_TO = 2
/** Days after pick-up during which the link takes an answer. */
export const OPEN_DAYS = 30

export interface Figures { count: number; /** two decimals; null where nobody answered */ mean: string | null; /** percent of those who gave 4 or 5, whole */ satisfied: number | null }

/** `spread[i]`: how many gave i + 1 points. */
export function figuresOf(spread: readonly number[]): Figures {
  const count = spread.reduce((n, each) => n + each, 0)
  if (!count) return { count, mean: null, satisfied: null }
  const sum = spread.reduce((n, each, i) => n + each * (i + 1), 0)
  const good = spread.reduce((n, each, i) => (i + 1 >= SATISFIED_FROM ? n + each : n), 0)
  return { count, mean: (Math.round((sum * 100) / count) / 100).toFixed(2), satisfied: Math.round((good * 100) / count) }
}
