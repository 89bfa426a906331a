import { readFileSync } from 'node:fs'
import { defineModule, storeNew, type Ctx } from '@quancheng/kernel'
import { deploy, publishDecision } from '@quancheng/process'
import './rules/errors.ts'
import { collectionActions } from './actions/collection.ts'
import { contractActions } from './actions/contracts.ts'
import { orderActions } from './actions/orders.ts'
import { paperRoutes } from './papers/routes.ts'
import { contractsInTemplates } from './papers/template-data.ts'
import * as entities from './entities/index.ts'
import { APPROVAL_LEVELS } from './rules/approval-table.ts'
import { FIRST_TEMPLATE } from './rules/text.ts'
import { expireDue, JOB_EXPIRE, JOB_MILESTONE, JOB_RENEWAL, milestoneDue, renewalDue } from './store/clocks.ts'
import { JOB_OVERDUE, overdueDue } from './store/collection-hooks.ts'
import { APPROVAL_PROCESS, APPROVAL_TABLE } from './store/contracts.ts'
import { CREDIT_PROCESS } from './store/orders.ts'
import { firstRule } from './store/rule.ts'
import { registerOnCustomers } from './timeline.ts'

const file = (key: string): string => readFileSync(new URL(`./processes/${key}.bpmn`, import.meta.url), 'utf8')

/** What a company begins with: its rules, a template, the table of who approves. What a person has changed stays. */
async function firstData(ctx: Ctx): Promise<void> {
  for (const key of [APPROVAL_PROCESS, CREDIT_PROCESS]) await deploy(ctx, key, file(key))
  if (!(await ctx.query('select 1 from decision_definition where tenant_id = $1 and key = $2 limit 1', [ctx.tenant.id, APPROVAL_TABLE])).length) await publishDecision(ctx, APPROVAL_TABLE, APPROVAL_LEVELS)
  await firstRule(ctx)
  const [any] = await ctx.query("select 1 from audit where tenant_id = $1 and entity = 'contractTemplate' limit 1", [ctx.tenant.id])
  if (!any) await storeNew(ctx, ctx.entities.get('contractTemplate'), { title: '销售合同', kind: null, body: FIRST_TEMPLATE })
}

/** 合同与回款: contracts from quotes, their text and approval, orders under them, what was delivered, billed and paid (SA-05, SA-06, CE-01, CE-02, CE-07, RU-11). */
export const contracts = defineModule({
  name: 'contracts',
  label: ['合同', 'Contracts'],
  entities: Object.values(entities),
  actions: [...contractActions, ...orderActions, ...collectionActions],
  acts: {
    'contract.fromQuote': ['由报价单生成', 'From a quote'], 'contract.submit': ['送审', 'Submitted'], 'contract.approve': ['免批通过', 'Approved'], 'contract.sign': ['签订', 'Signed'], 'contract.terminate': ['终止', 'Terminated'], 'contract.expire': ['到期', 'Expired'], 'contract.renewalAsked': ['提醒续签', 'Renewal asked'], 'contract.change': ['变更金额', 'Changed'], 'contract.reopen': ['退回草拟', 'Reopened'], 'contract.finish': ['完成', 'Done'], 'contract.extend': ['延期', 'Extended'],
    'salesOrder.confirm': ['确认', 'Confirmed'], 'salesOrder.askCredit': ['超信用送审', 'Credit asked'], 'salesOrder.cancel': ['取消', 'Cancelled'], 'salesOrder.deliver': ['交付', 'Delivered'], 'orderLine.deliver': ['交付', 'Delivered'], 'changeOrder.approve': ['批准', 'Approved'], 'instalment.settle': ['收款', 'Received'], 'receipt.reverse': ['冲销', 'Reversed'],
  },
  permissions: [{ code: 'changeOrder:approve', label: ['批准合同变更', 'Approve changes'], scoped: true }, { code: 'receipt:reverse', label: ['冲销收款', 'Reverse receipts'], scoped: true }],
  jobs: { [JOB_RENEWAL]: renewalDue, [JOB_EXPIRE]: expireDue, [JOB_MILESTONE]: milestoneDue, [JOB_OVERDUE]: overdueDue },
  routes: paperRoutes,
  start: runtime => {
    registerOnCustomers(runtime)
    contractsInTemplates(runtime)
  },
  setup: firstData,
})
export default contracts

export * from './entities/index.ts'
export { contractFromQuote, moveContract, signContract, submitContract, terminateContract } from './store/contracts.ts'
export { askCredit, confirmOrder, deliverOrder, type DeliverInput } from './store/orders.ts'
export { collectionOf, statementOf } from './store/collection.ts'
export { reverseReceipt } from './store/collection-hooks.ts'
export { contractText, contractWords } from './store/text.ts'
export { executionFor } from './store/execution.ts'
export { openFor } from './store/credit.ts'
export { orderEntries } from './store/late-orders.ts'
export { planContract } from './store/plan.ts'
export { ageingOf, ageOf, BUCKETS, bucketDays, type Bucket } from './rules/ageing.ts'
export { executionOf, type Execution } from './rules/execution.ts'
export { planOf, settleOf, USUAL_TERMS, type TermOfPayment } from './rules/plan.ts'
