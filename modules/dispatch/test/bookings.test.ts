import assert from 'node:assert/strict'
import { test } from 'node:test'
import { at, register, walkTo } from '@quancheng/service/testing'
import { shop } from './shop.ts'

const s = await shop({ worker: true })
const anyone = s.app.anonymous
const ruleId = await s.make('slotRule', { unitId: s.units.HZ01, service: 'pickUp', minutes: 30, capacity: 1, starts: '14:00 16:00', leadMinutes: 30, daysAhead: 0, cancelMinutes: 60 })
await s.make('slotRule', { unitId: s.units.HZ01, service: 'bringIn', minutes: 60, capacity: 2, daysAhead: 2 })

const wall = (time: string, day = '2026-11-23'): string => new Date(`${day}T${time}:00+08:00`).toISOString()
const tokenOf = async (id: string): Promise<string> => (await s.app.owner.query('select track_token from service_request where id = $1', [id])).rows[0].track_token
async function ready(): Promise<{ id: string; url: string }> {
  const r = await register(s)
  await walkTo(s, r.id, 'pickup')
  return { id: r.id, url: `/api/public/track/${await tokenOf(r.id)}` }
}
const guest = (o: Record<string, unknown> = {}) => ({ service: 'bringIn', startsAt: wall('15:30'), name: '李四', phone: '13900000009', productLineId: s.lineId, faultDescription: '开不了机', ...o })
const page = '/api/public/book/HZ01'

test('CE-05 two slots are free, two customers book 14:00 at once: one 201, one 409 that names 16:00, which is then booked', async () => {
  const [a, b] = [await ready(), await ready()]
  assert.deepEqual((await anyone.get(`${a.url}/slots`)).body.slots.map((x: { startsAt: string }) => x.startsAt), [wall('14:00'), wall('16:00')])
  const answers = await Promise.all([a, b].map(r => anyone.post(`${r.url}/booking`, { startsAt: wall('14:00') })))
  assert.deepEqual(answers.map(x => x.status).toSorted(), [201, 409], JSON.stringify(answers.map(x => x.body)))
  const lost = answers.findIndex(x => x.status === 409), loser = [a, b][lost]!, winner = [a, b][1 - lost]!
  assert.deepEqual([answers[lost]!.body.code, answers[lost]!.body.message, answers[lost]!.body.details.slots], ['SLOT_TAKEN', '这个时段刚刚约满，还可以选 16:00', [wall('16:00')]])
  assert.equal((await anyone.post(`${loser.url}/booking`, { startsAt: wall('16:00') })).status, 201)
  assert.equal((await anyone.get(`${winner.url}/slots`)).body.booking.startsAt, wall('14:00'))
  const third = await ready()
  assert.deepEqual([(await anyone.get(`${third.url}/slots`)).body.slots, (await anyone.post(`${third.url}/booking`, { startsAt: wall('14:00') })).body.code], [[], 'SLOT_FULL'])
  // the first moves away: the place is free again, for exactly one
  await anyone.post(`${winner.url}/booking/cancel`, {})
  const rush = await Promise.all(Array.from({ length: 6 }, () => anyone.post(`${third.url}/booking`, { startsAt: wall('14:00') })))
  assert.equal(rush.filter(x => x.status === 201).length >= 1, true)
  const { rows: [count] } = await s.app.owner.query("select count(*)::int as n, count(distinct place)::int as places from booking where rule_id = $1 and state = 'booked' and starts_at = $2", [ruleId, wall('14:00')])
  assert.deepEqual([count.n, count.places], [1, 1])
  await s.app.owner.query("update booking set state = 'cancelled' where rule_id = $1", [ruleId])
})

test('CE-05 twenty at once for a slot of two: two are booked, eighteen hear what else is free, and no place is given twice', async () => {
  const make = (i: number) => s.lijie.post(`/api/slot-rules/${bring}/bookings`, { name: `客户${i}`, phone: `1390000${String(1000 + i)}`, startsAt: wall('16:30') })
  const { rows: [{ id: bring }] } = await s.app.owner.query("select id from slot_rule where service = 'bringIn'")
  const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => make(i)))
  assert.deepEqual([answers.filter(a => a.status === 201).length, answers.filter(a => a.status === 409 && a.body.code === 'SLOT_TAKEN').length], [2, 18])
  const { rows } = await s.app.owner.query("select place from booking where starts_at = $1 and state = 'booked' order by place", [wall('16:30')])
  assert.deepEqual(rows.map((r: { place: number }) => r.place), [1, 2])
})

