import { defineEntity, f } from '@quancheng/kernel'
import { ProductLine } from '@quancheng/customers'

/** 配件: what a repair may need, known by its 料号. */
export const Part = defineEntity('part', {
  label: ['配件', 'Part'],
  icon: 'tool',
  fields: {
    code: f.code(['料号', 'Part number'], { required: true, unique: true, search: 'code', max: 40 }),
    name: f.text(['名称', 'Name'], { required: true, search: 'name', max: 80 }),
    measure: f.text(['计量单位', 'Unit'], { required: true, default: '个', max: 10 }),
    price: f.money(['单价', 'Price'], { required: true, min: 0 }),
    productLineIds: f.refs(['适用产品线', 'For product lines'], () => ProductLine, { help: ['空着表示都适用', 'Empty: for all'] }),
    off: f.boolean(['停用', 'Off'], { default: false }),
  },
  display: ['name', 'code'],
  list: ['code', 'name', 'measure', 'price', 'productLineIds', 'off'],
  sort: 'code',
  everyone: ['read'],
  // whether a company keeps parts at all is known to every move of a request
  affectsMeta: true,
})
