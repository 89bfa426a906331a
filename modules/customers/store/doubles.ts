import { visible, type Ctx } from '@quancheng/kernel'
import { sql } from 'kysely'
import { coreOf, LIKE, likeness } from '../rules/likeness.ts'

export type Why = 'phone' | 'taxNumber' | 'name'
export interface Double { why: Why[]; likeness: number; a: Side; b: Side }
export interface Side { id: string; name: string; kind: string; unitId: string; createdAt: Date }

interface Found { a: string; b: string; why: Why; likeness: number }

/** How many pairs a page of suggestions shows, and how many companies are compared by name at most. */
const MOST = 200, COMPANIES = 20_000

const NAMED = (alias: string) => sql`${sql.ref(`${alias}.id`)}`

/** Pairs of customers that may be one: same telephone, same tax number, alike names of companies; those that a person judged are left out. Only what the caller may read. */
export async function doublesOf(ctx: Ctx, customerId?: string): Promise<Double[]> {
  const entity = ctx.entities.get('customer')
  const scope = sql`${visible(ctx, entity, 'a')!} and ${visible(ctx, entity, 'b')!}`
  const one = customerId ? sql`and (a.id = ${customerId} or b.id = ${customerId})` : sql``
  const same = async (why: Why, column: 'phone' | 'tax_number'): Promise<Found[]> => (await sql<{ a: string; b: string }>`
    select ${NAMED('a')} as a, ${NAMED('b')} as b from customer a join customer b on b.tenant_id = a.tenant_id and ${sql.ref(`b.${column}`)} = ${sql.ref(`a.${column}`)} and b.id > a.id
    where ${scope} ${one} and a.merged_into_id is null and b.merged_into_id is null and (a.kind = 'person') = (b.kind = 'person') limit ${sql.lit(MOST)}`.execute(ctx.db)).rows.map(r => ({ ...r, why, likeness: 1 }))
  const found = [...await same('phone', 'phone'), ...await same('taxNumber', 'tax_number'), ...await alike(ctx, customerId)]
  const pairs = new Map<string, Found & { whys: Why[] }>()
  for (const f of found) {
    const [a, b] = [f.a, f.b].toSorted() as [string, string], before = pairs.get(`${a}/${b}`)
    if (before) { if (!before.whys.includes(f.why)) before.whys.push(f.why); before.likeness = Math.max(before.likeness, f.likeness) } else pairs.set(`${a}/${b}`, { ...f, a, b, whys: [f.why] })
  }
  if (!pairs.size) return []
  const ids = [...new Set([...pairs.values()].flatMap(p => [p.a, p.b]))]
  const judged = new Set((await ctx.query<{ a: string; b: string }>("select least(survivor_id, merged_id) as a, greatest(survivor_id, merged_id) as b from customer_merge where tenant_id = $1 and state = 'dismissed' and survivor_id = any($2)", [ctx.tenant.id, ids])).map(r => `${r.a}/${r.b}`))
  const sides = new Map((await ctx.query<Side & Record<string, unknown>>('select id, name, kind, unit_id as "unitId", created_at as "createdAt" from customer where tenant_id = $1 and id = any($2)', [ctx.tenant.id, ids])).map(s => [s.id, s as Side]))
  const top = await rootsOf(ctx, ids), known = (p: { whys: Why[]; a: string; b: string }): boolean => p.whys.join() === 'name' && top.get(p.a) === top.get(p.b)
  return [...pairs].filter(([key, p]) => !judged.has(key) && !known(p)).map(([, p]) => ({ why: p.whys, likeness: Math.round(p.likeness * 100) / 100, a: sides.get(p.a)!, b: sides.get(p.b)! }))
    .toSorted((x, y) => y.why.length - x.why.length || y.likeness - x.likeness).slice(0, MOST)
}