test('CE-05 the public page: name and telephone are asked for, wrong ones refused at their field; the link shows, moves and cancels; three at most', async () => {
  const seen = (await anyone.get(page)).body
  assert.deepEqual([seen.unit.name, seen.services.map((x: { service: string }) => x.service), seen.services[0].slots[0].startsAt], ['杭州一站', ['bringIn'], wall('11:00')])
  for (const [body, field] of [[{ name: ' ' }, 'name'], [{ phone: '12' }, 'phone'], [{ phone: '' }, 'phone']] as const) {
    const r = await anyone.post(page, guest(body))
    assert.equal(r.status, 400, JSON.stringify(r.body))
    assert.equal(r.body.details.fields[0].field, field, JSON.stringify(r.body))
  }
  assert.equal((await anyone.post(page, guest({ service: 'onSite' }))).body.code, 'SLOT_CLOSED')
  assert.equal((await anyone.post(page, guest({ startsAt: wall('15:45') }))).body.code, 'SLOT_NONE')
  assert.equal((await anyone.post('/api/public/book/XX99', guest())).status, 404)
  const made = await anyone.post(page, guest())
  assert.equal(made.status, 201, JSON.stringify(made.body))
  assert.match(made.body.number, /^YY20261123-\d{3}$/)
  const link = `/api/public/booking${made.body.url.slice(2)}`
  const mine = (await anyone.get(link)).body
  assert.deepEqual([mine.state, mine.changeable, mine.startsAt, JSON.stringify(mine).includes('13900000009')], ['booked', true, wall('15:30'), false])
  assert.equal((await anyone.post(`${link}/rebook`, { startsAt: wall('09:00', '2026-11-24') })).status, 200)
  assert.equal((await anyone.get(link)).body.startsAt, wall('09:00', '2026-11-24'))
  assert.equal((await anyone.post(`${link}/cancel`, {})).status, 200)
  assert.deepEqual([(await anyone.post(`${link}/cancel`, {})).body.code, (await anyone.get(link)).body.stateText], ['BOOKING_STATE', '已取消'])
  assert.equal((await anyone.get('/api/public/booking/nobody')).status, 404)
})

test('CE-05 strangers are limited: ten bookings from one address in ten minutes, three for one telephone', async () => {
  s.app.clock!.advance(11)
  const days = ['2026-11-24', '2026-11-25'], times = ['09:00', '10:00', '11:00', '13:30']
  const answers = []
  for (const [i, [day, time]] of days.flatMap(d => times.map(t => [d, t] as const)).entries()) answers.push(await anyone.post(page, guest({ startsAt: wall(time, day), phone: i < 5 ? '13900000008' : `1390000001${i}` })))
  assert.deepEqual(answers.map(a => a.status), [201, 201, 201, 409, 409, 201, 201, 201])
  assert.equal(answers[3]!.body.code, 'BOOKING_MANY')
  await anyone.post(page, guest({ phone: '13900000021' }))
  await anyone.post(page, guest({ phone: '13900000022' }))
  assert.equal((await anyone.post(page, guest({ phone: '13900000023' }))).status, 429)
})

test('CE-05 change only until the station’s limit; after that the page says to call', async () => {
  const r = await ready()
  at(s, '2026-11-23 13:20:00')
  assert.equal((await anyone.post(`${r.url}/booking`, { startsAt: wall('14:00') })).status, 201)
  assert.deepEqual([(await anyone.get(`${r.url}/slots`)).body.booking.changeable, (await anyone.get(`${r.url}/slots`)).body.open], [false, false])
  const late = await anyone.post(`${r.url}/booking/cancel`, {})
  assert.deepEqual([late.status, late.body.message], [409, '离预约不到 60 分钟，请致电服务站更改'])
  assert.equal((await anyone.post(`${r.url}/booking`, { startsAt: wall('16:00') })).body.code, 'BOOKING_LATE')
})

