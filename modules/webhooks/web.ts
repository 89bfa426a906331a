import { defineWebModule } from '@quancheng/ui'

/** 对外通知: the receivers with their health, the editor, the log of what was sent. */
export default defineWebModule({
  name: 'webhooks',
  label: ['系统管理', 'Administration'],
  icon: 'out',
  order: 905,
  menu: [{ path: '/webhooks', label: ['对外通知', 'Webhooks'], icon: 'out', permission: 'webhook:read', order: 85 }],
  routes: [
    { path: '/webhooks', lazy: () => import('./pages/Webhooks.tsx'), permission: 'webhook:read' },
    { path: '/webhooks/log', lazy: () => import('./pages/Log.tsx'), permission: 'webhook:read' },
    { path: '/webhooks/:id', lazy: () => import('./pages/Editor.tsx'), permission: 'webhook:read' },
    { path: '/e/webhooks', lazy: () => import('./pages/Webhooks.tsx'), permission: 'webhook:read' },
    { path: '/e/webhooks/:id', lazy: () => import('./pages/Editor.tsx'), permission: 'webhook:read' },
  ],
})
