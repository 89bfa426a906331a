import { defineEntity, f } from '@quancheng/kernel'
import { accountRequestAfter, accountRequestBefore } from '../store/account-requests.ts'

export const REQUEST_STAGES = { review: ['待审批', 'In review', 'blue'], carryOut: ['待办理', 'To be carried out', 'gold'], done: ['已办理', 'Done', 'green'], rejected: ['已驳回', 'Refused', 'red'] } as const

/** What a block may ask for: the tiers within it. Anything more is an administrator's to give. */
export const BLOCK_ROLES = { sales: ['业务人员', 'Sales'], blockLead: ['板块负责人', 'Head of block'], blockAdmin: ['板块管理员', 'Block administrator'] } as const

/** 账户申请: somebody joins, moves or leaves; asked by the block within one working day, approved, carried out by marketing (RU-07). */
export const AccountRequest = defineEntity('accountRequest', {
  label: ['账户申请', 'Account request'],
  icon: 'user',
  fields: {
    number: f.serial(['编号', 'Number'], 'ZH{yyyy}{MM}-{0000}', { immutable: true, unique: true, search: 'code' }),
    kind: f.choice(['类别', 'Kind'], { join: ['新增', 'Joiner', 'green'], move: ['变更', 'Mover', 'blue'], leave: ['离职', 'Leaver', 'orange'] }, { required: true, immutable: true }),
    userId: f.ref(['账户', 'Account'], () => 'user', { help: ['变更、离职时选择', 'For movers and leavers'] }),
    name: f.text(['姓名', 'Name'], { max: 40, search: 'name', help: ['新增时填写', 'For joiners'] }),
    username: f.text(['用户名', 'User name'], { max: 40, pattern: '[a-z][a-z0-9._-]{1,39}', help: ['新增时填写，小写字母开头', 'For joiners'] }),
    phone: f.phone(['手机', 'Phone'], { personal: true }),
    unitId: f.ref(['单位', 'Unit'], () => 'unit', { required: true, help: ['空着是您的单位；变更、离职随账户', 'Empty: yours'] }),
    toUnitId: f.ref(['调往', 'Moves to'], () => 'unit'),
    roles: f.choices(['角色', 'Roles'], BLOCK_ROLES, { help: ['别的角色请系统管理员在“用户”里给', 'Other roles are given by an administrator'] }),
    effectiveOn: f.date(['到职、变动或离职日', 'Effective on'], { required: true }),
    reason: f.text(['说明', 'Reason'], { max: 300, multiline: true }),
    requestedById: f.ref(['申请人', 'Asked by'], () => 'user', { readOnly: true }),
    requestedOn: f.date(['申请日', 'Asked on'], { readOnly: true }),
    lateDays: f.integer(['迟报（工作日）', 'Late (working days)'], { readOnly: true, default: 0 }),
    stage: f.choice(['状态', 'Stage'], REQUEST_STAGES, { readOnly: true, required: true, default: 'review', index: true }),
    doneAt: f.datetime(['办理时间', 'Carried out'], { readOnly: true }),
  },
  scope: { owner: 'requestedById', unit: 'unitId' },
  travels: 'never',
  managed: ['update', 'remove', 'import'],
  display: ['number', 'name'],
  list: ['number', 'kind', 'name', 'unitId', 'effectiveOn', 'requestedOn', 'lateDays', 'stage', 'requestedById'],
  sort: '-createdAt',
  watchable: true,
  hooks: { before: (ctx, c) => accountRequestBefore(ctx, c as never), after: (ctx, c) => accountRequestAfter(ctx, c as never) },
})