test('CE-05 the station sees its day, and who arrives has a number with what they told us; who does not come is a no-show', async () => {
  const day = (await s.lijie.get('/api/bookings-day')).body
  assert.equal(day.unit.code, 'HZ01')
  const pick = day.bookings.find((b: { service: string; state: string }) => b.service === 'pickUp' && b.state === 'booked')
  const bring = day.bookings.find((b: { service: string; state: string; name: string }) => b.service === 'bringIn' && b.state === 'booked' && b.name === '李四')
  assert.ok(pick && bring, JSON.stringify(day.bookings))
  const arrived = await s.lijie.post(`/api/bookings/${bring.id}/arrive`, {})
  assert.equal(arrived.status, 200, JSON.stringify(arrived.body))
  const row = (await s.lijie.get(`/api/service-requests/${arrived.body.requestId}`)).body
  assert.deepEqual([row.stage, row.customerName, row.phone, row.faultDescription, row.productLineId], ['waiting', '李四', '13900000021', '开不了机', s.lineId])
  assert.equal((await s.lijie.post(`/api/bookings/${bring.id}/arrive`, {})).body.code, 'BOOKING_STATE')
  at(s, '2026-11-23 14:31:00')
  await s.settled()
  assert.equal((await s.lijie.get(`/api/bookings/${pick.id}`)).body.state, 'missed')
  assert.equal((await s.zhaoxiu.get('/api/bookings-day')).status, 403)
  assert.equal((await s.lijie.get(`/api/bookings-day?unitId=${s.units.GZ05}`)).status, 403)
  assert.equal((await s.lijie.post(`/api/bookings/${pick.id}/cancel`, { reason: '' })).status, 400)
})

test('CE-05 a vehicle goes to one customer at a time, whichever service it is booked for, and a person who is absent to nobody', async () => {
  const van = await s.make('serviceResource', { unitId: s.units.HZ01, kind: 'vehicle', name: '浙A 取送车' })
  const tech = await s.make('serviceResource', { unitId: s.units.HZ01, kind: 'person', name: '赵修', personId: s.zhaoxiu.userId })
  const visit = await s.make('slotRule', { unitId: s.units.HZ01, service: 'onSite', minutes: 120, capacity: 5, starts: '09:00 10:00', daysAhead: 3, resourceIds: [van, tech] })
  const book = (startsAt: string) => s.lijie.post(`/api/slot-rules/${visit}/bookings`, { name: '王五', phone: '13900000031', address: '西湖区', startsAt })
  const answers = await Promise.all([1, 2, 3].map(() => book(wall('09:00', '2026-11-24'))))
  assert.deepEqual(answers.map(a => a.status).toSorted(), [201, 201, 409])
  assert.equal((await book(wall('10:00', '2026-11-24'))).status, 409, 'both are still on the way until 11:00')
  await s.make('absence', { personId: s.zhaoxiu.userId, fromDay: '2026-11-25', untilDay: '2026-11-25' })
  assert.deepEqual([(await book(wall('09:00', '2026-11-25'))).status, (await book(wall('09:00', '2026-11-25'))).status], [201, 409])
})

test('CE-05 slots are checked where they are set up: a list of times that is none, a capacity of nothing', async () => {
  const set = (o: Record<string, unknown>) => s.zhouzhan.post('/api/slot-rules', { unitId: s.units.HZ01, service: 'onSite', minutes: 30, capacity: 1, ...o })
  for (const [o, field] of [[{ starts: '下午' }, 'starts'], [{ capacity: 0 }, 'capacity'], [{ minutes: 1 }, 'minutes']] as const) {
    const r = await set(o)
    assert.deepEqual([r.status, r.body.details.fields[0].field], [400, field], JSON.stringify(r.body))
  }
})

test('CE-05 who telephones for a pick-up is booked for the request that is ready, and on arrival shown it; no number is taken', async () => {
  at(s, '2026-11-23 15:00:00')
  const r = await ready()
  await s.app.owner.query("update service_request set phone = '13900000077' where id = $1", [r.id])
  const made = await s.lijie.post(`/api/slot-rules/${ruleId}/bookings`, { name: '张三', phone: '139 0000 0077', startsAt: wall('16:00') })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  const arrived = await s.lijie.post(`/api/bookings/${made.body.id}/arrive`, {})
  assert.deepEqual([arrived.status, arrived.body.requestId, arrived.body.number], [200, r.id, null])
  const { rows: [{ n }] } = await s.app.owner.query("select count(*)::int as n from service_request where phone = '13900000077'")
  assert.equal(n, 1)
})
