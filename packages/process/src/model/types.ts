import type { FeelExpression } from '../feel/index.ts'
import type { Problem } from './problems.ts'

/** `business` counts the tenant's working minutes, `clock` every minute. */
export type Clock = 'business' | 'clock'

export interface Standard {
  minutes: number
  clock: Clock
  /** share of the standard, in percent, after which people are warned; 80 unless told */
  warnPercent: number
  /** reasons that stop the clock, e.g. 待客户; empty: it cannot be paused */
  pauseReasons: readonly string[]
  /** minutes after entry (same clock) at which a reminder is due */
  remindMinutes: readonly number[]
}

export interface Outcome {
  id: string
  label: string
  /** the flow this outcome takes at once, whatever the conditions say; null: the conditions decide (variable `outcome`) */
  flowId: string | null
  danger: boolean
  /** question to ask before it is done */
  confirm: string | null
  requiresComment: boolean
}

/** `outcomes`: the demand holds for these outcomes only; null: for all. */
export interface FieldSpec {
  /** field of the bound entity */
  name: string
  label: string | null
  required: boolean
  readonly: boolean
  outcomes: readonly string[] | null
}

export interface ItemSpec {
  id: string
  label: string
  required: boolean
  outcomes: readonly string[] | null
}

/** A line of 话术; `required` lines must be ticked like an item. */
export interface ScriptLine {
  id: string
  text: string
  required: boolean
  outcomes: readonly string[] | null
}

/** Who gets the task: the role's pool, whoever completed the step before, or whoever last did another node. */
export type AssignRule = { rule: 'pool' } | { rule: 'completer' } | { rule: 'previous'; nodeId: string }

export interface UserTaskSpec {
  role: string | null
  assign: AssignRule
  outcomes: readonly Outcome[]
  fields: readonly FieldSpec[]
  items: readonly ItemSpec[]
  script: readonly ScriptLine[]
  standard: Standard | null
  /** service standard (服务规范) shown beside the form */
  guide: string | null
}

export interface TimerSpec {
  clock: Clock
  /** ISO 8601 duration, or null when `expression` computes it */
  duration: string | null
  expression: FeelExpression | null
}

interface NodeBase {
  id: string
  name: string
  /** flow ids in document order */
  incoming: readonly string[]
  outgoing: readonly string[]
  /** the flow taken when no condition holds */
  defaultFlow: string | null
  lane: string | null
  /** enclosing subprocess; null at the top */
  parent: string | null
  documentation: string | null
  /** value of the bound entity's stage field while (or after) a case is here */
  stage: string
}

export interface StartEventNode extends NodeBase { type: 'startEvent' }
export interface EndEventNode extends NodeBase { type: 'endEvent'; terminate: boolean }
/** `boundary`: ids of the events attached to it */
export interface UserTaskNode extends NodeBase { type: 'userTask'; task: UserTaskSpec; boundary: readonly string[] }
export interface ServiceTaskNode extends NodeBase {
  type: 'serviceTask'
  handler: string
  inputs: readonly { name: string; value: FeelExpression }[]
  boundary: readonly string[]
}
/** bpmn:task and bpmn:manualTask: done outside the system, so the token passes and history remembers it. */
export interface PassTaskNode extends NodeBase { type: 'passTask' }
export interface ExclusiveGatewayNode extends NodeBase { type: 'exclusiveGateway' }
export interface ParallelGatewayNode extends NodeBase { type: 'parallelGateway' }
export interface BoundaryTimerNode extends NodeBase {
  type: 'boundaryTimer'
  attachedTo: string
  interrupting: boolean
  timer: TimerSpec
}

export type CompiledNode =
  | StartEventNode
  | EndEventNode
  | UserTaskNode
  | ServiceTaskNode
  | PassTaskNode
  | ExclusiveGatewayNode
  | ParallelGatewayNode
  | BoundaryTimerNode

export type NodeType = CompiledNode['type']
export type NodeOf<T extends NodeType> = Extract<CompiledNode, { type: T }>

export interface CompiledFlow {
  id: string
  name: string
  source: string
  target: string
  /** null: unconditional */
  condition: FeelExpression | null
  isDefault: boolean
}

export interface Lane {
  id: string
  name: string
  role: string | null
  nodeIds: readonly string[]
}

/** Deeply frozen. JSON-serialisable but for the closures inside expressions (their text stays). */
export interface CompiledProcess {
  id: string
  name: string
  documentation: string | null
  /** which entity's records run through it, and the field that mirrors the stage */
  binding: { entity: string; stageField: string | null } | null
  startId: string
  nodes: Readonly<Record<string, CompiledNode>>
  flows: Readonly<Record<string, CompiledFlow>>
  lanes: readonly Lane[]
  /** role codes used, in document order */
  roles: readonly string[]
  /** true where a parallel gateway waits for several branches */
  hasJoin: boolean
  warnings: readonly Problem[]
}
