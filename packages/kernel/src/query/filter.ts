import { sql } from 'kysely'
import { fieldLevel } from '../access/access.ts'
import { all, any, TRUE, visible, type Condition } from '../access/scope.ts'
import type { Ctx } from '../context.ts'
import type { CompiledEntity, CompiledField } from '../entity/compile.ts'
import { ValueProblem, type Operator } from '../entity/types/index.ts'
import { fail } from '../errors.ts'
import { expression } from './expression.ts'
import { SPANS, spanOf, type Span } from './within.ts'

/** The filter as it travels: `{ stage: 'repair', amount: { gte: '100' }, or: [ … ] }`. See docs/api.md. */
export type Filter = { [key: string]: unknown }

const MAX_DEPTH = 6
const MAX_TERMS = 60

/** Filter → condition on an alias. Unknown fields, hidden fields and operators that a type does not have are refused, never ignored. */
export function compileFilter(ctx: Ctx, entity: CompiledEntity, alias: string, filter: unknown): Condition {
  let terms = 0
  const walk = (node: unknown, depth: number): Condition => {
    if (node === null || typeof node !== 'object' || Array.isArray(node)) return fail('BAD_FILTER', { reason: '应为对象' })
    if (depth > MAX_DEPTH) return fail('BAD_FILTER', { reason: `嵌套超过 ${MAX_DEPTH} 层` })
    const parts: Condition[] = []
    for (const [key, value] of Object.entries(node)) {
      if (++terms > MAX_TERMS) return fail('BAD_FILTER', { reason: `条件超过 ${MAX_TERMS} 个` })
      if (key === 'and' || key === 'or') {
        if (!Array.isArray(value)) return fail('BAD_FILTER', { reason: `“${key}”应为列表` })
        const list = value.map(v => walk(v, depth + 1))
        parts.push(key === 'and' ? all(list) : any(list))
      } else if (key === 'not') parts.push(sql<boolean>`not coalesce(${walk(value, depth + 1)}, false)`)
      else if (key.includes('.')) parts.push(followed(ctx, entity, alias, key, value))
      else parts.push(term(ctx, entity, alias, key, value))
    }
    return all(parts)
  }
  return filter === undefined || filter === null ? TRUE : walk(filter, 0)
}

/** `customerId.tier`: one step along a ref, within what the caller may read there. */
function followed(ctx: Ctx, entity: CompiledEntity, alias: string, key: string, value: unknown): Condition {
  const [head, tail, more] = key.split('.')
  const via = readableField(ctx, entity, head!)
  if (!via.target || via.type !== 'ref' || more !== undefined) return fail('BAD_FILTER', { reason: `不能沿“${key}”筛选` })
  const target = ctx.entities.get(via.target)
  const a = `${alias}_${via.column ?? 'x'}`.slice(0, 50)
  const scope = visible(ctx, target, a) ?? fail('FORBIDDEN', { permission: `${target.name}:read` })
  return sql<boolean>`exists (select 1 from ${sql.table(target.table)} as ${sql.ref(a)} where ${sql.ref(`${a}.id`)} = ${expression(via, alias)} and ${scope} and ${term(ctx, target, a, tail!, value)})`
}

/** The field, if this caller may filter and sort by it. A hidden field does not exist for them: no error tells otherwise. */
export function readableField(ctx: Ctx, entity: CompiledEntity, name: string): CompiledField {
  const field = entity.fields.get(name)
  if (!field || fieldLevel(ctx.access, entity, field) === 'none') return fail('UNKNOWN_FIELD', { field: name })
  return field
}

function term(ctx: Ctx, entity: CompiledEntity, alias: string, name: string, value: unknown): Condition {
  const field = readableField(ctx, entity, name)
  const masked = fieldLevel(ctx.access, entity, field) === 'mask'
  const operators: Filter = value !== null && typeof value === 'object' && !Array.isArray(value) && !(value instanceof Date)
    ? (value as Filter) : Array.isArray(value) ? { in: value } : { eq: value }
  if (!Object.keys(operators).length) return fail('BAD_FILTER', { reason: `“${field.label[0]}”没有条件` })
  return all(Object.entries(operators).map(([op, operand]) => {
    if (!field.kind.operators.includes(op as Operator)) return fail('BAD_FILTER', { reason: `“${field.label[0]}”不支持 ${op}` })
    // a masked value may be confirmed by somebody who knows it whole, not guessed digit by digit
    if (masked && op !== 'eq' && op !== 'isNull') return fail('FIELD_FORBIDDEN', { field: field.label[0] })
    try { return compare(ctx, field, alias, op as Operator, operand) } catch (error) {
      if (error instanceof ValueProblem) return fail('BAD_FILTER', { reason: `“${field.label[0]}”${error.message}` })
      throw error
    }
  }))
}

