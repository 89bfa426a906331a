import { AppError, defineEntity, f, fenOf } from '@quancheng/kernel'
import { Customer } from '@quancheng/customers'
import { Campaign } from '@quancheng/sales'

/** 促销: a budget, what one use is worth, how many are planned. Uses and what is spent are counted by its acts alone. */
export const Promotion = defineEntity('promotion', {
  label: ['促销', 'Promotion'],
  icon: 'star',
  fields: {
    code: f.code(['促销代码', 'Code'], { required: true, unique: true, search: 'code', max: 20 }),
    name: f.text(['名称', 'Name'], { required: true, search: 'name', max: 80 }),
    campaignId: f.ref(['营销活动', 'Campaign'], () => Campaign, { onDelete: 'setNull' }),
    unitId: f.ref(['单位', 'Unit'], () => 'unit', { required: true }),
    ownerId: f.ref(['负责人', 'Owner'], () => 'user', { onDelete: 'setNull', index: false }),
    budget: f.money(['预算', 'Budget'], { required: true, min: 0 }),
    perUse: f.money(['每次优惠', 'Each use'], { required: true, min: 0.01 }),
    planned: f.integer(['计划次数', 'Planned uses'], { min: 1 }),
    forecast: f.money(['预计带来的销售额', 'Forecast sales'], { min: 0 }),
    startsOn: f.date(['开始', 'From'], { required: true }),
    endsOn: f.date(['结束（含当天）', 'Until and with'], { required: true }),
    off: f.boolean(['停止', 'Stopped'], { default: false }),
    uses: f.integer(['已用次数', 'Uses'], { readOnly: true, default: 0 }),
    spent: f.money(['已用金额', 'Spent'], { readOnly: true, default: '0.00' }),
    settled: f.money(['已结算', 'Settled'], { readOnly: true, default: '0.00' }),
  },
  scope: { owner: 'ownerId', unit: 'unitId' },
  travels: 'never',
  display: ['code', 'name'],
  list: ['code', 'name', 'budget', 'perUse', 'uses', 'spent', 'settled', 'startsOn', 'endsOn', 'off'],
  sort: '-startsOn',
  hooks: {
    before(_ctx, c) {
      if (c.act === 'remove') return
      const now = { ...c.before, ...c.draft } as Record<string, unknown>, refuse = (field: string, message: string): never => { throw new AppError('INVALID', { summary: message, fields: [{ field, code: 'RANGE', message }] }) }
      if (now.startsOn && now.endsOn && String(now.endsOn) < String(now.startsOn)) refuse('endsOn', '结束不能早于开始')
      if (now.budget && now.perUse && fenOf(String(now.perUse)) > fenOf(String(now.budget))) refuse('perUse', '一次的优惠不能多于预算')
      if (now.budget && now.spent && fenOf(String(now.budget)) < fenOf(String(now.spent))) refuse('budget', `已经用了 ${String(now.spent)} 元，预算不能再少`)
    },
  },
})

/** 促销使用: one use by one customer, settled with whoever gave it, or disputed. */
export const PromotionUse = defineEntity('promotionUse', {
  label: ['促销使用', 'Promotion use'],
  icon: 'list',
  fields: {
    promotionId: f.ref(['促销', 'Promotion'], () => Promotion, { required: true, onDelete: 'restrict' }),
    customerId: f.ref(['客户', 'Customer'], () => Customer, { required: true }),
    usedAt: f.datetime(['使用时间', 'Used'], { required: true }),
    amount: f.money(['优惠金额', 'Amount'], { required: true }),
    voucher: f.text(['凭证号', 'Voucher'], { max: 60 }),
    state: f.choice(['状态', 'State'], { used: ['待结算', 'To settle', 'blue'], settled: ['已结算', 'Settled', 'green'], disputed: ['有争议', 'Disputed', 'orange'], rejected: ['不予结算', 'Rejected', 'red'] }, { required: true, default: 'used', index: true }),
    reason: f.text(['争议或处理说明', 'Reason'], { max: 300 }),
    settledAt: f.datetime(['结算时间', 'Settled']),
  },
  scope: { via: 'promotionId' },
  travels: 'never',
  display: ['promotionId', 'customerId'],
  list: ['usedAt', 'promotionId', 'customerId', 'amount', 'voucher', 'state', 'reason', 'settledAt'],
  sort: '-usedAt',
  managed: true,
  indexes: [{ on: ['promotionId', 'voucher'], unique: true, where: 'voucher is not null' }],
})
