import { defineWebModule, readConditionsWith } from '@quancheng/ui'

// forms that are designed here have conditions; whoever fills one in loads the language with it
readConditionsWith(() => import('@quancheng/process/feel'))

/** Where processes are drawn. The drawing board is heavy and loads when it is opened. */
export default defineWebModule({
  name: 'designer',
  label: ['流程管理', 'Process management'],
  icon: 'flow',
  order: 500,
  menu: [{ path: '/designer', label: ['流程设计', 'Process design'], icon: 'flow', permission: 'process:read', order: 10 }],
  routes: [
    { path: '/designer', lazy: () => import('./pages/Designs.tsx'), permission: 'process:read' },
    { path: '/designer/:key', lazy: () => import('./pages/editor/Editor.tsx'), permission: 'process:read' },
    { path: '/designer/:key/versions', lazy: () => import('./pages/Versions.tsx'), permission: 'process:read' },
    { path: '/designer/:key/manual', lazy: () => import('./pages/Manual.tsx'), permission: 'process:read', frame: 'bare' },
  ],
})
