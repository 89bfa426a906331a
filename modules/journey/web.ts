import { defineWebModule } from '@quancheng/ui'

export default defineWebModule({ name: 'journey', label: ['客户旅程', 'Customer journey'], icon: 'chart', order: 300, menu: [], routes: [] })
