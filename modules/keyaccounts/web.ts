import { defineWebModule, registerPanel } from '@quancheng/ui'

// a customer's level, why, and what is missing to the next
registerPanel('customer.side', { lazy: () => import('./pages/StandingPanel.tsx'), permission: 'customerStanding:read' })

/** 重点客户: levels, groups and their agreements, declines, analysis; and the page on which a customer sees its own level. */
export default defineWebModule({
  name: 'keyaccounts',
  label: ['重点客户', 'Key accounts'],
  icon: 'star',
  order: 240,
  menu: [
    { path: '/key-accounts', label: ['客户分级', 'Levels'], icon: 'star', permission: 'customerStanding:read', order: 10 },
    { path: '/e/customer-standings', label: ['分级名单', 'Standings'], icon: 'list', permission: 'customerStanding:read', order: 12 },
    { path: '/key-accounts/groups', label: ['集团客户', 'Groups'], icon: 'org', permission: 'accountTeam:read', order: 20 },
    { path: '/e/price-requests', label: ['调价申请', 'Price requests'], icon: 'money', permission: 'priceRequest:read', order: 25 },
    { path: '/e/declines', label: ['销量下降', 'Declines'], icon: 'warn', permission: 'decline:read', order: 30 },
    { path: '/e/key-reports', label: ['客户报表', 'Reports'], icon: 'chart', permission: 'keyReport:read', order: 35 },
    { path: '/key-accounts/analysis', label: ['重点客户分析', 'Analysis'], icon: 'chart', permission: 'customerStanding:read', order: 40 },
    { path: '/e/tier-packages', label: ['级别服务包', 'Tier packages'], icon: 'star', permission: 'tierPackage:update', setup: true, order: 92 },
  ],
  routes: [
    { path: '/key-accounts', lazy: () => import('./pages/Tiers.tsx'), permission: 'customerStanding:read' },
    { path: '/key-accounts/groups', lazy: () => import('./pages/Groups.tsx'), permission: 'accountTeam:read' },
    { path: '/key-accounts/analysis', lazy: () => import('./pages/Analysis.tsx'), permission: 'customerStanding:read' },
    { path: '/key-accounts/:id', lazy: () => import('./pages/Group.tsx') },
    { path: '/e/declines/:id', lazy: () => import('./pages/DeclinePage.tsx'), permission: 'decline:read' },
    { path: '/report/:token', lazy: () => import('./pages/PublicReport.tsx'), public: true, frame: 'bare' },
    { path: '/standing/:token', lazy: () => import('./pages/PublicStanding.tsx'), public: true, frame: 'bare' },
  ],
})
