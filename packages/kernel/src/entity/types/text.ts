import type { FieldSpec } from '../field.ts'
import { plainText, refuse, TEXT_OPERATORS, type FieldType } from './type.ts'

/** The most characters that a text may have. */
export const maxOf = (spec: Pick<FieldSpec, 'max' | 'multiline'>): number => spec.max ?? (spec.multiline ? 4000 : 200)

export const text: FieldType = {
  name: 'text',
  column: () => 'text',
  fromExt: t => t,
  parse(value, spec) {
    const s = plainText(value, maxOf(spec))
    const line = spec.multiline ? s : s.replace(/\s*\n\s*/g, ' ')
    if (spec.pattern && !new RegExp(`^(?:${spec.pattern})$`, 'u').test(line)) return refuse('PATTERN', '格式不符合要求')
    return line
  },
  toJson: v => v,
  operators: TEXT_OPERATORS,
  sortable: true,
  mask: v => { const s = [...String(v)]; return s.length <= 1 ? '*' : s[0] + '*'.repeat(Math.min(s.length - 1, 3)) },
  toCell: v => v as string,
}
