import { defineEntity, f } from '@quancheng/kernel'
import { ProductLine } from './product-line.ts'

/** A model that devices are of. */
export const Product = defineEntity('product', {
  label: ['产品', 'Product'],
  icon: 'laptop',
  fields: {
    code: f.code(['型号编码', 'Code'], { required: true, unique: true, search: 'code', max: 30 }),
    name: f.text(['型号', 'Model'], { required: true, search: 'name', max: 60 }),
    productLineId: f.ref(['产品线', 'Product line'], () => ProductLine, { required: true }),
    off: f.boolean(['停产', 'Discontinued'], { default: false }),
  },
  display: ['name'],
  list: ['code', 'name', 'productLineId', 'off'],
  sort: 'code',
  everyone: ['read'],
  tenantFields: true,
})
