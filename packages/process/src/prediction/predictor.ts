import { boosted, fitBooster, type Booster, type Columns } from './booster.ts'
import { codingOf, workloadOf, type Coding } from './features.ts'
import { rowsOf, slice, without, type Rows } from './rows.ts'
import { lookUp, tableOf, type Table } from './tables.ts'
import type { PastCase } from './types.ts'

/** What predicts: the trees, the transition system, the usual time after so many events; or the middle of the trees and the best table. */
export type Choice = 'trees' | 'multiset' | 'activity' | 'length' | 'middle'

export interface Backtest { rows: number; error: Record<Choice, number> }

/** A trained predictor: plain data, can be stored as JSON. */
export interface Predictor {
  coding: Coding
  choice: Choice
  /** mean absolute error in days of each in the rolling back-test, the later part counting double */
  backtest: Backtest
  /** several trees' votes: each was grown without one stretch of time */
  median: Booster[]
  upper: Booster[]
  tables: { length: Table; activity: Table; multiset: Table }
  /** added to the 80 % quantile, on the logarithmic scale: 0 when trained, then as outcomes come in (`Calibration`) */
  offset: number
  /** (remaining − P50) / (P80 − P50) of cases not used in growing, its percentiles 0 … 100; from it follows the chance of missing a date */
  spread: number[]
  trained: { cases: number; rows: number; from: number; to: number }
}

export interface TrainOptions {
  /** minutes east of UTC of the process's wall clock; 480 is China */
  offset: number
  /** most rows that trees are grown on, the latest ones */
  rows: number
  blocks: number
  seed: number
}

export const TRAINING: TrainOptions = { offset: 480, rows: 60_000, blocks: 3, seed: 1 }

// hours, so that an error of an hour counts for a case of a day as one of a day does for a case of a month
const scale = (days: number): number => Math.log1p(Math.max(0, days) * 24)
const unscale = (z: number): number => Math.max(0, Math.expm1(z) / 24)

const TREES = { trees: 300, learningRate: 0.05, leaves: 31, leafRows: 20, rows: 0.7, columns: 0.7 }
const QUICK = { ...TREES, trees: 120, learningRate: 0.1 }

interface Tables { length: Table; activity: Table; multiset: Table }
const tablesOf = (r: Rows): Tables => ({ length: tableOf(r.byLength, r.days, 1), activity: tableOf(r.byActivity, r.days, 5), multiset: tableOf(r.byMultiset, r.days, 5) })

const chain = (t: Tables, choice: 'multiset' | 'activity' | 'length', keys: { length: string; activity: string; multiset: string }): [number, number] =>
  choice === 'length' ? lookUp([[t.length, keys.length]])
    : choice === 'activity' ? lookUp([[t.activity, keys.activity], [t.length, keys.length]])
      : lookUp([[t.multiset, keys.multiset], [t.activity, keys.activity], [t.length, keys.length]])

const keysAt = (r: Rows, i: number) => ({ length: r.byLength[i]!, activity: r.byActivity[i]!, multiset: r.byMultiset[i]! })
const TABLES = ['multiset', 'activity', 'length'] as const

/** Where case `position` begins among the rows. */
const rowAt = (r: Rows, position: number): number => {
  let lo = 0, hi = r.caseOf.length
  while (lo < hi) { const mid = (lo + hi) >> 1; if (r.caseOf[mid]! < position) lo = mid + 1; else hi = mid }
  return lo
}

/** Which of them would have served best lately: trained on what came before, tried on what came next, twice. */
function backtest(r: Rows, cases: number, seed: number): Backtest & { choice: Choice } {
  const sum: Record<Choice, number> = { trees: 0, multiset: 0, activity: 0, length: 0, middle: 0 }
  let rows = 0
  for (const [from, to, weight] of [[0.6, 0.8, 1], [0.8, 1, 2]] as const) {
    const cut = rowAt(r, Math.floor(cases * from)), end = rowAt(r, Math.floor(cases * to))
    if (cut < 50 || end - cut < 20) continue
    const past = slice(r, 0, cut), next = slice(r, cut, end), tables = tablesOf(past)
    const trees = boosted(fitBooster(past.columns, past.days.map(scale), { ...QUICK, seed }), next.columns)
    for (let i = 0; i < next.days.length; i++) {
      const y = next.days[i]!, tree = unscale(trees[i]!)
      for (const c of TABLES) sum[c] += weight * Math.abs(chain(tables, c, keysAt(next, i))[0] - y)
      sum.trees += weight * Math.abs(tree - y)
      sum.middle += weight * Math.abs((tree + chain(tables, 'length', keysAt(next, i))[0]) / 2 - y)
      rows += weight
    }
  }
  // few cases: nothing to choose by; the plainest is the safest
  if (rows === 0) return { rows, error: sum, choice: 'length' }
  const error = Object.fromEntries(Object.entries(sum).map(([c, s]) => [c, s / rows])) as Backtest['error']
  // another than the usual time by length has to be clearly better than it, or a turn of events makes it worse
  const best = (Object.keys(error) as Choice[]).reduce((a, b) => (error[b] < error[a] ? b : a))
  return { rows, error, choice: error[best] < 0.97 * error.length ? best : 'length' }
}

