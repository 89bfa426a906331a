import { defineModule } from '@quancheng/kernel'

export const importer = defineModule({
  name: 'importer',
  label: ['数据导入', 'Import'],
})
export default importer
