import assert from 'node:assert/strict'
import { test } from 'node:test'
import { house, ok } from '../../test/house.ts'

const h = await house()
const of = async (who: typeof h.sun, period = '2026-11') => ok(await who.get(`/api/evaluation?period=${period}`)).results

test('SA-26 4 measures × weights = 86.5, each with its figure; the month is judged by itself on the first, once, and stays', async () => {
  const card = await h.make('scoreCard', { name: '销售评价', unitId: h.north, roleId: h.roles.sales })
  const measure = async (name: string, source: string, weight: number, more: object = {}) => ok(await h.market.post('/api/score-measures', { cardId: card, name, source, weight, ...more }), 201).id as string
  await measure('签约', 'signed', 40)
  await measure('跟进', 'followUp', 30, { zeroAt: '15', fullAt: '115' })
  await measure('赢单', 'winRate', 20)
  const hand = await measure('协作', 'byHand', 5)
  h.app.clock!.set('2026-11-30T02:00:00Z')
  await h.market.post('/api/targets', { period: '2026-11', measure: 'signed', unitId: h.north, userId: h.sun.userId, amount: '100000' })
  await h.put('contract', { number: 'H1', title: '甲', kind: 'single', customer_id: h.customer, unit_id: h.north, owner_id: h.sun.userId, state: 'active', amount: '90000', over_volume: 'warn', signed_on: '2026-11-02' })
  await h.put('engagement', { kind: 'call', state: 'done', customer_id: h.customer, unit_id: h.north, owner_id: h.sun.userId, at: new Date('2026-11-25T01:00:00Z'), subject: '电话' })
  for (let i = 0; i < 5; i++) await h.deal({ outcome: i < 4 ? 'won' : 'lost', stage: i < 4 ? 'won' : 'lost', closed_at: new Date('2026-11-26T02:00:00Z') })
  ok(await h.lead.post('/api/score-givens', { measureId: hand, period: '2026-11', unitId: h.north, userId: h.sun.userId, value: '90', reason: '帮助新人' }), 201)
  assert.equal((await h.market.post('/api/evaluation/run', { period: '2026-11' })).body.code, 'SCORE_PERIOD')
  // 95 and not 100: refused in words
  h.app.clock!.set('2026-11-30T17:00:00Z')
  assert.equal((await h.market.post('/api/evaluation/run', { period: '2026-11' })).body.code, 'SCORE_WEIGHTS')
  ok(await h.market.patch(`/api/score-measures/${hand}`, { weight: 10 }))
  h.app.clock!.set('2026-11-30T22:01:00Z')
  await h.app.worker!.idle()
  const [mine, ...rest] = await of(h.sun)
  assert.equal(rest.length, 0, 'one sees one\'s own card')
  assert.deepEqual([mine.person, Number(mine.total)], ['孙销售', 86.5])
  assert.deepEqual(mine.lines.map((l: any) => [l.name, Number(l.value), Number(l.points), l.weight, l.reason]), [['签约', 90, 90, 40, null], ['跟进', 100, 85, 30, null], ['赢单', 80, 80, 20, null], ['协作', 90, 90, 10, '帮助新人']])
  assert.equal((await of(h.lead)).length, 2, 'the lead sees those of the block')
  assert.equal((await of(h.other)).length, 0)
  await h.put('contract', { number: 'H2', title: '迟录', kind: 'single', customer_id: h.customer, unit_id: h.north, owner_id: h.sun.userId, state: 'active', amount: '50000', over_volume: 'warn', signed_on: '2026-11-03' })
  assert.deepEqual(ok(await h.market.post('/api/evaluation/run', { period: '2026-11' })), { period: '2026-11', results: 0 })
  assert.equal(Number((await of(h.sun))[0].total), 86.5)
  assert.ok((await h.market.patch(`/api/score-results/${mine.id}`, { total: '100' })).status >= 400)
  assert.equal((await h.sun.post('/api/evaluation/run', { period: '2026-10' })).status, 403)
})
