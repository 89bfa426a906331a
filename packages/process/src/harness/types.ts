import type { InstanceEnd, StepKind, Thrown, TimerToArm, Wait } from '../engine/index.ts'

type Variables = Record<string, unknown>
/** The harness in memory answers at once; one on a real store may answer later. `await` suits both. */
export type Awaitable<T> = T | Promise<T>

export interface HarnessTask {
  /** the step's id; `start:…` for an activity of an ad-hoc subprocess that may be started */
  id: string
  nodeId: string
  name: string
  kind: StepKind | 'startable'
  instanceId: string
  processId: string
  role: string | null
  /** ids of the answers it offers (qc:outcome); empty: it is simply done */
  outcomes: readonly string[]
  handler: string | null
  input: Variables | null
  /** what only this task sees: loop counter, element of the list, mapped inputs */
  local: Variables
  people: { assignee: string | null; candidateUsers: string[]; candidateGroups: string[]; dueDate: string | null; followUpDate?: string | null; formKey: string | null } | null
}

/** `stuck`: tokens that can never go on. `error`: nothing caught it, the instance has failed. `handler`: a program broke; its task waits. */
export interface HarnessIncident {
  kind: 'stuck' | 'error' | 'handler'
  instanceId: string
  nodeId: string
  code: string | null
  message: string
}

export type HarnessState = 'none' | 'running' | InstanceEnd['how']

export interface HarnessClock {
  now: () => Date
  /** Moves to a moment (ISO 8601 or Date), firing what is due on the way, in order. */
  set: (to: string | Date) => Awaitable<void>
  /** Moves on by an ISO 8601 duration or by milliseconds. */
  advance: (by: string | number) => Awaitable<void>
}

/**
 * Drives processes as a stranger would: no HTTP, no database. With several instances (started by messages, signals or timers), questions
 * without an instance are answered for the first; tasks and events are those of all.
 */
export interface Harness {
  /** Answers the instance's id. `at`: a start event; `process`: which one, where there are several (the first). */
  start: (variables?: Variables, options?: { at?: string; process?: string }) => Awaitable<string>
  /** What waits for somebody: user, service and receive tasks, and what may be started in ad-hoc subprocesses. */
  tasks: () => Awaitable<HarnessTask[]>
  /** Node ids of all that waits, events and event gateways too; sorted. */
  waiting: () => Awaitable<string[]>
  /** By task id, node id or name (the oldest one there). A catch event may be completed too: it happens. */
  complete: (taskOrNodeId: string, variables?: Variables, outcome?: string | null) => Awaitable<void>
  /** true: somebody waited for it, or a process began with it. */
  message: (name: string, options?: { key?: string | number | null; vars?: Variables }) => Awaitable<boolean>
  /** How many instances heard it or began with it. */
  signal: (name: string, variables?: Variables) => Awaitable<number>
  error: (taskOrNodeId: string, code: string | null, variables?: Variables) => Awaitable<void>
  escalate: (taskOrNodeId: string, code: string | null, variables?: Variables) => Awaitable<void>
  /** Variables change from outside; conditional events look, and processes with a conditional start may begin. */
  change: (variables: Variables, instanceId?: string) => Awaitable<void>
  /** Starts an activity of an ad-hoc subprocess. */
  startActivity: (nodeId: string) => Awaitable<void>
  cancel: (instanceId?: string) => Awaitable<void>
  clock: HarnessClock
  /** Element ids in the order in which they were completed (or entered, or cancelled). Rounds of a loop each count. */
  executed: (what?: 'completed' | 'entered' | 'cancelled') => Awaitable<string[]>
  variables: (instanceId?: string) => Awaitable<Variables>
  readonly state: HarnessState
  stateOf: (instanceId: string) => Awaitable<HarnessState>
  instances: () => Awaitable<{ id: string; processId: string; state: HarnessState }[]>
  incidents: () => Awaitable<HarnessIncident[]>
  /** Messages and signals that went out, whether or not somebody took them. */
  sent: () => Awaitable<Thrown[]>
  subscriptions: () => Awaitable<Wait[]>
  timers: () => Awaitable<{ nodeId: string; due: Date; timer: TimerToArm }[]>
}

export interface HarnessOptions {
  /** Also run processes that are marked isExecutable="false" (pools of a drawing). */
  everyProcess?: boolean
  /** Programs for service tasks; a thrown BpmnError is an error of the model. Tasks without a program wait to be completed. */
  handlers?: Readonly<Record<string, (input: Variables, variables: Readonly<Variables>) => Variables | void>>
  decide?: (decision: string, variables: Readonly<Variables>) => unknown
  /** where the clock stands at first; 2026-01-01T00:00:00Z unless told */
  now?: string | Date
  /** when a timer on business time is due; as on the clock unless told */
  businessDue?: (from: Date, timer: TimerToArm) => Date
}

/** Thrown by a handler: the model's error with this code, not a broken program. */
export class BpmnError extends Error {
  readonly code: string
  readonly variables: Variables

  constructor(code: string, variables: Variables = {}) {
    super(code)
    this.name = 'BpmnError'
    this.code = code
    this.variables = variables
  }
}
