import { defineEntity } from '../src/entity/define.ts'
import { f } from '../src/entity/field.ts'
import { defineModule } from '../src/module.ts'
import { create } from '../src/operations/write.ts'
import type { TestApp } from '../src/testing/index.ts'

/** A tiny application with everything the kernel promises: an owner, a unit, children and grandchildren, personal data. */
export const Account = defineEntity('account', {
  label: ['客户', 'Account'],
  fields: {
    number: f.serial(['编号', 'Number'], 'A{yyyy}-{0000}', { search: 'code', unique: true }),
    code: f.code(['客户编码', 'Code'], { unique: true }),
    name: f.text(['名称', 'Name'], { required: true, search: 'name', personal: true, max: 40 }),
    phone: f.phone(['手机号', 'Phone'], { search: 'code', personal: true }),
    tier: f.choice(['等级', 'Tier'], { gold: ['金卡', 'Gold'], silver: ['银卡', 'Silver'] }, { default: 'silver' }),
    credit: f.money(['额度', 'Credit']),
    score: f.integer(['评分', 'Score'], { min: 0, max: 100 }),
    born: f.date(['生日', 'Born']),
    seenAt: f.datetime(['来访时间', 'Seen']),
    source: f.text(['来源', 'Source'], { immutable: true }),
    secret: f.text(['内部记号', 'Secret'], { hidden: true }),
    ownerId: f.ref(['负责人', 'Owner'], () => 'user'),
    unitId: f.ref(['单位', 'Unit'], () => 'unit', { required: true }),
  },
  scope: { owner: 'ownerId', unit: 'unitId' },
  display: ['number', 'name'],
  list: ['number', 'name', 'phone', 'tier'],
  tenantFields: true,
})

export const Deal = defineEntity('deal', {
  label: ['商机', 'Deal'],
  fields: {
    title: f.text(['标题', 'Title'], { required: true, search: 'text' }),
    amount: f.money(['金额', 'Amount']),
    accountId: f.ref(['客户', 'Account'], () => Account, { required: true }),
    partnerId: f.ref(['合作客户', 'Partner'], () => Account),
  },
  scope: { via: 'accountId' },
  display: ['title'],
  list: ['title', 'accountId', 'amount'],
})

export const DealLine = defineEntity('dealLine', {
  label: ['商机明细', 'Deal line'],
  fields: {
    what: f.text(['内容', 'What'], { required: true }),
    dealId: f.ref(['商机', 'Deal'], () => Deal, { required: true }),
  },
  scope: { via: 'dealId' },
  display: ['what'],
  list: ['what', 'dealId'],
})

/** Written by the system, never changed. */
export const Reading = defineEntity('reading', {
  label: ['读数', 'Reading'],
  fields: { value: f.integer(['数值', 'Value'], { required: true }), unitId: f.ref(['单位', 'Unit'], () => 'unit') },
  scope: { unit: 'unitId' }, display: ['value'], list: ['value'], appendOnly: true,
})

export const crm = defineModule({ name: 'crm', label: ['客户', 'CRM'], entities: [Account, Deal, DealLine, Reading] })

export const VERBS = ['read', 'create', 'update', 'remove', 'export', 'import', 'reveal', 'erase'] as const
export const grants = (entities: readonly string[], scope: string, verbs: readonly string[] = VERBS): Record<string, string[]> =>
  Object.fromEntries(entities.flatMap(e => verbs.map(v => [`${e}:${v}`, [scope]])))
export const CRM = ['account', 'deal', 'dealLine', 'reading']

export interface Tree { group: string; north: string; south: string; n1: string; n2: string; s1: string; n1desk: string }

/** 集团 ─ 北区 ─ 站N1 ─ 前台, 站N2; 南区 ─ 站S1. */
export const makeTree = (app: TestApp, tenantId = app.tenantId): Promise<Tree> => app.system(async ctx => {
  const unit = ctx.entities.get('unit')
  const add = async (code: string, kind: string, parentId: string | null): Promise<string> => (await create(ctx, unit, { code, name: `单位${code}`, kind, parentId })).id
  const group = await add('G', 'group', null)
  const north = await add('N', 'region', group), south = await add('S', 'region', group)
  const n1 = await add('N1', 'station', north), n2 = await add('N2', 'station', north), s1 = await add('S1', 'station', south)
  return { group, north, south, n1, n2, s1, n1desk: await add('N1D', 'department', n1) }
}, tenantId)

export const form = (name: string, content: Buffer | string, type = 'text/csv'): { payload: Buffer; headers: Record<string, string> } => {
  const boundary = 'quancheng-test-boundary'
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: ${type}\r\n\r\n`
  return { payload: Buffer.concat([Buffer.from(head), Buffer.from(content), Buffer.from(`\r\n--${boundary}--\r\n`)]), headers: { 'content-type': `multipart/form-data; boundary=${boundary}` } }
}

/** Numbers that look random and are the same on every run. */
export function seeded(seed: number): { next(): number; below(n: number): number; pick<T>(list: readonly T[]): T } {
  let s = seed >>> 0
  const next = (): number => { s = (s + 0x6d2b79f5) >>> 0; let t = Math.imul(s ^ (s >>> 15), 1 | s); t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t; return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296 }
  const below = (n: number): number => Math.floor(next() * n)
  return { next, below, pick: list => list[below(list.length)]! }
}
