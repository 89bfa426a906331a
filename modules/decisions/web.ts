import { defineWebModule } from '@quancheng/ui'

/** The company's rules as tables. The sheet with its checker loads when a table is opened for writing. */
export default defineWebModule({
  name: 'decisions',
  label: ['流程管理', 'Process management'],
  icon: 'columns',
  order: 510,
  menu: [{ path: '/decisions', label: ['决策表', 'Decision tables'], icon: 'columns', permission: 'decision:read', order: 10 }],
  routes: [
    { path: '/decisions', lazy: () => import('./pages/Decisions.tsx'), permission: 'decision:read' },
    { path: '/decisions/:key', lazy: () => import('./pages/Editor.tsx'), permission: 'decision:read' },
    { path: '/decisions/:key/versions', lazy: () => import('./pages/Versions.tsx'), permission: 'decision:read' },
  ],
})
