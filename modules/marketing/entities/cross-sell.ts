import { defineEntity, f } from '@quancheng/kernel'
import { Product, ProductLine } from '@quancheng/customers'
import { SERVICE_STAGES } from '@quancheng/service'

const STAGE_NAMES = Object.fromEntries(Object.entries(SERVICE_STAGES).map(([k, [zh, en]]) => [k, [zh, en] as [string, string]]))

/** 搭配推荐: whose device is of this line is offered that, while the request is at this stage. */
export const CrossSell = defineEntity('crossSell', {
  label: ['搭配推荐', 'Cross-sell rule'],
  icon: 'star',
  fields: {
    name: f.text(['推荐什么', 'Offer'], { required: true, max: 60 }),
    productLineId: f.ref(['设备的产品线', 'Line of the device'], () => ProductLine, { required: true, onDelete: 'cascade' }),
    stage: f.choice(['在哪个环节提示', 'At stage'], STAGE_NAMES, { required: true, default: 'pickup' }),
    productId: f.ref(['对应产品', 'Product'], () => Product, { onDelete: 'setNull', index: false }),
    price: f.money(['特价', 'Price'], { min: 0 }),
    words: f.text(['对客户说', 'Words'], { required: true, max: 300, multiline: true }),
    position: f.integer(['次序', 'Order'], { required: true, default: 10, min: 1, max: 999 }),
    off: f.boolean(['停用', 'Off'], { default: false }),
  },
  travels: 'never',
  display: ['name'],
  list: ['position', 'name', 'productLineId', 'stage', 'price', 'off'],
  sort: 'position',
})
