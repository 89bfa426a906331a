import { defineWebModule } from '@quancheng/ui'
export default defineWebModule({ name: 'org', label: ['系统管理', 'Administration'], icon: 'settings', order: 900, menu: [], routes: [] })
