/**
 * Random numbers of our own: the same seed gives the same numbers on every machine and in every year, which Math.random promises nobody.
 * xoshiro128** 1.1 (Blackman & Vigna 2021, “Scrambled linear pseudorandom number generators”), its state filled by SplitMix32-like mixing.
 */
export type Random = () => number

/** A bijection of 32 bits that lets no pattern through: the finaliser of MurmurHash3 (Appleby). */
function mix(x: number): number {
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b)
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35)
  return (x ^ (x >>> 16)) >>> 0
}

const rotated = (x: number, by: number): number => (x << by) | (x >>> (32 - by))

/** Numbers above 0 and below 1. */
export function randomOf(seed: number): Random {
  let a = mix(seed + 0x9e3779b9), b = mix(a + 0x9e3779b9), c = mix(b + 0x9e3779b9), d = mix(c + 0x9e3779b9)
  // all zeros is the one state that never leaves itself
  if (!(a | b | c | d)) d = 1
  return () => {
    const drawn = Math.imul(rotated(Math.imul(b, 5), 7), 9) >>> 0
    const shifted = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = rotated(d, 11)
    // in the middle of its cell, so that neither 0 nor 1 comes out and a logarithm can be taken
    return (drawn + 0.5) / 4_294_967_296
  }
}

/** FNV-1a of a text over 32 bits. */
export function hashOf(text: string, from = 0x811c9dc5): number {
  let hash = from
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash >>> 0
}

/**
 * A stream for one purpose. What is drawn for a case at a step is the same however many people work there, so that two runs differ by what was
 * changed and not by luck: common random numbers (Law, “Simulation Modeling and Analysis”, 5th ed., 11.2).
 */
export const streamOf = (seed: number, ...purpose: readonly (string | number)[]): Random => randomOf(mix(seed >>> 0) ^ mix(hashOf(purpose.join('\u0000'))))

/** One of weighted choices; weights need not add up to 1. Undefined where none has weight. */
export function chosen<T>(choices: readonly { value: T; weight: number }[], random: Random): T | undefined {
  const total = choices.reduce((sum, c) => sum + Math.max(0, c.weight), 0)
  if (!(total > 0)) return undefined
  let at = random() * total
  for (const c of choices) {
    at -= Math.max(0, c.weight)
    if (at < 0 && c.weight > 0) return c.value
  }
  return choices.findLast((c) => c.weight > 0)!.value
}
