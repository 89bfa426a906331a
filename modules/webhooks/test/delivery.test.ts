import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { test } from 'node:test'
import { atWork } from '../index.ts'
import { receiver, type Got } from './receiver.ts'
import { world } from './world.ts'

const w = await world(), one = await receiver(), two = await receiver()
await w.allow(one.host, two.host)

/** As a receiver would check it, from the specification alone. */
function signed(g: Got, secret: string): boolean {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  const expected = createHmac('sha256', key).update(`${g.headers['webhook-id']}.${g.headers['webhook-timestamp']}.${g.text}`).digest('base64')
  return g.headers['webhook-signature']!.split(' ').some(s => s === `v1,${expected}`)
}
const fresh = (r: typeof one): void => { r.got.splice(0); r.answers.splice(0) }
const off = async (id: string) => { await w.admin.post(`/api/webhooks/endpoints/${id}/switch`, { off: true, waiting: 'drop' }) }

test('API-W1 a new lead is told at once, signed as Standard Webhooks says, with the record as REST answers it', async () => {
  const { id, secret } = await w.kept({ url: one.url })
  const lead = await w.lead()
  await w.settled()
  const [got, ...others] = one.got
  assert.equal(others.length, 0)
  assert.ok(signed(got!, secret))
  assert.ok(!signed({ ...got!, text: `${got!.text} ` }, secret), 'one changed byte and it is not signed')
  assert.match(got!.headers['webhook-id']!, /^msg_[0-9a-f]{32}$/)
  assert.ok(Math.abs(Number(got!.headers['webhook-timestamp']) - Date.now() / 1000) < 300)
  assert.equal(got!.body.type, 'lead.created')
  assert.deepEqual([got!.body.data.id, got!.body.data.version, got!.body.data.act], [lead.id, 1, 'create'])
  assert.deepEqual(got!.body.data.record, (await w.admin.get(`/api/leads/${lead.id}`)).body)
  const [row] = await w.log(id)
  assert.deepEqual([row!.state, row!.status, row!.attempts, row!.label], ['done', 200, 1, '澄湖能源'])
  const [line] = (await w.admin.get('/api/webhooks/endpoints')).body.items
  assert.ok(line.successAt)
  assert.ok(!JSON.stringify(line).includes(secret), 'the secret is told once and never again')
  await off(id)
})

test('API-W2 after a 500 it comes again with the same id and the same text, and after the 200 never again', async () => {
  fresh(one)
  const { id } = await w.kept({ url: one.url })
  one.answers.push({ status: 500, body: 'no' })
  await w.lead()
  await w.settled()
  assert.equal(one.got.length, 1)
  assert.deepEqual((await w.log(id)).map(d => [d.state, d.status, d.error]), [['waiting', 500, '对方回答 500']])
  w.app.clock!.advance(0.2)
  await w.settled()
  assert.equal(one.got.length, 2)
  assert.equal(one.got[0]!.headers['webhook-id'], one.got[1]!.headers['webhook-id'])
  assert.equal(one.got[0]!.text, one.got[1]!.text)
  for (const minutes of [10, 60, 600, 6000]) { w.app.clock!.advance(minutes); await w.settled() }
  assert.equal(one.got.length, 2)
  const [row] = await w.log(id)
  const detail = (await w.admin.get(`/api/webhooks/deliveries/${row!.id}`)).body
  assert.deepEqual(detail.tries.map((t: { status: number }) => t.status), [500, 200])
  assert.equal(detail.body, one.got[0]!.text)
  assert.equal((await w.admin.post('/api/webhooks/deliveries/again', { ids: [row!.id] })).body.code, 'WEBHOOK_DELIVERY', 'what arrived is not sent again')
  await off(id)
})

test('API-W3 killed after the receiver has it and before that is noted: it comes again with the same id, once', async () => {
  fresh(one)
  const { id } = await w.kept({ url: one.url })
  await w.lead()
  await w.settled()
  const done = (await w.log(id))[0]!
  // as the killed program left it: on its way, nobody at work on it
  await w.app.owner.query("update webhook_delivery set state = 'sending', lease_until = $2, finished_at = null where id = $1", [done.id, new Date(w.app.clock!.now.getTime() + 60_000)])
  await w.app.owner.query("insert into job (tenant_id, id, kind, key, due_at, payload, created_at) values ($1, gen_random_uuid(), 'webhooks.lane', $2, $3, $4, $3)", [w.app.tenantId, id, w.app.clock!.now, JSON.stringify({ webhookId: id })])
  await w.settled()
  assert.equal(one.got.length, 1, 'not while the lease lasts')
  w.app.clock!.advance(1.1)
  await w.settled()
  assert.equal(one.got.length, 2)
  assert.equal(one.got[0]!.headers['webhook-id'], one.got[1]!.headers['webhook-id'])
  w.app.clock!.advance(60)
  await w.settled()
  assert.equal(one.got.length, 2)
  await off(id)
})

test('API-W4 the secret is renewed with overlap: both sign, then only the new one', async () => {
  fresh(one)
  const { id, secret } = await w.kept({ url: one.url })
  const renewed = (await w.admin.post(`/api/webhooks/endpoints/${id}/secret`, { overlapHours: 24 })).body
  assert.notEqual(renewed.secret, secret)
  await w.lead()
  await w.settled()
  assert.ok(signed(one.got[0]!, secret) && signed(one.got[0]!, renewed.secret))
  w.app.clock!.advance(25 * 60)
  await w.lead()
  await w.settled()
  assert.ok(!signed(one.got[1]!, secret) && signed(one.got[1]!, renewed.secret))
  await off(id)
})

