/** Rows between two of a list, both included, whichever comes first. */
export function between(ids: readonly string[], from: string, to: string): string[] {
  const a = ids.indexOf(from), b = ids.indexOf(to)
  return a < 0 || b < 0 ? [to] : ids.slice(Math.min(a, b), Math.max(a, b) + 1)
}
