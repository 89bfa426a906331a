import assert from 'node:assert/strict'
import { test } from 'node:test'
import { walkTo } from '@quancheng/service/testing'
import { stub } from './stub.ts'
import { world } from './world.ts'

const w = await world({ address: null }), gateway = await stub()
const SMS = { kind: 'sms', name: '短信网关', driver: 'http', url: `${gateway.url}/sms` }
const [setting] = (await w.admin.get('/api/notice-settings')).body.items
const address = (baseUrl: string | null) => w.admin.patch(`/api/notice-settings/${setting.id}`, { baseUrl })
const link = async (id: string): Promise<string> => `/p/${(await w.app.owner.query('select track_token from service_request where id = $1', [id])).rows[0].track_token}`

test('SP-25 no channel is switched on before the address for customers is known; one may be prepared', async () => {
  const refused = await w.admin.post('/api/notices/channels', SMS)
  assert.deepEqual([refused.status, refused.body.code], [409, 'NOTICE_NO_ADDRESS'])
  assert.match(refused.body.message, /客户打开的网址/)
  const prepared = await w.admin.post('/api/notices/channels', { ...SMS, off: true })
  assert.equal(prepared.status, 200)
  assert.equal((await w.admin.post('/api/notices/channels', { ...SMS, id: prepared.body.id, off: false })).body.code, 'NOTICE_NO_ADDRESS')
  assert.deepEqual((await address('fw.example.com/x')).body.code, 'NOTICE_BASE')
  assert.equal((await address('https://fw.example.com')).status, 200)
  assert.equal((await w.admin.post('/api/notices/channels', { ...SMS, id: prepared.body.id, off: false })).status, 200)
  const emptied = await address('')
  assert.deepEqual([emptied.status, emptied.body.code, emptied.body.details.n], [409, 'NOTICE_ADDRESS_IN_USE', 1])
  assert.equal((await address('https://wx.example.com')).status, 200, 'another one will do')
})

test('SP-25 a message with a link does not leave without an address, counts as no try to reach the customer, and goes once there is one', async () => {
  // a company of the time before the rule: a channel that is on, and no address
  await w.app.owner.query('update notice_setting set base_url = null')
  await w.app.owner.query('update tenant set meta_version = meta_version + 1')
  const r = await w.request()
  await walkTo(w, r.id, 'pickup')
  await w.settled()
  const kept = async () => (await w.rows(`event = 'pickup' and request_id = '${r.id}'`))[0]!
  const failed = await kept()
  assert.deepEqual([failed.state, failed.attempts, gateway.got.filter(g => g.body.text!.includes(r.number)).length], ['failed', 0, 0])
  assert.match(failed.error!, /客户打开的网址/)
  assert.equal((await w.app.owner.query('select 1 from contact_attempt where request_id = $1', [r.id])).rowCount, 0)
  assert.equal((await address('https://fw.example.com')).status, 200)
  assert.equal((await w.zhouzhan.post(`/api/customer-notices/${failed.id}/again`)).status, 200)
  await w.settled()
  const sent = await kept()
  assert.equal(sent.state, 'sent')
  assert.ok(sent.text.includes(`https://fw.example.com${await link(r.id)} `), sent.text)
  assert.ok(gateway.got.at(-1)!.body.text!.includes(`https://fw.example.com${await link(r.id)}`))
})
