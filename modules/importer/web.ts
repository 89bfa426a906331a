import { defineWebModule } from '@quancheng/ui'

/** 数据导入: files of other systems. */
export default defineWebModule({
  name: 'importer',
  label: ['系统管理', 'Administration'],
  icon: 'upload',
  order: 905,
  menu: [{ path: '/import', label: ['数据导入', 'Import'], icon: 'upload', permission: 'importPlan:run', order: 55 }],
  routes: [
    { path: '/import', lazy: () => import('./pages/Imports.tsx'), permission: 'importPlan:run' },
    { path: '/import/:id', lazy: () => import('./pages/PlanPage.tsx'), permission: 'importPlan:run' },
  ],
})
