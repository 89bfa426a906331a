import type { AssignRule, Clock, NodeType, UserTaskSpec } from '../model/index.ts'

/** What waits at a node. Further wait states (message, subprocess, …) become further kinds. */
export type StepKind = 'user' | 'service'

/** A live step: a token resting at an activity. `scopeId` is the enclosing subprocess step; null at the top. */
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

/** All the engine needs to know of one running instance. Finished steps are history and do not belong here. */
export interface InstanceState {
  steps: readonly LiveStep[]
  joins: readonly JoinCount[]
  variables: Readonly<Record<string, unknown>>
}

export interface EngineEnv {
  newId: () => string
  /** automatic nodes allowed in one call; 1,000 unless told, then INSTANCE_LOOP */
  budget?: number
  /**
   * `count` (default): joins are decided from `state.joins`, so the caller guards the instance (version or lock).
   * `defer`: arrivals only add to the counters (commutative); the caller calls `fireJoin` when all flows have one,
   * and ends the instance when its token counter (sum of `tokenDelta`) reaches 0.
   * `pass`: joins let every token through; for look-ahead only.
   */
  joins?: 'count' | 'defer' | 'pass'
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
  stepId: string
  /** the boundary event */
  nodeId: string
  interrupting: boolean
  clock: Clock
  /** ISO 8601; also taken apart, as a business day is not 24 business hours */
  duration: string
  months: number
  days: number
  /** the rest below a day, in minutes (may be fractional) */
  minutes: number
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
  what: 'passed' | 'waiting' | 'fired' | 'ended'
}

export interface InstanceEnd {
  how: 'completed' | 'terminated' | 'cancelled'
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
}
