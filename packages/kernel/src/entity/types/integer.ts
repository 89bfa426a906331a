import { ORDER_OPERATORS, refuse, type FieldType } from './type.ts'

export const integer: FieldType = {
  name: 'integer',
  column: () => 'integer',
  fromExt: t => `(${t})::numeric`,
  parse(value, spec) {
    const n = typeof value === 'number' ? value : typeof value === 'string' && /^\s*-?\d{1,10}\s*$/.test(value) ? Number(value) : Number.NaN
    if (!Number.isInteger(n)) return refuse('TYPE', '应为整数')
    const min = spec.min ?? -2147483648, max = spec.max ?? 2147483647
    if (n < min || n > max) return refuse('RANGE', `应在 ${min} 与 ${max} 之间`)
    return n
  },
  toJson: v => v,
  operators: ORDER_OPERATORS,
  sortable: true,
  toCell: v => v as number,
}
