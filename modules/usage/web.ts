import { defineWebModule } from '@quancheng/ui'

export default defineWebModule({ name: 'usage', label: ['使用规则', 'Rules of use'], icon: 'chart', order: 300, menu: [], routes: [] })
