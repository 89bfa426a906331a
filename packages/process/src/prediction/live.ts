import type { Booster } from './booster.ts'
import { Prefix } from './features.ts'
import { predictRows, type Predictor } from './predictor.ts'
import { FIRST_PREFIX, type Rows } from './rows.ts'
import { DAY, MINUTE, type CaseEvent, type Remaining, type Workload } from './types.ts'

/** Inverse of the normal distribution at 0.01 … 0.99 over its 0.8 quantile, for predictors of too few cases to know their own spread (Acklam's rational approximation, middle part and tails). */
function normalQuantile(p: number): number {
  const a = [-39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716, 2.506628277459239], b = [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572]
  const c = [-0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968, 2.938163982698783], d = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416]
  const poly = (k: readonly number[], x: number): number => k.reduce((s, v) => s * x + v, 0)
  if (p < 0.02425) { const q = Math.sqrt(-2 * Math.log(p)); return poly(c, q) / (poly(d, q) * q + 1) }
  if (p > 0.97575) return -normalQuantile(1 - p)
  const q = p - 0.5, r = q * q
  return (poly(a, r) * q) / (poly(b, r) * r + 1)
}
const SHARES = Array.from({ length: 99 }, (_, i) => (i + 1) / 100)
const NORMAL = SHARES.map(p => normalQuantile(p) / 0.8416212335729143)

const scale = (days: number): number => Math.log1p(Math.max(0, days) * 24)
const unscale = (z: number): number => Math.max(0, Math.expm1(z) / 24)

/** The one row of a running case: the same columns, from the same code, as each row of training. */
function rowNow(p: Predictor, prefix: Prefix, at: number, w: Workload): Rows {
  const row = prefix.row(p.coding, w)
  return {
    columns: row.map(v => Float64Array.of(v)), days: new Float64Array(1), at: Float64Array.of(at), caseOf: new Int32Array(1),
    byLength: [String(prefix.events)], byActivity: [prefix.lastActivity], byMultiset: [prefix.multiset],
  }
}

/**
 * What remains of a running case, in minutes from `now`, given that it has not ended. The predictor speaks of the time from the last event on; what of
 * its distribution is already past is cut off. `offset` of P80 as calibration has it by now. Null: fewer events than anything was learned of,
 * or the case has outlasted nearly all that is known.
 */
export function remainingOf(p: Predictor, events: readonly CaseEvent[], workload: (at: number) => Workload, now: number, offset: number = p.offset): Remaining | null {
  const last = events.at(-1)
  if (!last || events.length < FIRST_PREFIX) return null
  const prefix = new Prefix()
  for (const e of events) prefix.add(e)
  const said = predictRows(p, rowNow(p, prefix, last.at, workload(last.at)), () => offset)
  const p50 = said.p50[0]!, p80 = said.p80[0]!, passed = Math.max(0, (now - last.at) / DAY)
  if (passed === 0) return { p50: p50 * DAY / MINUTE, p80: p80 * DAY / MINUTE }
  const z50 = scale(p50), width = Math.max(0.05, scale(p80) - z50)
  const shape = p.median.length ? SHARES.map((_, i) => p.spread[i + 1]!) : NORMAL
  // P50 and P80 as they were said, so that a minute later they are a minute less
  const days = shape.map((s, i) => (i === 49 ? p50 : i === 79 ? p80 : unscale(z50 + s * width))).toSorted((a, b) => a - b)
  const left = days.filter(d => d > passed)
  if (left.length < 5) return null
  const q = (share: number): number => (left[Math.max(0, Math.ceil(share * left.length) - 1)]! - passed) * DAY / MINUTE
  return { p50: q(0.5), p80: q(0.8) }
}

/** What is kept of a trained predictor: trees that its choice never asks are left out, and leaves are rounded (a tenth of a thousandth of an hour's logarithm). */
export function slim(p: Predictor): Predictor {
  if (p.choice !== 'trees' && p.choice !== 'middle') return { ...p, median: [], upper: [] }
  const round = (b: Booster): Booster => ({ base: b.base, trees: b.trees.map(t => ({ ...t, value: t.value.map(v => Number(v.toFixed(5))) })) })
  return { ...p, median: p.median.map(round), upper: p.upper.map(round) }
}