/** Learns from ended cases, in order of their beginnings. `all` begins and ends (epoch ms) are for the workload; default: those of the cases. */
export function trainPredictor(cases: readonly PastCase[], options: Partial<TrainOptions> = {}, workload?: ReturnType<typeof workloadOf>): Predictor {
  const o = { ...TRAINING, ...options }
  const coding = codingOf(cases, o.offset)
  const load = workload ?? workloadOf(Float64Array.from(cases, c => c.events[0]?.at ?? 0), Float64Array.from(cases, c => c.events.at(-1)?.at ?? 0))
  // the latest cases within the bound
  let first = cases.length, count = 0
  while (first > 0 && count + Math.max(0, cases[first - 1]!.events.length - 2) <= o.rows) count += Math.max(0, cases[--first]!.events.length - 2)
  const used = cases.slice(first), r = rowsOf(used, coding, load), n = r.days.length
  const { choice, ...tried } = backtest(r, used.length, o.seed)
  const target = r.days.map(scale), median: Booster[] = [], upper: Booster[] = []
  const z50 = new Float64Array(n), z80 = new Float64Array(n)
  for (let b = 0; b < o.blocks && n >= 100; b++) {
    const from = rowAt(r, Math.floor((used.length * b) / o.blocks)), to = rowAt(r, Math.floor((used.length * (b + 1)) / o.blocks))
    const rest = without({ ...r, days: target }, from, to), columns = r.columns.map(c => c.subarray(from, to))
    const watch = { columns, target: target.subarray(from, to), patience: 30 }
    for (const [quantile, into, z] of [[0.5, median, z50], [0.8, upper, z80]] as const) {
      const booster = fitBooster(rest.columns, rest.days, { ...TREES, quantile, seed: o.seed + b }, watch)
      into.push(booster)
      z.set(boosted(booster, columns), from)
    }
  }
  const spread = Float64Array.from(z50, (z, i) => (target[i]! - z) / Math.max(0.05, z80[i]! - z)).sort()
  return {
    coding, choice: median.length ? choice : 'length', backtest: tried, median, upper, tables: tablesOf(r), offset: 0,
    spread: Array.from({ length: 101 }, (_, p) => spread[Math.min(spread.length - 1, Math.floor((p / 100) * spread.length))] ?? 0),
    trained: { cases: used.length, rows: n, from: used[0]?.events[0]?.at ?? 0, to: used.at(-1)?.events[0]?.at ?? 0 },
  }
}

const mean = (boosters: readonly Booster[], columns: Columns): Float64Array => {
  const out = new Float64Array(columns[0]?.length ?? 0)
  for (const b of boosters) boosted(b, columns).forEach((v, i) => { out[i]! += v / boosters.length })
  return out
}

/** P50 and P80 in days for rows of the predictor's own coding; `offsetAt` may give the offset at each row instead of the trained one. */
export function predictRows(p: Predictor, r: Rows, offsetAt: (i: number, predict: (offset: number) => number) => number = () => p.offset): { p50: Float64Array; p80: Float64Array } {
  const n = r.days.length, p50 = new Float64Array(n), p80 = new Float64Array(n)
  const z50 = p.median.length ? mean(p.median, r.columns) : null, z80 = p.upper.length ? mean(p.upper, r.columns) : null
  for (let i = 0; i < n; i++) {
    const table = p.choice === 'trees' ? null : chain(p.tables, p.choice === 'middle' ? 'length' : p.choice, keysAt(r, i))
    const tree = z50 ? unscale(z50[i]!) : 0
    p50[i] = !table ? tree : p.choice === 'middle' ? (tree + table[0]) / 2 : table[0]
    const above = (offset: number): number => {
      const treeUp = z80 ? unscale(z80[i]! + offset) : 0
      const tableUp = table ? unscale(scale(table[1]) + offset) : 0
      return Math.max(p50[i]!, !table ? treeUp : p.choice === 'middle' ? (treeUp + tableUp) / 2 : tableUp)
    }
    p80[i] = above(offsetAt(i, above))
  }
  return { p50, p80 }
}
