import { defineWebModule } from '@quancheng/ui'

/** 客户通知: what was sent and what was not, the channels and the words; and the customer's own page to choose. */
export default defineWebModule({
  name: 'notices',
  label: ['客户服务', 'Customer service'],
  icon: 'bell',
  order: 120,
  menu: [
    { path: '/notices', label: ['客户通知', 'Notices'], icon: 'bell', permission: 'customerNotice:read', order: 10 },
    { path: '/notices/settings', label: ['通知设置', 'Notice settings'], icon: 'settings', permission: 'customerNotice:setUp', setup: true, order: 20 },
  ],
  routes: [
    { path: '/notices', lazy: () => import('./pages/Notices.tsx'), permission: 'customerNotice:read' },
    { path: '/notices/settings', lazy: () => import('./pages/Settings.tsx'), permission: 'customerNotice:setUp' },
    { path: '/n/:token', lazy: () => import('./pages/Choice.tsx'), public: true, frame: 'bare' },
  ],
})
