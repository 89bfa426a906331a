import { defineEntity, f, fail, registerErrors, type Ctx } from '@quancheng/kernel'
import { Customer } from './customer.ts'

registerErrors({
  VISIT_FEEDBACK_MISSING: [409, '这位客户 {day} 的拜访（{number}）还没有写反馈，写了反馈才能计划下一次', 'The visit {number} of {day} lacks its feedback: write it before you plan the next'],
  VISIT_NOT_YET: [400, '完成的拜访要写拜访时间', 'A visit that is done has its time'],
})

/** 客户拜访. What came of a visit is written down before the next one is planned. */
export const CustomerVisit = defineEntity('customerVisit', {
  label: ['客户拜访', 'Customer visit'],
  icon: 'team',
  fields: {
    number: f.serial(['拜访号', 'Number'], 'BF{yyyy}{MM}-{0000}', { search: 'code', unique: true }),
    customerId: f.ref(['客户', 'Customer'], () => Customer, { required: true, immutable: true }),
    plannedAt: f.datetime(['计划时间', 'Planned at'], { required: true, index: true }),
    visitedAt: f.datetime(['拜访时间', 'Visited at']),
    purpose: f.text(['目的', 'Purpose'], { required: true, max: 500, multiline: true }),
    feedback: f.text(['反馈', 'Feedback'], { max: 2000, multiline: true, help: ['写了反馈才能计划下一次', 'Needed before the next visit can be planned'] }),
    ownerId: f.ref(['拜访人', 'Visitor'], () => 'user', { onDelete: 'setNull' }),
    state: f.choice(['状态', 'State'], { planned: ['已计划', 'Planned', 'blue'], done: ['已拜访', 'Done', 'green'], cancelled: ['已取消', 'Cancelled', 'default'] }, { default: 'planned', index: true }),
  },
  scope: { via: 'customerId' },
  watchable: true,
  display: ['number'],
  list: ['number', 'customerId', 'plannedAt', 'visitedAt', 'purpose', 'ownerId', 'state'],
  sort: '-plannedAt',
  hooks: {
    async before(ctx, c) {
      if (c.act === 'remove') return
      const draft = c.draft as Record<string, unknown>
      if (c.act === 'create') draft.ownerId ??= ctx.user?.id ?? null
      const state = draft.state ?? c.before?.state
      if (draft.state === 'done' && !(draft.visitedAt ?? c.before?.visitedAt)) fail('VISIT_NOT_YET')
      const planned = state === 'planned' && (c.act === 'create' || c.before?.state !== 'planned')
      if (planned) await requireFeedback(ctx, String(draft.customerId ?? c.before?.customerId), c.id)
    },
  },
})

/** Two who plan at once are kept apart by the customer's own row: the second sees the first one's plan. */
async function requireFeedback(ctx: Ctx, customerId: string, id: string): Promise<void> {
  await ctx.query('select 1 from customer where tenant_id = $1 and id = $2 for no key update', [ctx.tenant.id, customerId])
  const [open] = await ctx.query<{ number: string; at: Date }>(
    "select number, coalesce(visited_at, planned_at) as at from customer_visit where tenant_id = $1 and customer_id = $2 and id <> $3 and state <> 'cancelled' and coalesce(btrim(feedback), '') = '' order by planned_at limit 1", [ctx.tenant.id, customerId, id])
  if (open) fail('VISIT_FEEDBACK_MISSING', { number: open.number, day: new Intl.DateTimeFormat('sv-SE', { timeZone: ctx.tenant.timeZone, dateStyle: 'short' }).format(open.at) })
}
