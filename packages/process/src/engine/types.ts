import type { AssignRule, Clock, CompiledProcess, NodeType, UserTaskSpec } from '../model/index.ts'

/** What waits at a node: a person, a program, a message for a receive task, or an event (also behind an event gateway). */
export type StepKind = 'user' | 'service' | 'receive' | 'event'

/** A live step: a token resting at an activity. `scopeId` is the scope around it; null at the top. */
export interface LiveStep {
  id: string
  nodeId: string
  kind: StepKind
  scopeId: string | null
}

/** Tokens waiting at a join, counted per incoming flow: one branch arriving twice must not stand in for another. */
export interface JoinCount {
  scopeId: string | null
  nodeId: string
  flowId: string
  count: number
}

/**
 * `subprocess`: also a transaction. `event`: an event subprocess at work. `call`: a called process, whose nodes are another process's.
 * `multi`: a loop or multi-instance as a whole. `instance`: one round of it, or an activity with variables of its own.
 * `compensation`: undoes what is in `todo`, one after the other.
 */
export type ScopeKind = 'subprocess' | 'event' | 'adhoc' | 'call' | 'multi' | 'instance' | 'compensation'

export interface LoopState {
  /** null: as long as the condition holds */
  total: number | null
  started: number
  done: number
  /** what a sequential multi-instance still has to go through */
  items: readonly unknown[] | null
  /** results in the order of the list */
  output: readonly unknown[] | null
}

/** A live activity that has tokens inside. Together, scopes form a tree under the process (null). */
export interface ScopeState {
  id: string
  parentId: string | null
  nodeId: string
  kind: ScopeKind
  /** its own variables; inner ones hide outer ones */
  variables: Readonly<Record<string, unknown>>
  /** the process whose nodes are inside, as `env.processOf` knows it; absent: the parent's */
  called?: string
  loop?: LoopState
  /** compensation: ids of what is still to undo, and what is being undone */
  todo?: readonly string[]
  current?: string | null
  /** compensation: what happens when all is undone */
  after?: 'leave' | 'end' | 'cancel' | 'none'
  /** ad-hoc: activities that have been started */
  ran?: readonly string[]
}

/**
 * A subscription: something for which the instance waits. Timers have one only where the step alone does not tell
 * that they wait (event subprocesses, parallel multiple events); the timer's `stepId` is then this id.
 */
export interface Wait {
  id: string
  on: 'message' | 'signal' | 'conditional' | 'timer'
  /** the event, or receive task */
  nodeId: string
  /** the step or scope that waits (or to which the event is attached); null: the start of an event subprocess */
  ownerId: string | null
  /** where its token will be */
  scopeId: string | null
  /** of the message or signal */
  name: string | null
  /** what a message must carry; null: any */
  key: string | null
  /** conditional: what the condition was when last looked at; it fires when it becomes true */
  was?: boolean
}

/** An activity that is done and may have to be undone, with the local variables as they were then. In the order of completion. */
export interface Undoable {
  id: string
  /** the scope (live or itself undoable) in which it was done */
  scopeId: string | null
  nodeId: string
  variables: Readonly<Record<string, unknown>>
  /** a loop, round or event subprocess: only what was done inside is undone */
  wraps?: true
  called?: string
}

/** A complex gateway that has started and waits for its reset: the flows from which it has taken tokens. */
export interface Phase {
  scopeId: string | null
  nodeId: string
  flows: readonly string[]
}

/** All the engine needs to know of one running instance, as plain JSON. Finished steps are history and do not belong here. */
export interface InstanceState {
  steps: readonly LiveStep[]
  joins: readonly JoinCount[]
  variables: Readonly<Record<string, unknown>>
  scopes?: readonly ScopeState[]
  waits?: readonly Wait[]
  undoable?: readonly Undoable[]
  phases?: readonly Phase[]
}

/** What happens along the way, in order; for traces and tests. Nothing of it is needed to go on. */
export interface TraceEvent {
  nodeId: string
  what: 'entered' | 'completed' | 'cancelled'
}

export interface EngineEnv {
  newId: () => string
  /** automatic nodes allowed in one call; 10,000 unless told, then INSTANCE_LOOP */
  budget?: number
  /**
   * `count` (default): joins are decided from `state.joins`, so the caller guards the instance (version or lock).
   * `defer`: arrivals only add to the counters (commutative); the caller calls `fireJoin` when all flows have one,
   * and ends the instance when its token counter (sum of `tokenDelta`) reaches 0.
   * `pass`: joins let every token through; for look-ahead only.
   */
  joins?: 'count' | 'defer' | 'pass'
  /** the process that a call activity names, or that a live `call` scope names in `called`; null: there is none */
  processOf?: (key: string) => CompiledProcess | null
  /** how a called process is remembered in its scope (e.g. key and version); the key itself unless told */
  refOf?: (key: string) => string
  /** what a decision yields for these variables; null or undefined is an answer too. Throws where there is no such decision */
  decide?: (decision: string, variables: Readonly<Record<string, unknown>>) => unknown
  trace?: (event: TraceEvent) => void
}

