import type { FeelMeter } from '../feel/index.ts'
import type { FieldSpec, UserTaskSpec } from '../model/index.ts'
import { toJson } from './variables.ts'

/** A form's conditions and defaults. Whoever calls gives what they may read: the record's fields and the variables, by name. */
export type FormScope = Readonly<Record<string, unknown>>

/** Does the form ask anything of the case beyond the values in it? */
export const asksScope = (task: Pick<UserTaskSpec, 'fields'>): boolean => task.fields.some((f) => f.visibleWhen !== undefined || f.initial !== undefined)

/**
 * Is the field on the form? Only where its condition is true: what cannot be told (a value is missing) is not. A condition that cannot be
 * worked out at all (FEEL_TOO_COMPLEX) hides nothing, for what is demanded must not go unnoticed. `meter`: the allowance of the whole form.
 */
export function isShown(field: FieldSpec, scope: FormScope, meter?: FeelMeter): boolean {
  if (!field.visibleWhen) return true
  try {
    return field.visibleWhen.evaluate(scope as Record<string, unknown>, meter) === true
  } catch {
    return true
  }
}

/** What the empty fields of a form begin with, in the order of the form: one default may read another. `empty`: whether nothing is there and nothing was sent. */
export function formDefaults(task: Pick<UserTaskSpec, 'fields'>, scope: FormScope, empty: (name: string) => boolean): Record<string, unknown> {
  const found: Record<string, unknown> = {}
  const meter: FeelMeter = { steps: 0 }
  for (const field of task.fields) {
    if (!field.initial || field.readonly || !empty(field.name)) continue
    const seen = { ...scope, ...found }
    if (!isShown(field, seen, meter)) continue
    try {
      const value = toJson(field.initial.evaluate(seen, meter), meter)
      if (value !== null) found[field.name] = value
    } catch {
      // too complex to work out: the field is empty, as it would be without a default
    }
  }
  return found
}

/** 0 and false are answers; blanks and empty lists are not. */
export function isBlank(value: unknown): boolean {
  if (value === null || value === undefined) return true
  if (typeof value === 'string') return value.trim() === ''
  return Array.isArray(value) && value.length === 0
}
