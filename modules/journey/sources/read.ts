import { aggregate, can, fieldLevel, list, pick, startOfDay, type CompiledEntity, type Ctx, type Filter, type Row } from '@quancheng/kernel'
import type { Identity } from '@quancheng/customers'
import { TOUCH_CHANNELS, type TouchChannel } from '../rules/choices.ts'
import type { TouchOf } from '../rules/line.ts'
import type { Point } from '../store/points.ts'
import { touchSource, type TouchSource } from './registry.ts'

/** One event at one point, wherever it is recorded. */
export interface Touch extends TouchOf { channel: string; text: string; score: number | null; customerId: string | null; label: string; opens: { plural: string; id: string } | null }
/** A span of moments, [from, to). */
export interface Span { from: Date; to: Date }

/** The rows of one entity that are touches of points: posted events, and what each source says. */
interface Feed { source: TouchSource; entity: CompiledEntity; filter: Filter; pointId: string | null }

const POSTED: TouchSource = { key: 'touchEvent', label: ['触点事件', 'Touch event'], entity: 'touchEvent', channel: 'other', at: 'at', score: 'score', text: ['text'], phone: 'phone', occasion: 'occasion' }
const ROWS = 200

/** What feeds these points, as far as the caller may see it. */
function feedsOf(ctx: Ctx, points: readonly Point[]): Feed[] {
  const feed = (source: TouchSource, filter: Filter, pointId: string | null): Feed[] => {
    const entity = ctx.entities.find(source.entity)
    return entity && can(ctx.access, `${entity.name}:read`, entity) ? [{ source, entity, filter, pointId }] : []
  }
  return [...feed(POSTED, { pointId: { in: points.map(p => p.id) } }, null),
    ...points.flatMap(p => { const s = p.source ? touchSource(ctx.runtime, p.source) : undefined; return s ? feed(s, s.filter ?? {}, p.id) : [] })]
}

const open = (ctx: Ctx, e: CompiledEntity, name: string | undefined): boolean => { const x = name ? e.fields.get(name) : undefined; return x !== undefined && ['read', 'edit'].includes(fieldLevel(ctx.access, e, x)) }
const dayText = (ctx: Ctx, at: Date): string => new Intl.DateTimeFormat('en-CA', { timeZone: ctx.tenant.timeZone }).format(at)

/** A span on the field that says when; days have no hours. */
function within(ctx: Ctx, f: Feed, span: Span): Filter {
  const name = f.source.at ?? 'createdAt'
  return { [name]: f.entity.fields.get(name)!.type === 'date' ? { gte: dayText(ctx, span.from), lt: dayText(ctx, span.to) } : { gte: span.from.toISOString(), lt: span.to.toISOString() } }
}

/** Rows of the customer; and rows of nobody that bear a telephone while it was theirs, for those who may see telephones. */
function theirs(ctx: Ctx, f: Feed, identity: Identity): Filter {
  const customer = f.source.customer ?? 'customerId', byId: Filter = { [customer]: { in: [...identity.customerIds] } }
  if (!f.source.phone || !open(ctx, f.entity, f.source.phone) || !identity.phones.length) return byId
  const at = f.source.at ?? 'createdAt'
  const start = (day: string, plus = 0): string => startOfDay(new Date(Date.parse(`${day}T00:00:00Z`) + plus * 86_400_000), ctx.tenant.timeZone).toISOString()
  const phones = identity.phones.slice(0, 10).map((p): Filter => ({ [f.source.phone!]: p.phone, ...(p.since || p.until ? { [at]: { ...(p.since ? { gte: start(p.since) } : {}), ...(p.until ? { lt: start(p.until, 1) } : {}) } } : {}) }))
  return { or: [byId, { [customer]: { isNull: true }, or: phones }] }
}

/**
 * The newest events of the points in a span: of one customer, or of everybody. At most 200 of each kind of record. Rights and masks are those of
 * the lists that the same person opens.
 */
