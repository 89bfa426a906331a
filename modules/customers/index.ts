import { defineModule } from '@quancheng/kernel'
import { coverage } from './actions/coverage.ts'
import * as entities from './entities/index.ts'

/** Customers, the people there, what they own, and the models and lines that these things are of. */
export const customers = defineModule({
  name: 'customers',
  label: ['客户', 'Customers'],
  entities: Object.values(entities),
  actions: [coverage],
})
export default customers

export * from './entities/index.ts'
export { lastWarrantyDay, longestWarranty, warrantyOn, type WarrantyState } from './rules/warranty.ts'
export { coverageOf, type Coverage } from './actions/coverage.ts'
