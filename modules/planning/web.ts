import { defineWebModule } from '@quancheng/ui'

export default defineWebModule({ name: 'planning', label: ['计划与战略', 'Plans and strategy'], icon: 'chart', order: 300, 
  menu: [
    { path: '/commission', label: ['提成', 'Commission'], icon: 'money', permission: 'commissionEntry:read', order: 60 },
    { path: '/e/commission-plans', label: ['提成方案', 'Commission plans'], icon: 'settings', permission: 'commissionPlan:update', setup: true, order: 61 },
  ],
  routes: [
    { path: '/commission', lazy: () => import('./commission/pages/Commission.tsx'), permission: 'commissionEntry:read' },
  ],
})