test('API-W5 a receiver that hangs holds up no other, and at most four of its messages are under way', async () => {
  fresh(one); fresh(two)
  let release = (): void => {}
  const hold = new Promise<void>(resolve => { release = resolve })
  const slow = await w.kept({ url: one.url }), quick = await w.kept({ url: two.url })
  for (let i = 0; i < 6; i++) one.answers.push({ hold })
  for (let i = 0; i < 6; i++) await w.lead({ name: `线索 ${i}` })
  await two.came(6)
  await one.came(4)
  await w.app.worker!.idle()
  assert.equal(one.got.length, 4)
  assert.deepEqual((await w.log(slow.id)).map(d => d.state).toSorted(), ['sending', 'sending', 'sending', 'sending', 'waiting', 'waiting'])
  release()
  await w.settled()
  assert.deepEqual([...new Set((await w.log(slow.id)).map(d => d.state))], ['done'])
  await off(slow.id); await off(quick.id)
})

test('API-W6 the changes of one record arrive in their order; the second waits while the first is tried again', async () => {
  fresh(one)
  const { id } = await w.kept({ url: one.url })
  one.answers.push({ status: 503, headers: { 'retry-after': '120' } })
  const lead = await w.lead()
  await w.li.patch(`/api/leads/${lead.id}`, { amount: '1300.00' })
  await w.lead({ name: '另一条' })
  await w.settled()
  assert.deepEqual(one.got.map(g => g.body.data.record.name), ['澄湖能源', '另一条'])
  w.app.clock!.advance(1)
  await w.settled()
  assert.equal(one.got.length, 2, 'the receiver asked for two minutes')
  w.app.clock!.advance(1.5)
  await w.settled()
  assert.deepEqual(one.got.slice(2).map(g => [g.body.data.id, g.body.data.version]), [[lead.id, 1], [lead.id, 2]])
  assert.deepEqual(one.got[3]!.body.data.changed, ['amount'])
  await off(id)
})

test('API-W7 410 switches it off at once and its owner hears of it; what waits stays, and goes when it is on again', async () => {
  fresh(one)
  const { id } = await w.kept({ url: one.url })
  one.answers.push({ status: 410 })
  await w.lead()
  await w.settled()
  const line = (await w.admin.get(`/api/webhooks/endpoints/${id}`)).body
  assert.deepEqual([line.off, line.offReason], [true, '对方回答 410：这个地址不再接收'])
  assert.ok((await w.admin.get('/api/alarms')).body.items.some((a: { title: string }) => a.title.includes(line.name)))
  await w.lead({ name: '停用时' })
  await w.settled()
  assert.equal(one.got.length, 1, 'what happens while it is off is not told')
  const failed = (await w.log(id))[0]!
  assert.equal(failed.state, 'failed')
  assert.equal((await w.admin.post('/api/webhooks/deliveries/again', { webhookId: id })).body.again, 1)
  await w.settled()
  assert.equal(one.got.length, 1, 'it waits')
  assert.equal((await w.admin.post(`/api/webhooks/endpoints/${id}/switch`, { off: false })).status, 200)
  await w.settled()
  assert.equal(one.got.length, 2)
  assert.equal(one.got[1]!.headers['webhook-id'], one.got[0]!.headers['webhook-id'])
  await off(id)
})

test('API-W8 three days without a success: switched off with what waits, which may be dropped', async () => {
  fresh(one)
  const { id } = await w.kept({ url: one.url })
  for (let i = 0; i < 40; i++) one.answers.push({ status: 500 })
  await w.lead()
  for (let i = 0; i < 40 && !(await w.admin.get(`/api/webhooks/endpoints/${id}`)).body.off; i++) { await w.settled(); w.app.clock!.advance(150); if (i === 20) await w.lead({ name: '后来' }) }
  const line = (await w.admin.get(`/api/webhooks/endpoints/${id}`)).body
  assert.deepEqual([line.off, line.offReason], [true, '连续三天没有送到：对方回答 500'])
  const before = one.got.length
  await w.admin.post(`/api/webhooks/endpoints/${id}/switch`, { off: false, waiting: 'drop' })
  await w.settled()
  assert.equal(one.got.length, before)
  assert.ok((await w.log(id)).every(d => d.state === 'dropped' || d.state === 'failed'))
  await off(id)
})

test('API-W9 a redirection is not followed, a long answer is cut, a cut line is tried again', async () => {
  fresh(one); fresh(two)
  const { id } = await w.kept({ url: one.url })
  one.answers.push({ status: 302, headers: { location: two.url } })
  await w.lead()
  await w.settled()
  assert.equal(two.got.length, 0)
  assert.match((await w.log(id))[0]!.error, /302/)
  one.answers.push({ drop: true }, { body: 'x'.repeat(100_000) })
  w.app.clock!.advance(0.2)
  await w.settled()
  assert.match((await w.log(id))[0]!.error, /没有回答/)
  w.app.clock!.advance(10)
  await w.settled()
  const row = (await w.log(id))[0]!
  assert.equal(row.state, 'done')
  assert.ok((await w.admin.get(`/api/webhooks/deliveries/${row.id}`)).body.answer.length <= 2049)
  await off(id)
})

test('API-W10 a test message goes though it is switched off, once, and says nothing about its health', async () => {
  fresh(one)
  const { id, secret } = await w.kept({ url: one.url, off: true })
  one.answers.push({ status: 500 })
  await w.admin.post(`/api/webhooks/endpoints/${id}/test`)
  await w.settled()
  assert.deepEqual(one.got.map(g => [g.body.type, signed(g, secret)]), [['webhook.test', true]])
  const line = (await w.admin.get(`/api/webhooks/endpoints/${id}`)).body
  assert.deepEqual([line.failingSince, (await w.log(id))[0]!.state], [null, 'failed'])
  assert.deepEqual(atWork(w.app.runtime).ids(), [])
})