/** The company at the top of each one's tree. Companies of one tree bear alike names and are known to be several. */
async function rootsOf(ctx: Ctx, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await ctx.query<{ id: string; top: string }>(
    `with recursive up as (select c.id, c.id as at, c.parent_id from customer c where c.tenant_id = $1 and c.id = any($2) union all select up.id, p.id, p.parent_id from up join customer p on p.tenant_id = $1 and p.id = up.parent_id)
     select id, at as top from up where parent_id is null`, [ctx.tenant.id, ids])
  return new Map(rows.map(r => [r.id, r.top]))
}

interface Company { id: string; name: string; core: string }

/** Companies share a pair of neighbouring characters in their own part, or they are not compared: what is alike enough always does. */
async function alike(ctx: Ctx, customerId?: string): Promise<Found[]> {
  const { rows } = await sql<{ id: string; name: string }>`select t.id, t.name from customer t where ${visible(ctx, ctx.entities.get('customer'), 't')!} and t.kind <> 'person' and t.merged_into_id is null order by t.id desc limit ${sql.lit(COMPANIES)}`.execute(ctx.db)
  const companies: Company[] = rows.map(r => ({ ...r, core: coreOf(r.name) }))
  const me = customerId ? companies.find(c => c.id === customerId) : undefined
  if (customerId) return me ? companies.filter(c => c.id !== me.id).flatMap(c => pairOf(me, c)) : []
  const blocks = new Map<string, Company[]>()
  for (const c of companies) for (const key of keysOf(c.core)) blocks.set(key, [...(blocks.get(key) ?? []), c])
  const seen = new Set<string>(), found: Found[] = []
  for (const block of blocks.values()) {
    // a word that a hundred companies bear tells none from another
    if (block.length > 100) continue
    for (let i = 0; i < block.length; i++) for (let j = i + 1; j < block.length; j++) {
      const a = block[i]!, b = block[j]!, key = a.id < b.id ? `${a.id}${b.id}` : `${b.id}${a.id}`
      if (seen.has(key)) continue
      seen.add(key)
      found.push(...pairOf(a, b))
      // those of one tree are left out afterwards
      if (found.length >= 5 * MOST) return found
    }
  }
  return found
}

const keysOf = (core: string): Set<string> => new Set(core.length < 2 ? [core] : Array.from({ length: core.length - 1 }, (_, i) => core.slice(i, i + 2)))

function pairOf(a: Company, b: Company): Found[] {
  const value = likeness(a.name, b.name)
  return value >= LIKE ? [{ a: a.id, b: b.id, why: 'name', likeness: value }] : []
}

export interface Known { id: string; name: string; kind: string; why: Why[] }

/** While a customer is being registered: who is there already with this telephone, this tax number or a name like this. Only what the caller may read. */
export async function knownAs(ctx: Ctx, o: { name?: string; phone?: string; taxNumber?: string; kind?: string }): Promise<Known[]> {
  const found = new Map<string, Known>()
  const add = (r: { id: string; name: string; kind: string }, why: Why): void => { const k = found.get(r.id); if (k) k.why.push(why); else found.set(r.id, { id: r.id, name: r.name, kind: r.kind, why: [why] }) }
  const rows = async (condition: ReturnType<typeof sql>, limit = 20) => (await sql<{ id: string; name: string; kind: string }>`select t.id, t.name, t.kind from customer t where ${visible(ctx, ctx.entities.get('customer'), 't')!} and t.merged_into_id is null and ${condition} order by t.id limit ${sql.lit(limit)}`.execute(ctx.db)).rows
  const phone = o.phone?.replace(/[^\d+]/g, '').replace(/^\+?86(?=1\d{10}$)/, '')
  if (phone && phone.length >= 5) for (const r of await rows(sql`t.phone = ${phone}`)) add(r, 'phone')
  const tax = o.taxNumber?.replace(/\s/g, '').toUpperCase()
  if (tax) for (const r of await rows(sql`t.tax_number = ${tax}`)) add(r, 'taxNumber')
  if (o.name && o.kind !== 'person') {
    const core = coreOf(o.name)
    if (core.length >= 2) for (const r of await rows(sql`t.kind <> 'person'`, COMPANIES)) if (likeness(o.name, r.name) >= LIKE) add(r, 'name')
  }
  return [...found.values()].slice(0, 20)
}
