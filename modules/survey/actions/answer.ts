import { openTodo } from '@quancheng/automation'
import { defineAction, elevated, fail, storeChange, storeNew, type Ctx } from '@quancheng/kernel'
import { holdersAbove } from '@quancheng/process'
import { z } from 'zod'
import { FOLLOW_UP_TO, OPEN_DAYS } from '../rules/figures.ts'

const LIMIT = { name: 'track', max: 10, minutes: 5, count: 'failed' } as const
const TOKEN = z.string().max(40)
const FOLLOW_UP_MINUTES = 450

interface Found { id: string; number: string; stage: string; ended_at: Date | null; unit_id: string; product_line_id: string | null; model: string | null; customer_id: string | null; answered: number | null }

const find = async (ctx: Ctx, token: string, lock: boolean): Promise<Found> => (await ctx.query<Found & Record<string, unknown>>(
  `select t.id, t.number, t.stage, t.ended_at, t.unit_id, t.product_line_id, t.model, t.customer_id, (select a.score from survey_answer a where a.tenant_id = t.tenant_id and a.request_id = t.id) as answered
   from service_request t where t.tenant_id = $1 and t.track_token = $2${lock ? ' for update of t' : ''}`, [ctx.tenant.id, token]))[0] ?? fail('TRACK_NOT_FOUND')

const over = (ctx: Ctx, r: Found): boolean => r.ended_at !== null && ctx.now().getTime() - r.ended_at.getTime() > OPEN_DAYS * 86_400_000

/** Whose work it was: who repaired it last, else who handed it over. */
const workerOf = async (ctx: Ctx, requestId: string): Promise<string | null> => (await ctx.query<{ by: string | null }>(
  `select s.finished_by as by from process_step s join process_instance i on i.tenant_id = s.tenant_id and i.id = s.instance_id
   where s.tenant_id = $1 and i.entity = 'serviceRequest' and i.record_id = $2 and i.started_by is null and s.kind = 'user' and s.finished_by is not null order by s.node_id = 'repair' desc, s.seq desc limit 1`, [ctx.tenant.id, requestId]))[0]?.by ?? null

export const surveyOf = defineAction({
  name: 'survey', label: ['满意度', 'Survey'], method: 'GET', path: '/api/public/track/:token/survey', permission: 'public', readOnly: true, tries: LIMIT, input: z.object({ token: TOKEN }),
  async run(ctx, { token }) { const r = await find(ctx, token, false); return { open: r.stage === 'collected' && r.answered === null && !over(ctx, r), score: r.answered } },
})

/** The customer's answer, once a request; a bad one becomes somebody's to-do at the station. */
export const answerSurvey = defineAction({
  name: 'answerSurvey', label: ['评价服务', 'Answer the survey'], method: 'POST', path: '/api/public/track/:token/survey', relay: true, permission: 'public', status: 201, tries: LIMIT,
  input: z.object({ token: TOKEN, score: z.int().min(1).max(5), tags: z.array(z.enum(['attitude', 'speed', 'quality', 'price', 'clear', 'place'])).max(6).optional(), words: z.string().trim().max(500).optional() }),
  async run(ctx, { token, score, tags, words }) {
    // two taps at once: the second waits here and finds the first one's answer
    await find(ctx, token, true)
    const r = await find(ctx, token, false)
    if (r.answered !== null) return fail('SURVEY_ANSWERED')
    if (r.stage !== 'collected') return fail('SURVEY_NOT_YET')
    if (over(ctx, r)) return fail('SURVEY_OVER', { days: OPEN_DAYS })
    const sys = elevated(ctx, '客户评价')
    const row = await storeNew(sys, ctx.entities.get('surveyAnswer'), { requestId: r.id, score, tags: [...new Set(tags)], words: words || null, unitId: r.unit_id, personId: await workerOf(ctx, r.id), productLineId: r.product_line_id, model: r.model, customerId: r.customer_id, answeredAt: ctx.now() })
    if (score <= FOLLOW_UP_TO) await followUp(sys, r, row.id as string, score, words ?? '')
    return { score }
  },
})

async function followUp(ctx: Ctx, r: Found, answerId: string, score: number, words: string): Promise<void> {
  const [managerId] = await holdersAbove(ctx, r.unit_id, 'stationManager')
  if (!managerId) return
  const { id } = await openTodo(ctx, { title: `回访：${r.number} 客户评 ${score} 分`, details: words || null, toId: managerId, minutes: FOLLOW_UP_MINUTES, unitId: r.unit_id, about: { entity: 'serviceRequest', recordId: r.id, label: `服务请求 ${r.number}` }, source: '满意度' })
  await storeChange(ctx, ctx.entities.get('surveyAnswer'), answerId, { todoId: id })
}
