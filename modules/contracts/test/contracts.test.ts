import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readPdf } from '@quancheng/paper/testing'
import { approve, house, ok, quoteOf, refused, signed } from './house.ts'

const h = await house()
const contract = (id: string) => ok(h.li.get(`/api/contracts/${id}`))
const alarms = async (kind: string, key: string) => (await h.app.owner.query('select title, count, closed_at from alarm where kind = $1 and step_key = $2', [kind, key])).rows
const todos = async (id: string) => (await h.app.owner.query('select title, owner_id from todo where about_id = $1 order by created_at', [id])).rows
const due = async (at: string) => { h.app.clock!.set(at); await h.app.worker!.idle() }

test('SA-05 an accepted quote becomes a contract: lines copied, the text has the parties and 壹拾万元整, as a PDF too', async () => {
  await refused(h.li.post(`/api/quotes/${await quoteOf(h, { state: 'sent' })}/contract`), 'CONTRACT_QUOTE')
  const quoteId = await quoteOf(h), made = await ok(h.li.post(`/api/quotes/${quoteId}/contract`), 201)
  assert.match(made.number, /^HT2026-\d{4}$/)
  await refused(h.li.post(`/api/quotes/${quoteId}/contract`), 'CONTRACT_ONCE')
  const c = await contract(made.id)
  assert.deepEqual([c.state, c.amount, c.customerId, c.ownerId], ['draft', '100000.00', h.customerId, h.li.userId])
  const lines = (await ok(h.li.get(`/api/contract-lines?filter=${encodeURIComponent(JSON.stringify({ contractId: made.id }))}`))).items
  assert.deepEqual(lines.map((l: Record<string, unknown>) => [l.item, l.quantity, l.unitPrice, l.amount]), [['显示器 27 寸', '100.000', '1000.00', '100000.00']])
  const { text } = await ok(h.li.get(`/api/contracts/${made.id}/text`))
  for (const words of ['甲方（买方）：云河科技有限公司', '地址：杭州市西湖区 1 号', '税号：91330100MA2XXXX00A', '乙方（卖方）：', '大写：壹拾万元整', '| 1 | 显示器 27 寸 | 100 台 | 1000.00 | 100000.00 |']) assert.ok(text.includes(words), `${words} in ${text}`)
  const pdf = await h.li.get(`/api/contracts/${made.id}/contract.pdf`)
  assert.equal(pdf.status, 200)
  const printed = readPdf(pdf.raw).text
  for (const words of ['云河科技有限公司', '壹拾万元整', '显示器27寸']) assert.ok(printed.replace(/\s/g, '').includes(words), printed.slice(0, 400))
  assert.equal((await h.wang.get(`/api/contracts/${made.id}`)).status, 404, 'another block’s seller')
})

test('SA-05 approval by the company’s table, signing only after it; a wrong state is refused, what was approved stays as it is', async () => {
  const { id } = await ok(h.li.post(`/api/quotes/${await quoteOf(h)}/contract`), 201)
  assert.deepEqual(await refused(h.li.post(`/api/contracts/${id}/sign`), 'CONTRACT_STATE'), { state: '草拟', act: '签订' })
  assert.equal((await ok(h.li.post(`/api/contracts/${id}/submit`))).state, 'approving')
  await refused(h.li.patch(`/api/contracts/${id}`, { amount: '1' }), 'CONTRACT_LOCKED')
  await refused(h.li.post('/api/contract-lines', { contractId: id, item: '线材', unitPrice: '5', quantity: '1' }), 'CONTRACT_LOCKED')
  await approve(h, h.lead, 'contract', id, 'reject', '付款条件写清楚')
  assert.equal((await contract(id)).state, 'draft')
  await ok(h.li.patch(`/api/contracts/${id}`, { terms: '货到三十日付清' }))
  await ok(h.li.post(`/api/contracts/${id}/submit`))
  await approve(h, h.lead, 'contract', id)
  const approved = await contract(id)
  assert.equal(approved.state, 'approved')
  assert.ok(approved.content.includes('货到三十日付清'))
  await refused(h.li.post(`/api/contracts/${id}/sign`, { signedOn: '2026-11-23' }), 'INVALID', 400)
  await ok(h.li.post(`/api/contracts/${id}/sign`, { signedOn: '2026-11-20' }))
  const c = await contract(id)
  assert.deepEqual([c.state, c.signedOn, c.validFrom, c.ownerId], ['active', '2026-11-20', '2026-11-20', h.li.userId])
  await ok(h.li.post(`/api/contracts/${id}/terminate`, { reason: '客户停产' }))
  assert.deepEqual([(await contract(id)).state, (await contract(id)).endReason], ['terminated', '客户停产'])
  await refused(h.li.post(`/api/contracts/${id}/sign`), 'CONTRACT_STATE')
})

