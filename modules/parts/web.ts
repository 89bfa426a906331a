import { defineWebModule, registerPanel } from '@quancheng/ui'

// what a request was quoted with, and its parts, below the task at hand
registerPanel('serviceRequest.task', { lazy: () => import('./pages/Lines.tsx'), permission: 'partLine:read', order: 1 })
registerPanel('serviceRequest.main', { lazy: () => import('./pages/Lines.tsx'), permission: 'partLine:read' })

/** Parts: what the station has, how it came and went, and the catalogue. */
export default defineWebModule({
  name: 'parts',
  label: ['配件与单据', 'Parts and papers'],
  icon: 'box',
  order: 150,
  menu: [
    { path: '/parts', label: ['配件库存', 'Stock'], icon: 'box', permission: 'partStock:read', order: 6 },
    { path: '/e/parts', label: ['配件目录', 'Parts'], icon: 'list', permission: 'part:update', setup: true, order: 60 },
    { path: '/e/stock-moves', label: ['库存流水', 'Stock moves'], icon: 'audit', permission: 'stockMove:export', order: 61 },
  ],
  routes: [{ path: '/parts', lazy: () => import('./pages/Stock.tsx'), permission: 'partStock:read' }],
})
