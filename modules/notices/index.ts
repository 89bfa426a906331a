import { defineModule, registerRetention, sqlFiles, sweepRecords, type Ctx } from '@quancheng/kernel'
import { phoneCodeAsked, SMS_NOW } from '@quancheng/service'
import './rules/errors.ts'
import { channelActions } from './actions/channels.ts'
import { noticeActions } from './actions/notices.ts'
import { publicActions } from './actions/public.ts'
import { CustomerNotice, NoticeChannel, NoticeChoice, NoticeSetting, NoticeTemplate } from './entities/index.ts'
import { inForce } from './store/in-force.ts'
import { JOB_LATER, JOB_LOST, JOB_SEND } from './store/jobs.ts'
import { laterJob } from './store/promise.ts'
import { lostJob, sendJob } from './store/send.ts'
import { phoneCodes } from './store/phone-code.ts'
import { setUp } from './store/setup.ts'
import { registerStill } from './store/still.ts'
import { onChange } from './store/watch.ts'
import { noticesOnTimeline } from './timeline.ts'

/** 客户通知: what a customer is told, by which channel, in which words, and what came of it. */
export const notices = defineModule({
  name: 'notices',
  label: ['客户通知', 'Notices'],
  tables: sqlFiles(new URL('./tables/', import.meta.url)),
  // a station sends its own messages, and so has what opens the gateway
  travels: { notice_secret: 'down', notice_try: 'never', notice_promise: { travels: 'handover', belongs: { by: 'parent', column: 'request_id', table: 'service_request' } } },
  entities: [NoticeChannel, NoticeTemplate, NoticeSetting, NoticeChoice, CustomerNotice],
  actions: [...channelActions, ...noticeActions, ...publicActions],
  permissions: [{ code: 'customerNotice:send', label: ['再发、核对通知', 'Send notices again'] }, { code: 'customerNotice:setUp', label: ['设置通知渠道', 'Set up channels'] }],
  watchers: [{ name: 'notices', wants: async ctx => (await inForce(ctx)).wants, run: onChange }],
  jobs: { [JOB_SEND]: sendJob, [JOB_LOST]: lostJob, [JOB_LATER]: laterJob },
  // papers print the same address in their QR codes
  start: runtime => {
    noticesOnTimeline(runtime)
    runtime.services.set('public.address', async (ctx: Ctx) => (await inForce(ctx)).baseUrl || null)
    // the counter proves a telephone by it
    runtime.services.set(SMS_NOW, phoneCodes)
    registerStill(runtime, ['phoneCode'], phoneCodeAsked)
    // what waits, or waits for a person, stays however old it is
    registerRetention(runtime, { key: 'customerNotice', label: ['客户通知', 'Notices'], months: 24, least: 1, sweep: sweepRecords('customerNotice', "t.state in ('sent', 'failed', 'dropped') and t.created_at < $2") })
  },
  setup: setUp,
})
export default notices

export { CustomerNotice, NoticeChannel, NoticeChoice, NoticeSetting, NoticeTemplate }
export { atWork } from './store/at-work.ts'
export { aboutRequest, makeNotices, tellsOf, type About } from './store/make.ts'
export { registerStill } from './store/still.ts'
export { holdNotices, pageLink, releaseNotices, tellInOwnWords, type OwnWords } from './store/own-words.ts'
export { signBody } from './rules/sign.ts'
export { secretOf } from './store/secrets.ts'
export { tellColleagues } from './store/colleagues.ts'
