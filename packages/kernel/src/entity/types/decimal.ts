import type { FieldSpec } from '../field.ts'
import { ORDER_OPERATORS, refuse, type FieldType } from './type.ts'

/** Digits that the column holds in all: numeric(18,scale). */
const PRECISION = 18

/** A decimal is a string everywhere in the program, `numeric` in the database: no binary float ever touches it. */
export function parseDecimal(value: unknown, spec: FieldSpec, scale: number, precision = PRECISION): string {
  const s = typeof value === 'number' && Number.isFinite(value) ? String(value) : typeof value === 'string' ? value.normalize('NFKC').replace(/[,\s¥]/g, '') : ''
  const m = /^(-?)(\d{1,30})(?:\.(\d+))?$/.exec(s)
  if (!m) return refuse('TYPE', '应为数字')
  const fraction = (m[3] ?? '').replace(/0+$/, '')
  if (fraction.length > scale) return refuse('SCALE', `最多 ${scale} 位小数`)
  const whole = m[2]!.replace(/^0+(?=\d)/, '')
  if (whole.length > precision - scale) return refuse('RANGE', `整数部分最多 ${precision - scale} 位`)
  const out = `${m[1]}${whole}${scale ? `.${fraction.padEnd(scale, '0')}` : ''}`
  const n = Number(out)
  if (spec.min !== undefined && n < spec.min) return refuse('RANGE', `不能小于 ${spec.min}`)
  if (spec.max !== undefined && n > spec.max) return refuse('RANGE', `不能大于 ${spec.max}`)
  return /^-0(\.0*)?$/.test(out) ? out.slice(1) : out
}

export const decimal: FieldType = {
  name: 'decimal',
  column: spec => `numeric(${PRECISION},${spec.scale ?? 4})`,
  fromExt: t => `(${t})::numeric`,
  parse: (value, spec) => parseDecimal(value, spec, spec.scale ?? 4),
  toJson: v => v,
  operators: ORDER_OPERATORS,
  sortable: true,
  // a cell's number is a binary float: beyond fifteen digits only text keeps the value
  toCell: v => (String(v).replace(/\D/g, '').length > 15 ? String(v) : Number(v)),
}
