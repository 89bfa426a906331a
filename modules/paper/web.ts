import { defineWebModule } from '@quancheng/ui'

/** Printers, what they printed, the words on every paper. Lists that metadata can make are not written here. */
export default defineWebModule({
  name: 'paper',
  label: ['配件与单据', 'Parts and papers'],
  icon: 'ticket',
  order: 155,
  menu: [
    { path: '/e/print-jobs', label: ['打印记录', 'Prints'], icon: 'ticket', permission: 'printJob:read', order: 10 },
    { path: '/e/printers', label: ['打印机', 'Printers'], icon: 'ticket', permission: 'printer:update', setup: true, order: 20 },
    { path: '/e/paper-settings', label: ['单据文字', 'Words on papers'], icon: 'edit', permission: 'paperSetting:update', setup: true, order: 30 },
  ],
  routes: [
    { path: '/e/print-jobs/:id', lazy: () => import('./pages/PrintJobPage.tsx'), permission: 'printJob:read' },
    { path: '/e/printers/:id', lazy: () => import('./pages/PrinterPage.tsx'), permission: 'printer:read' },
  ],
})

export { Barcode } from './pages/Barcode.tsx'
