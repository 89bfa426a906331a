import type { Label } from '../i18n.ts'

export type FieldTypeName =
  | 'text' | 'phone' | 'mail' | 'code' | 'serial' | 'integer' | 'decimal' | 'money' | 'boolean'
  | 'date' | 'datetime' | 'choice' | 'choices' | 'ref' | 'refs' | 'json'

export interface ChoiceOption { value: string; label: Label; color?: string }

/** What a declaration (or a tenant's own row) says of a field. Everything here is plain data. */
export interface FieldSpec {
  type: FieldTypeName
  label: Label
  help?: Label
  group?: Label
  required?: boolean
  /** never written through the API: the system or an action fills it (`asSystem` writes may) */
  readOnly?: boolean
  /** may be given at creation, never changed after: PATCH answers 405 */
  immutable?: boolean
  unique?: boolean
  index?: boolean
  /** how its value enters the search index */
  search?: 'text' | 'name' | 'code'
  /** personal data: masked where a role says so, removed by erase (CU-22) */
  personal?: boolean
  default?: unknown
  max?: number
  min?: number
  scale?: number
  pattern?: string
  multiline?: boolean
  /** of a text: its values come from a registered source at run time (`registerOptions`), those of the value of field `of` alone; `free`: they are proposed, and anything else may be written too */
  source?: { name: string; of?: string; free?: true }
  options?: readonly ChoiceOption[]
  /** name of the entity a ref or refs points to */
  to?: () => { name: string } | string
  onDelete?: 'restrict' | 'cascade' | 'setNull'
  /** pattern of a serial: `{unit}-{yyyy}{MM}{dd}-{0000}` */
  series?: string
  /** not in lists, forms or the API: kept by actions only */
  hidden?: boolean
}

/** A declared field carries the type of its value, so that row types are inferred and never generated. */
export interface Field<T, Required extends boolean = false> extends FieldSpec {
  readonly $value?: T
  readonly $required?: Required
}

type Options = Partial<Omit<FieldSpec, 'type' | 'label' | 'options' | 'to'>>
type Req<O> = O extends { required: true } ? true : O extends { default: unknown } ? true : false

const make = (type: FieldTypeName) => <T>() =>
  <const O extends Options = Options>(label: Label, options?: O): Field<T, Req<O>> => ({ type, label, ...options })

const choiceOptions = (values: Record<string, Label | readonly [string, string, string]>): ChoiceOption[] =>
  Object.entries(values).map(([value, l]) => ({ value, label: [l[0], l[1]], ...(l[2] ? { color: l[2] } : {}) }))

/** Field helpers: each returns the type of its value, its column and its metadata in one object. */
export const f = {
  text: make('text')<string>(),
  phone: make('phone')<string>(),
  mail: make('mail')<string>(),
  code: make('code')<string>(),
  integer: make('integer')<number>(),
  decimal: make('decimal')<string>(),
  money: make('money')<string>(),
  boolean: make('boolean')<boolean>(),
  date: make('date')<string>(),
  datetime: make('datetime')<Date>(),
  json: <T>(label: Label, options?: Options): Field<T, false> => ({ type: 'json', label, ...options }),
  serial: (label: Label, series: string, options?: Options): Field<string, true> =>
    ({ type: 'serial', label, series, readOnly: true, required: true, ...options }),
  choice: <const V extends Record<string, Label | readonly [string, string, string]>, const O extends Options = Options>(
    label: Label, values: V, options?: O): Field<keyof V & string, Req<O>> =>
    ({ type: 'choice', label, options: choiceOptions(values), ...options }),
  choices: <const V extends Record<string, Label>, const O extends Options = Options>(
    label: Label, values: V, options?: O): Field<Array<keyof V & string>, Req<O>> =>
    ({ type: 'choices', label, options: choiceOptions(values), ...options }),
  ref: <const O extends Options = Options>(label: Label, to: () => { name: string } | string, options?: O): Field<string, Req<O>> =>
    ({ type: 'ref', label, to, ...options }),
  refs: <const O extends Options = Options>(label: Label, to: () => { name: string } | string, options?: O): Field<string[], Req<O>> =>
    ({ type: 'refs', label, to, ...options }),
}

export type FieldMap = Record<string, Field<unknown, boolean>>
type Value<F> = F extends Field<infer T, infer R> ? (R extends true ? T : T | null) : never

/** Columns that every entity has. `version` grows by one with every write and is also the number of its audit entry. */
export interface SystemColumns { id: string; version: number; createdAt: Date; createdBy: string | null; updatedAt: Date; updatedBy: string | null }

export type RowOfFields<F extends FieldMap> = SystemColumns & { [K in keyof F]: Value<F[K]> }
export type DraftOfFields<F extends FieldMap> = { [K in keyof F]?: Value<F[K]> | null }
