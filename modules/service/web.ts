import { defineWebModule, registerPanel } from '@quancheng/ui'

// who quotes from the list of tasks writes the estimate there
registerPanel('serviceRequest.task', { lazy: () => import('./pages/request/EstimatePanel.tsx'), permission: 'serviceRequest:read' })

/** Service at stations, and the processes behind it. Lists that metadata can make are not written here. */
export default defineWebModule({
  name: 'service',
  label: ['服务', 'Service'],
  icon: 'request',
  order: 100,
  menu: [
    { path: '/desk', label: ['前台', 'Front desk'], icon: 'desk', permission: 'serviceRequest:takeNumber', phone: true, order: 2 },
    { path: '/board', label: ['看板', 'Board'], icon: 'board', permission: 'serviceRequest:board', phone: true, order: 3 },
    { path: '/rollup', label: ['汇总', 'Roll-up'], icon: 'chart', permission: 'serviceRequest:rollup', phone: true, order: 4 },
    { path: '/e/service-requests', label: ['服务请求', 'Requests'], icon: 'request', permission: 'serviceRequest:read', phone: true, order: 5 },
    { path: '/repeat', label: ['返修率', 'Repeat rate'], icon: 'refresh', permission: 'serviceRequest:rollup', order: 20 },
    { path: '/suspects', label: ['疑似虚假', 'Suspicious data'], icon: 'warn', permission: 'suspicion:read', order: 21 },
    { path: '/alarms', label: ['报警', 'Alarms'], icon: 'bell', permission: 'alarm:read', order: 30 },
    { path: '/processes', label: ['流程', 'Processes'], icon: 'flow', permission: 'process:read', order: 40 },
    { path: '/e/time-standards', label: ['时限标准', 'Time standards'], icon: 'clock', permission: 'timeStandard:update', setup: true, order: 50 },
    { path: '/e/fault-categories', label: ['故障类别', 'Fault categories'], icon: 'warn', permission: 'faultCategory:update', setup: true, order: 49 },
    { path: '/e/law-rules', label: ['三包时限', 'Warranty law'], icon: 'clock', permission: 'lawRule:update', setup: true, order: 51 },
  ],
  quick: [{ path: '/desk', label: ['接待、取号', 'Receive a customer'], icon: 'desk', permission: 'serviceRequest:takeNumber', order: 1 }],
  routes: [
    { path: '/kiosk/:unitCode', lazy: () => import('./pages/kiosk/Kiosk.tsx'), public: true, frame: 'bare' },
    { path: '/screen/:unitCode', lazy: () => import('./pages/screen/Screen.tsx'), public: true, frame: 'bare' },
    { path: '/track', lazy: () => import('./pages/track/Track.tsx'), public: true, frame: 'bare' },
    { path: '/p/:token', lazy: () => import('./pages/track/Track.tsx'), public: true, frame: 'bare' },
    { path: '/desk', lazy: () => import('./pages/desk/Desk.tsx'), permission: 'serviceRequest:takeNumber' },
    { path: '/voucher/:id', lazy: () => import('./pages/papers/Voucher.tsx'), frame: 'bare', permission: 'serviceRequest:print' },
    { path: '/voucher/:id/label', lazy: () => import('./pages/papers/Label.tsx'), frame: 'bare', permission: 'serviceRequest:print' },
    { path: '/tasks', lazy: () => import('./pages/tasks/TaskInbox.tsx') },
    { path: '/e/service-requests/:id', lazy: () => import('./pages/request/RequestPage.tsx') },
    { path: '/requests/:id', lazy: () => import('./pages/request/RequestPage.tsx') },
    { path: '/board', lazy: () => import('./pages/board/Board.tsx'), permission: 'serviceRequest:board' },
    { path: '/rollup', lazy: () => import('./pages/rollup/Rollup.tsx'), permission: 'serviceRequest:rollup' },
    { path: '/repeat', lazy: () => import('./pages/repeat/Repeat.tsx'), permission: 'serviceRequest:rollup' },
    { path: '/suspects', lazy: () => import('./pages/repeat/Suspects.tsx'), permission: 'suspicion:read' },
    { path: '/e/law-rules', lazy: () => import('./pages/repeat/LawRules.tsx'), permission: 'lawRule:update' },
    { path: '/alarms', lazy: () => import('./pages/alarms/Alarms.tsx'), permission: 'alarm:read' },
    { path: '/e/alarms', lazy: () => import('./pages/alarms/Alarms.tsx'), permission: 'alarm:read' },
    { path: '/processes', lazy: () => import('./pages/process/Processes.tsx'), permission: 'process:read' },
    { path: '/processes/import', lazy: () => import('./pages/process/ImportLog.tsx'), permission: 'eventLog:import' },
    { path: '/processes/:key', lazy: () => import('./pages/process/ProcessPage.tsx'), permission: 'process:read' },
  ],
})
