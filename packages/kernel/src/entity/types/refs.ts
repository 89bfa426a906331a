import { ref } from './ref.ts'
import { refuse, type FieldType } from './type.ts'

export const refs: FieldType = {
  name: 'refs',
  column: () => 'uuid[]',
  fromExt: (_t, json) => `(select array_agg(x::uuid) from jsonb_array_elements_text(${json}) x)`,
  parse(value, spec) {
    if (!Array.isArray(value)) return refuse('TYPE', '应为多个记录')
    if (value.length > 200) return refuse('TOO_LONG', '最多 200 项')
    return [...new Set(value.map(v => ref.parse(v, spec) as string))]
  },
  toJson: v => v,
  operators: ['has', 'isNull'],
  sortable: false,
  toCell: (v, spec, c) => (v as string[]).map(x => c.label(spec, x) ?? x).join('、'),
}
