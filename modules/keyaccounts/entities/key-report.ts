import { defineEntity, f } from '@quancheng/kernel'
import { Customer } from '@quancheng/customers'
import { REPORT_KINDS } from '../rules/choices.ts'

/** 客户报表: what a key account bought in a month, a quarter, a year; its two files hang on it. Made again of the same figures, the files are the same (SA-18). */
export const KeyReport = defineEntity('keyReport', {
  label: ['客户报表', 'Customer report'],
  icon: 'chart',
  fields: {
    customerId: f.ref(['客户', 'Customer'], () => Customer, { required: true, onDelete: 'cascade', index: false }),
    kind: f.choice(['类别', 'Kind'], REPORT_KINDS, { required: true }),
    period: f.text(['期间', 'Period'], { required: true, max: 10, index: true }),
    from: f.date(['从', 'From'], { required: true }),
    until: f.date(['到（含当天）', 'Until and with'], { required: true }),
    spend: f.money(['金额合计', 'Spend'], { required: true }),
    orders: f.integer(['订单数', 'Orders'], { required: true }),
    places: f.integer(['地点数', 'Places'], { required: true }),
    pdfHash: f.text(['PDF 校验值', 'Hash of the PDF'], { required: true, max: 64 }),
    csvHash: f.text(['CSV 校验值', 'Hash of the CSV'], { required: true, max: 64 }),
    madeAt: f.datetime(['生成时间', 'Made'], { required: true }),
    sentTo: f.text(['寄给', 'Mailed to'], { max: 200 }),
    linkToken: f.text(['链接', 'Link'], { readOnly: true, hidden: true, max: 40 }),
  },
  scope: { via: 'customerId' },
  travels: 'never',
  managed: true,
  display: ['customerId', 'kind', 'period'],
  list: ['customerId', 'kind', 'period', 'spend', 'orders', 'places', 'madeAt', 'sentTo'],
  sort: '-madeAt',
  indexes: [{ on: ['customerId', 'kind', 'period'], unique: true }, { on: ['linkToken'], unique: true }],
})
