import { defineEntity, f } from '@quancheng/kernel'

/** 价格表: what things cost for whom and when. The newest one in force whose rule fits the customer counts; the standard one fits everybody. */
export const PriceBook = defineEntity('priceBook', {
  label: ['价格表', 'Price book'],
  icon: 'money',
  fields: {
    code: f.code(['编码', 'Code'], { required: true, unique: true, search: 'code', max: 20 }),
    name: f.text(['名称', 'Name'], { required: true, search: 'name', max: 60 }),
    validFrom: f.date(['生效日', 'From'], { required: true }),
    validUntil: f.date(['失效日（含当天）', 'Until and with']),
    standard: f.boolean(['标准价', 'Standard'], { default: false }),
    note: f.text(['说明', 'Note'], { max: 500, multiline: true }),
  },
  travels: 'never',
  display: ['name'],
  list: ['code', 'name', 'standard', 'validFrom', 'validUntil'],
  sort: 'code',
})
