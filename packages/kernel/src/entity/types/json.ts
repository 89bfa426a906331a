import { refuse, type FieldType } from './type.ts'

/** An escape that jsonb can't hold: NUL, or half of a surrogate pair (JSON.stringify escapes no whole ones). */
const UNSTORABLE = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/i

/** A small document whose shape its owner checks (grants of a role, a saved view). At most 64 KB. */
export const json: FieldType = {
  name: 'json',
  column: () => 'jsonb',
  fromExt: (_t, j) => j,
  parse(value) {
    if (typeof value !== 'object' || value === null) return refuse('TYPE', '应为结构化内容')
    const text = JSON.stringify(value)
    if (text.length > 65_536) return refuse('TOO_LONG', '内容过大，上限 64 KB')
    if (UNSTORABLE.test(text)) return refuse('TYPE', '含有无法保存的字符')
    return JSON.parse(text) as unknown
  },
  toJson: v => v,
  operators: ['isNull'],
  sortable: false,
  toCell: v => JSON.stringify(v),
}
