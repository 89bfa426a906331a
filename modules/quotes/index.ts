import { defineModule } from '@quancheng/kernel'
import * as entities from './entities/index.ts'

export const quotes = defineModule({
  name: 'quotes',
  label: ['报价', 'Quotes'],
  entities: Object.values(entities),
})
export default quotes

export * from './entities/index.ts'
