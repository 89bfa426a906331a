import { defineWebModule } from '@quancheng/ui'

/** 日程: one's own calendar, the team's, the rooms'; read as day, week, month or list. */
export default defineWebModule({
  name: 'schedule',
  label: ['日程', 'Schedule'],
  icon: 'calendar',
  order: 15,
  menu: [{ path: '/schedule', label: ['日程', 'Schedule'], icon: 'calendar', phone: true, order: 9.5 }],
  routes: [
    { path: '/schedule', lazy: () => import('./pages/Schedule.tsx') },
    // where notices and to-dos lead to
    { path: '/e/calendar-events/:id', lazy: () => import('./pages/ToEvent.tsx') },
  ],
})
