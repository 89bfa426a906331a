import { defineWebModule } from '@quancheng/ui'

export default defineWebModule({ name: 'keyaccounts', label: ['重点客户', 'Key accounts'], icon: 'chart', order: 300, menu: [], routes: [] })
