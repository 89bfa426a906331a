import assert from 'node:assert/strict'
import { test } from 'node:test'
import { company } from './company.ts'
import { statementsOf } from '@quancheng/kernel/testing'

const PHOTO = { code: 'ZB-PHOTO', text: '维修前须拍照', processKey: 'repair', nodeId: 'inspect', kind: 'photo' }

test('SP-20 “维修前须拍照” v7 of 10:00 binds the request opened at 10:01, on every road, and not the one opened at 09:59', async () => {
  const s = await company()
  for (let release = 1; release <= 6; release++) assert.equal((await s.yeqing.post('/api/rule-book', { ...PHOTO, text: `第 ${release} 稿` })).body.release, release)
  assert.equal((await s.yeqing.post('/api/rule-book/ZB-PHOTO/withdraw', { reason: '措辞不清' })).status, 200)
  s.app.clock!.set('2026-11-23T01:59:00Z')
  const before = await s.inInspection('PF0959')
  s.app.clock!.set('2026-11-23T02:00:00Z')
  const published = await s.yeqing.post('/api/rule-book', { ...PHOTO, note: '投诉里多次说不清是谁弄坏的' })
  assert.deepEqual([published.status, published.body.release, published.body.inForceFrom], [201, 7, '2026-11-23T02:00:00.000Z'])
  s.app.clock!.set('2026-11-23T02:01:00Z')
  const after = await s.inInspection('PF1001')

  const shown = await s.task(s.wangjian, after)
  assert.ok(shown.moves.every((m: { missing: string[] }) => m.missing.includes('维修前须拍照')), 'the panel says it beforehand')
  const single = await s.wangjian.post(`/api/service-requests/${after}/move`, s.inspected)
  assert.deepEqual([single.status, single.body.code, single.body.details.missing], [409, 'ACTIVITY_UNFINISHED', ['维修前须拍照']])
  const byTask = await s.wangjian.post(`/api/tasks/${shown.id}/complete`, { outcome: 'quote', fields: s.inspected.fields, ticked: s.inspected.ticked })
  assert.deepEqual([byTask.status, byTask.body.details.missing], [409, ['维修前须拍照']])
  const bulk = await s.wangjian.post('/api/service-requests/bulk-move', { ids: [after], to: '报价' })
  assert.ok(bulk.body.refused[0].details.missing.includes('维修前须拍照'), 'many at once meet it too')
  assert.equal((await s.zhouzhan.get(`/api/service-requests/${after}`)).body.stage, 'inspect')

  assert.equal((await s.wangjian.post(`/api/service-requests/${before}/move`, s.inspected)).status, 200, 'opened before the rule')
  assert.equal((await s.photo(s.wangjian, after)).status, 201)
  assert.deepEqual((await s.task(s.wangjian, after)).moves[0].missing.includes('维修前须拍照'), false)
  assert.equal((await s.wangjian.post(`/api/service-requests/${after}/move`, s.inspected)).status, 200, 'with a photo it goes on')
})

test('SP-20 a field, an item and a limit become demands of the step; a newer version binds only what is opened later', async () => {
  const s = await company()
  const at = { processKey: 'repair', nodeId: 'inspect' }
  await s.yeqing.post('/api/rule-book', { ...at, code: 'ZB-CITY', text: '登记客户所在城市', kind: 'field', fieldName: 'accessories' })
  await s.yeqing.post('/api/rule-book', { ...at, code: 'ZB-STATIC', text: '佩戴防静电手环', kind: 'item' })
  await s.yeqing.post('/api/rule-book', { ...at, nodeId: 'quote', code: 'ZB-MAX', text: '报价不得超过 500 元', kind: 'limit', fieldName: 'quotedAmount', most: 500 })
  s.app.clock!.advance(1)
  const id = await s.inInspection('PF2000')
  s.app.clock!.advance(1)
  await s.yeqing.post('/api/rule-book', { ...at, nodeId: 'quote', code: 'ZB-MAX', text: '报价不得超过 100 元', kind: 'limit', fieldName: 'quotedAmount', most: 100 })
  const detail = await s.task(s.wangjian, id)
  assert.ok(detail.items.some((i: { id: string; label: string; required: boolean }) => i.id === 'rule:ZB-STATIC' && i.label === '佩戴防静电手环' && i.required))
  assert.ok(detail.form.some((f: { name: string; required: boolean }) => f.name === 'accessories' && f.required), 'the field is on the form')
  const refused = await s.wangjian.post(`/api/service-requests/${id}/move`, s.inspected)
  assert.deepEqual([refused.status, refused.body.details.missing.length], [409, 2])
  assert.equal((await s.wangjian.post(`/api/tasks/${detail.id}/tick`, { item: 'rule:ZB-STATIC', ticked: true })).status, 200)
  const done = await s.wangjian.post(`/api/service-requests/${id}/move`, { ...s.inspected, fields: { ...s.inspected.fields as object, accessories: '电源适配器' } })
  assert.equal(done.status, 200, JSON.stringify(done.body))

  const quote = (quotedAmount: string) => s.lijie.post(`/api/service-requests/${id}/move`, { to: '维修', fields: { quotedAmount, customerAnswer: 'agreed' }, ticked: ['explained', 'recorded'] })
  const dear = await quote('501')
  assert.deepEqual([dear.status, dear.body.details.missing], [409, ['报价不得超过 500 元']])
  assert.equal((await quote('500')).status, 200, 'the 100 of the newer version is for newer requests')
})

