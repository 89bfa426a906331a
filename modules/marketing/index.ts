import { registerCustomerFigure, registerTimeline } from '@quancheng/customers'
import { defineModule, sqlFiles } from '@quancheng/kernel'
import { registerStill } from '@quancheng/notices'
import { registerPriceGuard, registerSpecialPrices } from '@quancheng/quotes'
import './rules/errors.ts'
import { campaignActions } from './actions/campaigns.ts'
import { promotionActions } from './actions/promotions.ts'
import { publicActions } from './actions/public.ts'
import { replyRoutes } from './actions/replies.ts'
import { listRoutes } from './actions/routes.ts'
import { segmentActions } from './actions/segments.ts'
import * as entities from './entities/index.ts'
import { JOB_WALK } from './store/jobs.ts'
import { ownBehaviours } from './store/own-behaviours.ts'
import { guardSpecials, specialPrices } from './store/prices.ts'
import { stillToTell } from './store/step.ts'
import { marketingWants, onMarketingChange } from './store/trigger.ts'
import { walkJob } from './store/walk.ts'

/** 市场营销: segments by rule, campaigns in steps, promotions, and what came of them (MK-01 … MK-08, AN-04). */
export const marketing = defineModule({
  name: 'marketing',
  label: ['市场营销', 'Marketing'],
  entities: Object.values(entities),
  tables: sqlFiles(new URL('./tables/', import.meta.url)),
  travels: { campaign_audience: 'never' },
  actions: [...segmentActions, ...campaignActions, ...promotionActions, ...publicActions],
  acts: {
    'segment.rule': ['改规则', 'Rule changed'], 'campaign.start': ['开始', 'Started'], 'campaign.pause': ['暂停', 'Paused'], 'campaign.resume': ['继续', 'Resumed'], 'campaign.end': ['结束', 'Ended'], 'lead.fromCampaign': ['营销活动的回应', 'From a campaign'],
    'salesOrder.attribute': ['归到营销活动', 'Counted for a campaign'], 'promotion.use': ['使用', 'Used'], 'promotion.settle': ['结算', 'Settled'], 'promotion.judge': ['处理争议', 'Judged'], 'promotionUse.settle': ['结算', 'Settled'], 'promotionUse.dispute': ['提出争议', 'Disputed'], 'promotionUse.judge': ['处理争议', 'Judged'],
  },
  permissions: [{ code: 'campaign:run', label: ['开始、暂停、结束活动', 'Run campaigns'] }, { code: 'promotion:use', label: ['登记促销使用', 'Use promotions'], scoped: true }, { code: 'promotion:settle', label: ['结算促销、处理争议', 'Settle promotions'], scoped: true }],
  jobs: { [JOB_WALK]: walkJob },
  watchers: [{ name: 'marketing.trigger', wants: marketingWants, run: onMarketingChange }],
  routes: (app, runtime) => { listRoutes(app, runtime); replyRoutes(app, runtime) },
  start: runtime => {
    ownBehaviours(runtime)
    registerSpecialPrices(runtime, specialPrices)
    registerPriceGuard(runtime, guardSpecials)
    registerStill(runtime, ['campaign'], stillToTell)
    registerTimeline(runtime, { entity: 'campaignSend', kind: 'marketing', at: 'at', title: ['campaignId', 'kind'], state: 'outcome' })
    registerCustomerFigure(runtime, { key: 'campaigns', label: ['参加的活动', 'Campaigns'], entity: 'campaignMember', measure: 'count', filter: () => ({ side: 'target' }), order: 90 })
  },
})
export default marketing

export * from './entities/index.ts'
export { registerBehaviour, type Behaviour } from './store/behaviours.ts'
export { roiOf, type Roi, type RoiInput } from './rules/roi.ts'
