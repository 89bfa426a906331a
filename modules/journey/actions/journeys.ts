import { dayOf, defineAction, fail, read, startOfDay, type Ctx } from '@quancheng/kernel'
import { z } from 'zod'
import { survivorOf } from '@quancheng/customers'
import { AVIATION } from '../rules/aviation.ts'
import { TOUCH_CHANNEL_KEYS } from '../rules/choices.ts'
import { REPAIR } from '../rules/repair.ts'
import type { Span } from '../sources/read.ts'
import { expectedAt, linesOf } from '../store/journey-line.ts'
import { mapOf } from '../store/map.ts'
import { install, journeyOf, journeysOf, pointById } from '../store/points.ts'
import { post } from '../store/post.ts'

const DAY_MS = 86_400_000, USUAL_DAYS = 90
const TEMPLATES = { repair: REPAIR, aviation: AVIATION } as const
const DAY = z.string().regex(/^\d{4}-\d\d-\d\d$/, '请填日期，例如 2026-11-22').refine(d => !Number.isNaN(Date.parse(`${d}T00:00:00Z`)), '没有这一天').optional()
const WORD = (max: number) => z.string().trim().max(max, `不超过 ${max} 字`).nullable().optional()

/** Days of the tenant's clock, both included; without: the last 90, or so many as `days` says. */
function spanOf(ctx: Ctx, { from, until, days = USUAL_DAYS }: { from?: string | undefined; until?: string | undefined; days?: number | undefined }): Span & { days: { from: string; until: string } } {
  const last = until ?? dayOf(ctx.now(), ctx.tenant.timeZone).toISOString().slice(0, 10)
  const first = from ?? new Date(Date.parse(`${last}T00:00:00Z`) - (days - 1) * DAY_MS).toISOString().slice(0, 10)
  if (first > last) return fail('INVALID', { summary: '结束不能早于开始', fields: [{ field: 'until', code: 'ORDER', message: '不能早于开始' }] })
  const start = (day: string, plus = 0): Date => startOfDay(new Date(Date.parse(`${day}T00:00:00Z`) + plus * DAY_MS), ctx.tenant.timeZone)
  return { from: start(first), to: start(last, 1), days: { from: first, until: last } }
}

export const journeyActions = [
  defineAction({
    name: 'journeys', label: ['旅程', 'Journeys'], method: 'GET', path: '/api/journeys', permission: 'touchPoint:read', readOnly: true, input: z.object({}),
    async run(ctx) {
      const there = new Set((await ctx.query<{ key: string | null }>('select key from journey_template where tenant_id = $1', [ctx.tenant.id])).map(r => r.key))
      return { items: await journeysOf(ctx), templates: Object.values(TEMPLATES).filter(t => !there.has(t.key)).map(t => ({ key: t.key, name: t.name, note: t.note, points: t.points.length })) }
    },
  }),
  defineAction({
    name: 'installJourney', label: ['装入模板', 'Install a template'], method: 'POST', path: '/api/journeys/install', permission: 'journeyTemplate:create', status: 201, input: z.object({ key: z.enum(['repair', 'aviation']) }),
    run: async (ctx, { key }) => ({ id: await install(ctx, TEMPLATES[key]) }),
  }),
  defineAction({
    name: 'journeyMap', label: ['旅程地图', 'Map of a journey'], method: 'GET', path: '/api/journeys/:id/map', permission: 'touchPoint:read', readOnly: true, input: z.object({ id: z.string(), from: DAY, until: DAY, days: z.coerce.number().int().min(1).max(3660).optional() }),
    async run(ctx, q) {
      const span = spanOf(ctx, q), journey = await journeyOf(ctx, q.id)
      return { journey, ...span.days, ...await mapOf(ctx, journey.id, span) }
    },
  }),
  defineAction({
    name: 'customerJourneys', label: ['客户的旅程', 'Journeys of a customer'], method: 'GET', path: '/api/customers/:id/journeys', permission: 'touchPoint:read', readOnly: true, input: z.object({ id: z.uuid() }),
    async run(ctx, { id }) {
      const now = await survivorOf(ctx, id)
      await read(ctx, ctx.entities.get('customer'), now, ['id'])
      return { items: await linesOf(ctx, now) }
    },
  }),
  defineAction({
    name: 'expectedAt', label: ['到点名单', 'Expected at a point'], method: 'GET', path: '/api/touch-points/:id/expected', permission: 'touchPoint:read', readOnly: true, input: z.object({ id: z.string(), occasion: z.string().trim().max(80).optional() }),
    async run(ctx, q) {
      const point = await pointById(ctx, q.id)
      return { point: { id: point.id, code: point.code, name: point.name, phase: point.phase, standard: point.standard, topics: point.topics }, items: await expectedAt(ctx, point, q.occasion || undefined) }
    },
  }),
  defineAction({
    name: 'postTouch', label: ['上报触点事件', 'Post a touch event'], method: 'POST', path: '/api/touch-events/post', permission: 'touchEvent:post', scoped: false, status: 201,
    input: z.object({
      point: z.string().trim().min(1, '请写触点代码').max(20), channel: z.enum(TOUCH_CHANNEL_KEYS, '没有这个渠道'), customerId: z.string().nullable().optional(), phone: z.string().trim().max(20).nullable().optional(),
      at: z.iso.datetime({ offset: true, message: '时间应写成 2026-11-22T09:00:00+08:00' }).nullable().optional(), score: z.number('评分应为 1 至 5').int('评分应为 1 至 5').min(1, '评分应为 1 至 5').max(5, '评分应为 1 至 5').nullable().optional(), text: WORD(1000), occasion: WORD(80), record: WORD(200), key: WORD(120),
      preferences: z.array(z.object({ topic: z.string().trim().min(1).max(40), value: z.string().trim().min(1).max(200) })).max(20).optional(),
    }),
    run: post,
  }),
]
