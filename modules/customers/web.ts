import { defineWebModule } from '@quancheng/ui'

/** Customers and their devices: nearly all pages come from metadata. */
export default defineWebModule({
  name: 'customers',
  label: ['客户', 'Customers'],
  icon: 'customers',
  order: 200,
  menu: [
    { path: '/e/customers', label: ['客户', 'Customers'], icon: 'customers', permission: 'customer:read', phone: true, order: 20 },
    { path: '/e/devices', label: ['客户设备', 'Devices'], icon: 'device', permission: 'device:read', order: 30 },
    { path: '/e/service-contracts', label: ['服务合同', 'Service contracts'], icon: 'audit', permission: 'serviceContract:read', order: 35 },
    { path: '/e/customer-visits', label: ['客户拜访', 'Customer visits'], icon: 'calendar', permission: 'customerVisit:read', order: 40 },
  ],
  routes: [{ path: '/e/customers/:id', lazy: () => import('./pages/CustomerPage.tsx'), permission: 'customer:read' }],
})
