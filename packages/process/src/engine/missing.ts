import type { Outcome, UserTaskSpec } from '../model/index.ts'
import { isBlank, isShown, type FormScope } from './form.ts'

export interface CompletionInput {
  /** values of the bound record, by field name */
  fields: Readonly<Record<string, unknown>>
  /** what the conditions of fields read; the fields themselves unless told */
  scope?: FormScope
  /** ids of ticked items and script lines */
  ticked: Iterable<string>
  /** the outcome wanted; null: not known (yet), so the demands of the preferred one count */
  outcome: string | null
  comment?: string | null
  /** labels of the entity's fields, for those the model does not label itself */
  labels?: Readonly<Record<string, string>>
}

export interface Missing {
  kind: 'item' | 'script' | 'field' | 'comment'
  id: string
  label: string
}

/** The main way on: the first outcome that does no harm. null where the task declares none. */
export function preferredOutcome(task: UserTaskSpec): Outcome | null {
  return task.outcomes.find((o) => !o.danger) ?? task.outcomes[0] ?? null
}

/** What still stands between a task and an outcome, items first, in the order of the model. */
export function missingParts(task: UserTaskSpec, input: CompletionInput): Missing[] {
  const ticked = new Set(input.ticked)
  const outcome = input.outcome === null ? preferredOutcome(task) : task.outcomes.find((o) => o.id === input.outcome)
  const applies = (part: { required: boolean; outcomes: readonly string[] | null }) =>
    part.required && (part.outcomes === null || part.outcomes.includes(outcome?.id ?? ''))
  const items = task.items.filter((i) => applies(i) && !ticked.has(i.id)).map((i): Missing => ({ kind: 'item', id: i.id, label: i.label }))
  const lines = task.script.filter((s) => applies(s) && !ticked.has(s.id)).map((s): Missing => ({ kind: 'script', id: s.id, label: s.text }))
  const meter = { steps: 0 }
  const fields = task.fields
    .filter((f) => applies(f) && isShown(f, input.scope ?? input.fields, meter) && isBlank(Object.hasOwn(input.fields, f.name) ? input.fields[f.name] : null))
    .map((f): Missing => ({ kind: 'field', id: f.name, label: f.label ?? ownLabel(input.labels, f.name) }))
  const comment: Missing[] = outcome?.requiresComment && isBlank(input.comment) ? [{ kind: 'comment', id: 'comment', label: '说明' }] : []
  return [...items, ...lines, ...fields, ...comment]
}

/** Labels of what is missing; empty when the task may be completed. */
export function missingForCompletion(task: UserTaskSpec, input: CompletionInput): string[] {
  return missingParts(task, input).map((m) => m.label)
}

function ownLabel(labels: CompletionInput['labels'], name: string): string {
  return labels && Object.hasOwn(labels, name) ? (labels[name] ?? name) : name
}
