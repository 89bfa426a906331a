import { readFileSync } from 'node:fs'
import { registerCustomerFigure, registerTimeline } from '@quancheng/customers'
import { registerReceiver } from '@quancheng/importer'
import { defineModule, registerOptions, sqlFiles, storeNew, type Ctx } from '@quancheng/kernel'
import { addDemands, deploy } from '@quancheng/process'
import './rules/errors.ts'
import { leadActions } from './actions/leads.ts'
import { opportunityActions } from './actions/opportunities.ts'
import { prospectActions } from './actions/prospects.ts'
import * as entities from './entities/index.ts'
import { formRoutes } from './http/form.ts'
import { FIRST_QUESTIONS } from './rules/checklist.ts'
import { FIRST_CHANCES } from './rules/weighted.ts'
import { registerNextActions } from './store/agenda.ts'
import { dealDemands } from './store/checklist.ts'
import { dealReceiver } from './store/import-deal.ts'
import { leadReceiver } from './store/import-lead.ts'
import { idleJob, unreadJob } from './store/leads.ts'
import { OPPORTUNITY_PROCESS } from './store/opportunity-hooks.ts'
import { rivals } from './store/rivals.ts'
import { JOB_IDLE, JOB_UNREAD } from './store/turns.ts'

const file = (key: string): string => readFileSync(new URL(`./processes/${key}.bpmn`, import.meta.url), 'utf8')

/** A company begins with these rows; one that has changed them, or has none on purpose, keeps what it has. */
async function seed(ctx: Ctx, entity: string, rows: ReadonlyArray<Record<string, unknown>>): Promise<void> {
  const [any] = await ctx.query('select 1 from audit where tenant_id = $1 and entity = $2 limit 1', [ctx.tenant.id, entity])
  if (!any) for (const row of rows) await storeNew(ctx, ctx.entities.get(entity), { ...row })
}

/** 销售: leads with their pool, deals with their stages, what was done for both, prospects and territories. */
export const sales = defineModule({
  name: 'sales',
  label: ['销售', 'Sales'],
  entities: Object.values(entities),
  tables: sqlFiles(new URL('./tables/', import.meta.url)),
  travels: { lead_cursor: 'never', lead_turn: 'never' },
  actions: [...leadActions, ...opportunityActions, ...prospectActions],
  acts: { 'lead.toPool': ['收回公海', 'Into the pool'], 'lead.assign': ['分配', 'Assigned'], 'lead.fromWeb': ['网上提交', 'From the web'], 'lead.again': ['再次提交', 'Sent again'], 'lead.followUp': ['跟进', 'Followed up'], 'opportunity.followUp': ['跟进', 'Followed up'], 'opportunity.fromLead': ['来自线索', 'From a lead'], 'engagement.convert': ['随线索转化', 'Converted'], 'customer.handOut': ['总部交办', 'Handed out'], 'prospect.handOut': ['总部交办', 'Handed out'], 'territoryHolder.handOver': ['交接', 'Handed over'] },
  permissions: [
    { code: 'lead:take', label: ['看公海、领取线索', 'See the pool, take leads'], scoped: true }, { code: 'lead:assign', label: ['分配线索', 'Assign leads'], scoped: true },
    { code: 'opportunity:reassign', label: ['代办、转派商机', 'Act for the owner'], scoped: true }, { code: 'engagement:assign', label: ['指派行动', 'Assign actions'], scoped: true },
    { code: 'checklistAnswer:fill', label: ['填写客户检查单', 'Fill in checklists'], scoped: true }, { code: 'prospect:handOut', label: ['把潜在客户交给大区', 'Hand out prospects'], scoped: true },
  ],
  jobs: { [JOB_UNREAD]: unreadJob, [JOB_IDLE]: idleJob },
  routes: formRoutes,
  start: runtime => {
    addDemands(runtime, dealDemands)
    registerNextActions(runtime)
    registerOptions(runtime, 'lostTo', rivals)
    registerReceiver(runtime, 'opportunity', dealReceiver)
    registerReceiver(runtime, 'lead', leadReceiver)
    registerCustomerFigure(runtime, { key: 'openDeals', label: ['进行中商机', 'Open deals'], entity: 'opportunity', measure: 'sum:amount', filter: () => ({ outcome: 'open' }), unit: 'money', rollUp: true, order: 20 })
    registerTimeline(runtime, { entity: 'lead', kind: 'deal', at: 'createdAt', title: ['number', 'name'], who: 'ownerId', state: 'state', phone: 'phone' })
    registerTimeline(runtime, { entity: 'opportunity', kind: 'deal', at: 'createdAt', title: ['number', 'name'], who: 'ownerId', amount: 'amount', state: 'stage' })
    registerTimeline(runtime, { entity: 'engagement', kind: 'contact', at: 'at', title: ['subject'], who: 'ownerId', channel: 'kind', state: 'state' })
  },
  setup: async (ctx: Ctx) => {
    await deploy(ctx, 'opportunity-gate', file('opportunity-gate'))
    await deploy(ctx, OPPORTUNITY_PROCESS, file('opportunity'))
    await seed(ctx, 'stageChance', FIRST_CHANCES)
    await seed(ctx, 'checklistQuestion', FIRST_QUESTIONS)
  },
})
export default sales

export * from './entities/index.ts'
export { keepInBlock } from './store/block.ts'
export { missingAnswers } from './store/checklist.ts'
export { closeLost, closeWon, moveOpportunity, openOpportunity, storeOpportunity } from './store/open.ts'
export { holderFor } from './store/territory.ts'
export { weighted } from './rules/weighted.ts'
