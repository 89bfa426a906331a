/** What was measured at one point: how many events, how many of them with a score, and the sum of those. */
export interface Measured { volume: number; rated: number; sum: number }
export interface Scored extends Measured { score: number | null; gap: number | null; colour: 'good' | 'warn' | 'bad' | 'none' }

const round = (n: number): number => Math.round(n * 100) / 100

/** The mean score, and how far it is from the target (TP-04): 3.6 against 4.5 is −0.9. Half a point below is to be watched, more is bad. */
export function scoreOf(m: Measured, target: number): Scored {
  if (!m.rated) return { ...m, score: null, gap: null, colour: 'none' }
  const score = round(m.sum / m.rated), gap = round(score - target)
  return { ...m, score, gap, colour: gap >= 0 ? 'good' : gap >= -0.5 ? 'warn' : 'bad' }
}

/** The five that are furthest below their target; of equal ones, the one that more customers told. */
export const worstFive = <T extends Scored>(points: readonly T[]): T[] => points.filter(p => p.gap !== null && p.gap < 0).toSorted((a, b) => a.gap! - b.gap! || b.rated - a.rated).slice(0, 5)
