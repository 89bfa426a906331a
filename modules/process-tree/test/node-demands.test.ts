import assert from 'node:assert/strict'
import { test } from 'node:test'
import { itemId, linesOf } from '../rules/lines.ts'
import { company } from './company.ts'

test('TP-07 what a node wants done before stops its step, what it wants fed back stops the next one', async () => {
  const s = await company()
  const made = await s.yeqing.post('/api/process-nodes', { code: 'SV-JY', name: '检验', kind: 'step', processKey: 'repair', nodeId: 'inspect', prepare: '防静电台', mustBefore: '看客户上次的反馈', mustAfter: '把检验结果告诉接待' })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  const id = await s.inInspection('PF7000')
  const detail = await s.task(s.wangjian, id)
  const before = itemId('before', 'SV-JY', '看客户上次的反馈'), after = itemId('after', 'SV-JY', '把检验结果告诉接待')
  assert.ok(detail.items.some((i: { id: string; label: string }) => i.id === before && i.label === '看客户上次的反馈'), 'the panel has it')
  assert.ok(!detail.items.some((i: { id: string }) => i.id === after), 'what comes after is not asked yet')
  const refused = await s.wangjian.post(`/api/service-requests/${id}/move`, s.inspected)
  assert.deepEqual([refused.status, refused.body.details.missing], [409, ['看客户上次的反馈']])
  assert.equal((await s.wangjian.post(`/api/service-requests/${id}/move`, { ...s.inspected, ticked: [...s.inspected.ticked as string[], before] })).status, 200)

  const quoting = await s.task(s.lijie, id)
  assert.ok(quoting.items.some((i: { id: string; label: string }) => i.id === after && i.label === '反馈（检验）：把检验结果告诉接待'))
  const quote = (ticked: string[]) => s.lijie.post(`/api/service-requests/${id}/move`, { to: '维修', fields: { quotedAmount: '300', customerAnswer: 'agreed' }, ticked: ['explained', 'recorded', ...ticked] })
  const owed = await quote([])
  assert.deepEqual([owed.status, owed.body.details.missing], [409, ['反馈（检验）：把检验结果告诉接待']])
  assert.equal((await quote([after])).status, 200)
  assert.ok(!(await s.task(s.zhouzhan, id)).items.some((i: { id: string }) => i.id === after), 'given once, it is not asked again')
})

test('TP-07 a node that names no step of a process asks nothing of anybody', async () => {
  const s = await company()
  await s.yeqing.post('/api/process-nodes', { code: 'SV', name: '服务', mustBefore: '什么都做' })
  const id = await s.inInspection('PF7001')
  assert.equal((await s.wangjian.post(`/api/service-requests/${id}/move`, s.inspected)).status, 200)
})

test('items are lines; the numbers and dashes of somebody’s list are not part of them', () => {
  assert.deepEqual(linesOf('1. 带样机\r\n2、带合同\n\n- 带合同\n 约好时间 '), ['带样机', '带合同', '约好时间'])
  assert.deepEqual(linesOf(null), [])
})
