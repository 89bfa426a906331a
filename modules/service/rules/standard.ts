/** A row of the time standards as the choice needs it. */
export interface StandardRow { productLineId: string | null; tier: string | null; minutes: number; clock: 'business' | 'clock'; warnPercent: number }

/**
 * The row that counts for a case: one that names both its product line and its tier, else its line, else its tier, else the one for
 * all. A row that names another line or tier never counts.
 */
export function chooseStandard<R extends StandardRow>(rows: readonly R[], of: { productLineId: string | null; tier: string | null }): R | null {
  let best: R | null = null, weight = -1
  for (const r of rows) {
    if ((r.productLineId && r.productLineId !== of.productLineId) || (r.tier && r.tier !== of.tier)) continue
    const w = (r.productLineId ? 2 : 0) + (r.tier ? 1 : 0)
    if (w > weight) { best = r; weight = w }
  }
  return best
}
