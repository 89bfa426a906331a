import { code } from './code.ts'
import { plainText, type FieldType } from './type.ts'

/** A number that the system gives (`HZ01-20261123-0001`); see operations/series.ts. */
export const serial: FieldType = { ...code, name: 'serial', parse: value => plainText(value, 60) }
