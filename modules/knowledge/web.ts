import { defineWebModule, registerPanel } from '@quancheng/ui'

// what is known of the fault, where it is worked on; and once it is done, what to write down
registerPanel('serviceRequest.task', { lazy: () => import('./pages/Panel.tsx'), permission: 'article:read', order: 5 })
registerPanel('serviceRequest.main', { lazy: () => import('./pages/Panel.tsx'), permission: 'article:read', order: 5 })

/** 知识库: found, read, written, approved; the help centre for customers. */
export default defineWebModule({
  name: 'knowledge',
  label: ['知识库', 'Knowledge'],
  icon: 'help',
  order: 130,
  menu: [
    { path: '/knowledge', label: ['知识库', 'Knowledge'], icon: 'help', permission: 'article:read', order: 10 },
    { path: '/knowledge/synonyms', label: ['同义词', 'Synonyms'], icon: 'search', permission: 'synonym:read', setup: true, order: 60 },
  ],
  routes: [
    { path: '/knowledge', lazy: () => import('./pages/Knowledge.tsx'), permission: 'article:read' },
    { path: '/knowledge/new', lazy: () => import('./pages/Edit.tsx'), permission: 'article:create' },
    { path: '/knowledge/synonyms', lazy: () => import('./pages/Synonyms.tsx'), permission: 'synonym:read' },
    { path: '/knowledge/:id', lazy: () => import('./pages/Article.tsx'), permission: 'article:read' },
    { path: '/knowledge/:id/edit', lazy: () => import('./pages/Edit.tsx'), permission: 'article:update' },
    { path: '/e/articles', lazy: () => import('./pages/Knowledge.tsx'), permission: 'article:read' },
    { path: '/e/articles/:id', lazy: () => import('./pages/Article.tsx'), permission: 'article:read' },
    { path: '/e/synonyms', lazy: () => import('./pages/Synonyms.tsx'), permission: 'synonym:read' },
    { path: '/help-center', lazy: () => import('./pages/HelpCenter.tsx'), public: true, frame: 'bare' },
    { path: '/help-center/:id', lazy: () => import('./pages/HelpCenter.tsx'), public: true, frame: 'bare' },
  ],
})
