import { defineAction, elevated, fail, lock, storeChange, sumDecimal } from '@quancheng/kernel'
import { z } from 'zod'
import { contractFromQuote, moveContract, signContract, submitContract, terminateContract } from '../store/contracts.ts'
import { sayState } from '../store/contract-hooks.ts'
import { executionFor } from '../store/execution.ts'
import { orderEntries } from '../store/late-orders.ts'
import { planContract } from '../store/plan.ts'
import { ruleOf } from '../store/rule.ts'
import { contractText } from '../store/text.ts'
import { today } from '../store/today.ts'

const ID = z.object({ id: z.uuid() }), DAY = z.iso.date(), REASON = z.string().trim().min(2, '请写明原因，至少 2 个字').max(500, '原因最多 500 个字')
const TERM = z.object({ label: z.string().trim().min(1, '请写款项名称').max(60), percent: z.string().regex(/^\d{1,3}(\.\d{1,2})?$/, '比例应为 0 到 100 的数字，最多两位小数'), after: z.enum(['sign', 'delivery']), days: z.number().int().min(0).max(3650) })
const at = (verb: string): string => `/api/contracts/:id/${verb}`

export const contractActions = [
  defineAction({ name: 'contractFromQuote', label: ['生成合同', 'Make a contract'], method: 'POST', path: '/api/quotes/:id/contract', permission: 'contract:create', status: 201, input: ID, run: (ctx, { id }) => contractFromQuote(ctx, id) }),
  defineAction({ name: 'submitContract', label: ['合同送审', 'Submit'], method: 'POST', path: at('submit'), permission: 'contract:update', input: ID, run: (ctx, { id }) => submitContract(ctx, id) }),
  defineAction({ name: 'signContract', label: ['签订', 'Sign'], method: 'POST', path: at('sign'), permission: 'contract:update', input: z.object({ id: z.uuid(), signedOn: DAY.optional(), validFrom: DAY.optional(), validUntil: DAY.optional(), scanId: z.uuid().optional() }), run: (ctx, { id, ...o }) => signContract(ctx, id, o) }),
  defineAction({ name: 'terminateContract', label: ['终止', 'Terminate'], method: 'POST', path: at('terminate'), permission: 'contract:update', input: z.object({ id: z.uuid(), reason: REASON }), run: (ctx, { id, reason }) => terminateContract(ctx, id, reason) }),
  defineAction({ name: 'moveContract', label: ['改状态', 'Move'], method: 'POST', path: at('move'), permission: 'contract:update', input: z.object({ id: z.uuid(), act: z.enum(['reopen', 'finish', 'extend']) }), run: (ctx, { id, act }) => moveContract(ctx, id, act) }),
  defineAction({ name: 'planContract', label: ['生成收款计划', 'Make the plan'], method: 'POST', path: at('plan'), permission: 'contract:update', input: z.object({ id: z.uuid(), terms: z.array(TERM).min(1).max(24), deliveryOn: DAY.optional() }), run: (ctx, { id, ...o }) => planContract(ctx, id, o) }),
  defineAction({ name: 'contractText', label: ['合同正文', 'Text'], method: 'GET', path: at('text'), permission: 'contract:read', readOnly: true, input: ID,
    async run(ctx, { id }) {
      const { row } = await lock(ctx, ctx.entities.get('contract'), id, 'read', { forUpdate: false }), made = await contractText(ctx, id)
      return row.state !== 'draft' && row.content ? { ...made, text: String(row.content), missing: [], fixed: true } : { ...made, fixed: false }
    } }),
  defineAction({ name: 'contractExecution', label: ['合同执行', 'Execution'], method: 'GET', path: at('execution'), permission: 'contract:read', readOnly: true, input: ID,
    run: async (ctx, { id }) => ({ ...await executionFor(ctx, id), entry: (await orderEntries(ctx, id)).items[0] ?? null, scanToSign: (await ruleOf(ctx)).scanToSign }) }),
  defineAction({ name: 'orderEntries', label: ['订单录入', 'Order entry'], method: 'GET', path: '/api/collection/order-entries', permission: 'contract:read', readOnly: true, input: z.object({}), run: ctx => orderEntries(ctx) }),
  defineAction({ name: 'approveChange', label: ['批准变更', 'Approve a change'], method: 'POST', path: '/api/change-orders/:id/approve', permission: 'changeOrder:approve', input: ID,
    async run(ctx, { id }) {
      const entity = ctx.entities.get('changeOrder'), locked = await lock(ctx, entity, id, 'approve'), { row } = locked
      if (row.approvedOn) fail('CONTRACT_STATE', { state: '变更已批准', act: '再批准' })
      const contract = await lock(elevated(ctx, '合同变更'), ctx.entities.get('contract'), String(row.contractId), 'update')
      if (!['active', 'expired'].includes(String(contract.row.state))) fail('CONTRACT_STATE', { state: sayState(contract.row.state), act: '变更金额' })
      await storeChange(ctx, entity, id, { approvedOn: today(ctx), approvedById: ctx.user?.id ?? null }, { act: 'approve', locked })
      const changed = sumDecimal([String(contract.row.changed ?? '0.00'), String(row.amount)])
      await storeChange(elevated(ctx, '合同变更'), ctx.entities.get('contract'), String(row.contractId), { changed }, { act: 'change', locked: contract, note: { changeOrder: row.number, amount: row.amount } })
      return { changed }
    } }),
]
