import type { IconName } from '@quancheng/ui'

/** What people can apply for: the key of the process, the entity, and a line that says who decides. */
export type FormCard = { key: string, entity: string, plural: string, icon: IconName, label: readonly [string, string], about: readonly [string, string], /** for whom; everybody unless told */ permission?: string }

/** Those that came with this module, and those that other modules register. */
export const FORM_CARDS: FormCard[] = [
  { key: 'leave-request', entity: 'leaveRequest', plural: 'leave-requests', icon: 'calendar', label: ['请假', 'Leave'], about: ['部门经理；超过三天再经人事', 'Manager; over three days also personnel'] },
  { key: 'expense-claim', entity: 'expenseClaim', plural: 'expense-claims', icon: 'money', label: ['费用报销', 'Expenses'], about: ['部门经理；超过 5 000 元再经总监', 'Manager; over 5,000 also the director'] },
  { key: 'trip-request', entity: 'tripRequest', plural: 'trip-requests', icon: 'flow', label: ['出差', 'Business trip'], about: ['部门经理；预算超过 10 000 元再经总监', 'Manager; over 10,000 also the director'] },
  { key: 'purchase-request', entity: 'purchaseRequest', plural: 'purchase-requests', icon: 'box', label: ['采购', 'Purchase'], about: ['部门经理；超过 5 000 元三方会签，三分之二同意', 'Manager; over 5,000 two of three must agree'] },
  { key: 'contract-approval', entity: 'contractApproval', plural: 'contract-approvals', icon: 'request', label: ['合同', 'Contract'], about: ['部门经理，法务与财务会签；超过 100 000 元再经总监', 'Manager, legal and finance; over 100,000 also the director'] },
  { key: 'discount-request', entity: 'discountRequest', plural: 'discount-requests', icon: 'ticket', label: ['折扣', 'Discount'], about: ['部门经理；低于八折时总监或财务任一人', 'Manager; below 80 % director or finance'] },
  { key: 'permission-change', entity: 'permissionChange', plural: 'permission-changes', icon: 'lock', label: ['权限变更', 'Permissions'], about: ['部门经理、人事依次审批，管理员办理', 'Manager, then personnel, then the administrator'] },
]

/** A form of another module among those that people start with; the module routes its record to the same page (`formRecord`). */
export function registerForm(form: FormCard): void { if (!FORM_CARDS.some(each => each.key === form.key)) FORM_CARDS.push(form) }

export const formOf = (key: string | undefined): FormCard | undefined => FORM_CARDS.find(each => each.key === key || each.plural === key)
