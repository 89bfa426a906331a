import { all, can, fail, fieldLevel, isId, visible, type CompiledEntity, type CompiledField, type Condition, type Ctx } from '@quancheng/kernel'
import { sql, type RawBuilder } from 'kysely'
import { byPhone, type Identity } from './identity.ts'
import { TIMELINE_KINDS, timelineSources, type TimelineKind, type TimelineSource } from './registry.ts'

export interface TimelineRow {
  at: Date
  kind: TimelineKind
  entity: string
  /** the name of what it is: 订单, 服务请求 … */
  label: string
  id: string
  title: string
  who: string | null
  amount: string | null
  channel: string | null
  state: { label: string; color: string | null } | null
  /** the page that a click opens; null: it has none that the caller may see */
  opens: { entity: string; plural: string; id: string } | null
}
export interface TimelinePage { items: TimelineRow[]; next: string | null; kinds: Array<{ key: TimelineKind; label: string }> }
export interface TimelineQuery { before?: string; kinds?: readonly string[]; q?: string; limit?: number }

interface Raw { at: Date; stamp: string; source: string; id: string; opens_id: string | null; title: string; who: string | null; amount: string | null; channel: string | null; state: string | null }
interface Position { stamp: string; source: string; id: string }

const STAMP = /^\d{4,6}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d)?$/
const encode = (r: Raw): string => Buffer.from(JSON.stringify([r.stamp, r.source, r.id])).toString('base64url')
function decode(cursor: string): Position {
  try {
    const [stamp, source, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as [unknown, unknown, unknown]
    if (typeof stamp === 'string' && STAMP.test(stamp) && typeof source === 'string' && isId(id as string)) return { stamp, source, id: id as string }
  } catch { /* told below */ }
  return fail('BAD_CURSOR')
}

/**
 * One customer's events of all sources, newest first, `limit` at a time (CU-06). One statement: each source gives its newest rows within the
 * caller's rights, and the union is cut once more. The position is (moment, source, id), so that rows of one moment are neither lost nor doubled.
 */
export async function timelineOf(ctx: Ctx, identity: Identity, query: TimelineQuery): Promise<TimelinePage> {
  const limit = Math.min(Math.max(query.limit ?? 30, 1), 100), before = query.before ? decode(query.before) : null
  const seen = timelineSources(ctx.runtime).filter(s => { const e = ctx.entities.find(s.entity); return e && can(ctx.access, `${s.entity}:read`, e) })
  const kinds = [...new Set(seen.map(s => s.kind))].map(key => ({ key, label: TIMELINE_KINDS[key][ctx.locale === 'en' ? 1 : 0] }))
  const asked = seen.filter(s => !query.kinds?.length || query.kinds.includes(s.kind))
  if (!asked.length) return { items: [], next: null, kinds }
  const branches = asked.map(s => sql`(${branch(ctx, s, identity, before, query.q?.trim() || null, limit + 1)})`)
  const { rows } = await sql<Raw>`
    select e.*, e.at::text as stamp, coalesce(u.name, '') as who from (${sql.join(branches, sql` union all `)}) as e
    left join "user" as u on u.tenant_id = ${ctx.tenant.id} and u.id = e.who_id
    order by e.at desc, e.source desc, e.id desc limit ${sql.lit(limit + 1)}`.execute(ctx.db)
  const byKey = new Map(asked.map(s => [keyOf(s), s]))
  const shown = rows.slice(0, limit)
  return { items: shown.map(r => shape(ctx, byKey.get(r.source)!, r)), next: rows.length > limit ? encode(shown.at(-1)!) : null, kinds }
}

const keyOf = (s: TimelineSource): string => s.key ?? s.entity

/** A field as far as the caller may see it open; `null` as SQL otherwise. */
function open(ctx: Ctx, entity: CompiledEntity, name: string | undefined): CompiledField | null {
  if (!name) return null
  const field = entity.fields.get(name)
  if (!field?.column) throw new Error(`the time line: ${entity.name} has no column ${name}`)
  return ['read', 'edit'].includes(fieldLevel(ctx.access, entity, field)) ? field : null
}

/** A day alone has no hour: it is its begin, or the moment of registration where that was the same day. */
function moment(ctx: Ctx, field: CompiledField): RawBuilder<unknown> {
  const x = sql.ref(`t.${field.column}`)
  if (field.type !== 'date') return x
  return sql`case when (t.created_at at time zone ${ctx.tenant.timeZone})::date = ${x} then t.created_at else ${x}::timestamp at time zone ${ctx.tenant.timeZone} end`
}

function branch(ctx: Ctx, s: TimelineSource, identity: Identity, before: Position | null, q: string | null, limit: number): RawBuilder<unknown> {
  const entity = ctx.entities.get(s.entity), column = (name: string): string => `t.${entity.fields.get(name)!.column}`
  const at = moment(ctx, entity.fields.get(s.at ?? 'createdAt')!)
  const words = (s.title ?? entity.display).flatMap(n => open(ctx, entity, n) ?? [])
  const title = words.length ? sql`concat_ws(' ', ${sql.join(words.map(w => sql`left(${wordOf(ctx, w)}, 200)`))})` : sql`''`
  const value = (name: string | undefined, type = 'text'): RawBuilder<unknown> => { const f = open(ctx, entity, name); return f ? sql`${sql.ref(`t.${f.column}`)}${sql.raw(`::${type}`)}` : sql.raw(`null::${type}`) }
  const conditions: Condition[] = [visible(ctx, entity, 't')!, theirs(ctx, s, identity, column), sql<boolean>`${at} is not null`]
  if (before) conditions.push(sql<boolean>`(${at}, ${keyOf(s)}::text, t.id) < (${before.stamp}::timestamptz, ${before.source}::text, ${before.id}::uuid)`)
  if (q) conditions.push(sql<boolean>`${title} ilike ${`%${q.slice(0, 100).replace(/[\\%_]/g, c => `\\${c}`)}%`}`)
  if (s.where) conditions.push(s.where(ctx, 't'))
  return sql`select ${at} as at, ${keyOf(s)}::text as source, t.id, ${s.opens ? sql.ref(column(s.opens.field)) : sql`t.id`} as opens_id, ${title} as title, ${value(s.who, 'uuid')} as who_id,
    ${value(s.amount)} as amount, ${value(typeof s.channel === 'string' ? s.channel : undefined)} as channel, ${value(s.state)} as state
    from ${sql.table(entity.table)} as t where ${all(conditions)} order by 1 desc, t.id desc limit ${sql.lit(limit)}`
}

/** A choice is told by its label, a number and a text as they stand. */
function wordOf(ctx: Ctx, field: CompiledField): RawBuilder<unknown> {
  const x = sql.ref(`t.${field.column}`)
  if (field.type !== 'choice') return sql`${x}::text`
  return sql`case ${x} ${sql.join(field.options!.map(o => sql`when ${sql.lit(o.value)} then ${o.label[ctx.locale === 'en' ? 1 : 0]}::text`), sql` `)} else ${x} end`
}

function theirs(ctx: Ctx, s: TimelineSource, identity: Identity, column: (name: string) => string): Condition {
  if (typeof s.customer === 'function') return s.customer(ctx, identity, 't')
  const own = sql.ref(column(s.customer ?? 'customerId'))
  const byId = sql<boolean>`${own} = any(${identity.customerIds}::uuid[])`
  if (!s.phone || !identity.phones.length) return byId
  return sql<boolean>`(${byId} or (${own} is null and ${byPhone(ctx, identity, column(s.phone), column(s.at ?? 'createdAt'))}))`
}

function shape(ctx: Ctx, s: TimelineSource, r: Raw): TimelineRow {
  const entity = ctx.entities.get(s.entity), en = ctx.locale === 'en' ? 1 : 0
  const option = (name: string | undefined, value: string | null) => (value === null ? undefined : entity.fields.get(name ?? '')?.options?.find(o => o.value === value))
  const state = option(s.state, r.state)
  const target = ctx.entities.find(s.opens?.entity ?? s.entity)
  return {
    at: r.at, kind: s.kind, entity: s.entity, label: (s.label ?? entity.label)[en], id: r.id, title: r.title, who: r.who || null, amount: r.amount,
    channel: typeof s.channel === 'object' ? s.channel.text[en] : option(s.channel, r.channel)?.label[en] ?? r.channel,
    state: state ? { label: state.label[en], color: state.color ?? null } : null,
    opens: r.opens_id && target && !target.internal && can(ctx.access, `${target.name}:read`, target) ? { entity: target.name, plural: target.plural, id: r.opens_id } : null,
  }
}
