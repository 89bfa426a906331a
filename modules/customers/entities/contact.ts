import { AppError, defineEntity, f } from '@quancheng/kernel'
import { Customer } from './customer.ts'

/** Somebody at a company. One row a place held there: who moves to another company keeps the old row, with its last day (CU-02). */
export const Contact = defineEntity('contact', {
  label: ['联系人', 'Contact'],
  icon: 'user',
  fields: {
    customerId: f.ref(['客户', 'Customer'], () => Customer, { required: true, onDelete: 'cascade' }),
    name: f.text(['姓名', 'Name'], { required: true, search: 'name', personal: true, max: 60 }),
    role: f.choice(['角色', 'Role'], { decider: ['决策人', 'Decides'], user: ['使用人', 'Uses'], purchaser: ['采购', 'Buys'], finance: ['财务', 'Pays'], it: ['信息管理', 'IT'] }),
    title: f.text(['职务', 'Title'], { max: 60 }),
    phone: f.phone(['电话', 'Phone'], { personal: true, search: 'code', index: true }),
    mail: f.mail(['邮箱', 'Mail'], { personal: true, search: 'code' }),
    since: f.date(['任职自', 'Since']),
    until: f.date(['任职至', 'Until'], { help: ['填写后为前任', 'Filled: no longer there'] }),
    note: f.text(['备注', 'Note'], { multiline: true, max: 1000 }),
  },
  scope: { via: 'customerId' },
  display: ['name'],
  list: ['name', 'customerId', 'role', 'title', 'phone', 'until'],
  tenantFields: true,
  watchable: true,
  hooks: {
    before(_ctx, c) {
      const since = c.draft.since ?? c.before?.since, until = c.draft.until ?? c.before?.until
      if (since && until && String(until) < String(since)) throw new AppError('INVALID', { summary: '任职至不能早于任职自', fields: [{ field: 'until', code: 'ORDER', message: '不能早于任职自' }] })
    },
  },
})
