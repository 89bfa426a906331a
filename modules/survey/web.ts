import { defineWebModule } from '@quancheng/ui'

/** 满意度: figures that open their answers. The customer answers on the tracking page. */
export default defineWebModule({
  name: 'survey',
  label: ['客户服务', 'Customer service'],
  icon: 'chart',
  order: 125,
  menu: [{ path: '/survey', label: ['满意度', 'Satisfaction'], icon: 'chart', permission: 'surveyAnswer:read', order: 10 }],
  routes: [{ path: '/survey', lazy: () => import('./pages/Figures.tsx'), permission: 'surveyAnswer:read' }],
})
