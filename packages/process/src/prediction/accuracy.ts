import { Calibration } from './calibrate.ts'
import { workloadOf } from './features.ts'
import { predictRows, trainPredictor, type Predictor, type TrainOptions } from './predictor.ts'
import { rowsOf, slice, type Rows } from './rows.ts'
import { lookUp, tableOf } from './tables.ts'
import type { PastCase } from './types.ts'

/** Mean absolute errors in days over all prefixes of at least two events, of the last fifth of cases by beginning. */
export interface Accuracy {
  cases: number
  rows: number
  mae: number
  /** share of predictions whose P80 held: as in operation, where the offset follows outcomes already certain; and with the trained offset only */
  p80Coverage: number
  p80Frozen: number
  medianByPrefix: number
  transitionSystem: number
  predictor: Predictor
}

const meanError = (p: Float64Array, r: Rows): number => r.days.reduce((s, y, i) => s + Math.abs(y - p[i]!), 0) / r.days.length
const held = (p: Float64Array, r: Rows): number => r.days.reduce((s, y, i) => s + (y <= p[i]! ? 1 : 0), 0) / r.days.length

/**
 * Splits a log by time: learns from the first four fifths of the cases by beginning, predicts the others at each of their events. The workload at
 * an event is what was known then. Nothing is learned from the last fifth except the offset of P80, from predictions whose time was up.
 */
export function accuracyOf(cases: readonly PastCase[], options: Partial<TrainOptions> = {}): Accuracy {
  const ordered = cases.filter(c => c.events.length > 0).toSorted((a, b) => a.events[0]!.at - b.events[0]!.at || (a.id < b.id ? -1 : 1))
  const load = workloadOf(Float64Array.from(ordered, c => c.events[0]!.at), Float64Array.from(ordered, c => c.events.at(-1)!.at))
  const cut = Math.floor(ordered.length * 0.8), past = ordered.slice(0, cut)
  const predictor = trainPredictor(past, options, load)
  const rows = byTime(rowsOf(ordered.slice(cut), predictor.coding, load))
  const frozen = predictRows(predictor, rows)
  const calibration = new Calibration(0.8, predictor.offset)
  const live = predictRows(predictor, rows, (i, predict) => {
    calibration.until(rows.at[i]!)
    calibration.predicted(rows.at[i]!, predict(calibration.offset), rows.days[i]!)
    return calibration.offset
  })
  const known = rowsOf(past, predictor.coding, load)
  const byLength = tableOf(known.byLength, known.days, 1), byMultiset = tableOf(known.byMultiset, known.days, 1)
  return {
    cases: ordered.length, rows: rows.days.length, mae: meanError(live.p50, rows), p80Coverage: held(live.p80, rows), p80Frozen: held(frozen.p80, rows),
    medianByPrefix: meanError(Float64Array.from(rows.byLength, k => lookUp([[byLength, k]])[0]), rows),
    transitionSystem: meanError(Float64Array.from(rows.byMultiset, k => lookUp([[byMultiset, k]])[0]), rows),
    predictor,
  }
}

function byTime(r: Rows): Rows {
  const order = Array.from(r.at.keys()).toSorted((a, b) => r.at[a]! - r.at[b]!)
  const numbers = (c: Float64Array): Float64Array => Float64Array.from(order, i => c[i]!)
  const names = (c: readonly string[]): string[] => order.map(i => c[i]!)
  return { ...slice(r, 0, 0), columns: r.columns.map(numbers), days: numbers(r.days), at: numbers(r.at), caseOf: Int32Array.from(order, i => r.caseOf[i]!), byLength: names(r.byLength), byActivity: names(r.byActivity), byMultiset: names(r.byMultiset) }
}
