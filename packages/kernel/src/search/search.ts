import { sql } from 'kysely'
import { can } from '../access/access.ts'
import { all, any, visible, type Condition } from '../access/scope.ts'
import type { Ctx } from '../context.ts'
import type { CompiledEntity } from '../entity/compile.ts'
import type { Row } from '../query/select.ts'
import { compileQuery, indexDocument } from './tokens.ts'

/** What a row gives to the index: names with pinyin, prose as bigrams, codes whole and in parts. */
export function searchDocument(entity: CompiledEntity, row: Record<string, unknown>): { title: string; subtitle: string; tsv: string; codes: string } {
  const texts: string[] = [], names: string[] = [], codes: string[] = []
  for (const field of entity.fields.values()) {
    const value = row[field.name]
    if (!field.search || value === null || value === undefined || value === '') continue
    ;(field.search === 'name' ? names : field.search === 'code' ? codes : texts).push(String(value))
  }
  const title = entity.display.map(n => row[n]).filter(v => v !== null && v !== undefined && v !== '').join(' ')
  const subtitle = [...entity.fields.values()].filter(x => x.search && !x.personal && !entity.display.includes(x.name)).map(x => row[x.name]).filter(Boolean).slice(0, 3).join(' · ')
  return { title, subtitle: subtitle.slice(0, 200), ...indexDocument({ texts, names, codes }) }
}

const NOTHING = sql<boolean>`false`

function matches(input: string, alias: string): Condition {
  const q = compileQuery(input)
  if (!q) return NOTHING
  const parts: Condition[] = []
  if (q.tsquery) parts.push(sql<boolean>`${sql.ref(`${alias}.tokens`)} @@ ${q.tsquery}::tsquery`)
  if (q.code) parts.push(sql<boolean>`${sql.ref(`${alias}.codes`)} like ${`%${q.code.replace(/[\\%_]/g, c => `\\${c}`)}%`}`)
  return any(parts)
}

/** `?q=` of a list. */
export function searchCondition(ctx: Ctx, entity: CompiledEntity, alias: string, input: string): Condition {
  return sql<boolean>`${sql.ref(`${alias}.id`)} in (select s.record_id from search_doc s where s.tenant_id = ${ctx.tenant.id} and s.entity = ${entity.name} and ${matches(input, 's')})`
}

export interface Hit { entity: string; plural: string; id: string; title: string; subtitle: string; unitId: string | null; at: Date }

/**
 * One box over everything the caller may read. Scope is decided in SQL on the search row itself, which carries owner and unit;
 * entities that inherit their scope are checked on their own table.
 */
export async function searchAll(ctx: Ctx, input: string, o: { entities?: readonly string[]; limit?: number } = {}): Promise<Hit[]> {
  const limit = Math.min(o.limit ?? 20, 50)
  const hits: Hit[] = []
  for (const entity of ctx.entities.all()) {
    if (!entity.searchable || entity.internal || !can(ctx.access, `${entity.name}:read`, entity) || (o.entities?.length && !o.entities.includes(entity.name))) continue
    const condition = all([sql<boolean>`s.tenant_id = ${ctx.tenant.id}`, sql<boolean>`s.entity = ${entity.name}`, matches(input, 's')])
    const { rows } = await sql<{ id: string; title: string; subtitle: string; unit_id: string | null; updated_at: Date }>`
      select s.record_id as id, s.title, s.subtitle, s.unit_id, s.updated_at from search_doc s
      join ${sql.table(entity.table)} as t on t.tenant_id = s.tenant_id and t.id = s.record_id
      where ${condition} and ${visible(ctx, entity, 't')!} order by s.updated_at desc limit ${sql.lit(limit)}`.execute(ctx.db)
    for (const r of rows) hits.push({ entity: entity.name, plural: entity.plural, id: r.id, title: r.title, subtitle: r.subtitle, unitId: r.unit_id, at: r.updated_at })
  }
  return hits.slice(0, limit * 3)
}

export type { Row }
