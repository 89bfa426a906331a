import type { FieldSpec } from '../field.ts'
import { refuse, SET_OPERATORS, type FieldType } from './type.ts'

/** The value, or what people read (the Chinese or English label): an imported file may hold either. */
export function parseOption(value: unknown, spec: FieldSpec): string {
  const s = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : ''
  const options = s ? spec.options : undefined
  const found = options?.find(o => o.value === s) ?? options?.find(o => o.label[0] === s || o.label[1] === s)
  return found?.value ?? refuse('CHOICE', `只能是：${(spec.options ?? []).map(o => o.label[0]).join('、')}`)
}

export const choice: FieldType = {
  name: 'choice',
  column: () => 'text',
  fromExt: t => t,
  parse: parseOption,
  toJson: v => v,
  operators: SET_OPERATORS,
  sortable: true,
  toCell: (v, spec) => spec.options?.find(o => o.value === v)?.label[0] ?? String(v),
}
