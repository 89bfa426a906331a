import { defineWebModule, registerPanel } from '@quancheng/ui'

registerPanel('customer.main', { lazy: () => import('./pages/Panels.tsx'), permission: 'contract:read', order: 30 })
registerPanel('opportunity.main', { lazy: () => import('./pages/Panels.tsx').then(m => ({ default: m.OpportunityPanel })), permission: 'contract:read', order: 30 })
registerPanel('quote.main', { lazy: () => import('./pages/Panels.tsx').then(m => ({ default: m.QuotePanel })), permission: 'contract:read', order: 30 })

/** 合同、订单、回款. Lists and forms come from metadata; a contract, an order and the collection have pages of their own. */
export default defineWebModule({
  name: 'contracts',
  label: ['合同与回款', 'Contracts'],
  icon: 'audit',
  order: 90,
  menu: [
    { path: '/e/contracts', label: ['合同', 'Contracts'], icon: 'audit', permission: 'contract:read', order: 10 },
    { path: '/e/sales-orders', label: ['订单', 'Orders'], icon: 'list', permission: 'salesOrder:read', order: 20 },
    { path: '/collection', label: ['回款', 'Collection'], icon: 'money', permission: 'instalment:read', order: 30 },
    { path: '/e/contract-templates', label: ['合同模板', 'Contract templates'], icon: 'audit', permission: 'contractTemplate:update', setup: true, order: 70 },
    { path: '/e/contract-rules', label: ['合同与回款规则', 'Rules for contracts'], icon: 'settings', permission: 'contractRule:update', setup: true, order: 71 },
  ],
  quick: [{ path: '/e/receipts/new', label: ['登记收款', 'Book a receipt'], icon: 'money', permission: 'receipt:create', order: 14 }],
  routes: [
    { path: '/e/contracts/:id', lazy: () => import('./pages/ContractPage.tsx'), permission: 'contract:read' },
    { path: '/e/sales-orders/:id', lazy: () => import('./pages/OrderPage.tsx'), permission: 'salesOrder:read' },
    { path: '/e/instalments/:id', lazy: () => import('./pages/InstalmentPage.tsx'), permission: 'instalment:read' },
    { path: '/e/receipts/new', lazy: () => import('./pages/NewReceipt.tsx'), permission: 'receipt:create' },
    { path: '/e/receipts/:id', lazy: () => import('./pages/ReceiptPage.tsx'), permission: 'receipt:read' },
    { path: '/e/change-orders/:id', lazy: () => import('./pages/ChangeOrderPage.tsx'), permission: 'changeOrder:read' },
    { path: '/collection', lazy: () => import('./pages/Collection.tsx'), permission: 'instalment:read' },
  ],
})
