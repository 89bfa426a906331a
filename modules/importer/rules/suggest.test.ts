import assert from 'node:assert/strict'
import { test } from 'node:test'
import { orderOf, suggest, type TargetField } from './suggest.ts'

const field = (name: string, label: string, type = 'text', options?: Record<string, [string, string]>): TargetField =>
  ({ name, labels: [label], type, ...(options ? { options: Object.entries(options).map(([value, l]) => ({ value, label: l })) } : {}) })
const column = (title: string, ...values: string[]) => ({ title, values })

test('an export of accounts is recognised by its column titles, whatever their case and marks', () => {
  const fields = [field('name', '名称'), field('phone', '电话', 'phone'), field('city', '市'), field('taxNumber', '统一社会信用代码', 'code'), field('parentId', '上级客户', 'ref')]
  const mapping = suggest('customer', fields, ['ID', 'Name', 'Office Phone', 'billing_address_city', 'Member Of', 'Ticker Symbol'].map(t => column(t)))
  assert.equal(mapping.id, 'ID')
  assert.deepEqual(Object.fromEntries(Object.entries(mapping.fields).map(([k, v]) => [k, v.from])), { name: ['Name'], phone: ['Office Phone'], city: ['billing_address_city'], parentId: ['Member Of'] })
})

test('first and last name make one name; an id of another record is followed, not shown as a name', () => {
  const mapping = suggest('contact', [field('name', '姓名'), field('customerId', '客户', 'ref'), field('mail', '邮箱', 'mail')], ['First Name', 'Last Name', 'Account ID', 'Email'].map(t => column(t)))
  assert.deepEqual(mapping.fields.name, { from: ['First Name', 'Last Name'], join: 'name' })
  assert.deepEqual(mapping.fields.customerId, { from: ['Account ID'], old: true })
})

test('our own words in a title win over those of other systems', () => {
  const mapping = suggest('lead', [field('name', '姓名'), field('company', '公司')], [column('姓名'), column('公司'), column('Name')])
  assert.deepEqual(mapping.fields.name!.from, ['姓名'])
})

test('stages under other names become ours; what is ours already, and what nobody knows, is not touched', () => {
  const stage = field('stage', '阶段', 'choice', { qualify: ['初步接触', 'Qualify'], quote: ['报价', 'Quote'], won: ['赢单', 'Won'] })
  const mapping = suggest('opportunity', [stage], [column('Sales Stage', 'Closed Won', '报价', 'Prospecting', 'Proposal/Price Quote', 'Id. Something', 'WON')])
  assert.deepEqual(mapping.fields.stage, { from: ['Sales Stage'], values: { 'Closed Won': 'won', Prospecting: 'qualify', 'Proposal/Price Quote': 'quote', WON: 'won' } })
})

test('the order of a date is read from the dates themselves', () => {
  assert.equal(orderOf(['03/04/2026', '12/31/2026']), 'mdy')
  assert.equal(orderOf(['03/04/2026', '31/12/2026']), 'dmy')
  assert.equal(orderOf(['03.04.2026']), 'dmy')
  assert.equal(orderOf(['2026-04-03']), undefined)
})
