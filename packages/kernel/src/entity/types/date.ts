import { ORDER_OPERATORS, refuse, type FieldType } from './type.ts'

/** What lies outside is a slip of the finger (0026, 20226), never a day of a business. */
export const FIRST_YEAR = 1900
export const LAST_YEAR = 2200

/** A calendar day without a time: `2026-11-22` everywhere, also inside the program. */
export const date: FieldType = {
  name: 'date',
  column: () => 'date',
  fromExt: t => `(${t})::date`,
  parse(value) {
    const text = value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString().slice(0, 10) : value
    const m = typeof text === 'string' ? /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text.trim()) : null
    if (!m) return refuse('DATE', '日期应写成 2026-11-22')
    const s = `${m[1]}-${m[2]!.padStart(2, '0')}-${m[3]!.padStart(2, '0')}`
    const d = new Date(`${s}T00:00:00Z`)
    if (Number.isNaN(d.getTime()) || d.toISOString().slice(0, 10) !== s) return refuse('DATE', '没有这一天')
    if (Number(m[1]) < FIRST_YEAR || Number(m[1]) > LAST_YEAR) return refuse('DATE', `应在 ${FIRST_YEAR} 年到 ${LAST_YEAR} 年之间`)
    return s
  },
  toJson: v => v,
  operators: [...ORDER_OPERATORS, 'within'],
  sortable: true,
  toCell: v => (v ? new Date(`${String(v)}T00:00:00Z`) : null),
}
