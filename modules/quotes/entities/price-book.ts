import { AppError, defineEntity, f } from '@quancheng/kernel'
import { ACCOUNT_TYPES, Customer } from '@quancheng/customers'

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
    customerId: f.ref(['客户专用', 'For the customer'], () => Customer, { onDelete: 'cascade', help: ['集团的价格表也用于它下面的公司', 'A group\'s book holds for its companies too'] }),
    level: f.integer(['客户分级专用', 'For the level'], { min: 1, max: 10 }),
    accountType: f.choice(['客户类型专用', 'For the type'], ACCOUNT_TYPES),
    note: f.text(['说明', 'Note'], { max: 500, multiline: true }),
  },
  travels: 'never',
  display: ['name'],
  list: ['code', 'name', 'standard', 'customerId', 'level', 'validFrom', 'validUntil'],
  sort: 'code',
  hooks: {
    before(_ctx, c) {
      const now = { ...c.before, ...c.draft } as Record<string, unknown>
      if (c.act !== 'remove' && now.validFrom && now.validUntil && String(now.validUntil) < String(now.validFrom)) throw new AppError('INVALID', { summary: '失效日不能早于生效日', fields: [{ field: 'validUntil', code: 'ORDER', message: '不能早于生效日' }] })
      if (c.act !== 'remove' && !now.standard && !now.customerId && !now.level && !now.accountType) throw new AppError('INVALID', { summary: '请说明这张价格表给谁用', fields: [{ field: 'standard', code: 'NOBODY', message: '标准价、客户、分级、类型至少选一个，否则没有人用得到' }] })
    },
  },
})
