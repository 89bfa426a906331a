import { randomBytes } from 'node:crypto'
import { defineEntity, f } from '@quancheng/kernel'
import { Customer } from '@quancheng/customers'
import { CustomerNotice } from '@quancheng/notices'
import { Campaign, Engagement, Lead } from '@quancheng/sales'
import { CampaignStep } from './campaign-plan.ts'

/** 活动对象: one customer in one campaign, and how far along. Once for each occasion: a campaign that begins on an event has one a request. */
export const CampaignMember = defineEntity('campaignMember', {
  label: ['活动对象', 'Campaign member'],
  icon: 'user',
  fields: {
    campaignId: f.ref(['营销活动', 'Campaign'], () => Campaign, { required: true, onDelete: 'cascade' }),
    customerId: f.ref(['客户', 'Customer'], () => Customer, { required: true, onDelete: 'cascade' }),
    occasion: f.text(['缘由', 'Occasion'], { required: true, hidden: true, max: 60 }),
    unitId: f.ref(['单位', 'Unit'], () => 'unit', { index: false }),
    ownerId: f.ref(['负责人', 'Owner'], () => 'user', { onDelete: 'setNull', index: false }),
    side: f.choice(['组别', 'Side'], { target: ['目标组', 'Target', 'blue'], control: ['对照组', 'Held out', 'default'] }, { required: true, default: 'target' }),
    state: f.choice(['状态', 'State'], { active: ['进行中', 'Active', 'blue'], done: ['已走完', 'Done', 'default'], responded: ['已回应', 'Responded', 'green'], left: ['不再联系', 'Not told any more', 'orange'], held: ['不发送', 'Held out', 'default'] }, { required: true, default: 'active' }),
    position: f.integer(['下一步', 'Next step'], { required: true, default: 1 }),
    nextAt: f.datetime(['下一步时间', 'Next at']),
    openedAt: f.datetime(['打开链接', 'Opened']),
    respondedAt: f.datetime(['回应时间', 'Responded']),
    leadId: f.ref(['线索', 'Lead'], () => Lead, { onDelete: 'setNull' }),
    token: f.text(['链接标识', 'Link'], { hidden: true, unique: true, max: 40 }),
  },
  scope: { via: 'campaignId' },
  travels: 'never',
  display: ['customerId'],
  list: ['customerId', 'campaignId', 'side', 'state', 'position', 'nextAt', 'openedAt', 'respondedAt', 'leadId'],
  managed: true,
  indexes: [{ on: ['campaignId', 'customerId', 'occasion'], unique: true }, { on: ['campaignId', 'nextAt'], where: "state = 'active'" }],
  hooks: { before(_ctx, c) { if (c.act === 'create') c.draft.token ??= randomBytes(12).toString('base64url') } },
})

/** 活动发送: one step for one member. The unique key is why nobody is ever told one step twice, whatever dies when. */
export const CampaignSend = defineEntity('campaignSend', {
  label: ['活动发送', 'Campaign send'],
  icon: 'notification',
  fields: {
    campaignId: f.ref(['营销活动', 'Campaign'], () => Campaign, { required: true, onDelete: 'cascade' }),
    memberId: f.ref(['活动对象', 'Member'], () => CampaignMember, { required: true, onDelete: 'cascade', index: false }),
    stepId: f.ref(['步骤', 'Step'], () => CampaignStep, { onDelete: 'setNull', index: false }),
    customerId: f.ref(['客户', 'Customer'], () => Customer, { required: true, onDelete: 'cascade' }),
    position: f.integer(['第几步', 'Step'], { required: true }),
    kind: f.choice(['做什么', 'What'], { message: ['发消息', 'Message'], task: ['电话任务', 'Call task'] }, { required: true }),
    outcome: f.choice(['结果', 'Outcome'], { made: ['已交出', 'Made', 'green'], skipped: ['不发', 'Skipped', 'default'] }, { required: true }),
    reason: f.text(['原因', 'Why'], { max: 100 }),
    noticeId: f.ref(['通知', 'Notice'], () => CustomerNotice, { onDelete: 'setNull' }),
    engagementId: f.ref(['行动', 'Action'], () => Engagement, { onDelete: 'setNull', index: false }),
    at: f.datetime(['时间', 'At'], { required: true }),
  },
  scope: { via: 'campaignId' },
  travels: 'never',
  display: ['position', 'customerId'],
  list: ['at', 'campaignId', 'customerId', 'position', 'kind', 'outcome', 'reason', 'noticeId', 'engagementId'],
  sort: '-at',
  managed: true,
  indexes: [{ on: ['memberId', 'position'], unique: true }],
})
