import assert from 'node:assert/strict'
import { test } from 'node:test'
import { station } from '@quancheng/service/testing'
import hotline from '../index.ts'

const s = await station({ modules: [hotline], worker: true })
const at = (wall: string): void => s.app.clock!.set(`${wall.replace(' ', 'T')}+08:00`)
const ticket = (n: number, more: Record<string, unknown> = {}) => ({ hotlineId: `RX-${n}`, station: 'HZ01', customerName: `客户${n}`, phone: `1390000${String(n).padStart(4, '0')}`, productLine: 'NB', model: 'X1', serialNo: `RXSN${n}`, faultDescription: '开不了机', ...more })
const post = (tickets: unknown[], who = s.zuoxi) => who.post('/api/hotline/tickets', { tickets })
const waiting = async (who = s.lijie) => (await who.get(`/api/hotline-tickets?limit=200&filter=${encodeURIComponent(JSON.stringify({ state: 'waiting' }))}`)).body.items
const find = async (hotlineId: string) => (await s.zuoxi.get(`/api/hotline-tickets?filter=${encodeURIComponent(JSON.stringify({ hotlineId }))}`)).body.items[0]

test('SP-14 fifty records posted twice: fifty created, then fifty unchanged', async () => {
  const fifty = Array.from({ length: 50 }, (_, i) => ticket(i + 1))
  assert.deepEqual((await post(fifty)).body, { created: 50, updated: 0, unchanged: 0, failed: 0 })
  assert.deepEqual((await post(fifty)).body, { created: 0, updated: 0, unchanged: 50, failed: 0 })
  assert.deepEqual((await post([ticket(1, { faultDescription: '屏幕碎了' }), ticket(2)])).body, { created: 0, updated: 1, unchanged: 1, failed: 0 })
  assert.equal((await waiting()).length, 50)
})

test('SP-14 a wrong record is told with its place and does not stop the others', async () => {
  const r = await post([ticket(51), ticket(52, { station: 'XX99' }), ticket(53, { phone: '' }), ticket(54, { productLine: 'NONE' })])
  assert.equal(r.status, 207)
  assert.deepEqual([r.body.created, r.body.failed, r.body.errors.map((e: { index: number; code: string }) => `${e.index} ${e.code}`)], [1, 3, ['1 HOTLINE_STATION', '2 INVALID', '3 HOTLINE_LINE']])
  assert.equal((await post([ticket(60)], s.lijie)).status, 403)
})

test('SP-14 接单: the request has its number, and name, telephone and serial number stand in it; the desk finds the customer', async () => {
  const t = await find('RX-3')
  const r = await s.lijie.post(`/api/hotline-tickets/${t.id}/accept`)
  assert.equal(r.status, 201, JSON.stringify(r.body))
  assert.match(r.body.number, /^HZ01-20261123-\d{4}$/)
  const request = (await s.lijie.get(`/api/service-requests/${r.body.requestId}`)).body
  assert.deepEqual([request.customerName, request.phone, request.serialNo, request.model, request.faultDescription, request.source, request.stage, request.number], ['客户3', '13900000003', 'RXSN3', 'X1', '开不了机', 'hotline', 'waiting', r.body.number])
  const again = await s.lijie.post(`/api/hotline-tickets/${t.id}/accept`)
  assert.deepEqual([again.status, again.body.code], [409, 'TICKET_CLOSED'])
  assert.equal((await post([ticket(3, { faultDescription: '改了' })])).body.errors[0].code, 'TICKET_CLOSED')
  assert.equal((await post([ticket(3)])).body.unchanged, 1)
})

test('SP-14 a device known by its serial number keeps its owner; a telephone alone makes nobody the same person', async () => {
  await post([ticket(70, { serialNo: 'RXSN3', customerName: '客户3的太太' }), ticket(71, { phone: '13900000003', customerName: '客户3的儿子', serialNo: null }), ticket(72, { phone: '13900000003', customerName: '客户3', serialNo: null })])
  const how = async (id: string) => (await s.lijie.post(`/api/hotline-tickets/${(await find(id)).id}/accept`)).body.customer
  assert.deepEqual([await how('RX-70'), await how('RX-71'), await how('RX-72')], ['device', 'new', 'phone'])
})

