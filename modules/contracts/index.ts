import { defineModule } from '@quancheng/kernel'
import * as entities from './entities/index.ts'

export const contracts = defineModule({
  name: 'contracts',
  label: ['合同', 'Contracts'],
  entities: Object.values(entities),
})
export default contracts

export * from './entities/index.ts'
