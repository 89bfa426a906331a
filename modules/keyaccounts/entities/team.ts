import { defineEntity, f } from '@quancheng/kernel'
import { Customer } from '@quancheng/customers'
import { REQUEST_STATES } from '../rules/choices.ts'
import { shareWithTeam, unshareWith } from '../store/shares.ts'

/** 虚拟团队: who looks after a group together, in whichever block they are; the lead sits at head office (SA-16). */
export const AccountTeam = defineEntity('accountTeam', {
  label: ['虚拟团队成员', 'Team member'],
  icon: 'team',
  fields: {
    groupId: f.ref(['集团客户', 'Group'], () => Customer, { required: true, immutable: true, onDelete: 'cascade' }),
    userId: f.ref(['成员', 'Member'], () => 'user', { required: true, immutable: true }),
    role: f.choice(['角色', 'Role'], { lead: ['牵头人', 'Lead', 'gold'], member: ['成员', 'Member', 'blue'] }, { required: true, default: 'member' }),
    until: f.date(['到期日（含当天）', 'Until and with']),
    duty: f.text(['分工', 'Duty'], { max: 200 }),
    shares: f.json<Record<string, string>>(['团队开放的客户', 'Opened by the team'], { hidden: true, readOnly: true }),
  },
  scope: { via: 'groupId' },
  travels: 'never',
  managed: ['create', 'update', 'import'],
  display: ['userId'],
  list: ['groupId', 'userId', 'role', 'until', 'duty'],
  indexes: [{ on: ['groupId', 'userId'], unique: true }],
  hooks: {
    async after(ctx, c) {
      if (c.act === 'remove') await unshareWith(ctx, c.before?.shares as Record<string, string> | null)
      else if (c.act === 'create' || c.draft.until !== undefined) await shareWithTeam(ctx, String(c.row!.groupId))
    },
  },
})

/** What a member of the team hears on the spot: local competition, prices (SA-16). */
export const TeamFeedback = defineEntity('teamFeedback', {
  label: ['团队反馈', 'Team feedback'],
  icon: 'comment',
  fields: {
    groupId: f.ref(['集团客户', 'Group'], () => Customer, { required: true, onDelete: 'cascade' }),
    authorId: f.ref(['填写人', 'By'], () => 'user', { required: true }),
    at: f.datetime(['时间', 'At'], { required: true, index: true }),
    kind: f.choice(['类别', 'Kind'], { competition: ['当地竞争', 'Competition'], price: ['当地价格', 'Prices'], other: ['其他', 'Other'] }, { required: true, default: 'competition' }),
    customerId: f.ref(['分支客户', 'Branch'], () => Customer, { onDelete: 'setNull' }),
    competitor: f.text(['竞争对手', 'Competitor'], { max: 60, search: 'text' }),
    price: f.money(['对方价格', 'Their price'], { min: 0 }),
    words: f.text(['内容', 'Words'], { required: true, max: 1000, multiline: true, search: 'text' }),
  },
  scope: { via: 'groupId' },
  travels: 'never',
  managed: ['create', 'update', 'import'],
  display: ['kind', 'words'],
  list: ['at', 'groupId', 'kind', 'customerId', 'competitor', 'price', 'words', 'authorId'],
  sort: '-at',
})

/** 调价申请: a branch may not set a group's price alone; it asks, and head office sees what the change does to the whole agreement (SA-15). */
export const PriceRequest = defineEntity('priceRequest', {
  label: ['调价申请', 'Price request'],
  icon: 'money',
  fields: {
    number: f.serial(['编号', 'Number'], 'TJ{yyyy}{MM}-{0000}', { immutable: true, unique: true, search: 'code' }),
    groupId: f.ref(['集团客户', 'Group'], () => Customer, { required: true }),
    customerId: f.ref(['分支客户', 'Branch'], () => Customer, { required: true }),
    contractLineId: f.ref(['合同明细', 'Contract line'], () => 'contractLine', { required: true, onDelete: 'cascade' }),
    item: f.text(['名称', 'Item'], { required: true, max: 100 }),
    fromPrice: f.money(['现单价', 'Price now'], { required: true }),
    toPrice: f.money(['申请单价', 'Price asked'], { required: true }),
    reason: f.text(['理由', 'Reason'], { required: true, max: 500, multiline: true }),
    amountBefore: f.money(['集团协议金额（现）', 'Group amount now']),
    amountAfter: f.money(['集团协议金额（改后）', 'Group amount then']),
    marginBefore: f.decimal(['集团毛利率（现，%）', 'Group margin now'], { scale: 2 }),
    marginAfter: f.decimal(['集团毛利率（改后，%）', 'Group margin then'], { scale: 2 }),
    state: f.choice(['状态', 'State'], REQUEST_STATES, { required: true, default: 'waiting', index: true }),
    unitId: f.ref(['板块', 'Block'], () => 'unit', { required: true }),
    ownerId: f.ref(['申请人', 'Asked by'], () => 'user', { required: true }),
    decidedById: f.ref(['决定人', 'Decided by'], () => 'user', { onDelete: 'setNull', index: false }),
    decidedAt: f.datetime(['决定时间', 'Decided']),
    decision: f.text(['意见', 'Opinion'], { max: 500 }),
  },
  scope: { owner: 'ownerId', unit: 'unitId' },
  travels: 'never',
  managed: true,
  display: ['number', 'item'],
  list: ['number', 'groupId', 'customerId', 'item', 'fromPrice', 'toPrice', 'marginBefore', 'marginAfter', 'state', 'ownerId', 'createdAt'],
  sort: '-createdAt',
  watchable: true,
})
