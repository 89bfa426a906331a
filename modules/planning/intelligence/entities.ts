import { defineEntity, f, type Ctx } from '@quancheng/kernel'
import { Product } from '@quancheng/customers'
import { Competitor } from '../strategy/entities.ts'

/** 市场情报: a rival's price as somebody at a branch saw it (SA-25). What proves it is an attachment of the row. */
export const MarketIntel = defineEntity('marketIntel', {
  label: ['市场情报', 'Market intelligence'],
  icon: 'eye',
  fields: {
    competitorId: f.ref(['竞争对手', 'Competitor'], () => Competitor, { required: true, onDelete: 'restrict' }),
    item: f.text(['产品或服务', 'Item'], { required: true, max: 60, search: 'text', index: true }),
    productId: f.ref(['对应我们的', 'Ours'], () => Product, { onDelete: 'setNull', index: false }),
    price: f.money(['价格', 'Price'], { required: true, min: 0 }),
    trend: f.choice(['走势', 'Trend'], { up: ['涨', 'Up', 'red'], flat: ['平', 'Level', 'default'], down: ['跌', 'Down', 'green'] }, { required: true, default: 'flat' }),
    place: f.text(['地点', 'Place'], { required: true, max: 40, index: true }),
    seenOn: f.date(['看到的日期', 'Seen on'], { required: true, index: true }),
    unitId: f.ref(['单位', 'Unit'], () => 'unit', { readOnly: true }),
    userId: f.ref(['记录人', 'By'], () => 'user', { readOnly: true, onDelete: 'setNull', index: false }),
    note: f.text(['说明', 'Note'], { max: 500 }),
  },
  scope: { owner: 'userId', unit: 'unitId' },
  travels: 'never',
  display: ['item', 'place'],
  list: ['seenOn', 'competitorId', 'item', 'price', 'trend', 'place', 'unitId', 'userId'],
  sort: '-seenOn',
  indexes: [{ on: ['competitorId', 'item', 'seenOn'] }],
  hooks: { before(ctx: Ctx, c) { if (c.act === 'create') { c.draft.unitId ??= ctx.user?.unitId ?? null; c.draft.userId ??= ctx.user?.id ?? null } } },
})
