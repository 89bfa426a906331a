import { defineWebModule } from '@quancheng/ui'

/** Trying a process out. Reached from the process and from its design, hence no entry in the menu. */
export default defineWebModule({
  name: 'simulation',
  label: ['流程推演', 'Simulation'],
  icon: 'gauge',
  order: 505,
  menu: [],
  routes: [
    { path: '/simulation/:key', lazy: () => import('./pages/Simulation.tsx'), permission: 'process:read' },
    { path: '/simulation/:key/walk', lazy: () => import('./pages/walk/WalkPage.tsx'), permission: 'process:read' },
  ],
})
