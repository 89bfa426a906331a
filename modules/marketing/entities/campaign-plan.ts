import { defineEntity, f } from '@quancheng/kernel'
import { Campaign } from '@quancheng/sales'
import { SERVICE_STAGES } from '@quancheng/service'
import { Segment } from './segment.ts'

const STAGE_NAMES = Object.fromEntries(Object.entries(SERVICE_STAGES).map(([k, [zh, en]]) => [k, [zh, en] as [string, string]]))

/** 活动方案: how one campaign is run. For whom, from when or on what event, what is held out to compare with. */
export const CampaignPlan = defineEntity('campaignPlan', {
  label: ['活动方案', 'Campaign plan'],
  icon: 'flow',
  fields: {
    campaignId: f.ref(['营销活动', 'Campaign'], () => Campaign, { required: true, unique: true, immutable: true, onDelete: 'cascade' }),
    trigger: f.choice(['怎样开始', 'Begins'], { time: ['按时间', 'At a time'], stage: ['服务请求到某环节', 'When a request enters a stage'] }, { required: true, default: 'time' }),
    triggerStage: f.choice(['环节', 'Stage'], STAGE_NAMES),
    segmentId: f.ref(['客户细分', 'Segment'], () => Segment, { onDelete: 'restrict' }),
    controlPercent: f.integer(['对照组（%）', 'Held out %'], { required: true, default: 10, min: 0, max: 50 }),
    seed: f.text(['随机种子', 'Seed'], { required: true, max: 40 }),
    purpose: f.choice(['用途', 'Purpose'], { marketing: ['营销', 'Marketing'], service: ['服务关怀', 'Service'] }, { required: true, default: 'marketing' }),
    startAt: f.datetime(['开始发送', 'Sending begins']),
    offer: f.text(['特价', 'Special price'], { max: 200 }),
    live: f.boolean(['进行中', 'Live'], { default: false, readOnly: true }),
    frozenAt: f.datetime(['名单定下的时间', 'Frozen'], { readOnly: true }),
    frozenTarget: f.integer(['目标组', 'Target'], { readOnly: true }),
    frozenControl: f.integer(['对照组', 'Held out'], { readOnly: true }),
  },
  scope: { via: 'campaignId' },
  travels: 'never',
  display: ['campaignId'],
  list: ['campaignId', 'trigger', 'segmentId', 'controlPercent', 'startAt', 'frozenTarget', 'frozenControl'],
  managed: true,
  affectsMeta: true,
})

/** 活动步骤: what one who is in the campaign is told or asked, in its order. */
export const CampaignStep = defineEntity('campaignStep', {
  label: ['活动步骤', 'Campaign step'],
  icon: 'list',
  fields: {
    campaignId: f.ref(['营销活动', 'Campaign'], () => Campaign, { required: true, immutable: true, onDelete: 'cascade' }),
    position: f.integer(['次序', 'Order'], { required: true, min: 1, max: 20 }),
    kind: f.choice(['做什么', 'What'], { message: ['发消息', 'Message'], task: ['电话任务', 'Call task'] }, { required: true, default: 'message' }),
    channel: f.choice(['渠道', 'Channel'], { usual: ['客户选的', 'The customer’s choice'], sms: ['短信', 'SMS'], mail: ['邮件', 'Mail'], wecom: ['企业微信', 'WeCom'] }, { required: true, default: 'usual' }),
    afterDays: f.integer(['隔几天', 'Days after'], { required: true, default: 0, min: 0, max: 365, help: ['上一步以后；第一步从开始发送算起', 'After the step before; the first after the beginning'] }),
    onlyIf: f.choice(['条件', 'If'], { always: ['都办', 'Always'], noReply: ['没有回应才办', 'Only without a reply'] }, { required: true, default: 'noReply' }),
    subject: f.text(['标题', 'Subject'], { max: 100 }),
    text: f.text(['内容', 'Text'], { required: true, max: 1000, multiline: true }),
  },
  scope: { via: 'campaignId' },
  travels: 'never',
  display: ['position'],
  list: ['campaignId', 'position', 'kind', 'channel', 'afterDays', 'onlyIf', 'text'],
  sort: 'position',
  managed: true,
  indexes: [{ on: ['campaignId', 'position'], unique: true }],
})

/** 活动费用: what the campaign cost; their sum is what its return is counted against. */
export const CampaignCost = defineEntity('campaignCost', {
  label: ['活动费用', 'Campaign cost'],
  icon: 'list',
  fields: {
    campaignId: f.ref(['营销活动', 'Campaign'], () => Campaign, { required: true, immutable: true, onDelete: 'cascade' }),
    spentOn: f.date(['日期', 'On'], { required: true }),
    kind: f.choice(['类别', 'Kind'], { media: ['投放', 'Media'], print: ['印刷物料', 'Print'], message: ['短信邮件', 'Messages'], gift: ['礼品优惠', 'Gifts'], labour: ['人工', 'Labour'], list: ['名单', 'List'], other: ['其他', 'Other'] }, { required: true, default: 'other' }),
    amount: f.money(['金额', 'Amount'], { required: true, min: 0 }),
    note: f.text(['说明', 'Note'], { max: 200 }),
  },
  scope: { via: 'campaignId' },
  travels: 'never',
  display: ['kind', 'amount'],
  list: ['campaignId', 'spentOn', 'kind', 'amount', 'note'],
  sort: '-spentOn',
})
