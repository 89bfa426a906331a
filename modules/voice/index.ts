import { readFileSync } from 'node:fs'
import { defineModule, storeNew, type Ctx } from '@quancheng/kernel'
import { deploy, registerAbout, STANDARD_SERVICE, type StandardResolver } from '@quancheng/process'
import './rules/errors.ts'
import { complaintLink, moveComplaint, recordVerdict, registerComplaint } from './actions/complaints.ts'
import { confirmFeedback, feedbackLink, registerFeedback } from './actions/feedback.ts'
import { complaintStatistics, ratingStatistics } from './actions/figures.ts'
import { sendVoice, voiceAsked, voiceForm, voiceProgress, voiceSay } from './actions/public.ts'
import { ratingAsked, ratingGiven, ratingPosted } from './actions/ratings.ts'
import { suggest } from './actions/suggest.ts'
import { transferComplaint } from './actions/transfer.ts'
import { Complaint, ComplaintLimit, CounterRating, Feedback, FeedbackRoute } from './entities/index.ts'
import { FIRST_LIMITS } from './rules/limits.ts'
import { COMPLAINT_PROCESS, complaintStandard } from './store/limit.ts'
import { FEEDBACK_PROCESS } from './store/open.ts'
import { seedRoutes } from './store/route.ts'
import { onAnswered, registerTold, wanted } from './store/tell.ts'
import { voiceOnTimeline } from './timeline.ts'

const file = (key: string): string => readFileSync(new URL(`./processes/${key}.bpmn`, import.meta.url), 'utf8')

/** A company begins with limits by severity; one that has its own, or has none on purpose, keeps them. */
async function seedLimits(ctx: Ctx): Promise<void> {
  const [any] = await ctx.query("select 1 from audit where tenant_id = $1 and entity = 'complaintLimit' limit 1", [ctx.tenant.id])
  if (!any) for (const row of FIRST_LIMITS) await storeNew(ctx, ctx.entities.get('complaintLimit'), { ...row })
}

/** 客户之声: complaints (CU-11), feedback (CU-16), ratings at the counter (BH-2.3); the first two run on the engine. */
export const voice = defineModule({
  name: 'voice',
  label: ['客户之声', 'Voice of the customer'],
  acts: { 'complaint.register': ['登记', 'Register'], 'feedback.register': ['登记', 'Register'] },
  entities: [Complaint, ComplaintLimit, Feedback, FeedbackRoute, CounterRating],
  actions: [registerComplaint, moveComplaint, transferComplaint, recordVerdict, complaintLink, complaintStatistics, registerFeedback, confirmFeedback, feedbackLink, voiceForm, sendVoice, voiceProgress, voiceAsked, voiceSay, suggest, ratingAsked, ratingGiven, ratingPosted, ratingStatistics],
  permissions: [
    { code: 'complaint:verdict', label: ['记录客户意见', 'Record the verdict'] }, { code: 'complaint:figures', label: ['看投诉统计', 'See complaint figures'] }, { code: 'complaint:reassign', label: ['转派投诉任务', 'Re-assign'] }, { code: 'complaint:transfer', label: ['投诉转给别的站', 'Hand to another unit'], scoped: true },
    { code: 'feedback:confirm', label: ['记录客户确认', 'Record the confirmation'] }, { code: 'feedback:move', label: ['办理反馈', 'Work on feedback'], scoped: true }, { code: 'feedback:reassign', label: ['转派反馈任务', 'Re-assign'] }, { code: 'counterRating:post', label: ['上报评分（评价器）', 'Post ratings'] },
  ],
  watchers: [{ name: 'voice', wants: wanted, run: onAnswered }],
  start: runtime => {
    registerTold(runtime)
    voiceOnTimeline(runtime)
    runtime.services.set(STANDARD_SERVICE, complaintStandard(runtime.services.get(STANDARD_SERVICE) as StandardResolver | undefined))
    registerAbout(runtime, 'complaint', { constant: [], typed: ['category', 'severity'] })
  },
  setup: async (ctx: Ctx) => {
    for (const key of [COMPLAINT_PROCESS, FEEDBACK_PROCESS]) await deploy(ctx, key, file(key))
    await seedLimits(ctx)
    await seedRoutes(ctx)
  },
})
export default voice

export { Complaint, CounterRating, Feedback }
export { openComplaint, openFeedback } from './store/open.ts'
export { sayFor } from './store/say.ts'
