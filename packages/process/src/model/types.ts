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
  /** key of a process that must agree first: the case waits here until that one has ended; null: it is carried out at once */
  gate: string | null
}

/** Who is asked: holders of a role nearest above the case's unit, the person in a field, an account, whoever applied, or their superior. */
export type Approver = { by: 'role'; role: string } | { by: 'field'; field: string } | { by: 'user'; username: string } | { by: 'starter' } | { by: 'manager' }

/** A task that several people answer; what their answers decide is in approval/rules.ts. `approve`, `reject`: ids of its outcomes. */
export interface ApprovalSpec {
  mode: 'all' | 'any' | 'sequence'
  /** of the approvers that must agree, above 0 and at most 1 */
  share: number
  veto: boolean
  who: readonly Approver[]
  approve: string
  reject: string
}

/** What a variable of a process without a record can be; fields of records have the type that their entity declares. */
export type VariableType = 'text' | 'number' | 'date' | 'boolean' | 'choice'

/** `outcomes`: the demand holds for these outcomes only; null: for all. What is optional is absent where the model says nothing of it. */
export interface FieldSpec {
  /** field of the bound entity, or a variable where the process runs on no record */
  name: string
  label: string | null
  required: boolean
  readonly: boolean
  outcomes: readonly string[] | null
  help?: string
  width?: 'half' | 'full'
  type?: VariableType
  /** of a choice, in the order of the form: each is value and label in one */
  options?: readonly string[]
  /** what it begins with while it is empty; reads the record's fields and the variables */
  initial?: FeelExpression
  /** it is on the form only while this is true; reads the same */
  visibleWhen?: FeelExpression
}

/** One thing on a form, in the order in which people meet it. `id`: of the section, the name of the field, the id of the item or line. */
export type FormPart = { part: 'section'; id: string; label: string } | { part: 'field' | 'item' | 'script'; id: string }

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
  /** only of forms that have sections: everything on the form in the order of the file */
  layout?: readonly FormPart[]
  standard: Standard | null
  /** service standard (服务规范) shown beside the form */
  guide: string | null
  /** what models of Camunda 7 and 8 say of people, dates and forms; absent where they say nothing */
  people?: PeopleSpec
  /** null: one person does it */
  approval: ApprovalSpec | null
}

/** Each expression is evaluated when the task opens; lists may be given as one text with commas. */
export interface PeopleSpec {
  assignee: FeelExpression | null
  candidateUsers: FeelExpression | null
  candidateGroups: FeelExpression | null
  dueDate: FeelExpression | null
  followUpDate: FeelExpression | null
  formKey: string | null
}

/**
 * When a timer is due: after a duration, at a date, or again and again (cycle).
 * The text may be computed: then `expression` yields what would stand in `text`.
 */
export interface TimerSpec {
  kind: 'duration' | 'date' | 'cycle'
  clock: Clock
  /** ISO 8601 duration, date-time or repeating interval (R3/PT1H); null when `expression` computes it */
  text: string | null
  /** `text` where it is a duration */
  duration: string | null
  expression: FeelExpression | null
}

/** What an event waits for, or brings about. `name`: of the message, signal or link; `nameFrom`: computes it where the event is reached, `name` being its text. `code`: null catches all. */
export type Trigger =
  | { on: 'timer'; timer: TimerSpec }
  | { on: 'message'; name: string; nameFrom?: FeelExpression; key: FeelExpression | null }
  | { on: 'signal'; name: string; nameFrom?: FeelExpression }
  | { on: 'conditional'; condition: FeelExpression }
  | { on: 'error'; code: string | null }
  | { on: 'escalation'; code: string | null }
  | { on: 'compensation'; activity: string | null; wait: boolean }
  | { on: 'link'; name: string }
  | { on: 'cancel' }
  | { on: 'terminate' }

export type TriggerKind = Trigger['on']

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

/** `from` is evaluated where the activity starts (in) or ends (out); `to` is the variable set. */
export interface Mapping {
  to: string
  from: FeelExpression
}

export interface LoopEvent {
  /** null: for each instance (or the first one, with `first`) */
  condition: FeelExpression | null
  first: boolean
  triggers: readonly Trigger[]
}

export type LoopSpec =
  | { kind: 'standard'; testBefore: boolean; condition: FeelExpression | null; maximum: number | null }
  | {
      kind: 'multi'
      sequential: boolean
      cardinality: FeelExpression | null
      /** yields the list that is gone through */
      collection: FeelExpression | null
      element: string | null
      completion: FeelExpression | null
      /** the list in which the instances' results are gathered, and what each contributes */
      output: { to: string; from: FeelExpression } | null
      events: readonly LoopEvent[]
    }

/** What all activities have in common. `simple`: none of the features below is used, which spares looking at them. */
export interface ActivityBase extends NodeBase {
  /** events attached to it that wait or catch; a compensation event is in `compensation` */
  boundary: readonly string[]
  simple: boolean
  loop: LoopSpec | null
  inputs: readonly Mapping[]
  outputs: readonly Mapping[]
  startQuantity: number
  completionQuantity: number
  /** it is a compensation handler, and no flow leads to it */
  forCompensation: boolean
  /** the activity that undoes this one */
  compensation: string | null
}

/** What starts when a (sub)process is entered: nodes that get a token, and event subprocesses that begin to wait. */
export interface Container {
  starts: readonly string[]
  eventSubs: readonly string[]
}