/** `$me` of an act that nobody signed: equal to no id, and not to `null` either. */
const NOBODY = '00000000-0000-0000-0000-000000000000'

const like = (s: string): string => s.replace(/[\\%_]/g, c => `\\${c}`)

function compare(ctx: Ctx, field: CompiledField, alias: string, op: Operator, operand: unknown): Condition {
  const x = expression(field, alias)
  const pointer = field.type === 'ref'
  const parse = (v: unknown): unknown => {
    if (pointer && v === '$me') return ctx.user?.id ?? NOBODY
    if (pointer && v === '$myUnit') return ctx.user?.unitId ?? NOBODY
    return v === null ? null : field.kind.parse(v, field as never)
  }
  const list = (v: unknown): unknown[] => {
    if (!Array.isArray(v) || v.length > 500) return fail('BAD_FILTER', { reason: `“${field.label[0]}”应为列表（最多 500 项）` })
    return v.map(parse)
  }
  const cast = sql.raw(`::${field.kind.column(field as never).replace(/\(.*\)/, '')}`)
  switch (op) {
    case 'eq': {
      const v = parse(operand)
      if (v === null) return sql`${x} is null`
      // one of a few declared values: told in the text, so that a prepared plan knows how many rows have it (a hundred of a million, or nearly all)
      return field.type === 'choice' && field.column ? sql`${x} = ${sql.lit(v)}` : sql`${x} = ${v}${cast}`
    }
    case 'ne': return sql`${x} is distinct from ${parse(operand)}${cast}`
    case 'gt': return sql`${x} > ${parse(operand)}${cast}`
    case 'gte': return sql`${x} >= ${parse(operand)}${cast}`
    case 'lt': return sql`${x} < ${parse(operand)}${cast}`
    case 'lte': return sql`${x} <= ${parse(operand)}${cast}`
    case 'in': case 'nin': {
      const v = list(operand)
      const given = v.filter(e => e !== null)
      const among: Condition = given.length === 1 ? sql`${x} = ${given[0]}${cast}` : sql`${x} = any(${given}${cast}[])`
      const found: Condition = given.length < v.length ? sql`(${among} or ${x} is null)` : among
      return op === 'in' ? found : sql`not coalesce(${found}, false)`
    }
    case 'between': { const v = list(operand); return v.length === 2 ? sql`(${x} >= ${v[0]}${cast} and ${x} <= ${v[1]}${cast})` : fail('BAD_FILTER', { reason: 'between 需要两个值' }) }
    case 'contains': return sql`${x} ilike ${`%${like(String(operand).slice(0, 200))}%`}`
    case 'startsWith': return sql`${x} ilike ${`${like(String(operand).slice(0, 200))}%`}`
    case 'isNull': if (field.type === 'refs' || field.type === 'choices') {
      return operand === false || operand === 'false' ? sql`cardinality(${x}) > 0` : sql`coalesce(cardinality(${x}), 0) = 0`
    }
      return operand === false || operand === 'false' ? sql`${x} is not null` : sql`${x} is null`
    case 'below': return field.target !== 'unit' ? fail('BAD_FILTER', { reason: `“${field.label[0]}”不支持 below` })
      : sql`exists (select 1 from unit_closure c where c.tenant_id = ${ctx.tenant.id} and c.ancestor_id = ${parse(operand)} and c.descendant_id = ${x})`
    case 'has': { const v = field.kind.parse([field.type === 'refs' && operand === '$me' ? ctx.user?.id ?? NOBODY : operand], field as never); return sql`${x} @> ${v}${cast}` }
    case 'within': {
      if (!SPANS.includes(operand as Span)) return fail('BAD_FILTER', { reason: `没有时间段 ${String(operand)}` })
      const s = spanOf(operand as Span, ctx.now(), ctx.tenant.timeZone)
      return field.type === 'date' ? sql`(${x} >= ${s.fromDay}::date and ${x} < ${s.toDay}::date)` : sql`(${x} >= ${s.from} and ${x} < ${s.to})`
    }
  }
}
