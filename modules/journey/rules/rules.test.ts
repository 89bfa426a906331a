import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AVIATION } from './aviation.ts'
import { addDays, festivalOn, inYear, keptOn } from './days.ts'
import { runsOf, statesOf, stillToCome } from './line.ts'
import { REPAIR } from './repair.ts'
import { scoreOf, worstFive } from './score.ts'

const day = (d: string): Date => new Date(`2026-${d}T00:00:00Z`)
const touch = (pointId: string, d: string, occasion: string | null = null) => ({ pointId, at: day(d), occasion })

test('TP-01 the template has 36 points in five phases, each with an owner department, a standard and a measure; the repair journey has 18 in five', () => {
  assert.deepEqual([AVIATION.points.length, [...new Set(AVIATION.points.map(p => p.phase))]], [36, ['旅行前', '飞行前', '客舱中', '飞行后', '旅行后']])
  assert.deepEqual([REPAIR.points.length, [...new Set(REPAIR.points.map(p => p.phase))]], [18, ['送修前', '到站', '在修', '取机', '取机后']])
  const all = [...AVIATION.points, ...REPAIR.points]
  for (const p of all) assert.ok(p.department && p.standard && p.measure && p.channels.length, p.code)
  assert.equal(new Set(all.map(p => p.code)).size, 54)
})

test('TP-02 events of one occasion are one run; one that names none joins the nearest, or stands alone when it is too far', () => {
  const runs = runsOf([touch('a', '03-01', 'X'), touch('b', '03-05', 'X'), touch('c', '02-25'), touch('d', '09-01'), touch('e', '09-10'), touch('a', '03-20', 'Y')], 30)
  assert.deepEqual(runs.map(r => [r.occasion, r.touches.map(t => t.pointId).join('')]), [[null, 'de'], ['Y', 'a'], ['X', 'cab']])
})

test('TP-02 what should have come before the furthest point and did not is a gap; what need not have, is skipped; the rest lies ahead', () => {
  const points = ['a', 'b', 'c', 'd', 'e'].map((id, i) => ({ id, position: i, must: id !== 'c' }))
  assert.deepEqual([...statesOf(points, new Set(['a', 'd'])).values()], ['done', 'gap', 'skipped', 'done', 'ahead'])
  assert.deepEqual([...statesOf(points, new Set<string>()).values()], ['ahead', 'ahead', 'ahead', 'ahead', 'ahead'])
  assert.equal(stillToCome(points, new Set(['a']), points[3]!), true)
  assert.equal(stillToCome(points, new Set(['a', 'e']), points[3]!), false)
  assert.equal(stillToCome(points, new Set(), points[3]!), false)
})

test('TP-04 3.6 against a standard of 4.5 is −0.9; without scores there is no gap; equal gaps are ordered by how many said so', () => {
  assert.deepEqual(scoreOf({ volume: 420, rated: 420, sum: 1512 }, 4.5), { volume: 420, rated: 420, sum: 1512, score: 3.6, gap: -0.9, colour: 'bad' })
  assert.equal(scoreOf({ volume: 3, rated: 0, sum: 0 }, 4.5).gap, null)
  const of = (rated: number, sum: number) => scoreOf({ volume: rated, rated, sum }, 4.5)
  assert.deepEqual(worstFive([of(10, 40), of(20, 80), of(1, 5), of(5, 15)]).map(p => [p.gap, p.rated]), [[-1.5, 5], [-0.5, 20], [-0.5, 10]])
})

test('CU-09 29 February is kept on the 28th in years without one, and on the day itself in leap years; spans cross the year', () => {
  assert.deepEqual([inYear('02-29', 2027), inYear('02-29', 2028), addDays('2027-01-01', -2)], ['2027-02-28', '2028-02-29', '2026-12-30'])
  assert.deepEqual(keptOn('2027-02-28', '2027-03-01').map(d => d.monthDay), ['02-28', '02-29', '03-01'])
  assert.deepEqual(keptOn('2028-02-28', '2028-02-29').map(d => `${d.on} ${d.monthDay}`), ['2028-02-28 02-28', '2028-02-29 02-29'])
})

test('CU-09 festivals of the traditional calendar fall on their day of each year', () => {
  assert.deepEqual(festivalOn('spring', null, '2026-11-22', '2029-12-31'), ['2027-02-06', '2028-01-26', '2029-02-13'])
  assert.deepEqual(festivalOn('midAutumn', null, '2026-01-01', '2027-12-31'), ['2026-09-25', '2027-09-15'])
  assert.deepEqual(festivalOn('national', null, '2026-01-01', '2026-12-31'), ['2026-10-01'])
  assert.deepEqual(festivalOn('other', '02-29', '2027-01-01', '2028-12-31'), ['2027-02-28', '2028-02-29'])
})
