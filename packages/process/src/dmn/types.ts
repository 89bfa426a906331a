export const HIT_POLICIES = ['UNIQUE', 'FIRST', 'PRIORITY', 'ANY', 'COLLECT', 'RULE ORDER', 'OUTPUT ORDER'] as const
export type HitPolicy = (typeof HIT_POLICIES)[number]

export const AGGREGATIONS = ['SUM', 'MIN', 'MAX', 'COUNT'] as const
export type Aggregation = (typeof AGGREGATIONS)[number]

export const VALUE_TYPES = ['any', 'string', 'number', 'boolean', 'date', 'time', 'dateTime', 'dayTimeDuration', 'yearMonthDuration'] as const
export type ValueType = (typeof VALUE_TYPES)[number]

/** A decision table as people edit it; every text is FEEL. `toDmnXml` and `fromDmnXml` keep all of it. */
export interface DecisionTable {
  id: string
  name: string
  hitPolicy: HitPolicy
  /** only with COLLECT; null: the list of all hits */
  aggregation: Aggregation | null
  inputs: TableInput[]
  outputs: TableOutput[]
  rules: TableRule[]
}

export interface TableInput {
  id: string
  label: string
  /** what is looked at: a variable or any expression */
  expression: string
  type: ValueType
  /** allowed values as unary tests, one an item (`"金卡"`, `[0..100]`); empty: anything */
  values: string[]
}

export interface TableOutput {
  id: string
  /** key of the result when there are several outputs */
  name: string
  label: string
  type: ValueType
  /** allowed values; for PRIORITY and OUTPUT ORDER the most important first */
  values: string[]
  /** expression for when no rule applies; null: none */
  default: string | null
}

export interface TableRule {
  id: string
  /** one unary test for each input; blank or `-`: anything */
  tests: string[]
  /** one expression for each output; blank: null */
  outputs: string[]
  note: string
}

/** What a decision is made of, read from XML or made from a table. */
export type Boxed =
  | { t: 'literal'; id: string | null; text: string }
  | { t: 'table'; table: DecisionTable }
  | { t: 'context'; entries: { name: string | null; value: Boxed }[] }
  | { t: 'list'; items: Boxed[] }
  | { t: 'relation'; columns: string[]; rows: Boxed[][] }
  | { t: 'invocation'; id: string | null; text: string; bindings: { name: string; value: Boxed }[] }
  | { t: 'function'; params: string[]; body: Boxed }

/** A decision, or a function (business knowledge model). */
export interface ModelNode {
  id: string
  name: string
  /** under which others see its result */
  variable: string
  expression: Boxed
  /** ids of the decisions it needs */
  decisions: string[]
  /** ids of the business knowledge models it needs */
  knowledge: string[]
}

export interface DmnModel {
  name: string
  inputs: { id: string; name: string }[]
  decisions: ModelNode[]
  functions: ModelNode[]
  /** names of the components of types: they may have blanks and still be read without quotes */
  parts: string[]
}
