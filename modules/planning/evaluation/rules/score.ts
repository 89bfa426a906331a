export interface Scale { zeroAt: number; fullAt: number }

/** A figure on its scale, 0 … 100 with one place; the scale may run downwards (less is better). No figure: no points. */
export function pointsOf(value: number | null, s: Scale): number {
  if (value === null || s.fullAt === s.zeroAt) return 0
  return Math.round(Math.min(1, Math.max(0, (value - s.zeroAt) / (s.fullAt - s.zeroAt))) * 1000) / 10
}
/** Points × weights, one place; the weights make 100. */
export const totalOf = (list: ReadonlyArray<{ points: number; weight: number }>): number => Math.round(list.reduce((n, m) => n + Math.round(m.points * 10) * m.weight, 0) / 100) / 10
export const weightsMakeHundred = (list: ReadonlyArray<{ weight: number }>): boolean => list.reduce((n, m) => n + m.weight, 0) === 100
