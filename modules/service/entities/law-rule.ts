import { defineEntity, f } from '@quancheng/kernel'
import { ProductLine } from '@quancheng/customers'
import { CAUSES, RIGHTS } from '../rules/law.ts'

/** 三包时限: after so many days in repair the customer of this product line has this right (SP-29). Off until somebody has compared it with the law in force. */
export const LawRule = defineEntity('lawRule', {
  label: ['三包时限', 'Warranty-law limit'],
  icon: 'clock',
  fields: {
    productLineId: f.ref(['产品线', 'Product line'], () => ProductLine, { required: true }),
    cause: f.choice(['原因', 'Cause'], CAUSES, { required: true, default: 'own', help: ['自身原因：不计待客户与待件的整天；未供应零配件：不计待客户的整天', 'Own: without whole days of waiting for customer or parts'] }),
    days: f.integer(['超过天数', 'More than days'], { required: true, min: 1, max: 3650 }),
    right: f.choice(['权益', 'Right'], RIGHTS, { required: true }),
    basis: f.text(['依据', 'Basis'], { multiline: true, max: 500 }),
    off: f.boolean(['未启用', 'Off'], { default: true, help: ['核对现行法规原文后再启用', 'Compare with the law in force first'] }),
  },
  display: ['right', 'days'],
  list: ['productLineId', 'cause', 'days', 'right', 'basis', 'off'],
  sort: 'days',
  indexes: [{ on: ['productLineId', 'cause', 'right'], unique: true }],
})
