import { defineEntity, f } from '@quancheng/kernel'

/** 电话系统: who may send us what happens on the telephone. Its key is made here, shown once, and kept apart. */
export const CtiSource = defineEntity('ctiSource', {
  label: ['电话系统', 'Telephone system'],
  icon: 'phone',
  fields: {
    code: f.code(['编码', 'Code'], { required: true, unique: true, immutable: true, max: 30, help: ['消息地址的最后一段', 'The last part of the address'] }),
    name: f.text(['名称', 'Name'], { required: true, max: 60 }),
    off: f.boolean(['停用', 'Off'], { default: false }),
  },
  travels: 'never',
  display: ['name'],
  list: ['code', 'name', 'off'],
  sort: 'code',
})

/** 分机: on which extension somebody sits today. */
export const AgentExtension = defineEntity('agentExtension', {
  label: ['坐席分机', 'Extension'],
  icon: 'phone',
  fields: { extension: f.code(['分机', 'Extension'], { required: true, unique: true, max: 20 }), userId: f.ref(['坐席', 'Agent'], () => 'user', { required: true, onDelete: 'cascade' }) },
  travels: 'never',
  display: ['extension'],
  list: ['extension', 'userId', 'updatedAt'],
  managed: true,
})

/** 通话: one call from the first ring to the recording; written by the telephone system's messages only. */
export const PhoneCall = defineEntity('phoneCall', {
  label: ['通话记录', 'Call'],
  icon: 'phone',
  fields: {
    callKey: f.text(['通话标识', 'Call'], { required: true, unique: true, hidden: true, max: 140 }),
    direction: f.choice(['方向', 'Direction'], { in: ['呼入', 'In'], out: ['呼出', 'Out'] }, { required: true, default: 'in' }),
    phone: f.text(['对方号码', 'Number'], { search: 'code', personal: true, index: true, max: 40 }),
    extension: f.text(['分机', 'Extension'], { max: 20 }),
    userId: f.ref(['坐席', 'Agent'], () => 'user'),
    state: f.choice(['状态', 'State'], { ringing: ['振铃', 'Ringing', 'orange'], talking: ['通话中', 'Talking', 'green'], ended: ['已结束', 'Ended', 'default'], missed: ['未接', 'Missed', 'red'] }, { required: true, index: true }),
    customerId: f.ref(['客户', 'Customer'], () => 'customer'),
    requestId: f.ref(['服务请求', 'Request'], () => 'serviceRequest'),
    ringAt: f.datetime(['来电时间', 'Rang'], { required: true, index: true }),
    answeredAt: f.datetime(['接听时间', 'Answered']),
    endedAt: f.datetime(['结束时间', 'Ended']),
    seconds: f.integer(['通话秒数', 'Seconds']),
    recordUrl: f.text(['录音地址', 'Recording'], { max: 500 }),
    note: f.text(['小记', 'Note'], { max: 500 }),
  },
  scope: { owner: 'userId' },
  travels: 'never',
  display: ['phone'],
  list: ['ringAt', 'direction', 'phone', 'customerId', 'state', 'seconds', 'userId', 'requestId'],
  sort: '-ringAt',
  managed: true,
  watchable: true,
})
