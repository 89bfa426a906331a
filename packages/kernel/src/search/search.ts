import { sql, type RawBuilder } from 'kysely'
import { can, fieldLevel } from '../access/access.ts'
import { all, any, visible, type Condition } from '../access/scope.ts'
import type { Ctx } from '../context.ts'
import type { CompiledEntity, CompiledField } from '../entity/compile.ts'
import { expression } from '../query/expression.ts'
import { displayExpression, type Row } from '../query/select.ts'
import { normalise } from './text.ts'
import { compileQuery, indexDocument } from './tokens.ts'

/** What a row gives to the index: names with pinyin, prose as bigrams, codes whole and in parts. */
export function searchDocument(entity: CompiledEntity, row: Record<string, unknown>): { title: string; subtitle: string; tsv: string; codes: string } {
  const texts: string[] = [], names: string[] = [], codes: string[] = []
  for (const field of entity.fields.values()) {
    const value = row[field.name]
    if (!field.search || value === null || value === undefined || value === '') continue
    ;(field.search === 'name' ? names : field.search === 'code' ? codes : texts).push(String(value))
  }
  // a reference is an id here: its name would be another record's, and may change without this row
  const title = entity.display.filter(n => entity.fields.get(n)?.type !== 'ref').map(n => row[n]).filter(v => v !== null && v !== undefined && v !== '').join(' ')
  const subtitle = subtitleFields(entity).map(x => row[x.name]).filter(Boolean).slice(0, 3).join(' · ')
  const words = indexDocument({ texts, names, codes: [] }), numbers = indexDocument({ texts: [], names: [], codes })
  // every word of a code carries weight B, so that a search may leave codes out (see `restricted`)
  const coded = numbers.tsv.replace(/('(?:[^']|'')*')(:[0-9A-D,]+)?/g, (_, word: string, at?: string) => `${word}${at ?? ':1B'}`)
  return { title, subtitle: subtitle.slice(0, 200), tsv: `${words.tsv} ${coded}`.trim(), codes: numbers.codes }
}

const subtitleFields = (entity: CompiledEntity): CompiledField[] => [...entity.fields.values()].filter(x => x.search && !x.personal && !entity.display.includes(x.name))

interface Matches { /** where the search rows `s` come from */ from: RawBuilder<unknown>; condition: Condition; /** is it in the name or the number rather than in some text? */ first: RawBuilder<unknown> }

const EVERY_ROW = sql`search_doc as s`
const NOTHING: Matches = { from: EVERY_ROW, condition: sql<boolean>`false`, first: sql`false` }

/** A mobile number is a word of its own; looking for it in the middle of other numbers costs fifty times as much in a million rows. */
const WHOLE_PHONE = /^1[3-9]\d{9}$/

const like = (text: string): string => text.replace(/[\\%_]/g, c => `\\${c}`)

/**
 * What may be found with one box. A person who may not see a field must not find by it either, or they would guess it digit by
 * digit: such a field is left out, and a masked one is found by its whole value only. `s` is the search row, `t` the record. The index
 * gives the candidates; only where a name or prose is hidden from the searcher are the open fields read row by row.
 */
function matches(ctx: Ctx, entity: CompiledEntity, input: string, t: string): Matches {
  const q = compileQuery(input, ctx.entities.synonyms)
  if (!q) return NOTHING
  const s = 's'
  const own: Condition[] = []
  const candidates = (tsqueries: readonly string[]): RawBuilder<unknown> => sql`search_candidates(${entity.name}, ${tsqueries.map(x => `(${x})`).join(' | ')}::tsquery, ${q.code && !WHOLE_PHONE.test(q.code) ? `%${like(q.code)}%` : null}) as s`
  const found = (tsquery: string): Condition => sql<boolean>`${sql.ref(`${s}.tokens`)} @@ ${tsquery}::tsquery`
  const coded = (code: string): Condition => sql<boolean>`${sql.ref(`${s}.codes`)} like ${`%${like(code)}%`}`
  const searched = [...entity.fields.values()].filter(x => x.search)
  const level = (x: CompiledField) => fieldLevel(ctx.access, entity, x)
  const hidden = searched.filter(x => ['none', 'mask'].includes(level(x)))
  if (!hidden.length) return { from: candidates([q.tsquery]), condition: sql<boolean>`true`, first: found(weighted(q.tsquery, 'AB')) }
  const open = searched.filter(x => !hidden.includes(x))
  const text = (x: CompiledField) => sql`${expression(x, t)}::text`
  if (hidden.some(x => x.search !== 'code')) own.push(...open.filter(x => x.search !== 'code').flatMap(x => saidOtherwise(input.trim().slice(0, 200), q.words, ctx).map(said => sql<boolean>`${text(x)} ilike ${`%${like(said)}%`}`)))
  else own.push(found(weighted(q.tsquery, 'AD')))
  for (const x of open) if (x.search === 'code' && q.code) own.push(sql<boolean>`(${coded(q.code)} and regexp_replace(lower(${text(x)}), '[^[:alnum:]]', '', 'g') like ${`%${like(q.code)}%`})`)
  const asked = [q.tsquery]
  for (const x of hidden) {
    if (level(x) !== 'mask') continue
    try {
      const whole = String(x.kind.parse(input, x as never))
      own.push(sql<boolean>`${text(x)} = ${whole}`)
      const words = compileQuery(whole)
      if (words) asked.push(words.tsquery)
    } catch { /* not a whole value of this kind */ }
  }
  // of what is hidden nothing may be told, not even by the order
  return { from: hidden.some(x => x.search !== 'code') ? EVERY_ROW : candidates(asked), condition: any(own), first: hidden.some(x => x.search === 'name') ? sql`false` : found(weighted(q.tsquery, 'A')) }
}

