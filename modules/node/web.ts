import { defineWebModule, registerPanel } from '@quancheng/ui'

// in the header, on a station's own machine
registerPanel('shell.top', { lazy: () => import('./pages/Badge.tsx') })

/** Station nodes: machines of stations' own, and how they and head office agree. */
export default defineWebModule({
  name: 'node',
  label: ['系统管理', 'Administration'],
  icon: 'link',
  order: 910,
  menu: [{ path: '/nodes', label: ['站点节点', 'Station nodes'], icon: 'link', permission: 'syncNode:read', order: 40 }],
  routes: [{ path: '/nodes', lazy: () => import('./pages/Nodes.tsx'), permission: 'syncNode:read' }],
})
