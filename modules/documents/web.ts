import { defineWebModule, registerPanel } from '@quancheng/ui'

// beside every record's files: papers made from templates
registerPanel('record.files', { lazy: () => import('./pages/MakeFromTemplate.tsx') })

/** 文档: files opened and edited in the browser, and templates. */
export default defineWebModule({
  name: 'documents',
  label: ['文档', 'Documents'],
  icon: 'attach',
  order: 150,
  menu: [{ path: '/e/document-templates', label: ['文档模板', 'Document templates'], icon: 'attach', permission: 'documentTemplate:read', setup: true, order: 61 }],
  routes: [
    { path: '/documents/:id', lazy: () => import('./pages/DocumentPage.tsx'), frame: 'bare' },
    { path: '/e/document-templates/:id', lazy: () => import('./pages/TemplatePage.tsx'), permission: 'documentTemplate:read' },
  ],
})
