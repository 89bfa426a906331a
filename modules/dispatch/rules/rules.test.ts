import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chinaCalendar, compileCalendar } from '@quancheng/kernel'
import { choose, kilometres, needsOf, type Need, type NeedRow, type Worker } from './choose.ts'
import { readStarts, roomIn, slotsAhead, slotsOn, type SlotSpec } from './slots.ts'

const board: Need = { skillId: 'b', name: '主板', level: 3 }
const who = (name: string, o: Partial<Worker> = {}): Worker => ({ id: name, name, open: 0, limit: 5, skills: {}, absent: null, km: null, ...o })

test('CE-04 主板 goes to 赵修, who knows it; the choice says why in words', () => {
  const c = choose([board], [who('钱质', { skills: { s: 5 } }), who('赵修', { skills: { b: 4 }, open: 2 })])
  assert.equal(c.chosen?.name, '赵修')
  assert.equal(c.why, '派给赵修：会主板（4 级），在手 2/5；钱质：不会主板')
})

test('CE-04 nobody who is full, absent, or not good enough is chosen, and each reason is said', () => {
  const c = choose([board], [who('赵修', { skills: { b: 4 }, open: 5 }), who('何志远', { skills: { b: 2 } }), who('唐立', { skills: { b: 5 }, absent: '请假到 11-25' }), who('薛磊', { skills: { b: 5 }, limit: 0 })])
  assert.equal(c.chosen, null)
  for (const words of ['没有可派的人', '赵修：已满 5/5', '何志远：主板只有 2 级，要 3 级', '唐立：不在岗（请假到 11-25）', '薛磊：不派活']) assert.ok(c.why.includes(words), `${words} in ${c.why}`)
  assert.equal(choose([board], []).why, '本站没有这个岗位的人')
})

test('CE-04 of two who know it the one with less in hand, of two alike the better, of two alike the nearer', () => {
  assert.equal(choose([board], [who('甲', { skills: { b: 3 }, open: 4 }), who('乙', { skills: { b: 3 }, open: 1 })]).chosen?.name, '乙')
  assert.equal(choose([board], [who('甲', { skills: { b: 3 } }), who('乙', { skills: { b: 5 } })]).chosen?.name, '乙')
  const near = choose([board], [who('甲', { skills: { b: 4 }, km: 18.04 }), who('乙', { skills: { b: 4 }, km: 3.2 })])
  assert.deepEqual([near.chosen?.name, near.chosen?.text], ['乙', '会主板（4 级），在手 0/5，距离 3.2 公里'])
})

test('CE-04 distance: Hangzhou to Ningbo is about 142 km as the crow flies', () => {
  assert.ok(Math.abs(kilometres({ latitude: 30.2741, longitude: 120.1551 }, { latitude: 29.8683, longitude: 121.544 }) - 141.3) < 2)
})

test('CE-04 what work needs: each row that fits counts, a skill once at its highest level', () => {
  const row = (o: Partial<NeedRow>): NeedRow => ({ nodeId: 'repair', productLineId: null, faultCategoryId: null, faultCode: null, skillId: 'b', name: '主板', level: 1, ...o })
  const rows = [row({ faultCode: 'board', level: 2 }), row({ faultCode: 'board', productLineId: 'NB', level: 3 }), row({ faultCode: 'screen', skillId: 's', name: '屏幕' }), row({ nodeId: 'inspect', skillId: 'i', name: '检测' }), row({ productLineId: 'NB', skillId: 'n', name: '笔记本' })]
  const work = { nodeId: 'repair', productLineId: 'NB', faultCategoryId: null, faultCode: 'board' }
  assert.deepEqual(needsOf(rows, work).map(n => [n.name, n.level]), [['主板', 3], ['笔记本', 1]])
  assert.deepEqual(needsOf(rows, { ...work, productLineId: 'PHONE' }).map(n => [n.name, n.level]), [['主板', 2]])
  assert.deepEqual(needsOf(rows, { ...work, nodeId: 'quality' }), [])
})

const cal = compileCalendar(chinaCalendar())
const spec = (o: Partial<SlotSpec> = {}): SlotSpec => ({ minutes: 120, starts: null, everyDay: false, leadMinutes: 60, daysAhead: 1, ...o })
const wall = (d: Date): string => new Date(d.getTime() + 8 * 3_600_000).toISOString().slice(5, 16).replace('T', ' ')

test('CE-05 slots lie within the shifts, none at noon, none on a day off; named times stand as they are named', () => {
  assert.deepEqual(slotsOn('2026-11-23', spec(), cal).map(s => wall(s.startsAt)), ['11-23 09:00', '11-23 13:30', '11-23 15:30'])
  assert.deepEqual(slotsOn('2026-11-23', spec({ starts: '14:00 16:00' }), cal).map(s => [wall(s.startsAt), wall(s.endsAt)]), [['11-23 14:00', '11-23 16:00'], ['11-23 16:00', '11-23 18:00']])
  assert.deepEqual(slotsOn('2026-11-22', spec(), cal), [])
  assert.equal(slotsOn('2026-11-22', spec({ everyDay: true }), cal).length, 3)
  assert.equal(slotsOn('2026-09-20', spec(), cal).length, 3, 'a Sunday on which people work')
})

test('CE-05 a slot is offered from the lead time on, and so many days ahead', () => {
  const now = new Date('2026-11-23T05:00:00Z'), today = new Date('2026-11-23T00:00:00Z')
  assert.deepEqual(slotsAhead(spec({ starts: '13:30 14:00 16:00' }), cal, now, today).map(s => wall(s.startsAt)), ['11-23 14:00', '11-23 16:00', '11-24 13:30', '11-24 14:00', '11-24 16:00'])
})

test('CE-05 a list of times is read as people write it, anything else is refused', () => {
  assert.deepEqual(readStarts('16:00，9:30、14：00 14:00'), [570, 840, 960])
  for (const text of ['', '25:00', '14', '下午两点', '14:60']) assert.equal(readStarts(text), null, text)
})

test('CE-05 room: places that nobody has, and no more than there are free resources, wherever these are booked', () => {
  const at = (h: number, minutes = 60) => ({ startsAt: new Date(Date.UTC(2026, 10, 23, h)), endsAt: new Date(Date.UTC(2026, 10, 23, h, minutes)) })
  const taken = [{ ...at(6), place: 1, resourceId: null, own: true }]
  assert.deepEqual(roomIn(at(6), 2, null, taken).places, [2])
  assert.deepEqual(roomIn(at(8), 2, null, taken).places, [1, 2])
  const van = [{ ...at(5, 120), place: 1, resourceId: 'van', own: false }]
  assert.deepEqual(roomIn(at(6), 2, ['van', 'car'], van), { places: [1], resources: ['car'] })
  assert.deepEqual(roomIn(at(7), 2, ['van', 'car'], van).resources, ['van', 'car'])
})