export async function touchesOf(ctx: Ctx, points: readonly Point[], span: Span, identity: Identity | null, occasion?: string): Promise<Touch[]> {
  const touches: Touch[] = []
  for (const f of feedsOf(ctx, points)) {
    // a place of its own for each condition: two of them may be about the same field
    const and: Filter[] = [f.filter, within(ctx, f, span), ...(identity ? [theirs(ctx, f, identity)] : []), ...(occasion && f.source === POSTED ? [{ occasion }] : [])].filter(x => Object.keys(x).length)
    if (occasion && f.source !== POSTED) continue
    const words = (f.source.text ?? f.entity.display).filter(n => open(ctx, f.entity, n)), at = f.source.at ?? 'createdAt', customer = f.source.customer ?? 'customerId'
    const occasionField = f.source.occasion && open(ctx, f.entity, f.source.occasion) ? [f.source.occasion] : []
    const { items } = await list(ctx, f.entity, { filter: { and }, sort: `-${at}`, limit: ROWS, fields: [...new Set([at, customer, ...words, ...occasionField, ...(open(ctx, f.entity, f.source.score) ? [f.source.score!] : []), ...(f.source === POSTED ? ['pointId', 'channel'] : [])])] })
    // of one moment, the one that was written first comes first
    touches.push(...items.toReversed().map(row => touch(ctx, f, row, words)))
  }
  return touches
}

function touch(ctx: Ctx, f: Feed, row: Row, words: readonly string[]): Touch {
  const at = row[f.source.at ?? 'createdAt'] as Date | string, occasion = f.source.occasion === 'id' ? row.id : f.source.occasion ? row[f.source.occasion] : null, score = f.source.score ? row[f.source.score] : null
  const word = (n: string): string => { const field = f.entity.fields.get(n)!, v = row[n]; return field.type === 'choice' ? labelOf(ctx, f.entity, n, v) : (row.$labels as Record<string, string> | undefined)?.[n] ?? (v === null || v === undefined ? '' : String(v as string)) }
  const channel = f.source === POSTED ? row.channel as TouchChannel : f.source.channel
  return {
    pointId: f.pointId ?? String(row.pointId), at: typeof at === 'string' && at.length === 10 ? startOfDay(new Date(`${at}T00:00:00Z`), ctx.tenant.timeZone) : new Date(at), occasion: occasion ? String(occasion as string) : null,
    channel: pick(TOUCH_CHANNELS[channel], ctx.locale), text: words.map(word).filter(Boolean).join(' ').slice(0, 300), score: typeof score === 'number' ? score : null, customerId: (row[f.source.customer ?? 'customerId'] as string | null | undefined) ?? null,
    label: pick(f.source.label, ctx.locale), opens: f.entity.internal ? null : { plural: f.entity.plural, id: row.id },
  }
}

const labelOf = (ctx: Ctx, e: CompiledEntity, name: string, value: unknown): string => { const o = e.fields.get(name)?.options?.find(x => x.value === value); return o ? pick(o.label, ctx.locale) : '' }

export interface Figure { pointId: string; volume: number; rated: number; sum: number; /** the list that shows the rows, newest first */ rows: { label: string; plural: string; filter: Filter; count: number; /** those of them that have a score */ scored: Filter | null } }

/** How many events each point had in a span and what score they gave: aggregates over exactly the rows that the caller's lists show (TP-04). */
export async function figuresOf(ctx: Ctx, points: readonly Point[], span: Span): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const f of feedsOf(ctx, points)) {
    const filter: Filter = { and: [f.filter, within(ctx, f, span)].filter(x => Object.keys(x).length) }, group = f.pointId ? [] : ['pointId']
    const counted = await aggregate(ctx, f.entity, { group, measures: ['count'], filter })
    const scored = open(ctx, f.entity, f.source.score) ? await aggregate(ctx, f.entity, { group, measures: ['count', `sum:${f.source.score!}`], filter: { and: [filter, { [f.source.score!]: { isNull: false } }] } }) : []
    for (const c of counted) {
      const s = scored.find(x => x.group.pointId === c.group.pointId)
      figures.push({ pointId: f.pointId ?? String(c.group.pointId), volume: Number(c.values.count), rated: Number(s?.values.count ?? 0), sum: Number(s?.values[`sum:${f.source.score ?? ''}`] ?? 0), rows: { label: pick(f.source.label, ctx.locale), plural: f.entity.plural, filter: c.filter, count: Number(c.values.count), scored: s?.filter ?? null } })
    }
  }
  return figures
}
