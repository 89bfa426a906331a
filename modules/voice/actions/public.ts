import { defineAction, elevated, fail, unitsHere, type Ctx } from '@quancheng/kernel'
import { z } from 'zod'
import { CATEGORIES, COMPLAINT_STAGES, FEEDBACK_CATEGORIES, FEEDBACK_STAGES } from '../rules/choices.ts'
import { openComplaint, openFeedback } from '../store/open.ts'
import { sayFor, type Asked, type Subject } from '../store/say.ts'

const LOOK = { name: 'voice-look', max: 10, minutes: 5, count: 'failed' } as const
const SEND = { name: 'voice-send', max: 5, minutes: 10, count: 'all' } as const

interface Shown extends Asked { words: string; answer: string | null; received_at: Date; ended_at: Date | null; due_at: Date | null; track_code: string; verdict: string | null; open: boolean }

/** Both kinds as the public pages need them; nothing of who works on them. */
const ROWS = `select * from (
  select 'complaint' as what, id, number, stage, customer_name, words, case when stage in ('verdict', 'closed', 'unanswered') then coalesce(reply, result) when stage = 'dropped' then result end as answer, received_at, ended_at, due_at, track_code, link_token, verdict, stage = 'verdict' as open from complaint where tenant_id = $1
  union all
  select 'feedback', id, number, stage, customer_name, words, case when stage <> 'handle' then result end, received_at, ended_at, null, track_code, link_token, case when stage = 'closed' then 'satisfied' end, stage = 'confirm' from feedback where tenant_id = $1) x`

const STAGE_LABELS: Record<Subject, Record<string, readonly [string, ...string[]]>> = { complaint: COMPLAINT_STAGES, feedback: FEEDBACK_STAGES }
const shownOf = (r: Shown) => ({
  what: r.what, number: r.number, stage: STAGE_LABELS[r.what][r.stage]?.[0] ?? r.stage, ended: r.ended_at !== null, words: r.words, answer: r.answer, receivedAt: r.received_at, dueAt: r.ended_at || r.open ? null : r.due_at, endedAt: r.ended_at, open: r.open, verdict: r.verdict,
})

/** What the public form offers: the stations and the words to choose from. */
export const voiceForm = defineAction({
  name: 'voiceForm', label: ['意见表单', 'Public form'], method: 'GET', path: '/api/public/voice', permission: 'public', readOnly: true, input: z.object({}),
  async run(ctx) {
    const options = (o: Record<string, readonly [string, string, ...string[]]>) => Object.entries(o).map(([value, [zh, en]]) => ({ value, zh, en }))
    return { tenant: ctx.tenant.name, stations: await ctx.query("select code, name from unit where tenant_id = $1 and kind = 'station' and not coalesce(off, false) and ($2::uuid[] is null or id = any($2)) order by position, code", [ctx.tenant.id, await unitsHere(ctx)]), complaint: options(CATEGORIES), feedback: options(FEEDBACK_CATEGORIES) }
  },
})

const FORM = z.object({
  kind: z.enum(['complaint', 'request', 'feedback']), station: z.string().trim().max(20).nullish(), category: z.string().max(20), words: z.string().trim().min(5).max(2000), name: z.string().trim().min(1).max(100), phone: z.string().trim().min(1).max(40),
  request: z.string().trim().max(60).nullish(),
  /** a field that no person sees: whoever fills it in is a program */
  website: z.string().max(200).nullish(),
})

/** Whose request it is, where number and telephone agree; a wrong number is kept in words and links nothing. */
const requestOf = async (ctx: Ctx, number: string, phone: string): Promise<string | null> =>
  (await ctx.query<{ id: string }>('select id from service_request where tenant_id = $1 and number = $2 and phone = $3', [ctx.tenant.id, number.toUpperCase(), phone]))[0]?.id ?? null

