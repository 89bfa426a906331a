import { readFileSync } from 'node:fs'
import { defineModule, registerPresence, storeNew, type Ctx } from '@quancheng/kernel'
import { deploy } from '@quancheng/process'
import './rules/errors.ts'
import { documentActions } from './actions/documents.ts'
import { peopleActions } from './actions/people.ts'
import { usageActions } from './actions/usage.ts'
import * as entities from './entities/index.ts'
import { noticeRoutes } from './papers/routes.ts'
import { ACCOUNT_PROCESS } from './store/account-requests.ts'
import { dailyJob, JOB_DAILY, planDaily } from './store/daily.ts'
import { keepPresence } from './store/presence.ts'
import { firstRule } from './store/rule-documents.ts'

/** 使用规则: who uses the system as the rules say, what happens when they do not, and whose work it is when somebody goes. */
export const usage = defineModule({
  name: 'usage',
  label: ['使用规则', 'Rules of use'],
  entities: Object.values(entities),
  actions: [...usageActions, ...peopleActions, ...documentActions],
  acts: { 'user.leave': ['离职停用', 'Left'], 'user.transfer': ['调动', 'Transferred'], 'user.freeze': ['提前冻结', 'Frozen'], 'user.unfreeze': ['解除冻结', 'Unfrozen'], handOver: ['工作交接', 'Handed over'], undoHandOver: ['撤销交接', 'Hand-over undone'], 'handover.undo': ['撤销', 'Undone'] },
  permissions: [
    { code: 'user:usage', label: ['看使用情况', 'See how people use it'], scoped: true }, { code: 'user:freeze', label: ['冻结账户', 'Freeze accounts'], scoped: true }, { code: 'user:unfreeze', label: ['解除冻结', 'Unfreeze accounts'], scoped: true },
    { code: 'user:handOver', label: ['交接工作', 'Hand over work'], scoped: true }, { code: 'handover:undo', label: ['撤销交接', 'Undo a hand-over'], scoped: true }, { code: 'noticeList:make', label: ['生成通报', 'Make notices'], scoped: true },
    { code: 'accountRequest:carryOut', label: ['办理账户申请', 'Carry out account requests'], scoped: true },
  ],
  jobs: { [JOB_DAILY]: dailyJob },
  routes: noticeRoutes,
  start: runtime => registerPresence(runtime, keepPresence),
  setup: async (ctx: Ctx) => {
    await deploy(ctx, ACCOUNT_PROCESS, readFileSync(new URL('./processes/account-request.bpmn', import.meta.url), 'utf8'))
    await firstRule(ctx, values => storeNew(ctx, ctx.entities.get('ruleDocument'), values))
    await planDaily(ctx)
  },
})
export default usage

export * from './entities/index.ts'
export { dutiesOf, type Judged } from './store/duties.ts'
export { followUps, type FollowUp } from './store/follow-ups.ts'
export { boundPeople, type Person } from './store/people.ts'
export { ruleOn, type RuleCited } from './store/rule-documents.ts'