test('SP-20 a withdrawn rule binds nobody from that moment, and none of its older versions takes its place', async () => {
  const s = await company()
  await s.yeqing.post('/api/rule-book', PHOTO)
  await s.yeqing.post('/api/rule-book', PHOTO)
  s.app.clock!.advance(1)
  const id = await s.inInspection('PF3000')
  assert.equal((await s.wangjian.post(`/api/service-requests/${id}/move`, s.inspected)).status, 409)
  assert.deepEqual((await s.yeqing.post('/api/rule-book/ZB-PHOTO/withdraw', { reason: '改为抽查' })).body, { code: 'ZB-PHOTO', withdrawn: 2 })
  assert.equal((await s.wangjian.post(`/api/service-requests/${id}/move`, s.inspected)).status, 200)
  assert.equal((await s.yeqing.post('/api/rule-book/ZB-PHOTO/withdraw', { reason: '改为抽查' })).body.code, 'RULE_UNKNOWN')
  const book = (await s.zhouzhan.get('/api/rule-book')).body
  assert.deepEqual(book.items.map((r: { code: string; release: number; state: string }) => [r.code, r.release, r.state]), [['ZB-PHOTO', 2, 'withdrawn']])
  assert.equal((await s.zhouzhan.get('/api/rule-book/ZB-PHOTO')).body.items.length, 2)
})

test('SP-20 head office alone publishes; what a rule names must be there, and a rule never reaches back', async () => {
  const s = await company()
  assert.equal((await s.zhouzhan.post('/api/rule-book', PHOTO)).status, 403)
  assert.equal((await s.lijie.get('/api/rule-book')).status, 403)
  const refused = async (rule: object) => (await s.yeqing.post('/api/rule-book', { ...PHOTO, ...rule })).body.code
  assert.equal(await refused({ processKey: 'nowhere' }), 'PROCESS_UNKNOWN')
  assert.equal(await refused({ nodeId: 'decide-quality' }), 'RULE_STEP_UNKNOWN')
  assert.equal(await refused({ kind: 'field', fieldName: 'nothing' }), 'RULE_FIELD_UNKNOWN')
  assert.equal(await refused({ kind: 'limit', fieldName: 'serialNo', most: 1 }), 'RULE_FIELD_UNKNOWN')
  assert.equal(await refused({ kind: 'limit', fieldName: 'quotedAmount' }), 'RULE_INCOMPLETE')
  assert.equal(await refused({ inForceFrom: '2026-11-23T01:00:00Z' }), 'RULE_PAST')
  assert.equal((await s.yeqing.post('/api/rule-book', { ...PHOTO, inForceFrom: '2026-12-01T00:00:00+08:00' })).status, 201)
  assert.equal(await refused({ nodeId: 'quote' }), 'RULE_MOVED')
  assert.equal((await s.yeqing.get('/api/rule-book')).body.items[0].state, 'coming')
  const id = await s.inInspection('PF4000')
  assert.equal((await s.wangjian.post(`/api/service-requests/${id}/move`, s.inspected)).status, 200, 'not in force yet')
})

test('SP-20 where no rule is published, completing a step asks the database nothing more', async () => {
  const s = await company()
  const id = await s.inInspection('PF5000'), other = await s.inInspection('PF5001')
  await s.wangjian.post(`/api/service-requests/${other}/move`, s.inspected)
  const { answer, asked } = await statementsOf(s.app, () => s.wangjian.post(`/api/service-requests/${id}/move`, s.inspected))
  assert.equal(answer.status, 200)
  assert.ok(asked.some(q => q.includes('update process_step')), 'the statements were seen')
  assert.deepEqual(asked.filter(q => /head_office_rule|process_node|process_rollout|attachment/.test(q)), [])
})