export interface NewStep extends LiveStep {
  name: string
  /** value for the stage field of the bound entity */
  stage: string
  role: string | null
  assign: AssignRule
  /** form, items, script, outcomes and standard of a user task */
  task: UserTaskSpec | null
  handler: string | null
  /** evaluated inputs of a service task */
  input: Record<string, unknown> | null
  /** variables that only this step sees (loop counter, element of a list, mapped inputs) */
  local?: Readonly<Record<string, unknown>>
  /** what a Camunda model says of people, evaluated */
  people?: { assignee: string | null; candidateUsers: string[]; candidateGroups: string[]; dueDate: string | null; followUpDate?: string | null; formKey: string | null }
  /** constants that go with a service task (zeebe:taskHeaders) */
  headers?: Readonly<Record<string, string>>
}

export interface FinishedStep {
  id: string
  nodeId: string
  outcome: string | null
}

export interface CancelledStep {
  id: string
  nodeId: string
  reason: 'interrupted' | 'terminated' | 'cancelled'
  /** the node that did it: a boundary event or a terminate end */
  by: string | null
}

export interface TimerToArm {
  id: string
  /** the step, scope or wait to which it belongs */
  stepId: string
  /** the timer event */
  nodeId: string
  interrupting: boolean
  clock: Clock
  /** ISO 8601; also taken apart, as a business day is not 24 business hours */
  duration: string
  months: number
  days: number
  /** the rest below a day, in minutes (may be fractional) */
  minutes: number
  /** due at this ISO 8601 date-time (timeDate, or the first of a cycle); then the duration does not count for it */
  at?: string
  /** a cycle: how many more there will be after this one (null: without end); hand it back to `fireTimer` */
  repeat?: number | null
}

export interface JoinChange {
  scopeId: string | null
  nodeId: string
  flowId: string
  /** add to the stored counter; never overwrite it */
  delta: number
}

export interface HistoryEvent {
  nodeId: string
  name: string
  type: NodeType
  /** the flow by which the token came */
  flowId: string | null
  /** `waiting`: arrived at a join that still lacks other branches */
  what: 'passed' | 'waiting' | 'fired' | 'ended' | 'entered' | 'completed' | 'cancelled'
}

export interface InstanceEnd {
  how: 'completed' | 'terminated' | 'cancelled' | 'failed'
  /** where the last token was consumed; null when cancelled from outside */
  nodeId: string | null
  name: string | null
}

/** Tokens that can never go on: a join lacks branches and nothing is live any more. An incident for a person. */
export interface Stuck {
  nodeId: string
  name: string
  missingFlows: string[]
}

/** A message or signal that goes out. A signal has reached this instance already; the store tells all others. */
export interface Thrown {
  kind: 'message' | 'signal'
  name: string
  key: string | null
  nodeId: string
  variables: Record<string, unknown>
}

/** Something for a person to look at: an error that nothing caught ends the instance as failed. */
export interface Incident {
  kind: 'error'
  nodeId: string
  code: string | null
  message: string
}

/** What one act changes, as plain data; a store applies it in one statement. */
export interface Effects {
  newSteps: NewStep[]
  finishedSteps: FinishedStep[]
  cancelledSteps: CancelledStep[]
  timersToArm: TimerToArm[]
  /** step ids whose waiting timers are void */
  timersToCancel: string[]
  /** only what was set; merge into the instance's variables */
  variables: Record<string, unknown>
  joins: JoinChange[]
  /** live steps plus tokens waiting at joins: how their number changed */
  tokenDelta: number
  /** automatic nodes, in order */
  history: HistoryEvent[]
  /** the stage the bound record is in now; null: unchanged */
  stage: string | null
  end: InstanceEnd | null
  stuck: Stuck[]
  /** true where the step was gone already (a late timer): nothing changed */
  ignored: boolean
  /** live scopes that are new or changed: write each row whole, by id */
  scopes: ScopeState[]
  scopesGone: { id: string; nodeId: string; how: 'completed' | 'cancelled' }[]
  /** subscriptions that are new or changed: write each row whole, by id */
  waits: Wait[]
  waitsGone: string[]
  /** to be kept in this order, after those that are there */
  undoable: Undoable[]
  undoableGone: string[]
  /** write by scope and node; without flows the row goes */
  phases: Phase[]
  thrown: Thrown[]
  /** escalations that nothing caught: no harm, but worth knowing */
  uncaught: { nodeId: string; code: string | null }[]
  incidents: Incident[]
}
