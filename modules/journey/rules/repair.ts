import { phase, type TemplateDraft } from './point.ts'

/** 送修旅程: what a customer of a repair station meets. Most points are fed by what the program records anyway (`source`, see sources/own.ts). */
export const REPAIR: TemplateDraft = {
  key: 'repair', name: '送修旅程', note: '从想送修到取机之后；“取自”写着的触点由业务记录自动得出', days: 60, target: '4.5',
  points: [
    ...phase('送修前', [
      ['R01', '网上了解', '本部', 'web', '地址、电话、营业时间、收费标准与实际一致', '抽查不一致的条数', { may: true }],
      ['R02', '来电咨询', '热线', 'phone', '铃响三声内接起，说清要带什么、大约多少钱', '接通率、漏接回拨率', { may: true, source: 'callIn' }],
      ['R03', '预约', '热线', 'web phone', '当场确认时段，改约不问理由', '爽约率、改约率', { may: true, source: 'booking' }],
      ['R04', '预约提醒', '热线', 'sms', '前一天提醒时间与要带的东西', '送达率', { may: true, source: 'noticeBooked' }],
    ]),
    ...phase('到站', [
      ['R05', '取号', '服务站', 'kiosk desk', '进门一分钟内拿到号', '等候人数、取号后等候时间', { source: 'request' }],
      ['R06', '接待登记', '服务站', 'desk', '听完再记，故障与外观当面确认，联系方式复述一遍', '登记用时、登记不全的件数', { topics: '联系时间、联系方式' }],
      ['R07', '台席评价', '服务站', 'kiosk', '办完请客户评价，不引导分数', '评价率、平均分', { may: true, source: 'counterRating' }],
    ]),
    ...phase('在修', [
      ['R08', '开始检验告知', '服务站', 'sms', '开始检验时告诉客户', '送达率', { source: 'noticeInspect' }],
      ['R09', '报价', '服务站', 'sms phone', '检验完两小时内报价，逐项说明', '报价用时、同意率', { may: true, source: 'noticeQuote' }],
      ['R10', '开始维修告知', '服务站', 'sms', '同意后告诉客户什么时候修好', '送达率', { source: 'noticeRepair' }],
      ['R11', '推迟说明', '服务站', 'sms phone', '晚了先说，给新的时间和原因', '客户来问之前说明的比例', { may: true, source: 'noticeDelayed' }],
      ['R12', '进度询问', '热线', 'web phone', '查得到、说得清，不让客户再打第二次', '同一请求重复询问的次数', { may: true }],
    ]),
    ...phase('取机', [
      ['R13', '可以取机的通知', '服务站', 'sms', '修好十五分钟内通知', '送达率、通知到取机的天数', { source: 'noticePickup' }],
      ['R14', '电话联系', '服务站', 'phone', '按客户方便的时间联系，通知不到换一个办法', '通知到的比例', { may: true, topics: '联系时间、联系方式', source: 'contact' }],
      ['R15', '交机', '服务站', 'desk', '当面试机，说明换了什么、保修到哪天', '交机用时、当场退回件数', { source: 'collected', topics: '开票' }],
    ]),
    ...phase('取机后', [
      ['R16', '满意度评价', '服务站', 'sms', '取机当天请客户评价，低分次日回访', '回收率、平均分', { source: 'survey' }],
      ['R17', '投诉与反馈', '本部', 'phone web desk', '当天有人联系，按时限答复', '答复及时率、重开次数', { may: true, source: 'complaint' }],
      ['R18', '回访关怀', '服务站', 'phone sms', '取机两周后问一次使用情况', '回访率、返修率', { may: true }],
    ]),
  ],
}
