import assert from 'node:assert/strict'
import { test } from 'node:test'
import { house, ok } from '../../test/house.ts'

const h = await house()
const filter = (f: unknown): string => `filter=${encodeURIComponent(JSON.stringify(f))}`

test('SA-22 10 closed deals, 4 lost to 对手X → loss rate 40 %, reasons pie; its rows are found by the names', async () => {
  ok(await h.market.post('/api/competitors', { name: '对手X', otherNames: 'X公司、X 股份' }), 201)
  const closed = { closed_at: new Date('2026-11-10T02:00:00Z') }
  for (let i = 0; i < 5; i++) await h.deal({ outcome: 'won', stage: 'won', ...closed })
  for (const [lost_to, lost_reason] of [['对手X', 'price'], ['x公司', 'price'], ['对手X', 'product'], ['X 股份', 'price'], ['对手Y', 'service']]) await h.deal({ outcome: 'lost', stage: 'lost', lost_to, lost_reason, ...closed })
  await h.deal({ outcome: 'lost', stage: 'lost', lost_to: '对手X', lost_reason: 'price', closed_at: new Date('2025-11-10T02:00:00Z') })
  const a = ok(await h.board.get('/api/win-loss?from=2026-01-01&to=2026-11-30'))
  assert.deepEqual([a.closed, a.won, a.lost], [10, 5, 5])
  assert.deepEqual(a.rivals.map((r: any) => [r.name, r.lost, r.rate]), [['对手X', 4, 40], ['对手Y', 1, 10]])
  assert.deepEqual(Object.fromEntries(a.reasons.map((r: any) => [r.reason, r.lost])), { price: 3, product: 1, service: 1 })
  assert.deepEqual(a.units.map((u: any) => [u.label, u.closed, u.rate]), [['华北板块', 10, 50]])
  assert.deepEqual(a.months.map((m: any) => [m.key, m.lost]), [['2026-11', 5]])
  const rows = ok(await h.board.get(`/api/opportunities?${filter({ outcome: 'lost', lostTo: { in: a.rivals[0].names }, closedAt: { gte: a.fromAt, lt: a.toAt } })}`)).items
  assert.equal(rows.length, 4)
  assert.equal(ok(await h.other.get('/api/win-loss?from=2026-01-01&to=2026-11-30')).closed, 0, 'another block sees none')
  const proposed = ok(await h.board.get('/api/options/lostTo')).items.map((o: any) => o.value)
  assert.deepEqual(proposed, ['对手X', '对手Y'], 'the dialog proposes the rivals on record, then the other names that were written; not a rival’s other names')
})

test('SA-22 the SWOT of a unit is kept in versions: what changed can be read, an older one cannot be written over, two writers do not lose a word', async () => {
  const save = (base: number, more: object, who = h.lead) => who.post(`/api/units/${h.north}/swot`, { base, strengths: '服务网点多', weaknesses: '价格高', ...more })
  assert.equal(ok(await save(0, { strategy: '先守老客户' }), 201).edition, 1)
  assert.equal(ok(await save(1, { strategy: '先守老客户\n再攻华东', reason: '年度修订' }), 201).edition, 2)
  const late = await save(1, { strategy: '别的' })
  assert.deepEqual([late.status, late.body.code], [409, 'SWOT_NEWER'])
  assert.equal((await save(2, { strategy: '先守老客户\n再攻华东' })).body.code, 'SWOT_SAME')
  const now = ok(await h.board.get(`/api/units/${h.north}/swot`))
  assert.deepEqual([now.current.edition, now.versions.length], [2, 2])
  assert.deepEqual(now.changes, [{ part: 'strategy', lines: [{ kind: 'same', text: '先守老客户' }, { kind: 'in', text: '再攻华东' }] }])
  assert.equal(ok(await h.board.get(`/api/units/${h.north}/swot?edition=1`)).current.strategy, '先守老客户')
  const back = ok(await h.board.get(`/api/units/${h.north}/swot?edition=1&against=2`))
  assert.deepEqual([back.against, back.changes[0].lines.at(-1)], [2, { kind: 'out', text: '再攻华东' }], 'any two versions can be compared')
  assert.ok((await h.market.patch(`/api/swot-versions/${now.current.id}`, { strategy: '改' })).status >= 400)
  assert.ok((await save(2, { strategy: '越权' }, h.other)).status >= 403)
  assert.equal((await save(2, { strategy: '越权' }, h.sun)).status, 403)
})
