import { defineEntity, f } from '@quancheng/kernel'
import { Contract, Receipt } from '@quancheng/contracts'
import { planBefore, tierBefore } from '../store/hooks.ts'

/** 提成方案: who earns commission on what, in which tiers. That of a person comes before that of a role, that before everybody's (SA-10). */
export const CommissionPlan = defineEntity('commissionPlan', {
  label: ['提成方案', 'Commission plan'],
  icon: 'money',
  fields: {
    name: f.text(['名称', 'Name'], { required: true, search: 'name', max: 60 }),
    userId: f.ref(['只给这个人', 'For the person'], () => 'user', { onDelete: 'cascade', index: false }),
    roleId: f.ref(['只给这个角色', 'For the role'], () => 'role', { onDelete: 'cascade', index: false }),
    basis: f.choice(['依据', 'Basis'], { received: ['回款', 'Money received'], signed: ['签约', 'Contract signed'] }, { required: true, default: 'received' }),
    per: f.choice(['分档按', 'Tiers count'], { deal: ['每个合同', 'Each contract'], year: ['负责人全年', 'The owner\'s year'] }, { required: true, default: 'deal' }),
    validFrom: f.date(['生效日', 'From'], { required: true }),
    validUntil: f.date(['失效日（含当天）', 'Until and with']),
    off: f.boolean(['停用', 'Off'], { default: false }),
  },
  travels: 'never',
  display: ['name'],
  list: ['name', 'userId', 'roleId', 'basis', 'per', 'validFrom', 'validUntil', 'off'],
  sort: 'name',
  hooks: { before: (_ctx, c) => planBefore(c as never) },
})

/** 提成分档: from an amount (included) up to the next, so many percent of what lies between. */
export const CommissionTier = defineEntity('commissionTier', {
  label: ['提成分档', 'Commission tier'],
  icon: 'list',
  fields: {
    planId: f.ref(['方案', 'Plan'], () => CommissionPlan, { required: true, onDelete: 'cascade' }),
    from: f.money(['从', 'From'], { required: true, min: 0 }),
    to: f.money(['到', 'To'], { min: 0, help: ['不填则没有上限', 'Empty: without end'] }),
    percent: f.decimal(['比例（%）', 'Percent'], { required: true, scale: 2, min: 0, max: 100 }),
  },
  travels: 'never',
  display: ['percent'],
  list: ['planId', 'from', 'to', 'percent'],
  sort: 'from',
  indexes: [{ on: ['planId', 'from'], unique: true }],
  hooks: { before: (ctx, c) => tierBefore(ctx, c as never) },
})

/** 提成分配: how the commission on one contract is divided; the shares of a contract make 100, and so they are written together. */
export const CommissionShare = defineEntity('commissionShare', {
  label: ['提成分配', 'Commission share'],
  icon: 'team',
  fields: {
    contractId: f.ref(['合同', 'Contract'], () => Contract, { required: true, onDelete: 'cascade' }),
    userId: f.ref(['人员', 'Person'], () => 'user', { required: true, onDelete: 'cascade' }),
    percent: f.decimal(['比例（%）', 'Percent'], { required: true, scale: 2, min: 0, max: 100 }),
  },
  scope: { via: 'contractId' },
  travels: 'never',
  display: ['userId'],
  list: ['contractId', 'userId', 'percent'],
  managed: true,
  indexes: [{ on: ['contractId', 'userId'], unique: true }],
})

/** 提成明细: what one person earned by one payment or signature. Never changed: money given back makes an entry below zero. */
export const CommissionEntry = defineEntity('commissionEntry', {
  label: ['提成明细', 'Commission entry'],
  icon: 'money',
  fields: {
    period: f.text(['月份', 'Month'], { required: true, pattern: '\\d{4}-\\d{2}', index: true }),
    userId: f.ref(['人员', 'Person'], () => 'user', { required: true }),
    unitId: f.ref(['板块', 'Block'], () => 'unit', { required: true }),
    planId: f.ref(['方案', 'Plan'], () => CommissionPlan, { index: false, onDelete: 'setNull' }),
    contractId: f.ref(['合同', 'Contract'], () => Contract, { onDelete: 'setNull' }),
    receiptId: f.ref(['收款', 'Receipt'], () => Receipt, { onDelete: 'setNull' }),
    base: f.money(['依据金额', 'On'], { required: true }),
    percent: f.decimal(['分配（%）', 'Share %'], { required: true, scale: 2 }),
    amount: f.money(['提成', 'Commission'], { required: true }),
    key: f.text(['依据', 'Key'], { required: true, hidden: true, unique: true, max: 120 }),
  },
  scope: { owner: 'userId', unit: 'unitId' },
  travels: 'never',
  appendOnly: true,
  display: ['period'],
  list: ['period', 'userId', 'contractId', 'receiptId', 'base', 'percent', 'amount'],
  sort: '-period',
})

export const commissionEntities = [CommissionPlan, CommissionTier, CommissionShare, CommissionEntry]