test('SA-05 below the table’s amount nobody need approve; from 500 000 the lead and then finance', async () => {
  const small = (await ok(h.li.post(`/api/quotes/${await quoteOf(h, { quantity: '9', amount: '9000.00' })}/contract`), 201)).id
  assert.equal((await ok(h.li.post(`/api/contracts/${small}/submit`))).state, 'approved')
  const big = (await ok(h.li.post(`/api/quotes/${await quoteOf(h, { quantity: '500', amount: '500000.00' })}/contract`), 201)).id
  await ok(h.li.post(`/api/contracts/${big}/submit`))
  await approve(h, h.lead, 'contract', big)
  assert.equal((await contract(big)).state, 'approving')
  await approve(h, h.finance, 'contract', big)
  assert.equal((await contract(big)).state, 'approved')
})

test('SA-05 branch under group, never in a circle; a template with unknown placeholders is refused at its field', async () => {
  const made = (kind: string, parentId?: string) => h.li.post('/api/contracts', { title: kind, kind, customerId: h.customerId, unitId: h.unit, amount: '0', ...(parentId ? { parentId } : {}) })
  const group = await ok(made('group'), 201), branch = await ok(made('branch', group.id), 201), single = await ok(made('single'), 201)
  await refused(made('branch', single.id), 'CONTRACT_PARENT')
  await refused(h.li.patch(`/api/contracts/${group.id}`, { parentId: branch.id }), 'CONTRACT_PARENT')
  await refused(h.li.patch(`/api/contracts/${single.id}`, { validFrom: '2026-12-01', validUntil: '2026-11-30' }), 'INVALID', 400)
  const bad = await refused(h.admin.post('/api/contract-templates', { title: '坏', body: '{{甲方}} {{账号}}' }), 'TEMPLATE_WORDS', 400)
  assert.deepEqual([bad.words, bad.fields[0].field], ['{{账号}}', 'body'])
})

test('SA-05 where the company asks for it, a contract is not in force without its signed scan; a draft in Word, another contract’s file or a renamed text is none', async () => {
  const [rule] = (await ok(h.admin.get('/api/contract-rules'))).items
  assert.equal(rule.scanToSign, false, 'off until the company asks for it')
  const approved = async (): Promise<string> => { const { id } = await ok(h.li.post(`/api/quotes/${await quoteOf(h)}/contract`), 201); await ok(h.li.post(`/api/contracts/${id}/submit`)); await approve(h, h.lead, 'contract', id); return id }
  const [id, other] = [await approved(), await approved()]
  const file = async (of: string, name: string, content: string): Promise<string> => (await ok(h.li.call('POST', `/api/contracts/${of}/attachments`, Buffer.from(`--edge\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: application/octet-stream\r\n\r\n${content}\r\n--edge--\r\n`), { 'content-type': 'multipart/form-data; boundary=edge' }), 201)).id
  await ok(h.admin.patch(`/api/contract-rules/${rule.id}`, { scanToSign: true }))
  const sign = (scanId?: string) => h.li.post(`/api/contracts/${id}/sign`, { signedOn: '2026-11-22', ...(scanId ? { scanId } : {}) })
  await refused(sign(), 'CONTRACT_SCAN')
  for (const wrong of [await file(id, '合同.docx', 'PK..'), await file(id, '扫描件.pdf', '不是 PDF'), await file(other, '扫描件.pdf', '%PDF-1.7 别的合同')]) assert.equal((await refused(sign(wrong), 'CONTRACT_SCAN_FILE', 400)).fields[0].field, 'scanId')
  await refused(sign('00000000-0000-4000-8000-000000000000'), 'CONTRACT_SCAN_FILE', 400)
  assert.equal((await contract(id)).state, 'approved')
  const scan = await file(id, '签字页.pdf', '%PDF-1.7 ...')
  await ok(sign(scan))
  const entry = (await ok(h.li.get(`/api/contracts/${id}/history`))).find((e: { act: string }) => e.act === 'sign')
  assert.deepEqual([(await contract(id)).state, entry.note], ['active', { scan: { id: scan, name: '签字页.pdf', version: 1 } }])
  await ok(h.admin.patch(`/api/contract-rules/${rule.id}`, { scanToSign: false }))
  await ok(h.li.post(`/api/contracts/${other}/sign`, {}))
})

