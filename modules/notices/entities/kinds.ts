/** The ways by which a customer can be told. The last three are group bots: a message goes to the group that the bot belongs to. */
export const CHANNELS = { sms: ['短信', 'SMS'], mail: ['邮件', 'Mail'], wecom: ['企业微信群机器人', 'WeCom bot'], dingtalk: ['钉钉群机器人', 'DingTalk bot'], feishu: ['飞书群机器人', 'Feishu bot'] } as const
export type ChannelKind = keyof typeof CHANNELS
export const CHANNEL_KINDS = Object.keys(CHANNELS) as ChannelKind[]

/** What a customer is told of; `stages`: it is out of date once the request is in none of these. */
export const EVENTS = {
  inspect: ['开始检验', 'Inspection begun'], quote: ['报价待确认', 'Estimate to confirm'], repair: ['开始维修', 'Repair begun'], delayed: ['预计时间推迟', 'Later than foretold'], pickup: ['可以取机', 'Ready for pick-up'],
  returned: ['退机', 'Returned'], transferred: ['转修', 'Transferred'], survey: ['满意度', 'Survey'], booked: ['预约成功', 'Booked'], bookingSoon: ['预约提醒', 'Booking tomorrow'], bookingCancelled: ['预约取消', 'Booking cancelled'], complaintAnswered: ['投诉已答复', 'Complaint answered'], feedbackAnswered: ['反馈待确认', 'Feedback to confirm'], mention: ['提到同事', 'Colleague named'], quoteSent: ['发出报价单', 'Quote sent'], campaign: ['营销活动', 'Campaign'], care: ['客户关怀', 'Care'], keyReport: ['客户报表', 'Key report'], phoneCode: ['手机验证码', 'Code for a phone'], test: ['试发', 'Test'],
} as const
export type NoticeEvent = keyof typeof EVENTS

/** Each family of channels has a text of its own: a short one, one with a subject, one for a group. */
export const FAMILIES = { sms: ['短信', 'SMS'], mail: ['邮件', 'Mail'], bot: ['群机器人', 'Group bot'] } as const
export type Family = keyof typeof FAMILIES
export const familyOf = (kind: ChannelKind): Family => (kind === 'sms' || kind === 'mail' ? kind : 'bot')

/** Which stage a request enters means which notice; 报价 is told when the estimate is there, not when the stage begins. */
export const EVENT_OF_STAGE: Readonly<Record<string, NoticeEvent>> = { inspect: 'inspect', repair: 'repair', pickup: 'pickup', returned: 'returned', transferred: 'transferred', collected: 'survey' }
/** A notice that waited (for the morning, for its turn) is not sent once this is no longer so. */
export const STILL_TRUE: Readonly<Record<NoticeEvent, readonly string[] | null>> = {
  inspect: ['inspect'], quote: ['quote'], repair: ['repair'], delayed: ['waiting', 'reception', 'inspect', 'quote', 'repair', 'quality'], pickup: ['pickup'], returned: null, transferred: null, survey: null, booked: null, bookingSoon: null, bookingCancelled: null, complaintAnswered: null, feedbackAnswered: null, mention: null, quoteSent: null, campaign: null, care: null, keyReport: null, phoneCode: null, test: null,
}
