import { AppError, defineEntity, f } from '@quancheng/kernel'
import { ProductLine } from '@quancheng/customers'

/** 折扣规则: how far below the list price somebody may go by themselves, how far with a yes, and whose. The rule of a person comes before that of a role, that before everybody's (SA-04). */
export const DiscountRule = defineEntity('discountRule', {
  label: ['折扣规则', 'Discount rule'],
  icon: 'settings',
  fields: {
    name: f.text(['名称', 'Name'], { required: true, search: 'name', max: 60 }),
    userId: f.ref(['只给这个人', 'For the person'], () => 'user', { onDelete: 'cascade', index: false }),
    roleId: f.ref(['只给这个角色', 'For the role'], () => 'role', { onDelete: 'cascade', index: false }),
    productLineId: f.ref(['产品线', 'Product line'], () => ProductLine, { onDelete: 'cascade', index: false }),
    free: f.decimal(['不用审批的折扣（%）', 'Without approval %'], { required: true, scale: 2, min: 0, max: 100 }),
    most: f.decimal(['最多折扣（%）', 'At most %'], { scale: 2, min: 0, max: 100, help: ['审批也不能超过；不填则不限', 'Not even with approval; empty: no limit'] }),
    approverId: f.ref(['审批人', 'Approver'], () => 'user', { onDelete: 'setNull', index: false }),
    approverRoleId: f.ref(['审批角色', 'Role that approves'], () => 'role', { onDelete: 'setNull', index: false, help: ['报价所在板块及上级里有这个角色的人，任一人同意即可', 'Anyone of that role in the block or above it'] }),
    off: f.boolean(['停用', 'Off'], { default: false }),
  },
  travels: 'never',
  display: ['name'],
  list: ['name', 'userId', 'roleId', 'productLineId', 'free', 'most', 'approverId', 'approverRoleId', 'off'],
  sort: 'name',
  hooks: {
    before(_ctx, c) {
      const now = { ...c.before, ...c.draft } as Record<string, unknown>
      if (c.act !== 'remove' && now.most && Number(now.most) < Number(now.free)) throw new AppError('INVALID', { summary: '最多折扣不能小于不用审批的折扣', fields: [{ field: 'most', code: 'ORDER', message: '不能小于不用审批的折扣' }] })
    },
  },
})
