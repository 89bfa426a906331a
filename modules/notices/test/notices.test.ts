import assert from 'node:assert/strict'
import { test } from 'node:test'
import { systemAct } from '@quancheng/kernel'
import { at, doStage, walkTo } from '@quancheng/service/testing'
import { onChange } from '../store/watch.ts'
import { stub } from './stub.ts'
import { world } from './world.ts'

const w = await world(), gateway = await stub()
const smsId = await w.channel({ kind: 'sms', name: '短信网关', driver: 'http', url: `${gateway.url}/sms`, key: 'k-secret', sign: '衡川' })

test('SP-25 a request that comes to 待取机 makes one notice, it arrives once, and the same event told again makes none', async () => {
  const r = await w.request()
  await walkTo(w, r.id, 'pickup')
  await w.settled()
  const made = await w.rows(`event = 'pickup' and request_id = '${r.id}'`)
  assert.deepEqual(made.map(n => [n.channel, n.state, n.to_shown, n.attempts]), [['sms', 'sent', '138****0001', 1]])
  const arrived = gateway.got.filter(g => g.body.text!.includes('已经修好') && g.body.text!.includes(r.number))
  assert.equal(arrived.length, 1)
  assert.deepEqual([arrived[0]!.body.to, arrived[0]!.body.sign, arrived[0]!.headers['idempotency-key']], ['13800000001', '衡川', made[0]!.id])
  const { rows: [audit] } = await w.app.owner.query("select seq, at from audit where entity = 'serviceRequest' and record_id = $1 and payload->'after'->>'stage' = 'pickup'", [r.id])
  const again = { event: 'serviceRequest.move', entity: 'serviceRequest', recordId: r.id, unitId: w.units.HZ01, payload: null, at: audit.at, change: { version: Number(audit.seq), how: 'changed' as const, fields: ['stage'] } }
  for (let i = 0; i < 3; i++) await systemAct(w.app.runtime, w.app.tenantId, 'replay', ctx => onChange(ctx, again))
  await w.settled()
  assert.equal((await w.rows(`event = 'pickup' and request_id = '${r.id}'`)).length, 1)
  assert.equal(gateway.got.filter(g => g.body.text!.includes('已经修好') && g.body.text!.includes(r.number)).length, 1)
})

test('SP-25 at night nothing leaves; at eight it does; what is urgent does not wait; what is over by then is not sent', async () => {
  at(w, '2026-11-23 20:58:00')
  const a = await w.request(), b = await w.request()
  await walkTo(w, a.id, 'quality'); await walkTo(w, b.id, 'quality')
  at(w, '2026-11-23 21:00:00')
  const before = gateway.got.length
  await doStage(w, a.id); await doStage(w, b.id)
  await w.settled()
  assert.equal(gateway.got.length, before)
  assert.deepEqual((await w.rows(`event = 'pickup' and request_id in ('${a.id}','${b.id}')`)).map(n => [n.state, n.due_at.toISOString()]), [1, 2].map(() => ['waiting', '2026-11-24T00:00:00.000Z']))
  await doStage(w, b.id) // fetched in the night all the same
  at(w, '2026-11-24 07:59:00')
  await w.settled()
  assert.equal(gateway.got.length, before)
  at(w, '2026-11-24 08:00:00')
  await w.settled()
  assert.deepEqual((await w.rows(`event = 'pickup' and request_id = '${a.id}'`)).map(n => n.state), ['sent'])
  assert.deepEqual((await w.rows(`event = 'pickup' and request_id = '${b.id}'`)).map(n => [n.state, n.error]), [['dropped', '已经过时']])
  const [template] = (await w.admin.get('/api/notice-templates?filter=' + encodeURIComponent(JSON.stringify({ event: 'pickup', family: 'sms' })))).body.items
  assert.equal((await w.admin.patch(`/api/notice-templates/${template.id}`, { urgent: true })).status, 200)
  at(w, '2026-11-24 22:00:00')
  const c = await w.request()
  await walkTo(w, c.id, 'pickup')
  await w.settled()
  assert.deepEqual((await w.rows(`event = 'pickup' and request_id = '${c.id}'`)).map(n => n.state), ['sent'])
  await w.admin.patch(`/api/notice-templates/${template.id}`, { urgent: false })
  at(w, '2026-11-25 09:00:00')
  await w.settled()
})

