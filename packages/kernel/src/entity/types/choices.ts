import { parseOption } from './choice.ts'
import { refuse, type FieldType } from './type.ts'

export const choices: FieldType = {
  name: 'choices',
  column: () => 'text[]',
  fromExt: (_t, json) => `(select array_agg(x) from jsonb_array_elements_text(${json}) x)`,
  parse(value, spec) {
    const list = Array.isArray(value) ? value : typeof value === 'string' ? value.split(/[,，、;；]/).filter(s => s.trim()) : refuse('TYPE', '应为多个选项')
    if (list.length > 100) return refuse('TOO_LONG', '最多 100 项')
    return [...new Set(list.map(v => parseOption(v, spec)))]
  },
  toJson: v => v,
  operators: ['has', 'isNull'],
  sortable: false,
  toCell: (v, spec) => (v as string[]).map(x => spec.options?.find(o => o.value === x)?.label[0] ?? x).join('、'),
}
