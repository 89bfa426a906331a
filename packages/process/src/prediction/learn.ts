import { Calibration } from './calibrate.ts'
import { workloadOf } from './features.ts'
import { slim } from './live.ts'
import { predictRows, trainPredictor, type Predictor } from './predictor.ts'
import { FIRST_PREFIX, rowsOf } from './rows.ts'
import { ENOUGH, stageTable, type FinishedStage, type StageTable } from './stages.ts'
import { DAY, type CaseEvent, type PastCase } from './types.ts'

/**
 * A case as the store reads it, for learning and for looking alike, so that both see the same. Times in ms since 1970. `about`: what it has been about
 * from its beginning, in the order of the group; `steps`: the finished ones, in order of finishing.
 */
export interface RawCase { s: number; e: number | null; whole: boolean; unit: string | null; about: Record<string, string | null> | null; steps: RawStep[] | null }
/** node, who, entered, finished, minutes on its clock, stage (node and clock), what was typed in it */
export type RawStep = [string, string | null, number, number, number | null, string | null, Record<string, string> | null]

/** What groups are made of: values known from the beginning, values that a step brings, and the unit, in this order. */
export interface Parts { constant: readonly string[]; typed: readonly string[] }

/** Its events: each finished step with what was known then. What was true from the beginning comes with the first. */
export function eventsOf(c: RawCase, parts: Parts): CaseEvent[] {
  const events = (c.steps ?? []).map(([node, who, , at, , , typed], i): CaseEvent => {
    const first: Record<string, string> = {}
    if (i === 0) {
      if (c.unit) first.unit = c.unit
      for (const name of parts.constant) { const v = c.about?.[name]; if (v) first[name] = v }
    }
    return { activity: node, resource: who, at, attributes: { ...first, ...typed } }
  })
  // a case that something else ends (a timer, a message) ends then, not with its last step
  const last = events.at(-1)
  if (last && c.e !== null && c.e > last.at + 1000) events.push({ activity: '', resource: null, at: c.e })
  return events
}

/** Finished stages of a case, each with what was known when it was entered. */
export function* finishedOf(c: RawCase, parts: Parts): Generator<FinishedStage> {
  const steps = c.steps ?? [], constant = parts.constant.map(name => c.about?.[name] ?? null)
  for (const [, , entered, , minutes, stage] of steps) {
    if (minutes === null || stage === null) continue
    const typed = parts.typed.map(name => steps.findLast(s => s[3] <= entered && s[6]?.[name])?.[6]?.[name] ?? null)
    yield { stage, minutes, group: [...constant, ...typed, c.unit] }
  }
}

export interface LearnJob {
  /** JSON of a `RawCase` each */
  cases: readonly string[]
  parts: Parts
  /** minutes east of UTC */
  offset: number
  /** ms since 1970 */
  now: number
  /** the predictor in force, as JSON; null: none yet, or it is to be trained anew */
  keep: string | null
  /** of P80, in force with it */
  p80Offset: number
  /** outcomes up to then have been taken; only predictions since `trainedAt` are the predictor's own */
  calibratedAt: number
  trainedAt: number
}

export interface Learned {
  stages: StageTable
  /** ended cases that were read */
  ended: number
  /** newly trained, as JSON; null: too few cases, or `keep` */
  predictor: string | null
  backtest: Predictor['backtest'] | null
  choice: string | null
  trained: Predictor['trained'] | null
  /** offset of P80 in force; 0 when newly trained */
  calibrated: number | null
}

/** Characters of a stored predictor. A larger one keeps only its tables. */
export const MOST_CHARACTERS = 8_000_000

/** All that a night learns of one process: how long its stages take, and what remains of its cases. Pure; runs in a thread of its own. */
export function learn(job: LearnJob): Learned {
  const cases = job.cases.map(text => JSON.parse(text) as RawCase)
  const stages = stageTable(cases.flatMap(c => [...finishedOf(c, job.parts)]))
  const ended = cases.filter(c => c.e !== null && c.whole && c.steps?.length)
  const load = workloadOf(Float64Array.from(cases, c => c.s), Float64Array.from(cases.filter(c => c.e !== null), c => c.e!))
  const nothing = { stages, ended: ended.length, predictor: null, backtest: null, choice: null, trained: null, calibrated: null }
  if (job.keep !== null) return { ...nothing, calibrated: calibrated({ ...(JSON.parse(job.keep) as Predictor), offset: job.p80Offset }, cases, load, job) }
  if (ended.length < ENOUGH) return nothing
  const past = ended.map((c, i): PastCase => ({ id: String(i), events: eventsOf(c, job.parts) })).toSorted((a, b) => a.events[0]!.at - b.events[0]!.at)
  const p = slim(trainPredictor(past, { offset: job.offset }, load))
  let predictor = JSON.stringify(p)
  if (predictor.length > MOST_CHARACTERS) predictor = JSON.stringify({ ...p, choice: 'length', median: [], upper: [] } satisfies Predictor)
  return { ...nothing, predictor, backtest: p.backtest, choice: p.choice, trained: p.trained, calibrated: 0 }
}

/**
 * The offset of P80 after the outcomes that have become certain since the last time. Only predictions made after training count: of a case
 * that was learned from, the predictor knew the end. An open case whose predicted time is up has missed it.
 */
function calibrated(p: Predictor, cases: readonly RawCase[], load: ReturnType<typeof workloadOf>, job: LearnJob): number {
  const lately = cases.filter(c => (c.steps?.length ?? 0) >= FIRST_PREFIX && c.steps!.at(-1)![3] >= job.trainedAt && (c.e === null || c.whole))
  // an open case has an end beyond all predictions, so that its last event has a row as well
  const rows = rowsOf(lately.map((c, i): PastCase => { const events = eventsOf(c, job.parts); return { id: String(i), events: c.e === null ? [...events, { activity: '', resource: null, at: Infinity }] : events } }), p.coding, load)
  const calibration = new Calibration(0.8, p.offset)
  const { p80 } = predictRows(p, rows)
  const order = [...p80.keys()].filter(i => rows.at[i]! >= job.trainedAt).toSorted((a, b) => rows.at[a]! - rows.at[b]!)
  for (const i of order) {
    const due = rows.at[i]! + p80[i]! * DAY
    if (due > job.calibratedAt && due <= job.now) calibration.predicted(rows.at[i]!, p80[i]!, rows.days[i]!)
  }
  calibration.until(job.now)
  return calibration.offset
}
