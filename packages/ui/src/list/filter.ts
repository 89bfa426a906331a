import type { EntityMeta, FieldMeta, Filter } from '../core/types.ts'
import { numberOf } from '../form/values.ts'

/** What one field is filtered by: a plain value means equality, otherwise operators. */
export type Condition = unknown

/** Conditions that the filter bar can show and change, and what it must carry along untouched. */
export type SplitFilter = { conditions: Array<{ field: FieldMeta, condition: Condition }>, rest: Filter }

export function splitFilter(filter: Filter, entity: EntityMeta): SplitFilter {
  const conditions: SplitFilter['conditions'] = []
  const rest: Filter = {}
  for (const [name, condition] of Object.entries(filter)) {
    const field = entity.fields.find(each => each.name === name)
    if (field) conditions.push({ field, condition })
    else rest[name] = condition
  }
  return { conditions, rest }
}

/** Sets or (with undefined) takes away the condition of one field. */
export function withCondition(filter: Filter, field: string, condition: Condition | undefined): Filter {
  const next: Filter = { ...filter }
  if (condition === undefined || isEmptyCondition(condition)) delete next[field]
  else next[field] = condition
  return next
}

export function isEmptyCondition(condition: Condition): boolean {
  if (condition === null || condition === '') return true
  if (Array.isArray(condition)) return condition.length === 0
  if (typeof condition !== 'object') return false
  const values = Object.values(condition as object)
  return values.every(value => value === '' || value === null || value === undefined || (Array.isArray(value) && value.length === 0))
}

/** The fixed filter of a page and the person's own, both of which must hold. */
export function both(fixed: Filter | undefined, own: Filter): Filter | undefined {
  const hasFixed = fixed && Object.keys(fixed).length > 0
  const hasOwn = Object.keys(own).length > 0
  if (hasFixed && hasOwn) return { and: [fixed, own] }
  return hasFixed ? fixed : hasOwn ? own : undefined
}

export type Operators = { eq?: unknown, in?: unknown[], contains?: string, startsWith?: string, gte?: string, lt?: string, lte?: string, gt?: string, within?: string, isNull?: boolean } & Record<string, unknown>

/** The condition as operators, so that `"repair"` and `{"eq":"repair"}` are edited alike. */
export function operatorsOf(condition: Condition): Operators {
  if (condition === undefined) return {}
  if (condition !== null && typeof condition === 'object' && !Array.isArray(condition)) return condition as Operators
  return Array.isArray(condition) ? { in: condition } : { eq: condition }
}

/** Fields that may be filtered, those of the list first. */
export function filterable(entity: EntityMeta): FieldMeta[] {
  const rank = (field: FieldMeta) => { const at = entity.list.indexOf(field.name); return at < 0 ? 99 : at }
  return entity.fields.filter(field => field.filter.length > 0 && field.type !== 'json').sort((a, b) => rank(a) - rank(b))
}

/** Fields offered as ready chips: choices of the default columns, at most four. */
export function pinned(entity: EntityMeta): FieldMeta[] {
  return filterable(entity).filter(field => entity.list.includes(field.name) && (field.type === 'choice' || field.type === 'boolean')).slice(0, 4)
}

export const withinNames = ['today', 'yesterday', 'thisWeek', 'lastWeek', 'thisMonth', 'lastMonth', 'last7Days', 'last30Days'] as const

/** Bounds of a number as the server reads them; or what is wrong with them. Fields of other types pass. */
export function numbersOf(field: FieldMeta, draft: Operators): Operators | 'badNumber' | 'badRange' {
  if (field.type !== 'integer' && field.type !== 'decimal' && field.type !== 'money') return draft
  const read: Operators = { ...draft }
  for (const op of ['gte', 'lte', 'eq'] as const) {
    if (read[op] === undefined || String(read[op]).trim() === '') continue
    const number = numberOf(String(read[op]))
    if (number === null || (field.type === 'integer' && number.includes('.'))) return 'badNumber'
    read[op] = number
  }
  return read.gte && read.lte && Number(read.gte) > Number(read.lte) ? 'badRange' : read
}
