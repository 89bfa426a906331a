import { readFileSync } from 'node:fs'
import { defineModule, known, registerRetention, sqlFiles, sweepRecords, type Ctx } from '@quancheng/kernel'
import { deploy, registerAbout, STANDARD_SERVICE, type StandardResolver } from '@quancheng/process'
import './rules/errors.ts'
import { board } from './actions/board.ts'
import { callNext, callNumber, calls, screen, screenEvents, skipNumber } from './actions/call.ts'
import { contact } from './actions/contact.ts'
import { deskPrefill, deskSearch, register } from './actions/desk.ts'
import { answerEstimate, answerEstimateByCode, estimateOf, saveEstimate } from './actions/estimate.ts'
import { lawOf, seedLaw } from './actions/law.ts'
import { bulkMove, move } from './actions/move.ts'
import { orderRoute, paperFacts } from './actions/papers.ts'
import { checkPhoneCode, phoneState, sendPhoneCode } from './actions/phone.ts'
import { deskRepeat, repeatRates } from './actions/repeat.ts'
import { rollup } from './actions/rollup.ts'
import { judgeSuspect, suspects } from './actions/suspects.ts'
import { kiosk, kioskTake, takeNumber } from './actions/take-number.ts'
import { trackByCode, trackByToken } from './actions/track.ts'
import { ContactAttempt } from './entities/contact-attempt.ts'
import { Estimate } from './entities/estimate.ts'
import { FaultCategory } from './entities/fault-category.ts'
import { LawRule } from './entities/law-rule.ts'
import { QueueCall } from './entities/queue-call.ts'
import { ServiceRequest } from './entities/service-request.ts'
import { Suspicion } from './entities/suspicion.ts'
import { TimeStandard } from './entities/time-standard.ts'
import { registerPapers } from './papers/tickets.ts'
import { closeEstimate } from './store/answered.ts'
import { JOB_LAW, lookAtLaw, scheduleLaw } from './store/law.ts'
import { ENDED, onStage, type StageChange } from './store/stages.ts'
import { chooseStandard, type StandardRow } from './rules/standard.ts'
import { serviceOnTimeline } from './timeline.ts'

const file = (name: string): string => readFileSync(new URL(`./processes/${name}`, import.meta.url), 'utf8')

/** The processes that a new tenant starts with; the key is what a product line names. */
const PROCESSES = { repair: 'repair.bpmn', 'parts-sale': 'parts-sale.bpmn' } as const

/** The tenant's own standards over the model's; the model's pause reasons and reminders stay. */
const resolveStandard: StandardResolver = async (ctx, { key, node, record }) => {
  const rows = await known(ctx, `time-standards/${key}/${node.id}`, () => ctx.query<StandardRow>(
    'select product_line_id as "productLineId", tier, minutes, clock, warn_percent as "warnPercent" from time_standard where tenant_id = $1 and process_key = $2 and node_id = $3', [ctx.tenant.id, key, node.id]))
  if (!rows.length) return null
  const [customer] = rows.some(r => r.tier) && record.customerId ? await ctx.query<{ tier: string | null }>('select tier from customer where tenant_id = $1 and id = $2', [ctx.tenant.id, record.customerId]) : []
  const row = chooseStandard(rows, { productLineId: (record.productLineId as string | null) ?? null, tier: customer?.tier ?? null })
  return row ? { pauseReasons: node.task.standard?.pauseReasons ?? [], remindMinutes: node.task.standard?.remindMinutes ?? [], minutes: row.minutes, clock: row.clock, warnPercent: row.warnPercent } : null
}

/** Service at stations: from the number at the door to pick-up. */
export const service = defineModule({
  name: 'service',
  label: ['服务', 'Service'],
  acts: { lawRight: ['标出三包权益', 'Warranty right found'], 'serviceRequest.register': ['登记', 'Register'] },
  tables: sqlFiles(new URL('./tables/', import.meta.url)),
  // a code is asked for and told at one counter
  travels: { phone_code: 'never' },
  entities: [FaultCategory, ServiceRequest, ContactAttempt, TimeStandard, Estimate, QueueCall, LawRule, Suspicion],
  actions: [takeNumber, kiosk, kioskTake, move, bulkMove, contact, deskSearch, deskPrefill, deskRepeat, register, board, rollup, repeatRates, suspects, judgeSuspect, phoneState, sendPhoneCode, checkPhoneCode, seedLaw, lawOf, trackByToken, trackByCode, paperFacts, saveEstimate, estimateOf, answerEstimate, answerEstimateByCode, callNext, callNumber, skipNumber, calls, screen],
  permissions: [{ code: 'suspicion:judge', label: ['判断疑似虚假', 'Judge suspicious data'] }, { code: 'serviceRequest:reassign', label: ['转派任务', 'Re-assign'] }, { code: 'serviceRequest:startProcess', label: ['发起流程', 'Start a process'] }, { code: 'serviceRequest:print', label: ['打印单据', 'Print papers'] }],
  jobs: { [JOB_LAW]: lookAtLaw },
  routes: (app, runtime) => { orderRoute(app, runtime); screenEvents(app, runtime) },
  start: runtime => { runtime.services.set(STANDARD_SERVICE, resolveStandard); registerPapers(runtime); serviceOnTimeline(runtime); onStage(runtime, closeEstimate); registerRetention(runtime, { key: 'queueCall', label: ['叫号', 'Calls of numbers'], months: 3, least: 1, sweep: sweepRecords('queueCall', 't.called_at < $2 and exists (select 1 from service_request r where r.tenant_id = t.tenant_id and r.id = t.request_id and r.ended_at is not null)') }); registerAbout(runtime, 'serviceRequest', { constant: ['productLineId'], typed: ['faultCode'] }) },
  setup: async (ctx: Ctx) => {
    for (const [key, name] of Object.entries(PROCESSES)) await deploy(ctx, key, file(name))
    await scheduleLaw(ctx, ctx.now())
  },
})
export default service

export { ContactAttempt, Estimate, FaultCategory, ServiceRequest, TimeStandard }
export { STAGES as SERVICE_STAGES } from './entities/service-request.ts'
export { openRequest } from './actions/open-request.ts'
export { onTimeRate } from './rules/on-time.ts'
export { costsOf, registerCost, type RequestCost } from './store/costs.ts'
export { ENDED, onStage, type StageChange }
export { makePhoneCode, phoneCodeAsked, SMS_NOW, type SmsNow } from './store/phone-code.ts'
export { progressOf } from './actions/track.ts'
