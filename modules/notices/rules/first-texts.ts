import type { Family, NoticeEvent } from '../entities/kinds.ts'

/** The texts that a company starts with; it words them anew as it likes. Those of the stages in between begin switched off. */
export const FIRST_TEXTS: ReadonlyArray<{ event: NoticeEvent; subject: string; short: string; off?: true; /** on these alone */ only?: Family }> = [
  { event: 'inspect', subject: '您的{设备}开始检验', short: '{客户}您好，您送修的{设备}（{请求号}）已开始检验。进度：{链接}', off: true },
  { event: 'quote', subject: '请确认{设备}的维修报价', short: '{客户}您好，{设备}（{请求号}）的维修报价为{报价金额}，请打开链接确认同意或不同意：{链接} {服务站} {站点电话}' },
  { event: 'repair', subject: '您的{设备}开始维修', short: '{客户}您好，{设备}（{请求号}）已开始维修。进度：{链接}', off: true },
  { event: 'delayed', subject: '{设备}的预计时间推迟', short: '{客户}您好，{设备}（{请求号}）的维修比原来预计的要晚，现在预计{预计时间}可以取机，抱歉让您久等。进度：{链接} {站点电话}' },
  { event: 'pickup', subject: '您的{设备}可以取机了', short: '{客户}您好，{设备}（{请求号}）已经修好，可以到{服务站}取机，请带取机凭证。{链接} {站点电话}' },
  { event: 'returned', subject: '您的{设备}可以取回', short: '{客户}您好，{设备}（{请求号}）按约定不再维修，请到{服务站}取回。{站点电话}' },
  { event: 'transferred', subject: '您的{设备}已转修', short: '{客户}您好，{设备}（{请求号}）已转到其他服务点维修，详情请致电{服务站} {站点电话}', off: true },
  { event: 'survey', subject: '这次维修您满意吗', short: '{客户}您好，{设备}已经取走，这次维修您满意吗？一分钟评价：{链接}' },
  { event: 'booked', subject: '预约成功：{预约时间}{预约服务}', short: '{客户}您好，已为您预约{预约时间}在{服务站}{预约服务}，预约号{预约号}。更改或取消请打开{链接}，或致电{站点电话}' },
  { event: 'bookingSoon', subject: '请记得{预约时间}{预约服务}', short: '{客户}您好，您预约了{预约时间}在{服务站}{预约服务}，预约号{预约号}。来不了请打开{链接}更改，或致电{站点电话}' },
  { event: 'bookingCancelled', subject: '{预约时间}的预约已取消', short: '{客户}您好，您{预约时间}在{服务站}的{预约服务}预约已取消，需要重新预约请致电{站点电话}' },
  { event: 'complaintAnswered', subject: '您反映的问题已经答复', short: '{客户}您好，您反映的问题（{编号}）我们已经答复，请打开链接看答复，告诉我们您是否满意：{链接} {服务站} {站点电话}' },
  { event: 'feedbackAnswered', subject: '您的意见已经处理，请确认', short: '{客户}您好，您的意见（{编号}）已经处理，请打开链接看结果，告诉我们是否解决：{链接} {服务站} {站点电话}' },
  { event: 'quoteSent', subject: '报价单{编号}：{报价金额}', short: '{客户}您好，给您的报价单{编号}，共{报价金额}，有效期至{报价有效期}，请打开链接查看，接受或谢绝：{链接} {服务站} {站点电话}' },
  { event: 'phoneCode', subject: '验证码', short: '验证码{验证码}，10分钟内有效。{服务站}正在为您登记送修，请把它告诉前台；不是您本人，不用理会。', only: 'sms' },
]

export const firstText = (t: (typeof FIRST_TEXTS)[number], family: Family): { subject: string | null; text: string } =>
  family === 'mail' ? { subject: t.subject, text: `${t.short}\n\n不想再收到通知：{退订链接}` } : { subject: null, text: t.short }