test('SP-25 the customer’s own link: they choose, they opt out, and then nobody writes to them; what waits is dropped', async () => {
  const r = await w.request()
  await w.chooses(r.customerId, {})
  const { rows: [choice] } = await w.app.owner.query('select * from notice_choice where customer_id = $1', [r.customerId])
  const page = await w.app.anonymous.get(`/api/public/notice-choice/${choice.token}`)
  assert.deepEqual([page.status, page.body.off, page.body.ways.map((x: { to: string }) => x.to)], [200, false, ['138****0001', 'z***@example.com']])
  assert.equal((await w.app.anonymous.post(`/api/public/notice-choice/${choice.token}`, { off: true })).body.off, true)
  const before = gateway.got.length
  await walkTo(w, r.id, 'pickup')
  await w.settled()
  assert.deepEqual([(await w.rows(`request_id = '${r.id}'`)).length, gateway.got.length], [0, before])
  assert.equal((await w.app.anonymous.post(`/api/public/notice-choice/${choice.token}`, { off: false })).body.off, false)
  assert.equal((await w.app.anonymous.get('/api/public/notice-choice/not-a-token')).status, 404)
})

test('SP-25 the gateway is busy: tried again with the same id until it takes it; it refuses: failed, and three of them raise 通知不到用户 (SP-08)', async () => {
  const r = await w.request()
  await walkTo(w, r.id, 'quality')
  gateway.answers.push({ status: 503 }, { hang: true })
  await doStage(w, r.id)
  await w.settled()
  w.app.clock!.advance(1); await w.settled()
  w.app.clock!.advance(3); await w.settled()
  const [n] = await w.rows(`event = 'pickup' and request_id = '${r.id}'`)
  assert.deepEqual([n!.state, n!.attempts], ['sent', 3])
  assert.deepEqual([...new Set(gateway.got.slice(-3).map(g => g.headers['idempotency-key']))], [n!.id], 'one id over all tries: the gateway sends it once')
  const bad = await w.request()
  await walkTo(w, bad.id, 'quality')
  gateway.answers.push({ status: 400, body: { message: '空号' } })
  await doStage(w, bad.id)
  await w.settled()
  const [f] = await w.rows(`event = 'pickup' and request_id = '${bad.id}'`)
  assert.deepEqual([f!.state, f!.error], ['failed', '网关拒绝 400：空号'])
  for (let i = 0; i < 2; i++) {
    gateway.answers.push({ status: 400, body: { message: '空号' } })
    assert.equal((await w.zhouzhan.post(`/api/customer-notices/${f!.id}/again`)).status, 200)
    await w.settled()
  }
  const { rows: alarms } = await w.app.owner.query("select title, closed_at from alarm where kind = 'unreachable' and record_id = $1", [bad.id])
  assert.deepEqual(alarms.map(a => [a.title, a.closed_at]), [[`${bad.number} 通知不到用户（3次）`, null]])
  await w.zhouzhan.post(`/api/service-requests/${bad.id}/contact-attempts`, { channel: 'call', succeeded: true })
  assert.equal((await w.app.owner.query("select 1 from alarm where kind = 'unreachable' and record_id = $1 and closed_at is null", [bad.id])).rowCount, 0)
})

