import { summarise } from '../mining/index.ts'
import { change, fitTo, type Level, type Series } from './level.ts'
import { closeLevels, type Pool } from './pools.ts'
import { stepResult, type Tally } from './tally.ts'
import type { RoleResult, SimulationInput, SimulationProblem, SimulationResult, StepResult } from './types.ts'
import type { WorkTime } from './work-time.ts'

export interface Cases {
  started: number
  finished: number
  failed: number
  business: number[]
  clock: number[]
  ends: Map<string, { nodeId: string | null; name: string | null; cases: number }>
  problems: Map<string, SimulationProblem>
  inProgress: Level
}

interface Run { input: SimulationInput; workTime: WorkTime; from: number; now: number; business: number; pools: Pool[]; tallies: Tally[]; cases: Cases; order: readonly string[] }

const MINUTE = 60_000

/** What a run has counted, as it is told. */
export function resultOf({ input, workTime, from, now, business, pools, tallies, cases, order }: Run): SimulationResult {
  const clock = (now - from) / MINUTE
  const at = (always: boolean): number => (always ? clock : business)
  change(cases.inProgress, 0, business, business)
  for (const pool of pools) closeLevels(pool, at(pool.always), business)
  const place = (t: Tally): number => { const i = order.indexOf(t.key); return i < 0 ? order.length : i }
  const steps = [...tallies].sort((a, b) => place(a) - place(b)).map((t) => stepResult(t, { at: at(t.always), axis: business }))
  const roles = pools.map((p) => roleResult(p, at(p.always)))
  return {
    seed: input.seed, from: new Date(from).toISOString(), to: new Date(now).toISOString(), minutes: { business, clock }, dayMinutes: workTime.dayMinutes,
    cases: {
      started: cases.started, finished: cases.finished, failed: cases.failed, open: cases.started - cases.finished - cases.failed,
      throughput: { business: summarise(cases.business), clock: summarise(cases.clock) },
      inProgress: { mean: business > 0 ? cases.inProgress.area / business : 0, max: cases.inProgress.max },
      ends: [...cases.ends.values()].sort((a, b) => b.cases - a.cases),
    },
    steps, roles, bottleneck: bottleneckOf(steps, cases.inProgress.area / Math.max(1, business)),
    series: seriesOf(pools, cases.inProgress, { workTime, from, business }),
    problems: [...cases.problems.values()].sort((a, b) => b.cases - a.cases),
  }
}

function roleResult(p: Pool, minutes: number): RoleResult {
  const { number } = p.staff
  return {
    role: p.role, number, utilisation: number === null ? null : number > 0 && minutes > 0 ? p.busy.area / (number * minutes) : 0,
    busy: minutes > 0 ? p.busy.area / minutes : 0, queue: { mean: minutes > 0 ? p.queue.area / minutes : 0, max: p.queue.max },
    // who still waits at the end has waited too
    waitedMinutes: p.queue.area, waiting: summarise(p.waits),
  }
}

/** Of the time that cases are on the way, less than this share in queues is no reason to speak of a bottleneck. */
const HARDLY = 0.03

/** The step at which cases spent the most time waiting, all together: its mean queue times the time looked at is just that. */
function bottleneckOf(steps: readonly StepResult[], inProgress: number): SimulationResult['bottleneck'] {
  const all = steps.reduce((sum, s) => sum + s.queue.mean, 0)
  const worst = steps.reduce<StepResult | null>((a, b) => (a === null || b.queue.mean > a.queue.mean ? b : a), null)
  if (!worst || all <= HARDLY * inProgress) return null
  return { key: worst.key, role: worst.role, meanQueue: worst.queue.mean, share: worst.queue.mean / all }
}

function seriesOf(pools: readonly Pool[], inProgress: Level, o: { workTime: WorkTime; from: number; business: number }): SimulationResult['series'] {
  const all = [inProgress, ...pools.flatMap((p) => [p.queue, p.busy])].flatMap((l) => l.series ?? [])
  const width = Math.max(...all.map((s) => s.width))
  for (const s of all) fitTo(s, width)
  const points = Math.max(1, Math.ceil(o.business / width - 1e-9))
  // the last span may be cut short
  const means = (s: Series | null): number[] => Array.from({ length: points }, (_, i) => {
    const span = Math.min(width, o.business - i * width)
    return span > 0 ? Math.round(((s?.areas[i] ?? 0) / span) * 1000) / 1000 : 0
  })
  return {
    width, at: Array.from({ length: points }, (_, i) => new Date(o.workTime.add(o.from, i * width)).toISOString()),
    inProgress: means(inProgress.series), roles: pools.map((p) => ({ role: p.role, queue: means(p.queue.series), busy: means(p.busy.series) })),
  }
}
