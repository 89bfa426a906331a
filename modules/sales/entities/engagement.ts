import { defineEntity, f } from '@quancheng/kernel'
import { Contact, Customer } from '@quancheng/customers'
import { ENGAGEMENT_KINDS } from '../rules/choices.ts'
import { engagementAfter, engagementBefore } from '../store/engagement-hooks.ts'
import { Lead } from './lead.ts'
import { Opportunity } from './opportunity.ts'

/**
 * 行动记录（一般行动）: one contact with a customer: who, how, what came of it, what is next (CU-15). Planned ones are tasks, one's own or
 * given by a manager (SA-23); the monthly follow-up counts those that are done (RU-03).
 */
export const Engagement = defineEntity('engagement', {
  label: ['行动记录', 'Action'],
  icon: 'comment',
  fields: {
    kind: f.choice(['方式', 'How'], ENGAGEMENT_KINDS, { required: true, default: 'visit' }),
    state: f.choice(['状态', 'State'], { planned: ['计划', 'Planned', 'blue'], done: ['已完成', 'Done', 'green'], dropped: ['取消', 'Dropped', 'default'] }, { required: true, default: 'done', index: true }),
    customerId: f.ref(['客户', 'Customer'], () => Customer, { onDelete: 'setNull' }),
    contactId: f.ref(['联系人', 'Contact'], () => Contact, { onDelete: 'setNull' }),
    leadId: f.ref(['线索', 'Lead'], () => Lead, { onDelete: 'cascade' }),
    opportunityId: f.ref(['商机', 'Opportunity'], () => Opportunity, { onDelete: 'cascade' }),
    unitId: f.ref(['板块', 'Block'], () => 'unit', { required: true }),
    ownerId: f.ref(['执行人', 'By'], () => 'user', { required: true }),
    at: f.datetime(['时间', 'At'], { required: true, index: true }),
    minutes: f.integer(['用时（分钟）', 'Minutes'], { min: 0, max: 10_000 }),
    subject: f.text(['主题', 'Subject'], { required: true, max: 100, search: 'text' }),
    result: f.text(['结果', 'Result'], { max: 2000, multiline: true, search: 'text' }),
    nextStep: f.text(['下一步', 'Next step'], { max: 200 }),
    nextAt: f.datetime(['下一步时间', 'Next at'], { index: true }),
    assignedById: f.ref(['指派人', 'Assigned by'], () => 'user', { readOnly: true, onDelete: 'setNull', index: false }),
    doneAt: f.datetime(['完成时间', 'Done at'], { readOnly: true }),
  },
  scope: { owner: 'ownerId', unit: 'unitId' },
  travels: 'never',
  display: ['subject'],
  list: ['at', 'kind', 'subject', 'customerId', 'opportunityId', 'state', 'ownerId', 'nextAt'],
  sort: '-at',
  tenantFields: true,
  watchable: true,
  hooks: { before: (ctx, c) => engagementBefore(ctx, c as never), after: (ctx, c) => engagementAfter(ctx, c as never) },
})
