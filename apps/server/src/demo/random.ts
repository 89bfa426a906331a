/**
 * A small seeded generator, so that the demo company is the same in every installation and in every test. Mulberry32 (Tommy
 * Ettinger, public domain): 32 bits of state, period 2³², more than enough to invent names and dates with.
 */
export interface Random {
  /** 0 ≤ x < 1 */
  next(): number
  /** a whole number, both ends included */
  int(min: number, max: number): number
  chance(probability: number): boolean
  pick<T>(list: readonly T[]): T
  /** one of the keys, as often as its weight says */
  weighted<K extends string>(weights: Readonly<Record<K, number>>): K
  /** a UUIDv7 of a moment in the past: rows made for last year sort among last year's */
  id(at: Date): string
}

/** A generator of its own for each `stream`: what one part of the demo draws never shifts what another draws. */
export function randomOf(seed: number, stream: string): Random {
  let state = hash(`${seed}/${stream}`)
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  const int = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1))
  const hex = (digits: number): string => Array.from({ length: digits }, () => int(0, 15).toString(16)).join('')
  return {
    next, int,
    chance: p => next() < p,
    pick: list => list[int(0, list.length - 1)]!,
    weighted(weights) {
      const entries = Object.entries<number>(weights)
      let left = next() * entries.reduce((sum, [, w]) => sum + w, 0)
      for (const [key, w] of entries) if ((left -= w) < 0) return key as never
      return entries.at(-1)![0] as never
    },
    id(at) {
      const time = at.getTime().toString(16).padStart(12, '0')
      return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(3)}-${'89ab'[int(0, 3)]}${hex(3)}-${hex(12)}`
    },
  }
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let h = 0x811c9dc5
  for (const byte of Buffer.from(text)) h = Math.imul(h ^ byte, 0x01000193)
  return h >>> 0
}
