import { defineWebModule, registerPanel } from '@quancheng/ui'

/** Told in forms of other modules too that may register somebody who is there already. */
export const knownAlready = () => import('./pages/KnownAlready.tsx')
registerPanel('customer.form', { lazy: knownAlready, permission: 'customer:read' })

/** Customers and their devices: lists and forms come from metadata; the customer's page shows every channel. */
export default defineWebModule({
  name: 'customers',
  label: ['客户', 'Customers'],
  icon: 'customers',
  order: 200,
  menu: [
    { path: '/e/customers', label: ['客户', 'Customers'], icon: 'customers', permission: 'customer:read', phone: true, order: 20 },
    { path: '/customers/doubles', label: ['客户查重', 'Doubles'], icon: 'customers', permission: 'customer:merge', order: 22 },
    { path: '/customers/statistics', label: ['客户统计', 'Customer statistics'], icon: 'chart', permission: 'customer:export', order: 24 },
    { path: '/e/account-type-profiles', label: ['客户类型方案', 'Account types'], icon: 'org', permission: 'accountTypeProfile:update', setup: true, order: 90 },
    { path: '/e/devices', label: ['客户设备', 'Devices'], icon: 'device', permission: 'device:read', order: 30 },
    { path: '/e/service-contracts', label: ['服务合同', 'Service contracts'], icon: 'audit', permission: 'serviceContract:read', order: 35 },
    { path: '/e/customer-visits', label: ['客户拜访', 'Customer visits'], icon: 'calendar', permission: 'customerVisit:read', order: 40 },
  ],
  quick: [
    { path: '/e/customers/new', label: ['新建客户', 'New customer'], icon: 'customers', permission: 'customer:create', order: 20 },
    { path: '/e/devices/new', label: ['登记设备', 'Register a device'], icon: 'device', permission: 'device:create', order: 21 },
  ],
  routes: [
    { path: '/e/customers/:id', lazy: () => import('./pages/CustomerPage.tsx'), permission: 'customer:read' },
    { path: '/customers/doubles', lazy: () => import('./pages/DoublesPage.tsx'), permission: 'customer:merge' },
    { path: '/customers/statistics', lazy: () => import('./pages/StatisticsPage.tsx'), permission: 'customer:export' },
  ],
})
