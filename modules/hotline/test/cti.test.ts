import assert from 'node:assert/strict'
import { test } from 'node:test'
import { create } from '@quancheng/kernel'
import { station } from '@quancheng/service/testing'
import hotline from '../index.ts'
import { signatureOf } from '../rules/signature.ts'

const s = await station({ modules: [hotline] })
const source = await s.app.system(async ctx => (await create(ctx, ctx.entities.get('ctiSource'), { code: 'PBX1', name: '总机' })).id)
const { secret, path } = (await s.admin.post(`/api/cti-sources/${source}/secret`)).body
let sequence = 0
const message = (event: string, callId: string, more: Record<string, unknown> = {}) => ({ eventId: `e${++sequence}`, callId, event, ...more })
const seconds = () => String(Math.floor(s.app.clock!.now.getTime() / 1000))
async function send(body: unknown, o: { timestamp?: string; signature?: string; url?: string } = {}) {
  const text = JSON.stringify(body), timestamp = o.timestamp ?? seconds()
  const r = await s.app.server.inject({ method: 'POST', url: o.url ?? path, payload: text, headers: { 'content-type': 'application/json', 'x-timestamp': timestamp, 'x-signature': o.signature ?? signatureOf(secret, timestamp, text) } })
  return { status: r.statusCode, body: JSON.parse(r.body) }
}
const calls = async () => (await s.zuoxi.get('/api/phone-calls?limit=50')).body.items

test('CE-06 a ring from 13800000001 pops up at 坐席甲 with the customer and the open request; the line ends with the length of the call', async () => {
  const { id } = (await s.app.anonymous.post('/api/public/kiosk/HZ01/take', {})).body
  await s.lijie.post('/api/service/desk/register', { customer: { name: '张三', phone: '13800000001' }, device: { productLineId: s.lineId, model: 'X1', serialNo: 'PF1ABCD' }, request: { id, faultDescription: '开不了机' } })
  await s.zuoxi.post('/api/hotline/extension', { extension: '801' })
  const told: Array<{ e: string }> = []
  await s.app.owner.query('listen quancheng')
  s.app.owner.on('notification', n => { if (n.payload) told.push(JSON.parse(n.payload)) })
  assert.equal((await send(message('ring', 'c1', { phone: '+86 138-0000-0001', extension: '801' }))).status, 200)
  await s.app.owner.query('select 1')
  assert.ok(told.some(n => n.e === 'phoneCall'), 'pages are told with the commit, not at the next poll')
  const popup = (await s.zuoxi.get('/api/hotline/current')).body
  assert.equal(popup.extension, '801')
  assert.deepEqual([popup.calls.length, popup.calls[0].customers[0].name, popup.calls[0].requests.map((r: { id: string }) => r.id), popup.calls[0].call.state], [1, '张三', [id], 'ringing'])
  s.app.clock!.advance(0.2)
  await send(message('answer', 'c1', { extension: '801' }))
  s.app.clock!.advance(2.5)
  await send(message('hangup', 'c1'))
  await send(message('record', 'c1', { recordUrl: 'https://pbx.example/rec/c1.wav' }))
  const [call] = await calls()
  assert.deepEqual([call.state, call.seconds, call.$labels.userId, call.recordUrl], ['ended', 150, '坐席甲', 'https://pbx.example/rec/c1.wav'])
  assert.equal((await s.zuoxi.get('/api/hotline/current')).body.calls.length, 0)
  assert.equal((await s.zuoxi.post(`/api/phone-calls/${call.id}/note`, { note: '问进度', requestId: id })).status, 200)
})

test('CU-17 偏好=靠窗 is in the pop-up when the customer calls', async () => {
  const [customer] = (await s.lijie.get('/api/customers?q=13800000001')).body.items
  await s.lijie.post('/api/preferences', { customerId: customer.id, topic: '座位', value: '靠窗' })
  await send(message('ring', 'c17', { phone: '13800000001', extension: '801' }))
  const { calls: [popup] } = (await s.zuoxi.get('/api/hotline/current')).body
  assert.deepEqual(popup.preferences.map((p: { topic: string; value: string }) => [p.topic, p.value]), [['座位', '靠窗']])
  await send(message('hangup', 'c17'))
})

test('CE-06 the same message twice counts once; a caught one sent again later, a forged one and one for an unknown system are refused and store nothing', async () => {
  const before = (await calls()).length
  const ring = message('ring', 'c2', { phone: '13800000001' })
  assert.deepEqual([(await send(ring)).body.taken, (await send(ring)).body.taken], [true, false])
  const stamp = seconds(), text = message('ring', 'c3', { phone: '13800000001' })
  s.app.clock!.advance(5.1)
  assert.deepEqual([(await send(text, { timestamp: stamp })).body.code, (await send(text, { signature: 'a'.repeat(64) })).body.code, (await send(text, { url: '/api/hooks/cti/nobody' })).body.code], ['CTI_TIME', 'CTI_SIGNATURE', 'CTI_SIGNATURE'])
  assert.equal((await send({ eventId: 'x' })).body.code, 'BAD_REQUEST')
  assert.equal((await calls()).length, before + 1)
  const { rows: [kept] } = await s.app.owner.query("select count(*)::int as n from cti_event where event_id = $1", [text.eventId])
  assert.equal(kept.n, 0, 'a refused message may still come genuinely')
})

test('CE-06 messages out of order and eight at once make one call with the right times', async () => {
  const from = s.app.clock!.now.getTime(), iso = (sec: number) => new Date(from + sec * 1000).toISOString()
  const all = [message('hangup', 'c4', { at: iso(90) }), message('record', 'c4', { recordUrl: 'https://pbx.example/c4' }), message('ring', 'c4', { at: iso(0), phone: '13900000009' }), message('answer', 'c4', { at: iso(10), extension: '801' })]
  const answers = await Promise.all([...all, ...all].map(m => send(m)))
  assert.equal(answers.filter(a => a.body.taken).length, 4)
  const four = (await calls()).filter((c: { phone: string }) => c.phone === '13900000009')
  assert.deepEqual([four.length, four[0].state, four[0].seconds], [1, 'ended', 80])
  await send(message('ring', 'c5', { phone: '13900000010' }))
  await send(message('hangup', 'c5'))
  assert.equal((await calls()).find((c: { phone: string }) => c.phone === '13900000010').state, 'missed')
})

test('CE-06 a new key voids the former at once; the key is in no record and no history', async () => {
  const stamp = seconds(), body = message('ring', 'c6'), old = signatureOf(secret, stamp, JSON.stringify(body))
  assert.equal((await s.admin.post(`/api/cti-sources/${source}/secret`)).status, 201)
  assert.equal((await send(body, { timestamp: stamp, signature: old })).body.code, 'CTI_SIGNATURE')
  const { rows } = await s.app.owner.query('select count(*)::int as n from audit where payload::text like $1', [`%${secret}%`])
  assert.equal(rows[0].n, 0)
  assert.equal((await s.lijie.get('/api/hotline/current')).status, 403)
})
