/**
 * How many of `count` are held out at `percent`: rounded half up to whole people (10 % of 37 = 3.7 → 4); with anything above 0 % at least one of two
 * or more, because a comparison with nobody is none, and never all.
 */
export function heldOut(count: number, percent: number): number {
  if (percent <= 0 || count < 2) return 0
  // percent is whole: ×100 keeps the half exact
  return Math.min(count - 1, Math.max(1, Math.floor((count * percent + 50) / 100)))
}
