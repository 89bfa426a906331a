import { FIRST_YEAR, LAST_YEAR } from './date.ts'
import { ORDER_OPERATORS, refuse, type FieldType } from './type.ts'

// a day of grace on both sides: the first and the last day begin and end at other moments elsewhere
const EARLIEST = new Date(`${FIRST_YEAR - 1}-12-31T00:00:00Z`)
const LATEST = new Date(`${LAST_YEAR + 1}-01-02T00:00:00Z`)

/** A point in time. ISO 8601 with an offset; without one it is taken as Asia/Shanghai (+08:00), as people there write it. */
export const datetime: FieldType = {
  name: 'datetime',
  column: () => 'timestamptz',
  fromExt: t => `(${t})::timestamptz`,
  parse(value) {
    if (value instanceof Date && value >= EARLIEST && value < LATEST) return value
    const m = typeof value === 'string'
      ? /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6}))?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/.exec(value.trim()) : null
    if (!m) return refuse('DATETIME', '时间应写成 2026-11-22 09:30')
    const [, y, mo, d, h = '0', mi = '00', s = '00', frac = '0', zone] = m
    const pad = (t: string) => t.padStart(2, '0')
    const offset = zone === 'Z' ? 'Z' : zone ? `${zone.slice(0, 3)}:${zone.slice(-2)}` : '+08:00'
    const day = new Date(`${y}-${pad(mo!)}-${pad(d!)}T00:00:00Z`)
    const at = new Date(`${y}-${pad(mo!)}-${pad(d!)}T${pad(h)}:${mi}:${s}.${frac.padEnd(3, '0').slice(0, 3)}${offset}`)
    if (Number.isNaN(at.getTime()) || Number.isNaN(day.getTime()) || day.getUTCDate() !== Number(d) ) return refuse('DATETIME', '没有这个时间')
    if (at < EARLIEST || at >= LATEST) return refuse('DATETIME', `应在 ${FIRST_YEAR} 年到 ${LAST_YEAR} 年之间`)
    return at
  },
  toJson: v => (v instanceof Date ? v.toISOString() : v),
  operators: [...ORDER_OPERATORS, 'within'],
  sortable: true,
  toCell: v => (v === null || v === undefined ? null : new Date(v as string | Date)),
}
