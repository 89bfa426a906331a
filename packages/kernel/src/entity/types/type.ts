import type { FieldSpec } from '../field.ts'

/** A value that a field type refuses: `code` is stable, `message` is the Chinese sentence for the person at the form. */
export class ValueProblem extends Error {
  readonly code: string
  constructor(code: string, message: string) { super(message); this.code = code }
}
export const refuse = (code: string, message: string): never => { throw new ValueProblem(code, message) }

export type Operator = 'eq' | 'ne' | 'gt' | 'gte' | 'lt' | 'lte' | 'in' | 'nin' | 'contains' | 'startsWith' | 'isNull' | 'between' | 'within' | 'has' | 'below'

/** Context of a cell in a file: names of options and of referenced rows are looked up here. */
export interface CellContext { timeZone: string; label(field: FieldSpec, value: unknown): string | undefined }

/**
 * Everything the kernel knows about one kind of field. A type is one file; all of them pass the same conformance suite
 * (`types.test.ts`): parse(toJson(parse(x))) = parse(x), ext and column agree, wrong input gives a ValueProblem.
 */
export interface FieldType {
  name: FieldSpec['type']
  /** SQL type of a standard column */
  column(spec: FieldSpec): string
  /** SQL that turns the text or jsonb of `ext` into the column's type; `text` is `ext->>'id'`, `json` is `ext->'id'` */
  fromExt(text: string, json: string): string
  /** input (JSON, form, cell) → the value that is stored; null is handled by the caller */
  parse(value: unknown, spec: FieldSpec): unknown
  /** stored value → JSON-safe value kept in `ext` and in the audit entry */
  toJson(value: unknown): unknown
  operators: readonly Operator[]
  sortable: boolean
  /** what a role with `mask` sees */
  mask?(value: unknown): string
  /** stored value → cell of an exported file */
  toCell(value: unknown, spec: FieldSpec, c: CellContext): string | number | boolean | Date | null
}

export const TEXT_OPERATORS = ['eq', 'ne', 'in', 'nin', 'contains', 'startsWith', 'isNull'] as const
export const ORDER_OPERATORS = ['eq', 'ne', 'gt', 'gte', 'lt', 'lte', 'in', 'nin', 'between', 'isNull'] as const
export const SET_OPERATORS = ['eq', 'ne', 'in', 'nin', 'isNull'] as const

/** Trims, normalises line ends, refuses NUL (PostgreSQL can't store it) and what is too long. */
export function plainText(value: unknown, max: number): string {
  if (typeof value !== 'string' && typeof value !== 'number') return refuse('TYPE', '应为文字')
  const text = String(value).replace(/\r\n?/g, '\n').trim()
  if (text.includes('\u0000')) return refuse('TYPE', '含有无法保存的字符')
  if ([...text].length > max) return refuse('TOO_LONG', `最多 ${max} 个字`)
  return text.toWellFormed()
}
