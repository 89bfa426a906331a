import { decimal, parseDecimal } from './decimal.ts'
import type { FieldType } from './type.ts'

/** Yuan with two decimals: `"320.00"`. */
export const money: FieldType = {
  ...decimal,
  name: 'money',
  column: () => 'numeric(16,2)',
  parse: (value, spec) => parseDecimal(value, spec, 2, 16),
  mask: () => '***',
}
