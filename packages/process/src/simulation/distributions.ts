import type { Random } from './random.ts'

/** How long something takes, in minutes. */
export type Distribution =
  | { kind: 'fixed'; minutes: number }
  | { kind: 'uniform'; min: number; max: number }
  | { kind: 'triangular'; min: number; mode: number; max: number }
  | { kind: 'exponential'; mean: number }
  /** half take at most the median, four fifths at most p80 */
  | { kind: 'lognormal'; median: number; p80: number }

/** The 80 % quantile of the standard normal distribution. */
const Z80 = 0.8416212335729143

/** Inverse transforms; the normal variate by Box and Muller (1958). Never below 0. */
export function drawn(d: Distribution, random: Random): number {
  switch (d.kind) {
    case 'fixed': return Math.max(0, d.minutes)
    case 'uniform': return d.min + (d.max - d.min) * random()
    case 'triangular': return triangular(d, random())
    case 'exponential': return -d.mean * Math.log(random())
    case 'lognormal': {
      if (d.median <= 0) return 0
      const sigma = sigmaOf(d)
      const normal = Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random())
      return d.median * Math.exp(sigma * normal)
    }
  }
}

function triangular({ min, mode, max }: Extract<Distribution, { kind: 'triangular' }>, u: number): number {
  if (max <= min) return min
  const left = (mode - min) / (max - min)
  return u < left ? min + Math.sqrt(u * (max - min) * (mode - min)) : max - Math.sqrt((1 - u) * (max - min) * (max - mode))
}

const sigmaOf = (d: { median: number; p80: number }): number => Math.log(Math.max(1, d.p80 / d.median)) / Z80

export function meanOf(d: Distribution): number {
  switch (d.kind) {
    case 'fixed': return Math.max(0, d.minutes)
    case 'uniform': return (d.min + d.max) / 2
    case 'triangular': return (d.min + d.mode + d.max) / 3
    case 'exponential': return d.mean
    case 'lognormal': return d.median <= 0 ? 0 : d.median * Math.exp(sigmaOf(d) ** 2 / 2)
  }
}
