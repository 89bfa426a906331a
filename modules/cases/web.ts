import { defineWebModule } from '@quancheng/ui'

/** Every case of every process: where it is, who has it, since when. */
export default defineWebModule({
  name: 'cases',
  label: ['流程管理', 'Process management'],
  icon: 'list',
  order: 490,
  menu: [{ path: '/cases', label: ['流程案例', 'Cases'], icon: 'list', permission: 'process:read', order: 10 }],
  routes: [
    { path: '/cases', lazy: () => import('./pages/Cases.tsx'), permission: 'process:read' },
    { path: '/cases/migrate', lazy: () => import('./pages/migrate/Migrate.tsx'), permission: 'process:migrate' },
    { path: '/cases/:id', lazy: () => import('./pages/CasePage.tsx'), permission: 'process:read' },
  ],
})