test('SP-14 two clerks accept one ticket at once: one request', async () => {
  const { id } = await find('RX-4')
  const all = await Promise.all(Array.from({ length: 6 }, (_, i) => (i % 2 ? s.lijie : s.zhouzhan).post(`/api/hotline-tickets/${id}/accept`)))
  assert.deepEqual(all.map(r => r.status).toSorted(), [201, 409, 409, 409, 409, 409])
})

test('SP-14 a ticket sent back with a reason goes to another station, which sees it; the first does not', async () => {
  await post([ticket(80)])
  const { id } = await find('RX-80')
  assert.equal((await s.lijie.post(`/api/hotline-tickets/${id}/refuse`, { reason: '' })).status, 400)
  assert.equal((await s.lijie.post(`/api/hotline-tickets/${id}/refuse`, { reason: '客户在宁波' })).status, 200)
  assert.deepEqual([(await find('RX-80')).state, (await find('RX-80')).reason], ['refused', '客户在宁波'])
  assert.equal((await s.zuoxi.post(`/api/hotline-tickets/${id}/redirect`, { unitId: s.units.NB02 })).status, 200)
  assert.equal((await s.lijie.get(`/api/hotline-tickets/${id}`)).status, 404)
  assert.equal((await s.lijie.post(`/api/hotline-tickets/${id}/accept`)).status, 404)
})

test('SP-14 nobody takes a ticket up in thirty working minutes: the manager is told; taken up, the alarm closes. A time standard of the company counts instead', async () => {
  at('2026-11-23 11:45:00')
  await post([ticket(90)])
  const t = await find('RX-90')
  assert.equal(t.dueAt, '2026-11-23T05:45:00.000Z', 'fifteen minutes before noon, fifteen after 13:30')
  at('2026-11-23 13:46:00')
  await s.app.worker!.idle()
  const alarms = async () => (await s.zhouzhan.get(`/api/alarms?filter=${encodeURIComponent(JSON.stringify({ recordId: t.id }))}`)).body.items
  assert.deepEqual((await alarms()).map((a: { title: string; closedAt: unknown }) => [a.title, a.closedAt]), [['热线单 RX-90 客户90 接单超时', null]])
  await s.lijie.post(`/api/hotline-tickets/${t.id}/accept`)
  assert.ok((await alarms())[0].closedAt)
  await s.wuzong.post('/api/time-standards', { processKey: 'hotline', nodeId: 'accept', minutes: 10, clock: 'clock' })
  await post([ticket(91)])
  assert.equal((await find('RX-91')).dueAt, '2026-11-23T05:56:00.000Z')
})

test('SP-14 a file of tickets goes the same way: sent twice it makes them once', async () => {
  const csv = `热线编号,服务站,客户姓名,电话,序列号\nRX-CSV1,HZ01,孙七,13700000001,CSVSN1\nRX-CSV2,HZ01,周八,13700000002,CSVSN2\n`
  const send = async () => {
    const boundary = 'x'.repeat(20)
    const payload = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="t.csv"\r\nContent-Type: text/csv\r\n\r\n${csv}\r\n--${boundary}--\r\n`
    const r = await s.app.server.inject({ method: 'POST', url: '/api/hotline-tickets/import?mode=commit', payload, headers: { 'content-type': `multipart/form-data; boundary=${boundary}`, authorization: `Bearer ${s.zuoxi.token}` } })
    return JSON.parse(r.body)
  }
  const first = await send()
  assert.deepEqual([first.created, first.failed], [2, 0], JSON.stringify(first))
  const second = await send()
  assert.deepEqual([second.created, second.failed], [0, 0])
})
