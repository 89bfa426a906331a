import { defineEntity, f } from '@quancheng/kernel'
import { Product } from '@quancheng/customers'
import { Campaign } from '@quancheng/sales'
import { requireAboveFloor } from '../store/prices.ts'

/** 活动特价: what a product costs the campaign's target group while it runs; quotes take it by themselves (MK-02). */
export const CampaignPrice = defineEntity('campaignPrice', {
  label: ['活动特价', 'Special price'],
  icon: 'money',
  fields: {
    campaignId: f.ref(['营销活动', 'Campaign'], () => Campaign, { required: true, immutable: true, onDelete: 'cascade' }),
    productId: f.ref(['产品', 'Product'], () => Product, { required: true, onDelete: 'cascade' }),
    price: f.money(['特价', 'Price'], { required: true, min: 0.01, help: ['活动进行时，目标组的客户按它报价', 'Quoted to the target group while the campaign runs'] }),
    further: f.boolean(['可以再打折', 'May be discounted further'], { default: false }),
  },
  scope: { via: 'campaignId' },
  travels: 'never',
  display: ['productId', 'price'],
  list: ['campaignId', 'productId', 'price', 'further'],
  indexes: [{ on: ['campaignId', 'productId'], unique: true }],
  hooks: { before: (ctx, c) => requireAboveFloor(ctx, c as never) },
})
