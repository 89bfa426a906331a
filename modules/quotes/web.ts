import { defineWebModule } from '@quancheng/ui'

export default defineWebModule({ name: 'quotes', label: ['报价', 'Quotes'], icon: 'chart', order: 300, menu: [], routes: [] })
