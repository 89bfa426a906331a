import { defineModule } from '@quancheng/kernel'
import { registerStill } from '@quancheng/notices'
import './rules/errors.ts'
import { careActions } from './actions/care.ts'
import { dealSurveyActions } from './actions/deal-survey.ts'
import { journeyActions } from './actions/journeys.ts'
import * as entities from './entities/index.ts'
import { REPAIR } from './rules/repair.ts'
import { registerOwn } from './sources/own.ts'
import { careJob, carePlanJob, JOB_CARE, JOB_CARE_PLAN, planCare } from './store/care.ts'
import { stillToGreet } from './store/care-message.ts'
import { askAfterDeal } from './store/deal-survey.ts'
import { install } from './store/points.ts'

/*
 * What other modules use, in `start(runtime)`: registerTouchSource(runtime, { key, label, entity, channel, at?, filter?, score?, text?, customer?, phone?, occasion? })
 *   – records of theirs that are touches; a touch point names the source that feeds it. Nothing is written twice.
 */

/** 客户旅程: points of contact, what happened at them, how they do; and care at the days that come back. */
export const journey = defineModule({
  name: 'journey',
  label: ['客户旅程', 'Customer journey'],
  entities: Object.values(entities),
  actions: [...journeyActions, ...careActions, ...dealSurveyActions],
  permissions: [{ code: 'touchEvent:post', label: ['上报触点事件', 'Post touch events'] }],
  jobs: { [JOB_CARE]: careJob, [JOB_CARE_PLAN]: carePlanJob },
  listeners: [{ name: 'journey.askAfterDeal', event: 'salesOrder.deliver', run: (ctx, e) => askAfterDeal(ctx, e.recordId) }],
  start: runtime => { registerOwn(runtime); registerStill(runtime, ['care'], stillToGreet) },
  setup: async ctx => {
    // our own journey, once; what a company made of it, or that it took it away for another, is left alone
    const [any] = await ctx.query('select 1 from journey_template where tenant_id = $1 limit 1', [ctx.tenant.id])
    if (!any) await install(ctx, REPAIR)
    await planCare(ctx)
  },
})
export default journey

export * from './entities/index.ts'
export { registerTouchSource, touchSources, type TouchSource } from './sources/registry.ts'
export { TOUCH_CHANNELS, type TouchChannel } from './rules/choices.ts'
export { AVIATION } from './rules/aviation.ts'
export { expectedAt, linesOf } from './store/journey-line.ts'
export { mapOf } from './store/map.ts'
export { install as installJourney } from './store/points.ts'