export interface StartEventNode extends NodeBase { type: 'startEvent'; triggers: readonly Trigger[]; all: boolean; interrupting: boolean; /** of a process that runs on records: the fields of the record that the event makes */ inputs?: readonly Mapping[]; /** the variable that is to hold the account of whoever starts it */ initiator?: string }
/** `terminate` is the fast answer to: is there a terminate trigger? */
export interface EndEventNode extends NodeBase { type: 'endEvent'; terminate: boolean; triggers: readonly Trigger[] }
export interface ThrowEventNode extends NodeBase { type: 'throwEvent'; triggers: readonly Trigger[]; linkTo: string | null }
/** `all`: every trigger must have happened (parallel multiple) */
export interface CatchEventNode extends NodeBase { type: 'catchEvent'; triggers: readonly Trigger[]; all: boolean }
interface BoundaryBase extends NodeBase {
  attachedTo: string
  interrupting: boolean
  triggers: readonly Trigger[]
  all: boolean
}
export interface BoundaryEventNode extends BoundaryBase { type: 'boundaryEvent' }
/** A boundary event with one trigger, a timer: by far the commonest. */
export interface BoundaryTimerNode extends BoundaryBase { type: 'boundaryTimer'; timer: TimerSpec }
export type BoundaryNode = BoundaryEventNode | BoundaryTimerNode

export interface UserTaskNode extends ActivityBase { type: 'userTask'; task: UserTaskSpec }
export interface ServiceTaskNode extends ActivityBase {
  type: 'serviceTask'
  handler: string
  /** what the handler is called with */
  args: readonly { name: string; value: FeelExpression }[]
  headers: Readonly<Record<string, string>>
}
/** bpmn:task and bpmn:manualTask: done outside the system, so the token passes and history remembers it. */
export interface PassTaskNode extends ActivityBase { type: 'passTask' }
/** Without `result`, a context that the script yields is taken apart into variables. */
export interface ScriptTaskNode extends ActivityBase { type: 'scriptTask'; script: FeelExpression | null; result: string | null }
export interface RuleTaskNode extends ActivityBase { type: 'ruleTask'; decision: string; result: string | null }
export interface SendTaskNode extends ActivityBase { type: 'sendTask'; message: string; nameFrom?: FeelExpression; key: FeelExpression | null }
export interface ReceiveTaskNode extends ActivityBase { type: 'receiveTask'; triggers: readonly Trigger[]; instantiate: boolean }
export interface SubProcessNode extends ActivityBase { type: 'subProcess'; inner: Container; transaction: boolean; triggeredByEvent: boolean }
export interface AdHocNode extends ActivityBase {
  type: 'adHoc'
  inner: Container
  sequential: boolean
  completion: FeelExpression | null
  cancelRemaining: boolean
}
/** `passIn`/`passOut`: all variables go in or come back, besides the mappings */
export interface CallActivityNode extends ActivityBase {
  type: 'callActivity'
  called: string
  passIn: boolean
  passOut: boolean
  callIn: readonly Mapping[]
  callOut: readonly Mapping[]
}

export interface ExclusiveGatewayNode extends NodeBase { type: 'exclusiveGateway' }
export interface ParallelGatewayNode extends NodeBase { type: 'parallelGateway' }
export interface InclusiveGatewayNode extends NodeBase { type: 'inclusiveGateway' }
export interface ComplexGatewayNode extends NodeBase { type: 'complexGateway'; activation: FeelExpression | null }
/** `all`: every event behind it is awaited, not only the first */
export interface EventGatewayNode extends NodeBase { type: 'eventGateway'; instantiate: boolean; all: boolean }

export type ActivityNode =
  | UserTaskNode | ServiceTaskNode | PassTaskNode | ScriptTaskNode | RuleTaskNode | SendTaskNode | ReceiveTaskNode
  | SubProcessNode | AdHocNode | CallActivityNode

export type CompiledNode =
  | StartEventNode | EndEventNode | ThrowEventNode | CatchEventNode | BoundaryNode
  | ActivityNode
  | ExclusiveGatewayNode | ParallelGatewayNode | InclusiveGatewayNode | ComplexGatewayNode | EventGatewayNode

export type NodeType = CompiledNode['type']
export type NodeOf<T extends NodeType> = Extract<CompiledNode, { type: T }>

/** One way in which an instance may begin; `id` is given to `start(…, { at: id })`. */
export interface ProcessStart {
  /** a start event, an instantiating receive task, or an event behind an instantiating event gateway */
  id: string
  name: string
  /** none: by a person or another process */
  triggers: readonly Trigger[]
  /** all of them are needed (parallel multiple): the first begins the instance, which then waits for the others */
  all: boolean
}

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
  /** where `start` begins unless told otherwise; empty when `inner.starts` all get a token */
  startId: string
  /** every way in which an instance may begin, for stores that wait for messages, signals and timers */
  starts: readonly ProcessStart[]
  inner: Container
  /** elements for which an instance needs more state than steps, joins and task timers: scopes, subscriptions, … */
  beyondSteps: readonly string[]
  nodes: Readonly<Record<string, CompiledNode>>
  flows: Readonly<Record<string, CompiledFlow>>
  lanes: readonly Lane[]
  /** role codes used, in document order */
  roles: readonly string[]
  /** true where a parallel gateway waits for several branches */
  hasJoin: boolean
  warnings: readonly Problem[]
}
