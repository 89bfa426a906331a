/** The value below which a share of the sorted values lies (nearest rank). */
export function percentile(sorted: readonly number[], share: number): number {
  if (!sorted.length) return Number.NaN
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))]!
}

export const median = (values: readonly number[]): number => {
  const s = values.toSorted((a, b) => a - b)
  const middle = s.length >> 1
  return s.length % 2 ? s[middle]! : (s[middle - 1]! + s[middle]!) / 2
}

export const round = (n: number, digits = 2): number => Math.round(n * 10 ** digits) / 10 ** digits
