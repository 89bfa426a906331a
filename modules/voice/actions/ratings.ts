import { dayOf, defineAction, fail, hereOf, requireInUnit, type Ctx } from '@quancheng/kernel'
import { z } from 'zod'
import { RATING_TAGS } from '../rules/choices.ts'
import { lastServed, rate, servedByTicket } from '../store/rate.ts'

const LIMIT = { name: 'rate', max: 30, minutes: 5, count: 'failed' } as const
const PLACE = { unitCode: z.string().max(20), counter: z.string().trim().min(1).max(12) }
const TAG = z.enum(Object.keys(RATING_TAGS) as [keyof typeof RATING_TAGS])
const SCORE = z.int().min(1).max(5), WORDS = z.string().trim().max(500).nullish()
const today = (ctx: Ctx): string => dayOf(ctx.now(), ctx.tenant.timeZone).toISOString().slice(0, 10).replaceAll('-', '')

const stationBy = async (ctx: Ctx, code: string): Promise<{ id: string; name: string }> =>
  (await ctx.query<{ id: string; name: string }>("select id, name from unit where tenant_id = $1 and code = $2 and kind = 'station' and not coalesce(off, false)", [ctx.tenant.id, code.toUpperCase()]))[0] ?? fail('RATING_NONE')

/** What the QR code on a counter opens: whom the customer has just been served by, for which number. */
export const ratingAsked = defineAction({
  name: 'ratingAsked', label: ['台席评分', 'Rate the counter'], method: 'GET', path: '/api/public/rate/:unitCode/:counter', permission: 'public', readOnly: true, tries: LIMIT, input: z.object(PLACE),
  async run(ctx, { unitCode, counter }) {
    const unit = await stationBy(ctx, unitCode), s = await lastServed(ctx, unit.id, counter)
    return { tenant: ctx.tenant.name, station: unit.name, counter: counter.toUpperCase(), ticket: s?.number ?? null, person: s?.person ?? null, score: s?.score ?? null }
  },
})

/** The customer's rating for the number that the page showed: once (BH-2.3). */
export const ratingGiven = defineAction({
  name: 'ratingGiven', label: ['提交台席评分', 'Rate'], method: 'POST', path: '/api/public/rate/:unitCode/:counter', relay: true, permission: 'public', status: 201, tries: LIMIT, input: z.object({ ...PLACE, ticket: z.string().trim().min(1).max(60), score: SCORE, tags: z.array(TAG).max(5).optional(), words: WORDS }),
  async run(ctx, { unitCode, counter, ticket, ...given }) {
    const unit = await stationBy(ctx, unitCode), s = await lastServed(ctx, unit.id, counter)
    // passed on from head office it may come hours later: the number says who was meant
    if (!s && !hereOf(ctx.runtime)) return fail('RATING_NONE')
    // somebody else has come to the counter since the page was opened: the stars are not theirs
    const meant = s?.number === ticket.toUpperCase() ? s : await servedByTicket(ctx, unit.id, ticket, today(ctx))
    if (meant?.counter?.toUpperCase() !== counter.toUpperCase()) return fail('RATING_TICKET', { ticket })
    return rate(ctx, meant, { ...given, source: 'qr' })
  },
})

/** From an evaluator on the counter, with its token: for the number it names, else the last one that was called there. */
export const ratingPosted = defineAction({
  name: 'ratingPosted', label: ['评价器上报', 'Post a rating'], method: 'POST', path: '/api/counter-ratings/post', permission: 'counterRating:post', status: 201,
  input: z.object({ unit: z.string().trim().min(1).max(20), counter: z.string().trim().min(1).max(12), ticket: z.string().trim().max(60).nullish(), score: SCORE, tags: z.array(TAG).max(5).optional(), words: WORDS }),
  async run(ctx, { unit: code, counter, ticket, ...given }) {
    const unit = await stationBy(ctx, code)
    await requireInUnit(ctx, 'counterRating:post', unit.id)
    const s = ticket ? await servedByTicket(ctx, unit.id, ticket, today(ctx)) : await lastServed(ctx, unit.id, counter)
    if (!s) return ticket ? fail('RATING_TICKET', { ticket }) : fail('RATING_NONE')
    return rate(ctx, s, { ...given, counter: counter.toUpperCase(), source: 'device' })
  },
})
