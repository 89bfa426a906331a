import { defineAction } from '@quancheng/kernel'
import { z } from 'zod'
import { answerDeal, askedBy } from '../store/deal-survey.ts'

const LIMIT = { name: 'deal-survey', max: 10, minutes: 5, count: 'failed' } as const
const TOKEN = z.string().max(40)

/** 成交评价 by the customer's link (CU-10). */
export const dealSurveyActions = [
  defineAction({
    name: 'dealSurvey', label: ['成交评价', 'Deal survey'], method: 'GET', path: '/api/public/deal-survey/:token', permission: 'public', readOnly: true, tries: LIMIT, input: z.object({ token: TOKEN }),
    async run(ctx, { token }) { const s = await askedBy(ctx, token); return { company: ctx.tenant.name, number: s.number, open: s.score === null && !s.over, score: s.score } },
  }),
  defineAction({
    name: 'answerDealSurvey', label: ['评价订单', 'Answer'], method: 'POST', path: '/api/public/deal-survey/:token', permission: 'public', status: 201, tries: LIMIT,
    input: z.object({ token: TOKEN, score: z.int('请选几分').min(1, '评分应为 1 至 5').max(5, '评分应为 1 至 5'), tags: z.array(z.enum(['attitude', 'speed', 'quality', 'price', 'clear'])).max(5).optional(), words: z.string().trim().max(500, '不超过 500 字').optional() }),
    async run(ctx, { token, ...answer }) { await answerDeal(ctx, token, answer); return { score: answer.score } },
  }),
]
