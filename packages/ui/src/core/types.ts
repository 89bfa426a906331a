/** The shapes of the HTTP contract (docs/api.md) that the kit reads. */

export type FieldType =
  | 'text' | 'phone' | 'mail' | 'code' | 'serial' | 'integer' | 'decimal' | 'money' | 'boolean'
  | 'date' | 'datetime' | 'choice' | 'choices' | 'ref' | 'refs' | 'json'

export type Option = { value: string, label: string, color?: string }

export type FieldMeta = {
  name: string
  type: FieldType
  label: string
  group?: string
  help?: string
  required: boolean
  readOnly: boolean
  /** may be set at creation only */
  immutable: boolean
  /** defined by the tenant; the name is x_… */
  custom: boolean
  access: 'edit' | 'read' | 'mask'
  filter: string[]
  sortable: boolean
  options?: Option[]
  ref?: string
  max?: number
  min?: number
  scale?: number
  pattern?: string
  multiline?: boolean
  /** the values come from `/api/options/<name>`, those of the value of the field `of`; `free`: they are only proposed */
  source?: { name: string, of?: string, free?: true }
  default?: unknown
  /** the date that this one ends: it must not lie before it */
  after?: string
}

export type EntityMeta = {
  name: string
  plural: string
  label: string
  module: string
  icon?: string
  display: string[]
  list: string[]
  search: boolean
  /** the server's order when none is asked for */
  sort?: string
  actions: { create: boolean, update: boolean, remove: boolean, import: boolean, export: boolean, reveal: boolean, erase?: boolean, share?: boolean }
  fields: FieldMeta[]
  related: Array<{ entity: string, field: string, label: string }>
  tenantFields: boolean
}

export type Meta = { version: string, entities: EntityMeta[] }

export type Row = {
  id: string
  version?: number
  createdAt?: string
  updatedAt?: string
  $labels?: Record<string, string>
  $masked?: string[]
  [field: string]: unknown
}

export type Page<T> = { items: T[], next: string | null, total?: number }

export type Session = {
  user: {
    id: string, username: string, name: string, locale: string
    unitId: string | null, unitName: string | null, employeeId?: string | null, mustChangePassword: boolean
  }
  tenant: { id: string, code: string, name: string, timeZone: string }
  permissions: Record<string, string[]>
  roles: string[]
  /** one of a partner's people */
  outside?: boolean
}

export type Filter = Record<string, unknown>

export type Lateness = 'ok' | 'warn' | 'late'

/** When a stage is expected to be done; `same`: what the finished stages behind it have in common; `chance` of missing the standard in percent. */
export type Eta = { p50: string, p80: string, n: number, same: string[], chance: number | null, likely: boolean }
/** When a case is expected to end, by `n` ended ones. */
export type CaseEta = { p50: string, p80: string, n: number }

export type Task = {
  id: string
  instanceId: string
  entity: string
  recordId: string
  title: string
  subtitle?: string | null
  nodeId: string
  name: string
  state: 'waiting' | 'active' | 'paused' | 'done'
  role?: string | null
  assigneeId?: string | null
  assigneeName?: string | null
  unitId?: string | null
  unitName?: string | null
  enteredAt: string
  startedAt?: string | null
  dueAt?: string | null
  warnAt?: string | null
  tentative?: boolean
  lateness: Lateness
  eta?: Eta | null
  minutesUsed?: number | null
  minutesLeft?: number | null
  priority?: number | string | null
  /** `vote`: one approver's answer to an approval */
  kind?: string
  urgedAt?: string | null
  gated?: boolean
  /** of what somebody applied for: who, and what it is called */
  starterName?: string | null
  process?: string | null
}

/** A task that a completed one led to, as the answer of the act names it. */
export type OpenedTask = Pick<Task, 'id' | 'nodeId' | 'name' | 'role' | 'assigneeId' | 'dueAt'>

export type TaskMove = {
  outcome: string, label: string, target?: { nodeId: string, name: string } | null
  danger?: boolean, confirm?: boolean | string, requiresComment?: boolean, missing: string[]
}

/** `visibleWhen`: the condition (FEEL) on which it is shown; `hidden`: what the server made of it; `suggested`: what it begins with. */
export type TaskField = FieldMeta & { value: unknown, /** the name behind a reference */ valueLabel?: string | null, width?: 'half' | 'full', visibleWhen?: string, hidden?: boolean, suggested?: unknown, /** results for which it is required; null: all */ outcomes?: string[] | null }

export type FormPart = { part: 'section', id: string, label: string } | { part: 'field' | 'item' | 'script', id: string }

export type TaskDetail = Task & {
  guide?: string | null
  script: Array<{ id: string, text: string, required: boolean, ticked: boolean }>
  items: Array<{ id: string, label: string, required: boolean, ticked: boolean }>
  form: TaskField[]
  /** of a form with sections: everything on it in order */
  layout?: FormPart[]
  /** what the conditions of fields read besides the form itself */
  scope?: Record<string, unknown>
  moves: TaskMove[]
  pauseReasons: Array<string | Option>
  can: { claim: boolean, complete: boolean, release: boolean, reassign: boolean, pause: boolean, resume: boolean, addSigner?: boolean }
  /** the person for whom one acts as a deputy */
  forName?: string | null
  /** where the case can be sent back to */
  returnTo?: Array<{ nodeId: string, name: string }>
}

export type CaseStep = {
  nodeId: string, name: string, state?: string
  actorName?: string | null, assigneeName?: string | null
  enteredAt?: string | null, startedAt?: string | null, finishedAt?: string | null
  minutes?: number | null, outcome?: string | null, comment?: string | null, lateness?: Lateness
}

export type CaseView = {
  instance: { id: string, state: string } & Record<string, unknown>
  process: { key: string, name: string, version: number }
  steps: CaseStep[]
  planned: Array<{ nodeId: string, name: string }>
  current: string[]
  done: string[]
  xmlUrl: string
  verify?: unknown
}

export type FieldProblem = { field: string, code: string, message: string }

export type ImportReport = {
  total: number, created: number, updated: number, unchanged: number, failed: number
  errors: Array<{ line: number, field?: string, code: string, message: string }>
}

export type HistoryEntry = {
  seq: number | string, at: string, actor: string | null, actorName: string | null, act: string, actName?: string | null, reason?: string | null
  changes: Array<{ field: string, label: string, before: unknown, after: unknown, beforeName?: string, afterName?: string }>, note?: unknown
}
