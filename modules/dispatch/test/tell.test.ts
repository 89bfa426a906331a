import assert from 'node:assert/strict'
import { test } from 'node:test'
import { atWork } from '@quancheng/notices'
import { at, register, walkTo } from '@quancheng/service/testing'
import { shop } from './shop.ts'

test('CE-05 a customer is told of their pick-up when it is booked and the day before, each once; one who moved it is reminded of the new time', async () => {
  // a gateway that refuses: what counts is what was written to be told
  process.env.QUANCHENG_NOTICE_HOSTS = '127.0.0.1'
  const s = await shop({ worker: true })
  const settled = async () => { for (let i = 0; i < 3; i++) { await s.app.worker!.idle(); await atWork(s.app.runtime).idle() } }
  const [setting] = (await s.admin.get('/api/notice-settings')).body.items
  await s.admin.patch(`/api/notice-settings/${setting.id}`, { baseUrl: 'https://fw.example.com' })
  assert.equal((await s.admin.post('/api/notices/channels', { kind: 'sms', name: '短信', url: 'http://127.0.0.1:9/send', secret: 'x' })).status < 300, true)
  await s.make('slotRule', { unitId: s.units.HZ01, service: 'pickUp', minutes: 30, capacity: 1, starts: '14:00 16:00', daysAhead: 5 })
  const r = await register(s)
  await walkTo(s, r.id, 'pickup')
  const { rows: [{ track_token: token }] } = await s.app.owner.query('select track_token from service_request where id = $1', [r.id])
  const told = async () => (await s.app.owner.query("select event, text from customer_notice where event like 'book%' order by created_at, id")).rows as Array<{ event: string; text: string }>
  const day = (d: string, t: string) => new Date(`${d}T${t}:00+08:00`).toISOString()
  assert.equal((await s.app.anonymous.post(`/api/public/track/${token}/booking`, { startsAt: day('2026-11-25', '14:00') })).status, 201)
  await settled()
  assert.deepEqual((await told()).map(n => n.event), ['booked'])
  assert.match((await told())[0]!.text, /11月25日 14:00.*杭州一站取机.*YY20261123-001/)
  assert.equal((await s.app.anonymous.post(`/api/public/track/${token}/booking`, { startsAt: day('2026-11-26', '16:00') })).status, 201)
  at(s, '2026-11-24 14:01:00')
  await settled()
  assert.deepEqual((await told()).map(n => n.event), ['booked', 'booked'], 'the old time is not reminded of')
  at(s, '2026-11-25 16:01:00')
  await settled()
  assert.deepEqual((await told()).map(n => n.event), ['booked', 'booked', 'bookingSoon'])
  assert.match((await told())[2]!.text, /11月26日 16:00/)
})
