import { defineEntity, f } from '@quancheng/kernel'
import { Customer } from '@quancheng/customers'

/** 潜在客户评估: why a prospect is worth it, and to whom head office handed it (CU-12). The rating itself is the customer's `potential`. */
export const Prospect = defineEntity('prospect', {
  label: ['潜在客户评估', 'Prospect'],
  icon: 'star',
  fields: {
    customerId: f.ref(['客户', 'Customer'], () => Customer, { required: true, unique: true, onDelete: 'cascade' }),
    growth: f.text(['增长', 'Growth'], { max: 200, help: ['例如 三年营收翻番', 'Such as: doubled in three years'] }),
    plans: f.text(['计划', 'Plans'], { max: 500, multiline: true }),
    reason: f.text(['评级理由', 'Why'], { max: 500, multiline: true }),
    favoured: f.boolean(['资源倾斜', 'Favoured'], { default: false, readOnly: true, index: true }),
    handedUnitId: f.ref(['交给', 'Handed to'], () => 'unit', { readOnly: true, onDelete: 'setNull' }),
    handedToId: f.ref(['接手人', 'Taken by'], () => 'user', { readOnly: true, onDelete: 'setNull', index: false }),
    handedById: f.ref(['交办人', 'Handed by'], () => 'user', { readOnly: true, onDelete: 'setNull', index: false }),
    handedAt: f.datetime(['交办时间', 'Handed at'], { readOnly: true }),
  },
  scope: { via: 'customerId' },
  travels: 'never',
  display: ['customerId'],
  list: ['customerId', 'growth', 'favoured', 'handedUnitId', 'handedToId', 'handedAt'],
})
