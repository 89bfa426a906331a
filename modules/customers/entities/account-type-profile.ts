import { defineEntity, f } from '@quancheng/kernel'
import { ACCOUNT_TYPES } from './customer.ts'

/** 客户类型的服务方案: who looks after a type of account, and what matters there (CU-04). */
export const AccountTypeProfile = defineEntity('accountTypeProfile', {
  label: ['客户类型方案', 'Account type'],
  icon: 'team',
  fields: {
    accountType: f.choice(['客户类型', 'Account type'], ACCOUNT_TYPES, { required: true, unique: true }),
    teamId: f.ref(['负责团队', 'Team'], () => 'unit', { onDelete: 'setNull' }),
    focus: f.text(['服务重点', 'What matters'], { max: 2000, multiline: true, help: ['一行一条', 'One a line'] }),
  },
  travels: 'never',
  display: ['accountType'],
  list: ['accountType', 'teamId', 'focus'],
  sort: 'accountType',
})