/** The same query, for words of these weights only: A names, B codes, D texts. */
const weighted = (tsquery: string, weights: string): string => tsquery.replace(/('[^']*')(:\*)?/g, (_, word: string, prefix?: string) => `${word}:${prefix ? '*' : ''}${weights}`)

/** The input, and where the whole of it is a synonym, the others of its group. */
const saidOtherwise = (input: string, words: readonly string[], ctx: Ctx): readonly string[] => (ctx.entities.synonyms.has(normalise(input, 200)) ? words : [input])

/** `?q=` of a list. */
export function searchCondition(ctx: Ctx, entity: CompiledEntity, alias: string, input: string): Condition {
  const m = matches(ctx, entity, input, alias)
  return sql<boolean>`exists (select 1 from ${m.from} where s.tenant_id = ${ctx.tenant.id} and s.entity = ${entity.name} and s.record_id = ${sql.ref(`${alias}.id`)} and ${m.condition})`
}

export interface Hit { entity: string; plural: string; id: string; title: string; subtitle: string; unitId: string | null; at: Date }

/**
 * One box over everything the caller may read. Scope is decided in SQL on the search row itself, which carries owner and unit;
 * entities that inherit their scope are checked on their own table.
 */
export async function searchAll(ctx: Ctx, input: string, o: { entities?: readonly string[]; limit?: number } = {}): Promise<Hit[]> {
  const limit = Math.min(o.limit ?? 20, 50)
  const searched = ctx.entities.all().filter(e => e.searchable && !e.internal && can(ctx.access, `${e.name}:read`, e) && (!o.entities?.length || o.entities.includes(e.name)))
  const whole = await wholeNumber(ctx, searched, input)
  if (whole.length) return whole
  // asked together: one wait, not one an entity
  const found = await Promise.all(searched.map(async entity => {
    const m = matches(ctx, entity, input, 't')
    const condition = all([sql<boolean>`s.tenant_id = ${ctx.tenant.id}`, sql<boolean>`s.entity = ${entity.name}`, m.condition])
    const told = subtitleFields(entity).every(x => ['read', 'edit'].includes(fieldLevel(ctx.access, entity, x)))
    const { rows } = await sql<{ id: string; title: string; subtitle: string; unit_id: string | null; updated_at: Date }>`
      select s.record_id as id, ${displayExpression(ctx, entity, 't')} as title, ${told ? sql`s.subtitle` : sql`''`} as subtitle, s.unit_id, s.updated_at from ${m.from}
      join ${sql.table(entity.table)} as t on t.tenant_id = s.tenant_id and t.id = s.record_id
      where ${condition} and ${visible(ctx, entity, 't')!}${entity.mergedInto ? sql` and ${sql.ref(`t.${entity.fields.get(entity.mergedInto)!.column}`)} is null` : sql``} order by ${m.first} desc, s.updated_at desc limit ${sql.lit(limit)}`.execute(ctx.db)
    return rows.map((r): Hit => ({ entity: entity.name, plural: entity.plural, id: r.id, title: r.title, subtitle: r.subtitle, unitId: r.unit_id, at: r.updated_at }))
  }))
  return found.flat().slice(0, limit * 3)
}

/** `HZ01-20261123-0007`: letters, digits and dashes, long enough to be no word. */
const WHOLE_NUMBER = /^[A-Z0-9]+(?:-[A-Z0-9]+)+$/
const WHOLE_NUMBER_LENGTH = 12

/** A whole number is one record: the unique index has it at once, where each part of it stands in hundreds of thousands of others (SP-11). Empty: no such number. */
async function wholeNumber(ctx: Ctx, searched: readonly CompiledEntity[], input: string): Promise<Hit[]> {
  const number = input.trim().toUpperCase()
  if (number.length < WHOLE_NUMBER_LENGTH || !WHOLE_NUMBER.test(number)) return []
  const found = await Promise.all(searched.map(async (entity): Promise<Hit[]> => {
    const field = [...entity.fields.values()].find(x => x.type === 'serial' && x.column)
    if (!field || !['read', 'edit'].includes(fieldLevel(ctx.access, entity, field))) return []
    const told = subtitleFields(entity).every(x => ['read', 'edit'].includes(fieldLevel(ctx.access, entity, x)))
    const { rows } = await sql<{ id: string; title: string; subtitle: string; unit_id: string | null; updated_at: Date }>`
      select t.id, ${displayExpression(ctx, entity, 't')} as title, ${told ? sql`s.subtitle` : sql`''`} as subtitle, s.unit_id, s.updated_at from ${sql.table(entity.table)} as t
      join search_doc as s on s.tenant_id = t.tenant_id and s.entity = ${entity.name} and s.record_id = t.id
      where ${visible(ctx, entity, 't')!} and ${sql.ref(`t.${field.column}`)} = ${number}`.execute(ctx.db)
    return rows.map(r => ({ entity: entity.name, plural: entity.plural, id: r.id, title: r.title, subtitle: r.subtitle, unitId: r.unit_id, at: r.updated_at }))
  }))
  return found.flat()
}

export type { Row }
