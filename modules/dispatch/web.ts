import { defineWebModule, registerPanel } from '@quancheng/ui'

// to whom the work on a request went, and why; on the customer's page, when to come for it
registerPanel('serviceRequest.side', { lazy: () => import('./pages/Why.tsx'), permission: 'dispatchEntry:read', order: 5 })
registerPanel('track.main', { lazy: () => import('./pages/public/PickUp.tsx') })

/** Dispatch, bookings, and what both are set up with. */
export default defineWebModule({
  name: 'dispatch',
  label: ['派工与预约', 'Dispatch and bookings'],
  icon: 'swap',
  order: 105,
  menu: [
    { path: '/dispatch', label: ['派工', 'Dispatch'], icon: 'swap', permission: 'serviceRequest:reassign', phone: true, order: 6 },
    { path: '/bookings', label: ['预约', 'Bookings'], icon: 'calendar', permission: 'booking:read', phone: true, order: 7 },
    { path: '/e/person-skills', label: ['人员技能', 'Skills of people'], icon: 'user', permission: 'personSkill:update', setup: true, order: 40 },
    { path: '/e/work-profiles', label: ['承接设置', 'Work profiles'], icon: 'settings', permission: 'workProfile:update', setup: true, order: 41 },
    { path: '/e/absences', label: ['不在岗', 'Absences'], icon: 'calendar', permission: 'absence:update', order: 42 },
    { path: '/e/slot-rules', label: ['预约时段', 'Slots'], icon: 'clock', permission: 'slotRule:update', setup: true, order: 43 },
    { path: '/e/service-resources', label: ['服务资源', 'Resources'], icon: 'box', permission: 'serviceResource:update', setup: true, order: 44 },
    { path: '/e/dispatch-rules', label: ['派工方式', 'Dispatch modes'], icon: 'flow', permission: 'dispatchRule:update', setup: true, order: 45 },
    { path: '/e/skill-needs', label: ['技能要求', 'Skills needed'], icon: 'list', permission: 'skillNeed:update', setup: true, order: 46 },
    { path: '/e/skills', label: ['技能', 'Skills'], icon: 'star', permission: 'skill:update', setup: true, order: 47 },
  ],
  routes: [
    { path: '/dispatch', lazy: () => import('./pages/Dispatch.tsx'), permission: 'serviceRequest:reassign' },
    { path: '/bookings', lazy: () => import('./pages/Bookings.tsx'), permission: 'booking:read' },
    { path: '/book/:unitCode', lazy: () => import('./pages/public/Book.tsx'), public: true, frame: 'bare' },
    { path: '/b/:token', lazy: () => import('./pages/public/MyBooking.tsx'), public: true, frame: 'bare' },
  ],
})