test('SP-25 the program dies between sending and noting: the notice becomes 不确定, nobody sends it again, a person decides', async () => {
  const r = await w.request()
  await walkTo(w, r.id, 'pickup')
  await w.settled()
  const [n] = await w.rows(`event = 'pickup' and request_id = '${r.id}'`)
  // as it stands in the database of a program that was killed after the message had left
  await w.app.owner.query("update customer_notice set state = 'sending', sent_at = null where id = $1", [n!.id])
  await w.app.owner.query("insert into job (tenant_id, id, kind, key, due_at, payload, created_at) values ($1, gen_random_uuid(), 'notices.lost', $2, $3, $4, $3), ($1, gen_random_uuid(), 'notices.send', $2, $3, $4, $3)", [w.app.tenantId, n!.id, w.app.clock!.now, JSON.stringify({ id: n!.id })])
  const before = gateway.got.length
  w.app.clock!.advance(6)
  await w.settled()
  assert.deepEqual([(await w.rows(`id = '${n!.id}'`))[0]!.state, gateway.got.length], ['unknown', before])
  assert.equal((await w.app.owner.query("select 1 from alarm where kind = 'notice' and record_id = $1 and owner_id = $2", [n!.id, w.zhouzhan.userId])).rowCount, 1)
  assert.equal((await w.wangjian.post(`/api/customer-notices/${n!.id}/settle`, { sent: true })).status, 403)
  assert.equal((await w.zhouzhan.post(`/api/customer-notices/${n!.id}/settle`, { sent: true })).status, 200)
  assert.equal((await w.rows(`id = '${n!.id}'`))[0]!.state, 'sent')
  assert.deepEqual([(await w.zhouzhan.post(`/api/customer-notices/${n!.id}/again`)).body.code], ['NOTICE_NOT_OPEN'])
})

test('SP-25 the expected time slips by more than thirty working minutes: told once in this stage, not before', async () => {
  at(w, '2026-11-26 09:00:00')
  await w.settled()
  const r = await w.request()
  await walkTo(w, r.id, 'repair')
  await w.settled()
  const told = async () => (await w.rows(`event = 'delayed' and request_id = '${r.id}'`)).length
  const { rows: [step] } = await w.app.owner.query("select s.due_at from process_step s join process_instance i on i.id = s.instance_id where i.record_id = $1 and s.node_id = 'repair'", [r.id])
  w.app.clock!.set(new Date(step.due_at.getTime() + 29 * 60_000))
  await w.settled()
  assert.equal(await told(), 0)
  w.app.clock!.set(new Date(step.due_at.getTime() + 32 * 60_000))
  await w.settled()
  assert.equal(await told(), 1)
  w.app.clock!.advance(300)
  await w.settled()
  assert.equal(await told(), 1)
})

test('secrets are shown to nobody: not in the list, not in the record, not in its history, not in the log', async () => {
  const places = [(await w.admin.get('/api/notices/channels')).body, (await w.admin.get(`/api/notice-channels/${smsId}`)).body, (await w.app.owner.query("select payload from audit where entity in ('noticeChannel','customerNotice')")).rows]
  assert.equal(JSON.stringify(places).includes('k-secret'), false)
  assert.deepEqual(places[0].items.find((c: { id: string }) => c.id === smsId).secrets, ['key'])
  for (const who of [w.zhouzhan, w.lijie]) assert.equal((await who.get('/api/notices/channels')).status, 403)
  const shown = JSON.stringify((await w.zhouzhan.get('/api/customer-notices')).body)
  assert.equal(shown.includes('13800000001'), false, 'nor is the whole number of the customer')
})

test('a template names only what there is; its versions are kept; the preview shows it filled in', async () => {
  const [t] = (await w.admin.get('/api/notice-templates?filter=' + encodeURIComponent(JSON.stringify({ event: 'repair', family: 'mail' })))).body.items
  const wrong = await w.admin.patch(`/api/notice-templates/${t.id}`, { text: '{客户}您好，{密码}{机器}' })
  assert.deepEqual([wrong.body.code, wrong.body.details.names], ['NOTICE_VARIABLE', '密码、机器'])
  assert.equal((await w.admin.patch(`/api/notice-templates/${t.id}`, { text: '{客户}您好' })).body.version, t.version + 1)
  const seen = await w.admin.post('/api/notices/preview', { subject: '{设备}', text: '{客户}您好{没有}' })
  assert.deepEqual([seen.body.subject, seen.body.text, seen.body.unknown], ['笔记本 X1', '张三您好', ['没有']])
})
