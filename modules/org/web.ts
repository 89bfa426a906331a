import { defineWebModule } from '@quancheng/ui'
import { lazy } from 'react'

/** For other modules' pages: the dialog that adds a field of the company's own. */
export const FieldDialog = lazy(() => import('./pages/FieldDialog.tsx').then(module => ({ default: module.FieldDialog })))

/** Administration: organisation, rights, fields, calendar, log. Lists and forms that metadata can make are not written here. */
export default defineWebModule({
  name: 'org',
  label: ['系统管理', 'Administration'],
  icon: 'settings',
  order: 900,
  menu: [
    { path: '/org/units', label: ['组织机构', 'Organisation'], icon: 'org', permission: 'unit:update', order: 10 },
    { path: '/e/users', label: ['用户', 'Users'], icon: 'user', permission: 'user:read', order: 20 },
    { path: '/e/roles', label: ['角色权限', 'Roles'], icon: 'role', permission: 'role:read', order: 30 },
    { path: '/e/role-groups', label: ['角色组', 'Role groups'], icon: 'group', permission: 'roleGroup:read', order: 40 },
    { path: '/org/fields', label: ['自定义字段', 'Custom fields'], icon: 'field', permission: 'tenantField:read', order: 50 },
    { path: '/org/calendar', label: ['工作日历', 'Calendar'], icon: 'calendar', permission: 'calendar:update', order: 60 },
    { path: '/org/audit', label: ['操作日志', 'Audit log'], icon: 'audit', permission: 'audit:read', order: 70 },
    { path: '/org/incidents', label: ['流程异常', 'Process incidents'], icon: 'warn', permission: 'process:operate', order: 75 },
    { path: '/e/retentions', label: ['保留期限', 'Retention'], icon: 'clock', permission: 'retention:update', order: 72 },
    { path: '/org/tokens', label: ['接口令牌', 'API tokens'], icon: 'key', permission: 'system:read', order: 80 },
    { path: '/org/system', label: ['系统状态', 'System'], icon: 'system', permission: 'system:read', order: 90 },
  ],
  routes: [
    { path: '/org/units', lazy: () => import('./pages/Organisation.tsx') },
    { path: '/e/users/:id', lazy: () => import('./pages/UserPage.tsx') },
    { path: '/e/roles/:id', lazy: () => import('./pages/RolePage.tsx') },
    { path: '/org/fields', lazy: () => import('./pages/TenantFields.tsx') },
    { path: '/org/calendar', lazy: () => import('./pages/CalendarPage.tsx') },
    { path: '/org/audit', lazy: () => import('./pages/AuditLog.tsx') },
    { path: '/org/incidents', lazy: () => import('./pages/Incidents.tsx') },
    { path: '/org/tokens', lazy: () => import('./pages/ApiTokens.tsx') },
    { path: '/org/system', lazy: () => import('./pages/SystemPage.tsx') },
  ],
})
