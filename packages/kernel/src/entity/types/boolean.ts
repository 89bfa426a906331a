import { refuse, type FieldType } from './type.ts'

const WORDS: Record<string, boolean> = { true: true, false: false, 是: true, 否: false, '1': true, '0': false, yes: true, no: false }

export const boolean: FieldType = {
  name: 'boolean',
  column: () => 'boolean',
  fromExt: t => `(${t})::boolean`,
  parse(value) {
    if (typeof value === 'boolean') return value
    const word = typeof value === 'string' || typeof value === 'number' ? WORDS[String(value).trim().toLowerCase()] : undefined
    return word ?? refuse('TYPE', '应为“是”或“否”')
  },
  toJson: v => v,
  operators: ['eq', 'ne', 'isNull'],
  sortable: true,
  toCell: v => (v ? '是' : '否'),
}