/** From the web, without signing in: a number and four digits to follow it with. */
export const sendVoice = defineAction({
  name: 'sendVoice', label: ['网上登记', 'Send from the web'], method: 'POST', path: '/api/public/voice', relay: true, permission: 'public', status: 201, tries: SEND, input: FORM,
  async run(ctx, o) {
    // a program hears what a person would hear, and nothing is kept
    if (o.website) return { number: `TS-${o.station || 'WEB'}-00000000-000`, code: '0000' }
    const sys = elevated(ctx, '网上登记'), about = ctx.entities.get(o.kind === 'feedback' ? 'feedback' : 'complaint')
    const field = about.fields.get('phone')!
    let phone: string
    try { phone = field.kind.parse(o.phone, field as never) as string } catch (error) { return fail('INVALID', { summary: (error as Error).message, fields: [{ field: 'phone', code: 'PHONE', message: (error as Error).message }] }) }
    const [unit] = o.station ? await ctx.query<{ id: string }>("select id from unit where tenant_id = $1 and code = $2 and kind = 'station' and not coalesce(off, false)", [ctx.tenant.id, o.station.toUpperCase()]) : []
    if (!unit && (o.kind !== 'feedback' || o.category === 'service' || o.station)) return fail('VOICE_UNIT')
    const requestId = o.request ? await requestOf(ctx, o.request, phone) : null
    const words = o.request && !requestId ? `${o.words}\n（客户填的请求号：${o.request}）` : o.words
    const [customer] = await ctx.query<{ id: string }>('select id from customer where tenant_id = $1 and phone = $2 and name = $3 limit 1', [ctx.tenant.id, phone, o.name])
    const who = { customerName: o.name, phone, words, category: o.category, ...(requestId ? { requestId } : {}), ...(customer ? { customerId: customer.id } : {}) }
    const opened = o.kind === 'feedback' ? await openFeedback(sys, { ...who, source: 'web', fromUnitId: unit?.id ?? null }) : await openComplaint(sys, { ...who, kind: o.kind, channel: 'web', unitId: unit!.id })
    return { number: opened.number, code: opened.code }
  },
})

/** How far it is, by number and four digits. */
export const voiceProgress = defineAction({
  name: 'voiceProgress', label: ['查询进度', 'Progress'], method: 'POST', path: '/api/public/voice/progress', permission: 'public', readOnly: true, status: 200, tries: LOOK, input: z.object({ number: z.string().trim().min(1).max(60), code: z.string().trim().min(1).max(8) }),
  async run(ctx, { number, code }) {
    const [r] = await ctx.query<Shown & Record<string, unknown>>(`${ROWS} where number = $2`, [ctx.tenant.id, number.toUpperCase()])
    if (!r || r.track_code !== code) return fail('VOICE_NOT_FOUND')
    // four digits can be guessed: they show how far it is, and say yes to nothing
    return { ...shownOf(r), open: false, asked: r.open }
  },
})

const byToken = async (ctx: Ctx, token: string): Promise<Shown> => (await ctx.query<Shown & Record<string, unknown>>(`${ROWS} where link_token = $2`, [ctx.tenant.id, token]))[0] ?? fail('VOICE_LINK')
const TOKEN = z.string().min(8).max(60)

export const voiceAsked = defineAction({
  name: 'voiceAsked', label: ['客户意见页', 'Verdict page'], method: 'GET', path: '/api/public/voice/:token', permission: 'public', readOnly: true, tries: LOOK, input: z.object({ token: TOKEN }),
  async run(ctx, { token }) { return shownOf(await byToken(ctx, token)) },
})

/** The customer's verdict on our answer, once a link: content, and it is closed; not, and it is open again. */
export const voiceSay = defineAction({
  name: 'voiceSay', label: ['客户答复', 'Customer’s verdict'], method: 'POST', path: '/api/public/voice/:token', relay: true, permission: 'public', status: 200, tries: LOOK, input: z.object({ token: TOKEN, satisfied: z.boolean(), words: z.string().trim().max(500).nullish() }),
  async run(ctx, { token, satisfied, words }) {
    const r = await byToken(ctx, token)
    if (!r.open) return fail('VOICE_ANSWERED')
    if (!satisfied && !words) return fail('VOICE_REASON')
    return sayFor(ctx, r, { content: satisfied, words: words || null, agent: null })
  },
})
