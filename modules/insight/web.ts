import { defineWebModule } from '@quancheng/ui'

/** What the record of the work says about it: the station's people, the analysis of service. */
export default defineWebModule({
  name: 'insight',
  label: ['服务', 'Service'],
  icon: 'chart',
  order: 101,
  menu: [
    { path: '/team', label: ['站长视图', 'Team'], icon: 'group', permission: 'serviceRequest:board', phone: true, order: 4 },
    { path: '/analysis', label: ['服务分析', 'Analysis'], icon: 'chart', permission: 'serviceRequest:rollup', phone: true, order: 6 },
    { path: '/e/work-targets', label: ['工作目标', 'Targets'], icon: 'check', permission: 'workTarget:update', setup: true, order: 52 },
    { path: '/e/labour-rates', label: ['工时费率', 'Labour rates'], icon: 'clock', permission: 'labourRate:update', setup: true, order: 53 },
  ],
  routes: [
    { path: '/team', lazy: () => import('./pages/team/Team.tsx'), permission: 'serviceRequest:board' },
    { path: '/analysis', lazy: () => import('./pages/analysis/Analysis.tsx'), permission: 'serviceRequest:rollup' },
  ],
})
