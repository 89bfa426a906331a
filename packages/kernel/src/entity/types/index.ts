import type { FieldTypeName } from '../field.ts'
import { boolean } from './boolean.ts'
import { choice } from './choice.ts'
import { choices } from './choices.ts'
import { code } from './code.ts'
import { date } from './date.ts'
import { datetime } from './datetime.ts'
import { decimal } from './decimal.ts'
import { integer } from './integer.ts'
import { json } from './json.ts'
import { mail } from './mail.ts'
import { money } from './money.ts'
import { phone } from './phone.ts'
import { ref } from './ref.ts'
import { refs } from './refs.ts'
import { serial } from './serial.ts'
import { text } from './text.ts'
import type { FieldType } from './type.ts'

export const fieldTypes: Readonly<Record<FieldTypeName, FieldType>> = Object.freeze({
  text, phone, mail, code, serial, integer, decimal, money, boolean, date, datetime, choice, choices, ref, refs, json,
})
export { ValueProblem, type FieldType, type Operator, type CellContext } from './type.ts'
