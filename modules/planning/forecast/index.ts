import { defineAction, fail, type ModuleSpec } from '@quancheng/kernel'
import { z } from 'zod'
import { instantsOf, today } from '../rules/day.ts'
import { monthOf, PERIOD, spanOfPeriod } from '../rules/period.ts'
import { forecastEntities } from './entities.ts'
import { forecast, hits, movement } from './store/forecast.ts'
import { funnel } from './store/funnel.ts'
import { forecastJob, JOB_FORECAST, planNextSnapshot } from './store/snapshot.ts'

const actions = [
  defineAction({
    name: 'forecast', label: ['销售预测', 'Forecast'], method: 'GET', path: '/api/forecast', permission: 'opportunity:read', readOnly: true, input: z.object({ period: z.string().regex(PERIOD, '期间写成 2026、2026-Q4 或 2026-11').optional(), by: z.enum(['person', 'unit', 'product', 'month']).default('person') }),
    async run(ctx, i) {
      const period = i.period ?? monthOf(today(ctx)), span = spanOfPeriod(period)
      return { period, ...span, ...instantsOf(ctx, span), today: today(ctx), ...await forecast(ctx, period, i.by), weeks: await movement(ctx, span), hits: period.length === 4 ? [] : await hits(ctx, period) }
    },
  }),
  defineAction({
    name: 'salesFunnel', label: ['销售漏斗', 'Sales funnel'], method: 'GET', path: '/api/sales-funnel', permission: 'lead:read', readOnly: true, input: z.object({ from: z.iso.date().optional(), to: z.iso.date().optional(), unitId: z.uuid().optional(), ownerId: z.uuid().optional() }),
    async run(ctx, i) {
      const to = i.to ?? today(ctx), from = i.from ?? `${to.slice(0, 4)}-01-01`
      if (from > to) return fail('FORM_DATES')
      return { from, to, ...instantsOf(ctx, { from, to }), ...await funnel(ctx, { from, to }, i) }
    },
  }),
]

/** 预测与漏斗: what the planning module takes over from this folder. */
export const forecastPart = { entities: forecastEntities, actions, jobs: { [JOB_FORECAST]: forecastJob }, setup: planNextSnapshot } satisfies Partial<ModuleSpec>