test('CE-01 100 000 agreed, 30 000 paid, 50 000 delivered: 执行 50 %, 应收 20 000; an approved change counts', async () => {
  const id = await signed(h), order = await ok(h.li.post(`/api/contracts/${id}/order`, { withLines: true }), 201)
  await ok(h.li.post(`/api/sales-orders/${order.id}/confirm`))
  const [line] = (await ok(h.li.get(`/api/order-lines?filter=${encodeURIComponent(JSON.stringify({ orderId: order.id }))}`))).items
  assert.equal((await ok(h.li.post(`/api/sales-orders/${order.id}/deliver`, { lines: [{ orderLineId: line.id, quantity: '50' }] }), 201)).state, 'delivering')
  assert.equal((await refused(h.li.post(`/api/sales-orders/${order.id}/deliver`, { lines: [{ orderLineId: line.id, quantity: '50.001' }] }), 'DELIVERY_TOO_MUCH')).quantity, '50.001')
  await ok(h.finance.post('/api/receipts', { contractId: id, amount: '30000', receivedOn: '2026-11-22' }), 201)
  const e = await ok(h.li.get(`/api/contracts/${id}/execution`))
  assert.deepEqual([e.percent, e.receivable, e.inForce, e.delivered, e.paid], ['50.0', '20000.00', '100000.00', '50000.00', '30000.00'])
  const change = await ok(h.li.post('/api/change-orders', { contractId: id, amount: '-20000', reason: '减少数量' }), 201)
  assert.equal((await h.li.post(`/api/change-orders/${change.id}/approve`)).status, 403)
  assert.equal((await ok(h.li.get(`/api/contracts/${id}/execution`))).inForce, '100000.00', 'not yet approved')
  await ok(h.lead.post(`/api/change-orders/${change.id}/approve`))
  const after = await ok(h.li.get(`/api/contracts/${id}/execution`))
  assert.deepEqual([after.inForce, after.percent], ['80000.00', '62.5'])
  assert.equal((await ok(h.li.post(`/api/sales-orders/${order.id}/deliver`), 201)).state, 'done')
})

test('CE-01 a late milestone raises its alarm once, and done it closes itself', async () => {
  const id = await signed(h), m = await ok(h.li.post('/api/milestones', { contractId: id, label: '到货', dueOn: '2026-11-23' }), 201)
  await due('2026-11-23T10:00:00Z')
  assert.deepEqual(await alarms('late', m.id), [])
  await due('2026-11-23T16:00:30Z'); await due('2026-11-25T02:00:00Z')
  const raised = await alarms('late', m.id)
  assert.equal(raised.length, 1)
  assert.match(raised[0].title, /里程碑逾期：HT2026-\d+ 到货/)
  assert.equal(raised[0].closed_at, null)
  await ok(h.li.patch(`/api/milestones/${m.id}`, { doneOn: '2026-11-25' }))
  assert.ok((await alarms('late', m.id))[0].closed_at)
})

test('CE-07 end 12-31, sixty days before: one task on 11-01 at the owner; another last day asks anew, and the contract ends by itself', async () => {
  h.app.clock!.set('2026-10-20T01:00:00Z')
  const id = await signed(h, { signedOn: '2026-10-20', validUntil: '2026-12-31' })
  await due('2026-10-31T15:59:00Z')
  assert.deepEqual(await todos(id), [])
  await due('2026-10-31T16:00:30Z'); await due('2026-11-05T02:00:00Z')
  const first = await todos(id)
  assert.equal(first.length, 1)
  assert.equal(first[0].owner_id, h.li.userId)
  await ok(h.li.patch(`/api/contracts/${id}`, { validUntil: '2027-03-31' }))
  await due('2027-01-30T02:00:00Z')
  assert.equal((await todos(id)).length, 2, 'sixty days before 2027-03-31 is 2027-01-30')
  await due('2027-03-31T10:00:00Z')
  assert.equal((await contract(id)).state, 'active')
  await due('2027-03-31T16:01:00Z')
  assert.equal((await contract(id)).state, 'expired')
})

test('RU-11 signed 09-30, first order entered 10-10: three working days, in time; on the next working day it would be late', async () => {
  h.app.clock!.set('2026-09-30T01:00:00Z')
  const id = await signed(h, { signedOn: '2026-09-30' }), late = await signed(h, { signedOn: '2026-09-30' })
  h.app.clock!.set('2026-10-10T06:00:00Z')
  await ok(h.li.post(`/api/contracts/${id}/order`), 201)
  h.app.clock!.set('2026-10-12T01:00:00Z')
  const { days, items } = await ok(h.li.get('/api/collection/order-entries'))
  const of = (x: string) => items.find((i: { id: string }) => i.id === x)
  assert.deepEqual([days, of(id).workingDays, of(id).enteredOn, of(id).lastDay, of(id).late], [3, 3, '2026-10-10', '2026-10-10', false])
  assert.deepEqual([of(late).workingDays, of(late).enteredOn, of(late).late], [4, null, true])
})
