import { defineWebModule } from '@quancheng/ui'

export default defineWebModule({ name: 'planning', label: ['计划与战略', 'Plans and strategy'], icon: 'chart', order: 300, menu: [], routes: [] })
