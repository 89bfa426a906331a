import { defineEntity, f } from '@quancheng/kernel'
import { Product } from '@quancheng/customers'
import { PriceBook } from './price-book.ts'

/** One line of a price book. */
export const Price = defineEntity('price', {
  label: ['价格', 'Price'],
  icon: 'money',
  fields: {
    priceBookId: f.ref(['价格表', 'Price book'], () => PriceBook, { required: true, onDelete: 'cascade' }),
    productId: f.ref(['产品', 'Product'], () => Product, { required: true }),
    unit: f.text(['单位', 'Unit'], { required: true, default: '台', max: 10 }),
    unitPrice: f.money(['单价', 'Unit price'], { required: true, min: 0 }),
    floorPrice: f.money(['最低价', 'Lowest price'], { min: 0, help: ['低于它一律不能报', 'Never below it'] }),
    cost: f.money(['成本价', 'Cost'], { min: 0, help: ['算毛利用，只给能看毛利的人', 'For the margin; only for those who may see it'] }),
    fromQuantity: f.decimal(['起订量', 'From quantity'], { scale: 3, min: 0, default: '0' }),
  },
  travels: 'never',
  display: ['productId'],
  list: ['priceBookId', 'productId', 'unit', 'unitPrice', 'floorPrice', 'fromQuantity'],
  indexes: [{ on: ['priceBookId', 'productId', 'fromQuantity'], unique: true }],
})
