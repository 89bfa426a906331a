import { registerOptions, type Runtime } from '@quancheng/kernel'
import { registerTimeline } from '@quancheng/customers'
import { registerTouchSource, touchSources, type TouchSource } from './registry.ts'

const notice = (key: string, label: string, event: string): TouchSource => ({ key, label: [`通知：${label}`, `Notice: ${event}`], entity: 'customerNotice', channel: 'sms', filter: { event, state: 'sent' }, text: ['text'], occasion: 'requestId' })

/** What the program records anyway. The entities are other modules': those that are not installed are left out. */
const OWN: readonly TouchSource[] = [
  { key: 'callIn', label: ['来电', 'Calls'], entity: 'phoneCall', channel: 'phone', at: 'ringAt', filter: { direction: 'in' }, text: ['note'], phone: 'phone', occasion: 'requestId' },
  { key: 'booking', label: ['预约', 'Bookings'], entity: 'booking', channel: 'web', filter: { state: { ne: 'cancelled' } }, text: ['number', 'service'], phone: 'phone', occasion: 'requestId' },
  { key: 'request', label: ['服务请求取号', 'Requests'], entity: 'serviceRequest', channel: 'desk', at: 'startedAt', text: ['number', 'model', 'faultDescription'], phone: 'phone', occasion: 'id' },
  { key: 'collected', label: ['取机', 'Picked up'], entity: 'serviceRequest', channel: 'desk', at: 'endedAt', filter: { stage: 'collected' }, text: ['number', 'model'], phone: 'phone', occasion: 'id' },
  { key: 'counterRating', label: ['台席评分', 'Counter ratings'], entity: 'counterRating', channel: 'kiosk', at: 'ratedAt', score: 'score', text: ['words'], occasion: 'requestId' },
  { key: 'survey', label: ['满意度评价', 'Survey answers'], entity: 'surveyAnswer', channel: 'sms', at: 'answeredAt', score: 'score', text: ['words'], occasion: 'requestId' },
  { key: 'dealSurvey', label: ['成交评价', 'Deal surveys'], entity: 'dealSurvey', channel: 'sms', at: 'answeredAt', filter: { answeredAt: { isNull: false } }, score: 'score', text: ['orderNumber', 'words'] },
  { key: 'contact', label: ['电话联系客户', 'Attempts to reach'], entity: 'contactAttempt', channel: 'phone', filter: { channel: 'call' }, text: ['note'], occasion: 'requestId' },
  { key: 'complaint', label: ['投诉与请求', 'Complaints'], entity: 'complaint', channel: 'desk', at: 'receivedAt', text: ['number', 'words'], phone: 'phone', occasion: 'requestId' },
  { key: 'visit', label: ['拜访', 'Visits'], entity: 'customerVisit', channel: 'visit', at: 'plannedAt', filter: { state: 'done' }, text: ['purpose'] },
  { key: 'engagement', label: ['行动记录', 'Engagements'], entity: 'engagement', channel: 'phone', at: 'at', filter: { state: 'done' }, text: ['subject'] },
  { key: 'order', label: ['订单', 'Orders'], entity: 'salesOrder', channel: 'web', at: 'orderedOn', filter: { state: { in: ['confirmed', 'delivering', 'done'] } }, text: ['number'], occasion: 'id' },
  notice('noticeBooked', '预约成功', 'booked'), notice('noticeInspect', '开始检验', 'inspect'), notice('noticeQuote', '报价待确认', 'quote'), notice('noticeRepair', '开始维修', 'repair'), notice('noticeDelayed', '预计时间推迟', 'delayed'), notice('noticePickup', '可以取机', 'pickup'),
]

export function registerOwn(runtime: Runtime): void {
  for (const source of OWN) registerTouchSource(runtime, source)
  registerTimeline(runtime, { entity: 'touchEvent', kind: 'contact', at: 'at', title: ['pointId', 'text'], channel: 'channel', phone: 'phone' })
  registerTimeline(runtime, { entity: 'dealSurvey', kind: 'complaint', at: 'answeredAt', title: ['score', 'words', 'orderNumber'], who: 'personId' })
  registerOptions(runtime, 'touchSource', ctx => Promise.resolve(touchSources(runtime).filter(s => ctx.entities.find(s.entity)).map(s => ({ value: s.key, label: s.label[ctx.locale === 'en' ? 1 : 0] }))))
}
