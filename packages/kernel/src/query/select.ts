import { sql, type RawBuilder } from 'kysely'
import { can, fieldLevel } from '../access/access.ts'
import type { Ctx } from '../context.ts'
import type { CompiledEntity, CompiledField } from '../entity/compile.ts'
import { pick } from '../i18n.ts'
import { expression } from './expression.ts'

/** Fields of an entity that this caller sees at all, in declared order. */
export function visibleFields(ctx: Ctx, entity: CompiledEntity): CompiledField[] {
  return [...entity.fields.values()].filter(x => fieldLevel(ctx.access, entity, x) !== 'none')
}

/** The words that name a row, as far as this caller may see them. */
export function displayExpression(ctx: Ctx, entity: CompiledEntity, alias: string, deep = true): RawBuilder<string> {
  const parts = entity.display.map(n => entity.fields.get(n)!).filter(x => ['read', 'edit'].includes(fieldLevel(ctx.access, entity, x)) && (deep || x.type !== 'ref'))
  if (!parts.length) return sql<string>`''`
  return parts.length === 1 ? sql<string>`${word(ctx, parts[0]!, alias)}::text` : sql<string>`concat_ws(' ', ${sql.join(parts.map(p => word(ctx, p, alias)))})`
}

/** What a person reads in a name: of a choice its label, of a ref the name of what it points to, one step far. */
function word(ctx: Ctx, field: CompiledField, alias: string): RawBuilder<unknown> {
  const value = expression(field, alias)
  if (field.type === 'choice' && field.options) return sql`case ${value} ${sql.join(field.options.map(o => sql`when ${o.value} then ${pick(o.label, ctx.locale)}::text`), sql` `)} else ${value} end`
  const target = field.type === 'ref' && field.target ? ctx.entities.find(field.target) : null
  if (!target) return value
  const a = `${alias}_${field.name}`
  return sql`(select ${displayExpression(ctx, target, a, false)} from ${sql.table(target.table)} as ${sql.ref(a)} where ${sql.ref(`${a}.tenant_id`)} = ${sql.ref(`${alias}.tenant_id`)} and ${sql.ref(`${a}.id`)} = ${value})`
}

/** Columns and joins that show a row: values, the names behind its refs, and the sort keys for the cursor. */
export function selection(ctx: Ctx, entity: CompiledEntity, fields: readonly CompiledField[], alias: string): { columns: RawBuilder<unknown>[]; joins: RawBuilder<unknown>[] } {
  const columns: RawBuilder<unknown>[] = []
  const joins: RawBuilder<unknown>[] = []
  let needsExt = false
  for (const field of fields) {
    if (!field.column) { needsExt = true; continue }
    columns.push(sql`${sql.ref(`${alias}.${field.column}`)} as ${sql.ref(field.name)}`)
  }
  if (needsExt) columns.push(sql`${sql.ref(`${alias}.ext`)} as ${sql.ref('$ext')}`)
  let n = 0
  for (const field of fields) {
    if (!field.target) continue
    const target = ctx.entities.find(field.target)
    if (!target) continue
    const a = `r${n++}`
    if (field.type === 'ref') {
      joins.push(sql`left join ${sql.table(target.table)} as ${sql.ref(a)} on ${sql.ref(`${a}.tenant_id`)} = ${sql.ref(`${alias}.tenant_id`)} and ${sql.ref(`${a}.id`)} = ${expression(field, alias)}`)
      columns.push(sql`${displayExpression(ctx, target, a)} as ${sql.ref(`$l:${field.name}`)}`)
    } else {
      columns.push(sql`(select json_object_agg(${sql.ref(`${a}.id`)}, ${displayExpression(ctx, target, a)}) from ${sql.table(target.table)} as ${sql.ref(a)} where ${sql.ref(`${a}.tenant_id`)} = ${sql.ref(`${alias}.tenant_id`)} and ${sql.ref(`${a}.id`)} = any(${expression(field, alias)})) as ${sql.ref(`$l:${field.name}`)}`)
    }
  }
  return { columns, joins }
}

export type Row = Record<string, unknown> & { id: string; version: number }

/** The last stage of every answer: tenant fields out of `ext`, names of refs together, masked values masked. */
export function shapeRow(ctx: Ctx, entity: CompiledEntity, fields: readonly CompiledField[], raw: Record<string, unknown>): Row {
  const out: Record<string, unknown> = {}
  const labels: Record<string, unknown> = {}
  const masked: string[] = []
  const ext = raw['$ext'] as Record<string, unknown> | undefined
  for (const field of fields) {
    let value = field.column ? raw[field.name] : (ext?.[field.extId!] ?? null)
    if (value !== null && value !== undefined && fieldLevel(ctx.access, entity, field) === 'mask') {
      value = field.kind.mask ? field.kind.mask(value) : '***'
      masked.push(field.name)
    }
    out[field.name] = value ?? null
    if (field.target) {
      const label = raw[`$l:${field.name}`]
      if (label !== null && label !== undefined) labels[field.name] = label
    }
  }
  out.$labels = labels
  if (masked.length) out.$masked = masked
  return out as Row
}

export const mayReveal = (ctx: Ctx, entity: CompiledEntity): boolean => can(ctx.access, `${entity.name}:reveal`, entity)
