import assert from 'node:assert/strict'
import { test } from 'node:test'
import { atWork } from '@quancheng/notices'
import { at, register, walkTo } from '@quancheng/service/testing'
import { shop } from './shop.ts'

// a gateway that refuses: what counts is what was written to be told
process.env.QUANCHENG_NOTICE_HOSTS = '127.0.0.1'
const day = (d: string, t: string) => new Date(`${d}T${t}:00+08:00`).toISOString()

async function told(): Promise<Awaited<ReturnType<typeof shop>> & { settled(): Promise<void>; told(): Promise<Array<{ event: string; text: string; to: string; channel: string; state: string }>> }> {
  const s = await shop({ worker: true })
  const [setting] = (await s.admin.get('/api/notice-settings')).body.items
  await s.admin.patch(`/api/notice-settings/${setting.id}`, { baseUrl: 'https://fw.example.com' })
  assert.equal((await s.admin.post('/api/notices/channels', { kind: 'sms', name: '短信', url: 'http://127.0.0.1:9/send', secret: 'x' })).status < 300, true)
  return {
    ...s,
    settled: async () => { for (let i = 0; i < 3; i++) { await s.app.worker!.idle(); await atWork(s.app.runtime).idle() } },
    told: async () => (await s.app.owner.query("select event, text, \"to\", channel, state from customer_notice where event like 'book%' order by created_at, id")).rows,
  }
}

test('CE-05 a customer is told of their pick-up when it is booked and the day before, each once; one who moved it is reminded of the new time', async () => {
  const s = await told()
  await s.make('slotRule', { unitId: s.units.HZ01, service: 'pickUp', minutes: 30, capacity: 1, starts: '14:00 16:00', daysAhead: 5 })
  const r = await register(s)
  await walkTo(s, r.id, 'pickup')
  const { rows: [{ track_token: token }] } = await s.app.owner.query('select track_token from service_request where id = $1', [r.id])
  assert.equal((await s.app.anonymous.post(`/api/public/track/${token}/booking`, { startsAt: day('2026-11-25', '14:00') })).status, 201)
  await s.settled()
  assert.deepEqual((await s.told()).map(n => n.event), ['booked'])
  assert.match((await s.told())[0]!.text, /11月25日 14:00.*杭州一站取机.*YY20261123-001.*https:\/\/fw\.example\.com\/b\/[\w-]{24}，/)
  assert.equal((await s.app.anonymous.post(`/api/public/track/${token}/booking`, { startsAt: day('2026-11-26', '16:00') })).status, 201)
  at(s, '2026-11-24 14:01:00')
  await s.settled()
  assert.deepEqual((await s.told()).map(n => n.event), ['booked', 'booked'], 'the old time is not reminded of')
  at(s, '2026-11-25 16:01:00')
  await s.settled()
  assert.deepEqual((await s.told()).map(n => n.event), ['booked', 'booked', 'bookingSoon'])
  assert.match((await s.told())[2]!.text, /11月26日 16:00/)
})

test('CE-05 who books and is in no list of ours is told by message, with the link that opens their booking; a telephone that nobody has checked hears five times a day', async () => {
  const s = await told()
  await s.make('slotRule', { unitId: s.units.HZ01, service: 'bringIn', minutes: 60, capacity: 20, daysAhead: 5 })
  const guest = { service: 'bringIn', name: '李四', phone: '139 0000 0009', productLineId: s.lineId }
  const made = await s.app.anonymous.post('/api/public/book/HZ01', { ...guest, startsAt: day('2026-11-25', '14:30') })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  await s.settled()
  const [first, ...more] = await s.told()
  assert.deepEqual([first!.event, first!.channel, first!.to, more.length], ['booked', 'sms', '13900000009', 0])
  assert.match(first!.text, /^李四您好.*11月25日 14:30.*送修/)
  const link = /https:\/\/fw\.example\.com(\/b\/[\w-]+)/.exec(first!.text)![1]!
  assert.equal(link, made.body.url)
  assert.equal((await s.app.anonymous.get(`/api/public/booking${link.slice(2)}`)).body.number, made.body.number)
  for (const time of ['09:00', '10:00', '11:00', '13:30', '14:30', '15:30']) assert.equal((await s.app.anonymous.post(`/api/public/booking${link.slice(2)}/rebook`, { startsAt: day('2026-11-26', time) })).status, 200)
  await s.settled()
  assert.equal((await s.told()).length, 5)
  at(s, '2026-11-25 15:31:00')
  await s.settled()
  const all = await s.told()
  assert.deepEqual([all.length, all.at(-1)!.event], [6, 'bookingSoon'], 'another day')
})

test('CE-05 a telephone of a customer who wants no notices gets none, whoever typed it; what waited for the morning is not sent of a time that was given up', async () => {
  const s = await told()
  await s.make('slotRule', { unitId: s.units.HZ01, service: 'bringIn', minutes: 60, capacity: 20, daysAhead: 5 })
  for (const name of ['张三', '张三的同事']) await s.make('customer', { name, phone: '13900000044', unitId: s.units.HZ01 })
  const { rows: [{ id: customerId }] } = await s.app.owner.query("select id from customer where phone = '13900000044' limit 1")
  await s.make('noticeChoice', { customerId, off: true })
  const book = (phone: string) => s.app.anonymous.post('/api/public/book/HZ01', { service: 'bringIn', name: '李四', phone, productLineId: s.lineId, startsAt: day('2026-11-25', '14:30') })
  assert.equal((await book('13900000044')).status, 201)
  assert.deepEqual(await s.told(), [])
  at(s, '2026-11-23 22:00:00')
  const made = await book('13900000055')
  assert.equal((await s.app.anonymous.post(`/api/public/booking${made.body.url.slice(2)}/cancel`, {})).status, 200)
  at(s, '2026-11-24 08:01:00')
  await s.settled()
  assert.deepEqual((await s.told()).map(n => [n.to, n.state]), [['13900000055', 'dropped']])
})
