import assert from 'node:assert/strict'
import { test } from 'node:test'
import { station } from './station.ts'
import { at, doStage, register, walkTo } from './walk.ts'

const s = await station()

/** A device repaired and picked up on a day. */
async function collected(serialNo: string, takenAt: string, pickedUpAt: string): Promise<{ id: string; number: string }> {
  at(s, takenAt)
  const r = await register(s, { serialNo })
  await walkTo(s, r.id, 'pickup')
  at(s, pickedUpAt)
  await doStage(s, r.id)
  return r
}
const row = async (id: string) => (await s.zhouzhan.get(`/api/service-requests/${id}`)).body

async function back(serialNo: string, when: string): Promise<string> {
  at(s, when)
  const { id } = (await s.app.anonymous.post('/api/public/kiosk/HZ01/take', {})).body
  const devices = await s.lijie.get(`/api/service/desk/prefill?serialNo=${serialNo}`)
  const r = await s.lijie.post('/api/service/desk/register', { customer: { id: devices.body.customer.id }, device: { id: devices.body.device.id }, request: { id, faultDescription: '又坏了' } })
  assert.equal(r.status, 201, JSON.stringify(r.body))
  return id
}

test('SP-28 picked up on 11-01 and back on 11-20: the desk is told 返修(19天) as the number is typed, the request is marked and linked', async () => {
  const was = await collected('PF28A', '2026-10-28 09:30:00', '2026-11-01 17:30:00')
  at(s, '2026-11-20 08:59:00')
  const told = (await s.lijie.get('/api/service/desk/repeat?serialNo=pf28a')).body.repeat
  assert.deepEqual([told.text, told.number, told.labourPrice], ['返修(19天)', was.number, '0.00'])
  const id = await back('PF28A', '2026-11-20 09:00:00')
  const request = await row(id)
  assert.deepEqual([request.repeatOfId, request.repeatDays, request.repeatEngineerId, request.$labels.repeatEngineerId], [was.id, 19, s.zhaoxiu.userId, '赵修'])
  const card = (await s.zhouzhan.get('/api/service/board')).body.lanes.flatMap((l: { cards: unknown[] }) => l.cards).find((c: { id: string }) => c.id === id)
  assert.equal(card.repeatDays, 19)
  const marked = await s.zhouzhan.get(`/api/service-requests?filter=${encodeURIComponent(JSON.stringify({ repeatOfId: { isNull: false } }))}`)
  assert.deepEqual(marked.body.items.map((r: { id: string }) => r.id), [id])
})

test('SP-28 thirty days are still a repeat, thirty-one are not; one that was refused and not repaired is none', async () => {
  await collected('PF28B', '2026-09-01 09:30:00', '2026-09-01 17:30:00')
  assert.equal((await row(await back('PF28B', '2026-10-01 18:30:00'))).repeatDays, 30)
  await collected('PF28C', '2026-09-01 09:30:00', '2026-09-01 17:30:00')
  assert.equal((await row(await back('PF28C', '2026-10-02 09:00:00'))).repeatOfId, null)
  at(s, '2026-10-03 09:00:00')
  const refused = await register(s, { serialNo: 'PF28D' })
  await doStage(s, refused.id, { to: '拒修', comment: '不修了' })
  assert.equal((await row(await back('PF28D', '2026-10-05 09:00:00'))).repeatOfId, null)
})

test('SP-28 a wrong serial number corrected by the manager marks the request too, even when the earlier repair was elsewhere', async () => {
  at(s, '2026-10-10 09:00:00')
  const { id } = await register(s, { serialNo: 'PF28E' })
  const changed = await s.zhouzhan.patch(`/api/service-requests/${id}`, { serialNo: 'PF28C' })
  assert.equal(changed.status, 200, JSON.stringify(changed.body))
  assert.equal((await row(id)).repeatDays, null, '39 days')
  await s.zhouzhan.patch(`/api/service-requests/${id}`, { serialNo: 'PF28B' })
  assert.equal((await row(id)).repeatDays, null, '39 days too')
  at(s, '2026-10-11 09:00:00')
  await collected('PF28F', '2026-10-08 09:00:00', '2026-10-09 09:00:00')
  await s.zhouzhan.patch(`/api/service-requests/${id}`, { serialNo: 'PF28F' })
  assert.equal((await row(id)).repeatDays, 1)
})

test('SP-28 the repeat rate of a station and of an engineer opens exactly the rows that it counted', async () => {
  at(s, '2026-11-21 09:00:00')
  const rates = (await s.sunqu.get('/api/service/repeat-rates?from=2026-08-01&to=2026-11-21')).body
  const [unit] = rates.units, [engineer] = rates.engineers
  assert.deepEqual([unit.name, engineer.name], ['杭州一站', '赵修'])
  assert.ok(unit.collected >= 4 && unit.repeats >= 2)
  assert.equal(unit.rate, Math.round((unit.repeats / unit.collected) * 1000) / 10)
  for (const line of [unit, engineer]) {
    const rows = (await s.sunqu.get(`/api/service-requests?filter=${encodeURIComponent(JSON.stringify(line.filter))}`)).body
    assert.equal(rows.items.length, line.repeats, JSON.stringify(rows).slice(0, 200))
  }
  assert.equal((await s.lijie.get('/api/service/repeat-rates')).status, 403)
})
