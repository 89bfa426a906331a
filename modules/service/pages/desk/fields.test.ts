import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DESK_FIELDS, emptyDraft, filledCount, guess, registerBody, type Known } from './fields.ts'

const nobody: Known = { customer: null, device: null, requestId: null, number: null }
const zhang = { id: 'c1', name: '张三', phone: '13800000001', kind: 'person', tier: 'gold', address: '文昌路 1 号', mail: 'z@example.com' }
const x1 = { id: 'd1', productLineId: 'nb', model: 'X1', serialNo: 'PF1ABCD', color: '银', purchasedOn: '2026-01-02', warrantyUntil: '2027-01-01' }

test('SP-27 a second visit with the same serial number brings 12 of the 15 fields', () => {
  assert.equal(Object.values(DESK_FIELDS).flat().length, 15)
  assert.equal(filledCount({ ...nobody, customer: zhang, device: x1 }), 12)
  assert.equal(filledCount(nobody), 0)
})

test('SP-27 what is known is not sent again; what the clerk corrected is', () => {
  const draft = { ...emptyDraft(), customer: { address: '学院路 2 号', name: '张三' }, request: { faultDescription: '开不了机', appearance: '' } }
  assert.deepEqual(registerBody(draft, { customer: zhang, device: x1, requestId: 'r1', number: 'HZ01-1' }), {
    customer: { id: 'c1', address: '学院路 2 号' }, device: { id: 'd1' }, request: { id: 'r1', productLineId: 'nb', faultDescription: '开不了机' },
  })
})

test('a customer without a device is registered for the product line alone', () => {
  const draft = { ...emptyDraft(), customer: { name: '李四', phone: '' }, device: { productLineId: 'nb' } }
  assert.deepEqual(registerBody(draft, nobody), { customer: { name: '李四' }, request: { productLineId: 'nb' } })
})

test('what was typed into the box becomes the first value of somebody new', () => {
  assert.deepEqual(guess('138 0000 0001'), { part: 'customer', name: 'phone', value: '13800000001' })
  assert.deepEqual(guess('pf1abcd'), { part: 'device', name: 'serialNo', value: 'PF1ABCD' })
  assert.deepEqual(guess(' 张三 '), { part: 'customer', name: 'name', value: '张三' })
  assert.equal(guess('zs'), null)
  assert.equal(guess('  '), null)
})
