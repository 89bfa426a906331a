import { dayOf, defineEntity, f } from '@quancheng/kernel'
import { Post } from './post.ts'

/** A person at work. The account they sign in with, if they have one, is a user. */
export const Employee = defineEntity('employee', {
  label: ['员工', 'Employee'],
  icon: 'team',
  fields: {
    number: f.code(['工号', 'Number'], { required: true, unique: true, search: 'code', max: 20 }),
    name: f.text(['姓名', 'Name'], { required: true, search: 'name', max: 40 }),
    unitId: f.ref(['所属单位', 'Unit'], () => 'unit', { required: true }),
    postId: f.ref(['岗位', 'Post'], () => Post, { required: true }),
    userId: f.ref(['登录账号', 'Account'], () => 'user', { unique: true, onDelete: 'setNull' }),
    phone: f.phone(['手机', 'Phone'], { personal: true, search: 'code' }),
    skills: f.choices(['技能', 'Skills'], {
      reception: ['接待', 'Reception'], inspection: ['检测', 'Inspection'], mainboard: ['主板维修', 'Mainboard'], screen: ['屏幕更换', 'Screen'],
      battery: ['电池更换', 'Battery'], data: ['数据恢复', 'Data recovery'], printer: ['打印机维修', 'Printer'], quality: ['质量检验', 'Quality'], stock: ['库存管理', 'Stock'],
    }),
    hiredOn: f.date(['入职日期', 'Hired on']),
    status: f.choice(['状态', 'Status'], { active: ['在职', 'Active', 'green'], left: ['离职', 'Left', 'default'] }, { default: 'active', index: true }),
    leftOn: f.date(['离职日期', 'Left on']),
    note: f.text(['备注', 'Note'], { multiline: true, max: 1000 }),
  },
  scope: { owner: 'userId', unit: 'unitId' },
  travels: 'down',
  display: ['name'],
  list: ['number', 'name', 'unitId', 'postId', 'phone', 'status'],
  sort: 'number',
  tenantFields: true,
  hooks: {
    before(ctx, c) {
      const status = c.draft.status ?? c.before?.status
      if (status === 'left' && !(c.draft.leftOn ?? c.before?.leftOn)) c.draft.leftOn = dayOf(ctx.now(), ctx.tenant.timeZone).toISOString().slice(0, 10)
      if (c.before?.status === 'left' && c.draft.status === 'active') c.draft.leftOn = null
    },
  },
})
