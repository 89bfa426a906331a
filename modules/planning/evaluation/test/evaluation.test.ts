import assert from 'node:assert/strict'
import { test } from 'node:test'
import { defineEntity, defineModule, f } from '@quancheng/kernel'
import usage from '@quancheng/usage'
import { house, ok } from '../../test/house.ts'

/** Where customers are asked; the module that asks them needs the whole service desk. */
const Answer = defineEntity('surveyAnswer', { label: ['评价', 'Answer'], fields: { score: f.integer(['评分', 'Score'], { required: true }), unitId: f.ref(['单位', 'Unit'], () => 'unit', { required: true }), personId: f.ref(['人员', 'Person'], () => 'user'), answeredAt: f.datetime(['时间', 'At'], { required: true }) }, travels: 'never', display: ['score'], list: ['score'] })
const h = await house('2026-11-22T01:00:00Z', [usage, defineModule({ name: 'asked', label: ['询问', 'Asked'], entities: [Answer] })])
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
  assert.deepEqual(ok(await h.market.post('/api/evaluation/run', { period: '2026-11' })), { period: '2026-11', results: 0, wrong: [] })
  assert.equal(Number((await of(h.sun))[0].total), 86.5)
  assert.ok((await h.market.patch(`/api/score-results/${mine.id}`, { total: '100' })).status >= 400)
  assert.equal((await h.sun.post('/api/evaluation/run', { period: '2026-10' })).status, 403)
})

test('SA-26 behaviour: sign-ins kept as the rules of use count them, customers satisfied; of a person and of a unit; a card that is wrong holds no other up', async () => {
  const [person, unit, half] = [await h.make('scoreCard', { name: '行为', unitId: h.north, roleId: h.roles.sales }), await h.make('scoreCard', { name: '板块', unitId: h.north }), await h.make('scoreCard', { name: '没写完', unitId: h.north })]
  const measure = (cardId: string, name: string, source: string, weight: number) => h.market.post('/api/score-measures', { cardId, name, source, weight })
  for (const card of [person, unit]) { ok(await measure(card!, '出勤', 'signIns', 60), 201); ok(await measure(card!, '满意', 'satisfied', 40), 201) }
  ok(await measure(half!, '出勤', 'signIns', 60), 201)
  h.app.clock!.set('2027-02-01T01:00:00Z')
  await h.rows('update "user" set created_at = \'2026-01-01\' where tenant_id = $1')
  // January 2027 has 20 working days when only New Year's Day is off; one of them is missed by Sun, ten by Li
  const days = Array.from({ length: 31 }, (_, i) => `2027-01-${String(i + 1).padStart(2, '0')}`)
  for (const [who, until] of [[h.sun, 30], [h.li, 15], [h.lead, 31]] as const) for (const day of days.slice(0, until)) await h.put('sign_in_day', { user_id: who.userId, unit_id: h.north, day, times: 1, first_at: new Date(`${day}T01:00:00Z`), last_at: new Date(`${day}T01:00:00Z`) })
  for (const score of [5, 4, 4, 2]) await h.put('survey_answer', { score, unit_id: h.north, person_id: h.sun.userId, answered_at: new Date('2027-01-20T02:00:00Z') })
  await h.put('survey_answer', { score: 1, unit_id: h.north, person_id: h.li.userId, answered_at: new Date('2027-01-20T02:00:00Z') })
  await h.put('survey_answer', { score: 1, unit_id: h.north, person_id: h.sun.userId, answered_at: new Date('2027-02-01T00:30:00Z') })
  const run = ok(await h.market.post('/api/evaluation/run', { period: '2027-01' }))
  assert.deepEqual(run.wrong.map((w: any) => [w.name, w.sum]), [['没写完', 60]])
  const results = (await of(h.lead, '2027-01')).filter((r: any) => r.card !== '销售评价'), line = (name: string | null, card: string, measured: string) => Number(results.find((r: any) => r.card === card && r.person === name).lines.find((l: any) => l.name === measured).value)
  assert.deepEqual([line('孙销售', '行为', '满意'), line('李销售', '行为', '满意'), line(null, '板块', '满意')], [75, 0, 60])
  assert.equal(line('孙销售', '行为', '出勤'), 100, 'the thirty-first is a Sunday')
  const li = line('李销售', '行为', '出勤')
  assert.ok(li > 45 && li < 60, `${li}`)
  assert.ok(Math.abs(line(null, '板块', '出勤') - (200 + li) / 3) < 0.1, 'all of the block that are bound by the rules')
  assert.deepEqual(ok(await h.market.get('/api/evaluation?period=2027-01')).wrong.map((w: any) => w.name), ['没写完'])
})

test('SA-26 what cannot be judged is refused at its field: a scale without length, weights above 100, a score by hand where the system counts, off the scale, of a closed month', async () => {
  const card = await h.make('scoreCard', { name: '核对', unitId: h.north, roleId: h.roles.sales })
  const field = async (path: string, body: object, who = h.market) => (await who.post(path, body)).body.details?.fields?.[0]?.field
  const hand = ok(await h.market.post('/api/score-measures', { cardId: card, name: '协作', source: 'byHand', weight: 60 }), 201).id, counted = ok(await h.market.post('/api/score-measures', { cardId: card, name: '赢单', source: 'winRate', weight: 40 }), 201).id
  assert.equal(await field('/api/score-measures', { cardId: card, name: '多', source: 'winRate', weight: 1 }), 'weight')
  assert.equal(await field('/api/score-measures', { cardId: card, name: '无', source: 'winRate', weight: 1, zeroAt: '5', fullAt: '5' }), 'fullAt')
  const given = { measureId: hand, period: '2027-02', unitId: h.north, userId: h.sun.userId, value: '80', reason: '好' }
  assert.equal(await field('/api/score-givens', { ...given, measureId: counted }), 'measureId')
  assert.equal(await field('/api/score-givens', { ...given, value: '101' }), 'value')
  assert.equal(await field('/api/score-givens', { ...given, value: '-1' }), 'value')
  assert.equal(await field('/api/score-givens', { ...given, period: '2027-03' }), 'period')
  assert.equal(await field('/api/score-givens', { ...given, userId: null }), 'userId')
  assert.equal(ok(await h.market.post('/api/score-givens', { ...given, unitId: h.group }), 201).unitId, h.north, 'a person is judged at their own unit')
  ok(await h.market.post('/api/evaluation/run', { period: '2027-01' }))
  assert.equal(await field('/api/score-givens', { ...given, period: '2027-01' }), 'period')
})
