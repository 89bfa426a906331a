import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inTurn, leastLoaded, place, ruleFor, words, type Rule } from './dispatch.ts'
import { notFilledByPerson } from './form.ts'
import { refusal, USUAL } from './pool.ts'
import { areaOf, dayBefore } from './territory.ts'
import { weighted } from './weighted.ts'

const rule = (id: string, more: Partial<Rule>): Rule => ({ id, provinces: [], cities: [], sources: [], productId: null, campaignId: null, amountFrom: null, amountTo: null, unitId: 'u', method: 'turn', personIds: [], ...more })
const subject = { province: '浙江', city: '杭州市', source: 'web', productId: null, campaignId: null, amount: 5000 }

test('SA-01 the first rule that fits counts; 浙江 and 浙江省, 杭州 and 杭州市 are one place; what is not known fits no condition', () => {
  assert.deepEqual([place('浙江省'), place('广西壮族自治区'), words('浙江、江苏, 上海')], ['浙江', '广西', ['浙江', '江苏', '上海']])
  assert.equal(ruleFor([rule('a', { provinces: ['四川'] }), rule('b', { provinces: ['浙江省'], cities: ['杭州'] }), rule('c', {})], subject)?.id, 'b')
  assert.equal(ruleFor([rule('a', { amountFrom: 5001 }), rule('b', { amountTo: 4999 }), rule('c', { sources: ['call'] })], subject), null)
  assert.equal(ruleFor([rule('a', { amountFrom: 1 })], { ...subject, amount: null }), null)
})

test('SA-01 in turn, passing over who may have no more; least loaded, of equals the first', () => {
  assert.deepEqual([1, 2, 3, 4].map(n => inTurn(['甲', '乙'], n, () => true)), ['甲', '乙', '甲', '乙'])
  assert.deepEqual([inTurn(['甲', '乙'], 1, id => id !== '甲'), inTurn(['甲'], 1, () => false)], ['乙', null])
  assert.deepEqual([leastLoaded(['甲', '乙', '丙'], new Map([['甲', 2], ['乙', 1], ['丙', 1]]), () => true), leastLoaded(['甲'], new Map(), () => false)], ['乙', null])
})

test('SA-01 the limits of the pool: held, a day, no re-take for days', () => {
  const now = new Date('2026-11-23T00:00:00Z'), none = { held: 0, takenToday: 0, gaveUpAt: null }
  assert.equal(refusal(USUAL, { held: 999, takenToday: 999, gaveUpAt: null }, now), null)
  assert.deepEqual(refusal({ ...USUAL, maxHeld: 3 }, { ...none, held: 3 }, now), { code: 'LEAD_FULL', n: 3, max: 3 })
  assert.equal(refusal({ ...USUAL, maxPerDay: 2 }, { ...none, takenToday: 1 }, now), null)
  assert.equal(refusal(USUAL, { ...none, gaveUpAt: new Date('2026-11-16T00:00:00.001Z') }, now)?.code, 'LEAD_RETAKE')
  assert.equal(refusal(USUAL, { ...none, gaveUpAt: new Date('2026-11-16T00:00:00Z') }, now), null)
})

test('SA-02 weighted ¥ to the cent', () => {
  assert.deepEqual([weighted('100000.00', 40), weighted('0.05', 50), weighted('33.33', 33), weighted('0', 80)], ['40000.00', '0.03', '11.00', '0.00'])
})

test('SA-07 the deepest territory that fits with all above it counts', () => {
  const area = (id: string, parentId: string | null, more: object) => ({ id, parentId, provinces: [], cities: [], productId: null, staffFrom: null, staffTo: null, visitsFrom: null, visitsTo: null, ...more })
  const areas = [area('浙江', null, { provinces: ['浙江'] }), area('杭州', '浙江', { cities: ['杭州'] }), area('大客户', '杭州', { staffFrom: 1000 })]
  assert.deepEqual([[2000, '杭州'], [10, '杭州'], [null, '宁波']].map(([staff, city]) => areaOf(areas, { province: '浙江', city: city as string, productId: null, staff: staff as number | null, visits: 0 })?.id), ['大客户', '杭州', '浙江'])
  assert.equal(areaOf(areas, { province: '四川', city: '杭州', productId: null, staff: null, visits: 0 }), null)
  assert.equal(dayBefore('2026-12-01'), '2026-11-30')
})

test('SA-07 by how often a customer was visited: from 6 times a year one territory, below that the other; of two that fit the one that asks more', () => {
  const area = (id: string, more: object) => ({ id, parentId: null, provinces: ['浙江'], cities: [], productId: null, staffFrom: null, staffTo: null, visitsFrom: null, visitsTo: null, ...more })
  const areas = [area('浙江', {}), area('常访', { visitsFrom: 6 }), area('少访', { visitsTo: 0 })]
  assert.deepEqual([0, 1, 5, 6, 40].map(visits => areaOf(areas, { province: '浙江', city: null, productId: null, staff: null, visits })?.id), ['少访', '浙江', '浙江', '常访', '常访'])
})

test('CU-13 a hidden field filled in, or an answer within two seconds, is a program', () => {
  const now = new Date(10_000)
  assert.deepEqual([{}, { website: ' ' }, { website: 'x' }, { shownAt: '8001' }, { shownAt: 8000 }, { shownAt: 'x' }].map(b => notFilledByPerson(b, now)), [false, false, true, true, false, true])
})
