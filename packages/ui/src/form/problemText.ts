import type { FieldMeta } from '../core/types.ts'
import { tf } from './texts.ts'
import { FIRST_YEAR, LAST_YEAR, type LocalProblem } from './values.ts'

/** What is wrong with a value, as the person reads it below the field. */
export function problemText(field: FieldMeta, problem: LocalProblem): string {
  const scale = field.scale ?? (field.type === 'money' ? 2 : 4)
  // what is picked from a list is not written
  const picked = problem === 'required' && (field.options !== undefined || field.ref !== undefined || (field.source !== undefined && !('free' in field.source && field.source.free)))
  return tf(picked ? 'requiredPick' : problem, { label: field.label, max: field.max ?? 0, min: field.min ?? 0, scale, first: FIRST_YEAR, last: LAST_YEAR })
}
