import { defineWebModule } from '@quancheng/ui'

export default defineWebModule({ name: 'marketing', label: ['市场营销', 'Marketing'], icon: 'chart', order: 300, menu: [], routes: [] })
