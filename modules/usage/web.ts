import { defineWebModule } from '@quancheng/ui'

/** 使用规则: who uses the system as laid down, accounts that come and go, and the rules themselves. */
export default defineWebModule({
  name: 'usage',
  label: ['使用规则', 'Rules of use'],
  icon: 'gauge',
  order: 310,
  menu: [
    { path: '/usage', label: ['使用统计', 'Usage'], icon: 'gauge', permission: 'user:usage', order: 10 },
    { path: '/e/notice-lists', label: ['通报', 'Notices'], icon: 'warn', permission: 'noticeList:read', order: 20 },
    { path: '/e/account-requests', label: ['账户申请', 'Account requests'], icon: 'user', permission: 'accountRequest:read', order: 30 },
    { path: '/handover', label: ['工作交接', 'Hand-over'], icon: 'swap', permission: 'user:handOver', order: 40 },
    { path: '/e/rule-documents', label: ['制度', 'Rule documents'], icon: 'request', permission: 'ruleDocument:read', order: 50 },
    { path: '/e/sign-in-days', label: ['登录日', 'Sign-in days'], icon: 'clock', permission: 'signInDay:export', order: 60 },
    { path: '/e/usage-rules', label: ['使用规定', 'Settings'], icon: 'settings', permission: 'usageRule:update', setup: true, order: 90 },
  ],
  routes: [
    { path: '/usage', lazy: () => import('./pages/Usage.tsx'), permission: 'user:usage' },
    { path: '/handover', lazy: () => import('./pages/Handover.tsx'), permission: 'user:handOver' },
    { path: '/e/handovers/:id', lazy: () => import('./pages/HandoverPage.tsx'), permission: 'handover:read' },
    { path: '/e/notice-lists/:id', lazy: () => import('./pages/NoticePage.tsx'), permission: 'noticeList:read' },
    { path: '/e/rule-documents/:id', lazy: () => import('./pages/RuleDocumentPage.tsx'), permission: 'ruleDocument:read' },
    { path: '/e/account-requests/:id', lazy: () => import('./pages/AccountRequestPage.tsx'), permission: 'accountRequest:read' },
  ],
})
