import { readFileSync } from 'node:fs'
import { defineModule, type Ctx } from '@quancheng/kernel'
import { deploy } from '@quancheng/process'
import { formProcesses } from './actions/form-processes.ts'
import { ContractApproval } from './entities/contract-approval.ts'
import { DiscountRequest } from './entities/discount-request.ts'
import { ExpenseClaim } from './entities/expense-claim.ts'
import { LeaveRequest } from './entities/leave-request.ts'
import { PermissionChange } from './entities/permission-change.ts'
import { PurchaseRequest } from './entities/purchase-request.ts'
import { TripRequest } from './entities/trip-request.ts'

const file = (key: string): string => readFileSync(new URL(`./processes/${key}.bpmn`, import.meta.url), 'utf8')

/** The forms that a company starts with, each with the process that it goes through. The key of a process is the form's name in addresses. */
export const FORMS = {
  'leave-request': LeaveRequest, 'expense-claim': ExpenseClaim, 'trip-request': TripRequest, 'discount-request': DiscountRequest,
  'contract-approval': ContractApproval, 'permission-change': PermissionChange, 'purchase-request': PurchaseRequest,
} as const

/** 审批: forms, their processes, and the pages on which they are filled in and approved. What an approval is, is the process package's. */
export const approvals = defineModule({
  name: 'approvals',
  label: ['审批', 'Approvals'],
  entities: Object.values(FORMS),
  actions: [formProcesses],
  setup: async (ctx: Ctx) => { for (const key of Object.keys(FORMS)) await deploy(ctx, key, file(key)) },
})
export default approvals

export { ContractApproval, DiscountRequest, ExpenseClaim, LeaveRequest, PermissionChange, PurchaseRequest, TripRequest }
export { common, OWN_FORM, ownForm, STAGES as FORM_STAGES } from './rules/form.ts'
