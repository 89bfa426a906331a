import type { EngineEnv } from '../engine/index.ts'
import type { Summary } from '../mining/index.ts'
import type { Arrivals } from './arrivals.ts'
import type { Distribution } from './distributions.ts'
import type { WorkTime } from './work-time.ts'

/** Weighted values of a variable, e.g. an amount of 500 seven times in ten. */
export type Weighted = readonly { value: unknown; weight: number }[]

export interface Staff {
  /** null: as many as needed */
  number: number | null
  /** `business` (unless told): the company's calendar; `always`: around the clock */
  hours?: 'business' | 'always'
}

/**
 * What is tried out. Steps are named by their node id; those of a called process by `process id/node id`. What is left out takes the
 * value of `defaultsOf`.
 */
export interface SimulationInput {
  /** how many come; null: as many as come in `days` */
  cases: number | null
  /** working days that are looked at; null: until the last case is done */
  days: number | null
  /** ISO 8601 */
  from: string
  arrivals: Arrivals
  /** user tasks: work in the hours of their role. Programs, messages and signals that are awaited: on the clock */
  durations: Readonly<Record<string, Distribution>>
  /** user tasks at which time passes without keeping anybody busy: somebody else is awaited (待取机, 待答复) */
  unattended: readonly string[]
  /** user tasks: weights of the outcomes */
  outcomes: Readonly<Record<string, Readonly<Record<string, number>>>>
  /** exclusive and inclusive gateways whose conditions are replaced by chance: weights (inclusive: probabilities) of the flows */
  gateways: Readonly<Record<string, Readonly<Record<string, number>>>>
  /** with which cases begin */
  variables: Readonly<Record<string, Weighted>>
  /** set when a step is completed */
  results: Readonly<Record<string, Readonly<Record<string, Weighted>>>>
  /** by role code; '' are the tasks without a role */
  staff: Readonly<Record<string, Staff>>
  /** who comes next: first in, first out; or by the time at which the standard of the step is up */
  discipline: 'fifo' | 'due'
  seed: number
}

export interface SimulationEnv extends Pick<EngineEnv, 'processOf' | 'refOf' | 'decide'> {
  workTime: WorkTime
  /** steps altogether, and of one case (a loop that never ends); more end the run, or the case */
  most?: { steps: number; ofCase: number }
}

export interface StepResult {
  key: string
  nodeId: string
  name: string
  kind: 'user' | 'service' | 'receive' | 'event'
  role: string | null
  entered: number
  done: number
  cancelled: number
  /** still there at the end */
  open: number
  /** minutes until somebody began, and of work, on the role's clock; `total` from entry to completion */
  waiting: Summary
  working: Summary
  total: Summary
  /** waiting cases: average over the time looked at, and at most */
  queue: { mean: number; max: number }
  standard: { minutes: number; clock: 'business' | 'clock' } | null
  /** done too late, or not done and already too late; null: no standard */
  late: number | null
}

export interface RoleResult {
  role: string
  number: number | null
  /** share of the working time in which a person was busy, 0…1; null where there are as many as needed */
  utilisation: number | null
  /** how many were busy on average */
  busy: number
  queue: { mean: number; max: number }
  /** minutes that cases waited for this role, altogether, and on average */
  waitedMinutes: number
  waiting: Summary
}

/** Why cases could not go on: what the engine said. */
export interface SimulationProblem { key: string | null; name: string | null; code: string; message: string; cases: number }

export interface SimulationResult {
  seed: number
  from: string
  to: string
  /** what was looked at */
  minutes: { business: number; clock: number }
  dayMinutes: number
  cases: {
    started: number; finished: number; failed: number; open: number
    /** from start to end, working minutes and minutes on the clock, of those that finished */
    throughput: { business: Summary; clock: Summary }
    /** cases on the way: average and at most */
    inProgress: { mean: number; max: number }
    ends: { nodeId: string | null; name: string | null; cases: number }[]
  }
  steps: StepResult[]
  roles: RoleResult[]
  /** where cases waited longest altogether; `share` of all waiting, 0…1; null: (almost) nobody waited */
  bottleneck: { key: string; role: string | null; meanQueue: number; share: number } | null
  /** averages over spans of `width` working minutes */
  series: { width: number; at: string[]; inProgress: number[]; roles: { role: string; queue: number[]; busy: number[] }[] }
  problems: SimulationProblem[]
}

export type SimulationErrorCode = 'SIMULATION_TOO_LARGE' | 'SIMULATION_ENDLESS' | 'SIMULATION_NO_CASES'

export class SimulationError extends Error {
  readonly code: SimulationErrorCode
  constructor(code: SimulationErrorCode, message: string) {
    super(message)
    this.name = 'SimulationError'
    this.code = code
  }
}
