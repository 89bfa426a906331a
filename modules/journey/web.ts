import { defineWebModule, registerPanel } from '@quancheng/ui'

// what a customer went through with us, what was missed, what comes next
registerPanel('customer.main', { lazy: () => import('./pages/LinePanel.tsx'), permission: 'touchPoint:read', order: 30 })

/** 客户旅程: the map of contact points, whom to expect at one, and care at the days that come back. */
export default defineWebModule({
  name: 'journey',
  label: ['客户旅程', 'Customer journey'],
  icon: 'flow',
  order: 210,
  menu: [
    { path: '/journeys', label: ['旅程地图', 'Journey map'], icon: 'flow', permission: 'touchPoint:read', order: 10 },
    { path: '/journeys/expected', label: ['到点名单', 'Expected'], icon: 'list', permission: 'touchPoint:read', order: 12 },
    { path: '/e/touch-events', label: ['触点事件', 'Touch events'], icon: 'clock', permission: 'touchEvent:export', order: 14 },
    { path: '/e/deal-surveys', label: ['成交评价', 'Deal surveys'], icon: 'chart', permission: 'dealSurvey:read', order: 16 },
    { path: '/care', label: ['客户关怀', 'Care'], icon: 'star', permission: 'carePlan:read', order: 20 },
    { path: '/e/care-plans', label: ['关怀方案', 'Care plans'], icon: 'star', permission: 'carePlan:update', setup: true, order: 94 },
    { path: '/e/journey-templates', label: ['旅程', 'Journeys'], icon: 'flow', permission: 'journeyTemplate:update', setup: true, order: 95 },
    { path: '/e/touch-points', label: ['触点', 'Touch points'], icon: 'star', permission: 'touchPoint:update', setup: true, order: 96 },
  ],
  routes: [
    { path: '/journeys', lazy: () => import('./pages/Map.tsx'), permission: 'touchPoint:read' },
    { path: '/journeys/expected', lazy: () => import('./pages/Expected.tsx'), permission: 'touchPoint:read' },
    { path: '/deal/:token', lazy: () => import('./pages/DealSurvey.tsx'), public: true, frame: 'bare' },
    { path: '/care', lazy: () => import('./pages/Care.tsx'), permission: 'carePlan:read' },
  ],
})
