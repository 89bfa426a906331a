/** A small seeded generator (mulberry32): the same run, the same company. */
export function random(seed: number): { next(): number; int(from: number, to: number): number; pick<T>(list: readonly T[]): T } {
  let a = seed >>> 0
  const next = (): number => {
    a = (a + 0x6d2b79f5) >>> 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const int = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1))
  return { next, int, pick: list => list[int(0, list.length - 1)]! }
}
export type Random = ReturnType<typeof random>

/** A UUIDv7 of a moment; the counter keeps those of one millisecond apart and in order. */
export function idAt(ms: number, counter: number, r: Random): string {
  const time = Math.floor(ms).toString(16).padStart(12, '0')
  const c = (counter & 0xfff).toString(16).padStart(3, '0')
  // a draw has 32 bits: one alone would meet itself among a million
  const part = (): string => Math.floor(r.next() * 2 ** 24).toString(16).padStart(6, '0')
  const rest = part() + part()
  const variant = (0x8000 | Math.floor(r.next() * 0x4000)).toString(16)
  return `${time.slice(0, 8)}-${time.slice(8)}-7${c}-${variant}-${rest}`
}
