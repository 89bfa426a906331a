import { readFileSync } from 'node:fs'
import { defineModule } from '@quancheng/kernel'
import { deploy } from '@quancheng/process'
import { registerPriceGuard } from '@quancheng/quotes'
import './rules/errors.ts'
import { keyAnalysis } from './actions/analysis.ts'
import { publicStanding, standingLink } from './actions/channel.ts'
import { checkDeclines, moveDecline } from './actions/decline.ts'
import { askForPrice, decidePriceRequest, giveTeamTask, groupPage, setMember, signGroupAgreement, writeFeedback } from './actions/group.ts'
import { publicReport, publicReportFile } from './actions/report-link.ts'
import { makeReports } from './actions/reports.ts'
import { joinProgramme, leaveProgramme, previewTiers, recomputeTiers, stopTiers, tierOverview } from './actions/tiers.ts'
import * as entities from './entities/index.ts'
import { DECLINE_PROCESS, declineJob, JOB_DECLINE, planDeclines } from './store/decline.ts'
import { guardGroupPrices } from './store/prices.ts'
import { JOB_REPORT, JOB_REPORTS, planReports, reportJob, reportsJob } from './store/reports.ts'
import { JOB_NIGHT, JOB_ONE, JOB_TIERS, nightJob, oneJob, planNight, tiersJob } from './store/run.ts'
import { setUpLevels } from './store/setup.ts'
import { onMoved, wanted } from './store/watch.ts'

/** 重点客户: who they are (ten levels), what groups agree with us, how they do. */
export const keyaccounts = defineModule({
  name: 'keyaccounts',
  label: ['重点客户', 'Key accounts'],
  acts: { 'contract.signGroup': ['签订集团协议', 'Signed'], 'contract.joinGroup': ['并入集团协议', 'Joined the group agreement'], 'priceRequest.accept': ['同意', 'Accepted'], 'priceRequest.decline': ['不同意', 'Declined'], 'customer.grade': ['分级', 'Graded'], 'customerStanding.grade': ['分级', 'Graded'] },
  entities: Object.values(entities),
  actions: [joinProgramme, leaveProgramme, tierOverview, recomputeTiers, stopTiers, previewTiers, standingLink, publicStanding, groupPage, signGroupAgreement, setMember, giveTeamTask, writeFeedback, askForPrice, decidePriceRequest, moveDecline, checkDeclines, keyAnalysis, makeReports, publicReport, publicReportFile],
  permissions: [{ code: 'customerStanding:join', label: ['加入、退出重点客户计划', 'Join and leave'], scoped: true }, { code: 'tierRun:start', label: ['重算分级、试算', 'Recompute levels'] }, { code: 'contract:signGroup', label: ['签订集团协议', 'Sign group agreements'], scoped: true }, { code: 'accountTeam:set', label: ['安排虚拟团队', 'Set up teams'], scoped: true }, { code: 'priceRequest:decideAny', label: ['决定任何集团的调价', 'Decide on any group’s prices'] }, { code: 'decline:move', label: ['办理销量下降', 'Work on declines'], scoped: true }, { code: 'decline:reassign', label: ['转派销量下降的任务', 'Re-assign'], scoped: true }, { code: 'decline:check', label: ['检查销量下降', 'Look for declines'] }, { code: 'keyReport:make', label: ['生成客户报表', 'Make reports'] }],
  watchers: [{ name: 'keyaccounts', wants: wanted, run: onMoved }],
  jobs: { [JOB_TIERS]: tiersJob, [JOB_ONE]: oneJob, [JOB_NIGHT]: nightJob, [JOB_DECLINE]: declineJob, [JOB_REPORTS]: reportsJob, [JOB_REPORT]: reportJob },
  start: runtime => registerPriceGuard(runtime, guardGroupPrices),
  setup: async ctx => {
    await deploy(ctx, DECLINE_PROCESS, readFileSync(new URL('./processes/decline.bpmn', import.meta.url), 'utf8'))
    await setUpLevels(ctx)
    await planNight(ctx)
    await planDeclines(ctx)
    await planReports(ctx)
  },
})
export default keyaccounts

export * from './entities/index.ts'
export { LEVEL_DECISION } from './rules/first-table.ts'
export { judgeNow, startRun, tiersJob } from './store/run.ts'
export { shareWithTeams } from './store/shares.ts'
export { findDeclines } from './store/decline.ts'
