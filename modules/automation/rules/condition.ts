import type { CompiledEntity, CompiledField } from '@quancheng/kernel'
import { compileFeel, type FeelExpression } from '@quancheng/process'
import type { Rule, Test } from './types.ts'

const NUMBERS = new Set(['integer', 'decimal', 'money'])
const MANY = new Set(['choices', 'refs'])
/** names that the language takes for its own */
const RESERVED = new Set(['date', 'time', 'duration', 'number', 'string', 'not', 'count', 'in', 'and', 'or', 'if', 'for', 'some', 'every', 'return', 'between', 'function', 'true', 'false', 'null', 'list', 'context', 'min', 'max', 'sum', 'start', 'end', 'before', 'after', 'item'])

const named = (name: string): string => (RESERVED.has(name) ? `\`${name}\`` : name)
const COMPARE = { eq: '=', ne: '!=', gt: '>', ge: '>=', lt: '<', le: '<=' } as const

function literal(field: CompiledField, value: Test['value']): string {
  if (value === null || value === undefined || value === '') return 'null'
  if (NUMBERS.has(field.type)) return String(Number(value))
  if (field.type === 'boolean') return String(value === true || value === 'true')
  return JSON.stringify(String(value))
}

/** A simple comparison as FEEL. Days and moments are compared as such, not as texts. */
export function testToFeel(field: CompiledField, t: Test): string {
  const at = named(field.name), value = literal(field, t.value)
  if (t.op === 'empty') return MANY.has(field.type) ? `(${at} = null or count(${at}) = 0)` : `(${at} = null or ${at} = "")`
  if (t.op === 'notEmpty') return MANY.has(field.type) ? `(${at} != null and count(${at}) > 0)` : `(${at} != null and ${at} != "")`
  if (MANY.has(field.type)) { const has = `list contains(${at}, ${value})`; return t.op === 'ne' ? `not(${has})` : has }
  if (t.op === 'became') return `(${at} = ${value} and (old = null or old.${field.name} != ${value}))`
  if (t.op === 'contains') return `contains(${at}, ${value})`
  if (t.op === 'startsWith') return `starts with(${at}, ${value})`
  const order = t.op !== 'eq' && t.op !== 'ne'
  const moment = order && field.type === 'date' ? 'date' : order && field.type === 'datetime' ? 'date and time' : null
  return moment ? `${moment}(${at}) ${COMPARE[t.op]} ${moment}(${value})` : `${at} ${COMPARE[t.op]} ${value}`
}

/** What a rule's FEEL may name: the fields by name and by Chinese label, the old values, the moment. */
export function namesOf(entity: CompiledEntity): Map<string, string> {
  const names = new Map<string, string>()
  const fields = [...entity.fields.values()].filter(x => !x.hidden)
  for (const x of fields) names.set(x.label[0], x.name)
  for (const x of fields) names.set(x.name, x.name)
  return names
}
export const EXTRA_NAMES = ['old', '原值', 'now', 'today', 'id'] as const

export const compile = (entity: CompiledEntity, text: string): FeelExpression => compileFeel(text, { names: [...namesOf(entity).keys()].filter(n => !RESERVED.has(n)) })

/** Everything that must hold, as one list of FEEL texts. */
export const conditionsOf = (entity: CompiledEntity, r: Pick<Rule, 'tests' | 'condition'>): string[] => [
  ...r.tests.flatMap(t => { const field = entity.fields.get(t.field); return field ? [testToFeel(field, t)] : ['false'] }),
  ...(r.condition?.trim() ? [r.condition] : []),
]
