import type { DecisionTable, ValueType } from '@quancheng/process'
import { bare, readTest } from './cell.ts'

/** What a person fills in to try a table: one field for each thing the columns look at. */
export interface TryField { path: string[]; label: string; type: ValueType; options: string[] }

const NAME = String.raw`[\p{L}_][\p{L}\p{N}_]*`
const PATH = new RegExp(String.raw`^${NAME}(?:\.${NAME})*$`, 'u')

/** A column that looks at a name or a path is a field of its type; of other expressions each name in `variables` is one, without a type. */
export function tryFields(table: DecisionTable, variables: readonly string[] = []): TryField[] {
  const fields: TryField[] = []
  const known = (path: readonly string[]) => fields.some(field => field.path.join('.') === path.join('.'))
  for (const input of table.inputs) {
    const expression = input.expression.trim(), path = expression.split('.')
    if (!PATH.test(expression) || known(path)) continue
    const values = input.values.flatMap(text => { const test = readTest(text); return test.kind === 'values' && !test.not ? test.values : [] })
    fields.push({ path, label: input.label || expression, type: input.type, options: values.length === input.values.length ? values.map(bare) : [] })
  }
  for (const name of variables) if (!fields.some(field => field.path[0] === name)) fields.push({ path: [name], label: name, type: 'any', options: [] })
  return fields
}

/** What was typed as the value that a record would have; empty is null. */
export function tryValue(text: string, type: ValueType): unknown {
  const plain = text.trim()
  if (plain === '') return null
  if (type === 'boolean') return plain === '是' || plain === 'true' ? true : plain === '否' || plain === 'false' ? false : plain
  if (type === 'number') return Number.isFinite(Number(plain)) ? Number(plain) : plain
  if (type !== 'any') return plain
  try { return JSON.parse(plain) as unknown } catch { return plain }
}

/** `customer.tier` → { customer: { tier } }, as the table reads it. */
export function tryVariables(fields: readonly TryField[], texts: Readonly<Record<string, string>>): Record<string, unknown> {
  const variables: Record<string, unknown> = {}
  for (const { path, type } of fields) {
    let at = variables
    for (const name of path.slice(0, -1)) { const inner = at[name]; at = (inner !== null && typeof inner === 'object' ? inner : (at[name] = {})) as Record<string, unknown> }
    at[path.at(-1)!] = tryValue(texts[path.join('.')] ?? '', type)
  }
  return variables
}
