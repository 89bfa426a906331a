import { defineModule } from '@quancheng/kernel'
import * as entities from './entities/index.ts'

export const sales = defineModule({
  name: 'sales',
  label: ['销售', 'Sales'],
  entities: Object.values(entities),
})
export default sales

export * from './entities/index.ts'
