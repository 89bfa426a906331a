import { defineWebModule } from '@quancheng/ui'

/** How head office makes the work of all stations one. The tree, the standards in force, the rules. */
export default defineWebModule({
  name: 'processTree',
  label: ['流程管理', 'Process management'],
  icon: 'flow',
  order: 505,
  menu: [
    { path: '/process-tree', label: ['流程树', 'Process tree'], icon: 'org', permission: 'processNode:read', order: 10 },
    { path: '/standards', label: ['标准推行', 'Standards in force'], icon: 'check', permission: 'processRollout:read', order: 20 },
    { path: '/rules', label: ['总部规则', 'Head office rules'], icon: 'role', permission: 'headOfficeRule:read', order: 30 },
  ],
  routes: [
    { path: '/process-tree', lazy: () => import('./pages/tree/ProcessTree.tsx'), permission: 'processNode:read' },
    { path: '/process-tree/print', lazy: () => import('./pages/tree/Print.tsx'), permission: 'processNode:read', frame: 'bare' },
    { path: '/standards', lazy: () => import('./pages/rollout/Rollouts.tsx'), permission: 'processRollout:read' },
    { path: '/standards/:key', lazy: () => import('./pages/rollout/Rollout.tsx'), permission: 'processRollout:read' },
    { path: '/rules', lazy: () => import('./pages/rules/Rules.tsx'), permission: 'headOfficeRule:read' },
  ],
})
