import type { FieldSpec } from '../field.ts'
import { ORDER_OPERATORS, refuse, type FieldType } from './type.ts'

/** A decimal is a string everywhere in the program, `numeric` in the database: no binary float ever touches it. */
export function parseDecimal(value: unknown, spec: FieldSpec, scale: number): string {
  const s = typeof value === 'number' && Number.isFinite(value) ? String(value) : typeof value === 'string' ? value.normalize('NFKC').replace(/[,\s¥]/g, '') : ''
  const m = /^(-?)(\d{1,14})(?:\.(\d+))?$/.exec(s)
  if (!m) return refuse('TYPE', '应为数字')
  const fraction = (m[3] ?? '').replace(/0+$/, '')
  if (fraction.length > scale) return refuse('SCALE', `最多 ${scale} 位小数`)
  const whole = m[2]!.replace(/^0+(?=\d)/, '')
  const out = `${m[1]}${whole}${scale ? `.${fraction.padEnd(scale, '0')}` : ''}`
  const n = Number(out)
  if (spec.min !== undefined && n < spec.min) return refuse('RANGE', `不能小于 ${spec.min}`)
  if (spec.max !== undefined && n > spec.max) return refuse('RANGE', `不能大于 ${spec.max}`)
  return /^-0(\.0*)?$/.test(out) ? out.slice(1) : out
}

export const decimal: FieldType = {
  name: 'decimal',
  column: spec => `numeric(18,${spec.scale ?? 4})`,
  fromExt: t => `(${t})::numeric`,
  parse: (value, spec) => parseDecimal(value, spec, spec.scale ?? 4),
  toJson: v => v,
  operators: ORDER_OPERATORS,
  sortable: true,
  toCell: v => Number(v),
}
