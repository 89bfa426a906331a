import { can, list, type Ctx } from '@quancheng/kernel'
import { identityOf, preferencesOf } from '@quancheng/customers'
import { runsOf, statesOf, stillToCome, type PointState } from '../rules/line.ts'
import { touchesOf, type Span, type Touch } from '../sources/read.ts'
import { journeyOf, journeysOf, pointsOf, type Point } from './points.ts'

const DAY_MS = 86_400_000, SHOWN_RUNS = 5, YEARS = 2
/** Whom to expect is read from this many of the newest events of each kind of record, and at most so many people are shown. */
const EXPECTED_SHOWN = 200

export interface LinePoint { id: string; code: string; name: string; phase: string; state: PointState; touches: Touch[] }
export interface Line { journeyId: string; name: string; occasion: string | null; first: Date; last: Date; events: number; channels: number; gaps: number; points: LinePoint[]; next: { id: string; name: string; offer: Offer[]; ask: string[] } | null }
export interface Offer { topic: string; value: string }

const span = (ctx: Ctx, days: number): Span => ({ from: new Date(ctx.now().getTime() - days * DAY_MS), to: new Date(ctx.now().getTime() + DAY_MS) })

/** What to offer at a point, and what nobody has asked yet. A point without topics gets all that is known. */
export function offersAt(point: Pick<Point, 'topics'>, known: readonly Offer[]): { offer: Offer[]; ask: string[] } {
  const offer = known.filter(p => !point.topics.length || point.topics.includes(p.topic)).map(p => ({ topic: p.topic, value: p.value }))
  return { offer, ask: point.topics.filter(t => !offer.some(p => p.topic === t)) }
}

/** What is known of a customer, for those who may read preferences. */
export async function knownOf(ctx: Ctx, customerId: string): Promise<Offer[]> {
  return can(ctx.access, 'preference:read', ctx.entities.get('preference')) ? preferencesOf(ctx, customerId) : []
}

/** The runs of one customer through all journeys, newest first, with what was missed and what comes next (TP-02). The caller may read the customer. */
export async function linesOf(ctx: Ctx, customerId: string): Promise<Line[]> {
  const identity = await identityOf(ctx, customerId), known = await knownOf(ctx, customerId), lines: Line[] = []
  for (const journey of await journeysOf(ctx)) {
    const points = await pointsOf(ctx, journey.id)
    for (const run of runsOf(await touchesOf(ctx, points, span(ctx, YEARS * 365), identity), journey.days).slice(0, SHOWN_RUNS)) {
      const touched = new Set(run.touches.map(t => t.pointId)), states = statesOf(points, touched), next = points.find(p => p.must && states.get(p.id) === 'ahead')
      lines.push({
        journeyId: journey.id, name: journey.name, occasion: run.occasion, first: run.first, last: run.last, events: run.touches.length, channels: new Set(run.touches.map(t => t.channel)).size, gaps: [...states.values()].filter(s => s === 'gap').length,
        points: points.map(p => ({ id: p.id, code: p.code, name: p.name, phase: p.phase, state: states.get(p.id)!, touches: run.touches.filter(t => t.pointId === p.id) })),
        next: next ? { id: next.id, name: next.name, ...offersAt(next, known) } : null,
      })
    }
  }
  return lines.toSorted((a, b) => b.last.getTime() - a.last.getTime()).slice(0, SHOWN_RUNS)
}

export interface Expected { customerId: string; name: string; occasion: string | null; last: Date; lastPoint: string; offer: Offer[]; ask: string[] }

/** Who is on the way to a point and has not been there, with what to offer them (TP-03): the list for those who work there. `occasion`: of one flight, one request. */
export async function expectedAt(ctx: Ctx, point: Point, occasion?: string): Promise<Expected[]> {
  const journey = await journeyOf(ctx, point.journeyId), points = await pointsOf(ctx, journey.id), byId = new Map(points.map(p => [p.id, p]))
  const touches = (await touchesOf(ctx, points, span(ctx, journey.days), null, occasion)).filter(t => t.customerId)
  const coming = [...Map.groupBy(touches, t => t.customerId!)].flatMap(([customerId, theirs]) => runsOf(theirs, journey.days).filter(run => stillToCome(points, new Set(run.touches.map(t => t.pointId)), point)).map(run => ({ customerId, run }))).toSorted((a, b) => b.run.last.getTime() - a.run.last.getTime()).slice(0, EXPECTED_SHOWN)
  if (!coming.length) return []
  const ids = [...new Set(coming.map(c => c.customerId))]
  const seen = new Map((await list(ctx, ctx.entities.get('customer'), { filter: { id: { in: ids } }, fields: ['name'], limit: EXPECTED_SHOWN })).items.map(c => [c.id, String(c.name as string)]))
  const known = can(ctx.access, 'preference:read', ctx.entities.get('preference'))
    ? Map.groupBy(await ctx.query<{ customer: string; topic: string; value: string }>('select distinct on (customer_id, topic) customer_id as customer, topic, value from preference where tenant_id = $1 and customer_id = any($2) and off is not true order by customer_id, topic, id desc', [ctx.tenant.id, ids]), p => p.customer) : new Map<string, never[]>()
  return coming.filter(c => seen.has(c.customerId)).map(({ customerId, run }) => ({ customerId, name: seen.get(customerId)!, occasion: run.occasion, last: run.last, lastPoint: byId.get(run.touches.at(-1)!.pointId)!.name, ...offersAt(point, known.get(customerId) ?? []) }))
}
