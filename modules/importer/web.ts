import { defineWebModule } from '@quancheng/ui'

export default defineWebModule({ name: 'importer', label: ['数据导入', 'Import'], icon: 'chart', order: 300, menu: [], routes: [] })
