import { defineWebModule } from '@quancheng/ui'

export default defineWebModule({ name: 'contracts', label: ['合同', 'Contracts'], icon: 'chart', order: 300, menu: [], routes: [] })
