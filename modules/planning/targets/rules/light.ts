export type Light = 'green' | 'yellow' | 'red'
export interface Limits { green: number; yellow: number }

/**
 * How far somebody is and how that compares with the time gone by. `done` and `target` in the same unit, `elapsed` in percent of the working days.
 * The light: the share done, in percent of the share that is due. Before the first working day nothing is due: green.
 */
export function lightOf(o: { target: number; done: number; elapsed: number }, limits: Limits): { percent: number; light: Light } {
  const percent = Math.round(o.done / o.target * 1000) / 10, pace = o.elapsed <= 0 ? Infinity : o.done / o.target / (o.elapsed / 100) * 100
  return { percent, light: pace >= limits.green ? 'green' : pace >= limits.yellow ? 'yellow' : 'red' }
}

/**
 * Divides a whole by weights without losing a step (largest remainders first; of equals the first). Weights that are all zero count as even.
 * `step` is the smallest part in hundredths: 1 for yuan and cents, 100 for whole numbers.
 */
export function divide(whole: bigint, weights: readonly bigint[], step = 1n): bigint[] {
  if (!weights.length) return []
  const given = weights.some(w => w > 0n) ? weights.map(w => (w > 0n ? w : 0n)) : weights.map(() => 1n)
  const sum = given.reduce((a, b) => a + b, 0n), steps = whole / step
  const parts = given.map(w => steps * w / sum), rest = given.map((w, i) => ({ i, left: steps * w % sum }))
  let open = steps - parts.reduce((a, b) => a + b, 0n)
  for (const { i } of rest.toSorted((a, b) => (a.left === b.left ? a.i - b.i : a.left > b.left ? -1 : 1))) { if (open <= 0n) break; parts[i]! += 1n; open -= 1n }
  const out = parts.map(p => p * step)
  // what is less than a step stays with the first
  out[0]! += whole - out.reduce((a, b) => a + b, 0n)
  return out
}
