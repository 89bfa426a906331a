import { all, compileQuery, compileTerms, visible, type Condition, type Ctx } from '@quancheng/kernel'
import { sql, type RawBuilder } from 'kysely'
import { excerpt, marked, type Piece } from '../rules/excerpt.ts'

export interface Asked { q?: string; productLineId?: string; faultCode?: string; sort?: 'relevant' | 'used' | 'newest'; limit?: number }
export interface Found { id: string; number: string; title: Piece[]; excerpt: Piece[]; visibility: string; uses: number; useful: number; useless: number; publishedAt: Date | null; stale: boolean; lines: string[] }

interface Row { id: string; number: string; title: string; body: string; visibility: string; uses: number; useful: number; useless: number; published_at: Date | null; stale: boolean; lines: string[] | null }

const COLUMNS = sql`t.id, t.number, t.title, t.body, t.visibility, t.uses, t.useful, t.useless, t.published_at, coalesce(t.valid_until < current_date, false) as stale,
  array(select l.name from product_line l where l.tenant_id = t.tenant_id and l.id = any(t.product_line_ids) order by l.position, l.code) as lines`

const shown = (r: Row, words: readonly string[]): Found => ({ id: r.id, number: r.number, title: marked(r.title, words), excerpt: excerpt(r.body, words), visibility: r.visibility, uses: r.uses, useful: r.useful, useless: r.useless, publishedAt: r.published_at, stale: r.stale, lines: r.lines ?? [] })

/** Published articles that the caller may read; null: none at all. */
export const forStaff = (ctx: Ctx): Condition | null => {
  const scope = visible(ctx, ctx.entities.get('article'), 't')
  return scope && all([scope, sql<boolean>`t.state = 'published'`])
}
/** What a customer may see without signing in. */
export const forCustomers = (ctx: Ctx): Condition => sql<boolean>`t.tenant_id = ${ctx.tenant.id} and t.state = 'published' and t.visibility = 'public'`

/** Of a product line: those for it and those for every line. */
const ofLine = (id: string): Condition => sql<boolean>`(coalesce(cardinality(t.product_line_ids), 0) = 0 or ${id}::uuid = any(t.product_line_ids))`

const inTitle = (tsquery: string): string => tsquery.replace(/('[^']*')(:\*)?/g, (_, word: string, prefix?: string) => `${word}:${prefix ? '*' : ''}A`)

/** Articles by words: those that have them in the title first, then what has helped most, then the newest. One statement. (A rank by how often a
 * word occurs would have to unpack every text that matches, and says less than what has helped.) */
export async function findArticles(ctx: Ctx, may: Condition, a: Asked): Promise<{ items: Found[]; words: readonly string[] }> {
  const limit = sql.lit(Math.min(a.limit ?? 20, 50))
  const where = all([may, ...(a.productLineId ? [ofLine(a.productLineId)] : []), ...(a.faultCode ? [sql<boolean>`${a.faultCode} = any(t.fault_codes)`] : [])])
  const q = a.q?.trim() ? compileQuery(a.q, ctx.entities.synonyms) : null
  if (a.q?.trim() && !q) return { items: [], words: [] }
  const last = sql`t.uses desc, t.published_at desc nulls last, t.id desc`
  const order: RawBuilder<unknown> = a.sort === 'newest' ? sql`t.published_at desc nulls last, t.id desc` : a.sort === 'used' || !q ? last : sql`s.tokens @@ ${inTitle(q.tsquery)}::tsquery desc, ${last}`
  const from = q ? sql`search_candidates('article', ${q.tsquery}::tsquery, ${q.code ? `%${q.code}%` : null}) as s join article as t on t.tenant_id = s.tenant_id and t.id = s.record_id` : sql`article as t`
  // the page is cut before texts are read and names are looked up
  const { rows } = await sql<Row>`select ${COLUMNS} from (select t.id, row_number() over (order by ${order}) as at from ${from} where ${where} order by at limit ${limit}) as p join article as t on t.tenant_id = ${ctx.tenant.id} and t.id = p.id order by p.at`.execute(ctx.db)
  return { items: rows.map(r => shown(r, q?.words ?? [])), words: q?.words ?? [] }
}

const SUGGESTED = 5
/** What has less than this share of the best one's weight is about something else. */
const CLOSE = 0.4

/**
 * The index is asked term by term: a word in it need not be looked for again in the texts that have it.
 * Articles for a fault as it was told: any of its words, each the heavier the fewer articles have it (the square of ln((N + 1) / (n + ½)), the inverse
 * document frequency, as in the cosine of two texts), twice as heavy in a title; two words at least, or one that the company has named a synonym; those for the product line and the found fault before others.
 */
export async function suggestArticles(ctx: Ctx, may: Condition, r: { text: string; productLineId: string | null; faultCode: string | null }): Promise<{ items: Found[]; words: readonly string[] }> {
  const terms = compileTerms(r.text, ctx.entities.synonyms)
  if (!terms.length) return { items: [], words: [] }
  const { rows } = await sql<Row & { score: number; matched: number[] }>`
    with term as (select * from unnest(${terms.map((_, i) => i)}::int[], ${terms.map(t => t.tsquery)}::text[], ${terms.map(t => t.words.join('|'))}::text[], ${terms.map(t => t.weight)}::float8[]) as x(i, q, words, weight)),
    hit as materialized (select t.id, x.i, x.weight as own, x.weight * case when exists (select 1 from unnest(string_to_array(x.words, '|')) w where position(w in lower(t.title)) > 0) then 2 else 1 end as weight,
      (case when ${r.productLineId}::uuid is null or coalesce(cardinality(t.product_line_ids), 0) = 0 then 1.0 when ${r.productLineId}::uuid = any(t.product_line_ids) then 1.4 else 0.5 end) * (case when ${r.faultCode}::text = any(t.fault_codes) then 1.3 else 1.0 end) as factor
      from term x cross join lateral search_candidates('article', x.q::tsquery, null) as s join article as t on t.tenant_id = s.tenant_id and t.id = s.record_id where ${may}),
    rare as (select i, ln(((select count(*) from article t where ${may}) + 1) / (count(*) + 0.5)) as idf from hit group by i),
    best as (select h.id, sum(h.weight * rare.idf * rare.idf) * max(h.factor) as score, array_agg(h.i order by h.i) as matched from hit h join rare on rare.i = h.i group by h.id having count(*) >= 2 or max(h.own) >= 3 order by score desc limit ${sql.lit(SUGGESTED)})
    select b.score::float8 as score, b.matched, ${COLUMNS} from best b join article as t on t.tenant_id = ${ctx.tenant.id} and t.id = b.id order by b.score desc, t.uses desc`.execute(ctx.db)
  const top = rows[0]?.score ?? 0
  const close = rows.filter(x => x.score > 0 && x.score >= top * CLOSE)
  return { items: close.map(x => shown(x, x.matched.flatMap(i => terms[i]!.words))), words: [...new Set(close.flatMap(x => x.matched.flatMap(i => terms[i]!.words)))] }
}
