import { defineWebModule } from '@quancheng/ui'

/** The telephone: who rings, and what the hotline hands to the stations. */
export default defineWebModule({
  name: 'hotline',
  label: ['客户服务', 'Customer service'],
  icon: 'phone',
  order: 140,
  menu: [
    { path: '/hotline', label: ['来电', 'Calls now'], icon: 'phone', permission: 'phoneCall:read', phone: true, order: 4.5 },
    { path: '/e/hotline-tickets', label: ['热线单', 'Hotline tickets'], icon: 'ticket', permission: 'hotlineTicket:read', order: 7 },
    { path: '/e/phone-calls', label: ['通话记录', 'Calls'], icon: 'list', permission: 'phoneCall:read', order: 8 },
    { path: '/e/cti-sources', label: ['电话系统', 'Telephone systems'], icon: 'settings', permission: 'ctiSource:update', setup: true, order: 90 },
  ],
  routes: [
    { path: '/hotline', lazy: () => import('./pages/Agent.tsx'), permission: 'phoneCall:read' },
    { path: '/e/hotline-tickets', lazy: () => import('./pages/Tickets.tsx'), permission: 'hotlineTicket:read' },
    { path: '/e/cti-sources/:id', lazy: () => import('./pages/Source.tsx'), permission: 'ctiSource:update' },
  ],
})
