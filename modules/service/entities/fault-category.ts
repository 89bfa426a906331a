import { defineEntity, f } from '@quancheng/kernel'
import { ProductLine } from '@quancheng/customers'

/** 故障类别: what is wrong in the customer's words, chosen at reception from the company's own list for the product line; the inspection finds the 故障代码. */
export const FaultCategory = defineEntity('faultCategory', {
  label: ['故障类别', 'Fault category'],
  icon: 'tool',
  fields: {
    name: f.text(['名称', 'Name'], { required: true, search: 'name', max: 40 }),
    productLineId: f.ref(['产品线', 'Product line'], () => ProductLine, { help: ['空着表示各产品线都可以选', 'Empty: for every line'] }),
    position: f.integer(['顺序', 'Position'], { default: 0, min: 0, max: 9999 }),
    off: f.boolean(['停用', 'Off'], { default: false }),
  },
  display: ['name'],
  list: ['productLineId', 'name', 'position', 'off'],
  sort: 'position,name',
  everyone: ['read'],
  affectsMeta: true,
  indexes: [{ on: ['productLineId', 'name'], unique: true }],
})
