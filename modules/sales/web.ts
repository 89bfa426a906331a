import { defineWebModule } from '@quancheng/ui'

export default defineWebModule({ name: 'sales', label: ['销售', 'Sales'], icon: 'chart', order: 300, menu: [], routes: [] })
