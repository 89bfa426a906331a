import { defineWebModule } from '@quancheng/ui'
import { lazy } from 'react'

/** 如果: the editor of conditions on a record, for others that keep such conditions. */
export const ConditionBlock = lazy(() => import('./pages/editor/ConditionBlock.tsx'))
export type { Conditions } from './pages/editor/ConditionBlock.tsx'

/** 自动化: rules with their runs, and to-dos. */
export default defineWebModule({
  name: 'automation',
  label: ['流程管理', 'Process management'],
  icon: 'swap',
  order: 508,
  menu: [
    { path: '/automation', label: ['自动化规则', 'Automation rules'], icon: 'swap', permission: 'automation:read', order: 10 },
    { path: '/automation/runs', label: ['执行记录', 'Runs'], icon: 'audit', permission: 'automation:read', order: 20 },
    { path: '/todos', label: ['待办', 'To-dos'], icon: 'check', order: 30 },
  ],
  routes: [
    { path: '/automation', lazy: () => import('./pages/Rules.tsx'), permission: 'automation:read' },
    { path: '/automation/runs', lazy: () => import('./pages/Runs.tsx'), permission: 'automation:read' },
    { path: '/automation/:id', lazy: () => import('./pages/Editor.tsx'), permission: 'automation:read' },
    { path: '/e/automation', lazy: () => import('./pages/Rules.tsx'), permission: 'automation:read' },
    { path: '/e/automation/:id', lazy: () => import('./pages/Editor.tsx'), permission: 'automation:read' },
    { path: '/e/todos/:id', lazy: () => import('./pages/TodoPage.tsx') },
    { path: '/todos', lazy: () => import('./pages/Todos.tsx') },
  ],
})
