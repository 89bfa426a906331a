import { defineWebModule, registerPanel } from '@quancheng/ui'

registerPanel('serviceRequest.side', { lazy: () => import('./pages/Offers.tsx'), permission: 'serviceRequest:read', order: 20 })
registerPanel('customer.side', { lazy: () => import('./pages/CustomerOffers.tsx'), permission: 'customer:read', order: 30 })

/** 市场营销: campaigns, segments, promotions; the customer's page of a campaign is public. */
export default defineWebModule({
  name: 'marketing',
  label: ['市场营销', 'Marketing'],
  icon: 'bell',
  order: 310,
  menu: [
    { path: '/e/campaigns', label: ['营销活动', 'Campaigns'], icon: 'bell', permission: 'campaign:update', order: 1 },
    { path: '/e/segments', label: ['客户细分', 'Segments'], icon: 'customers', permission: 'segment:read', order: 2 },
    { path: '/e/promotions', label: ['促销', 'Promotions'], icon: 'star', permission: 'promotion:use', order: 3 },
    { path: '/e/campaign-replies', label: ['短信回复', 'Replies'], icon: 'comment', permission: 'campaignReply:read', order: 4 },
    { path: '/e/cross-sells', label: ['搭配推荐', 'Cross-sell rules'], icon: 'star', permission: 'crossSell:update', setup: true, order: 66 },
  ],
  routes: [
    { path: '/e/campaigns/:id', lazy: () => import('./pages/CampaignPage.tsx'), permission: 'campaign:read' },
    { path: '/e/segments/:id', lazy: () => import('./pages/SegmentPage.tsx'), permission: 'segment:read' },
    { path: '/e/promotions/:id', lazy: () => import('./pages/PromotionPage.tsx'), permission: 'promotion:read' },
    { path: '/c/:token', lazy: () => import('./pages/Answer.tsx'), public: true, frame: 'bare' },
  ],
})
