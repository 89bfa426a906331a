import type { FieldMeta } from '../core/types.ts'
import { tf } from './texts.ts'
import type { LocalProblem } from './values.ts'

/** What is wrong with a value, as the person reads it below the field. */
export function problemText(field: FieldMeta, problem: LocalProblem): string {
  return tf(problem, { label: field.label, max: field.max ?? 0, min: field.min ?? 0 })
}
