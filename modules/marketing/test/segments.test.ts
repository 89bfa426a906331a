import assert from 'node:assert/strict'
import { test } from 'node:test'
import { market, ok } from './market.ts'

const m = await market()
const sides = async (id: string): Promise<Record<string, string[]>> => {
  const rows = (await m.app.owner.query<{ held_out: boolean; customer_id: string }>('select held_out, customer_id from campaign_audience where campaign_id = $1 order by customer_id', [id])).rows
  return { held: rows.filter(r => r.held_out).map(r => r.customer_id), all: rows.map(r => r.customer_id) }
}
const HANGZHOU_REPAIRED = { all: [{ field: { city: '杭州' } }, { behaviour: 'repairs', days: 90, gte: 2 }] }

test('MK-01 杭州 & 近90天维修≥2 → 37; control 10 % → 4 held out, seeded: the same seed holds out the same, another seed others', async () => {
  for (let i = 0; i < 37; i++) await m.repairs(await m.customer(), '2026-10-01T02:00:00Z', 2 + (i % 3))
  await m.repairs(await m.customer(), '2026-10-01T02:00:00Z', 1)
  await m.repairs(await m.customer(), '2026-06-01T02:00:00Z', 5)
  await m.repairs(await m.customer({ city: '宁波' }), '2026-10-01T02:00:00Z', 3)
  const preview = ok(await m.market.post('/api/segments/preview', { rule: HANGZHOU_REPAIRED }))
  assert.deepEqual([preview.count, preview.rows.length], [37, 20])
  const segmentId = await m.segment(HANGZHOU_REPAIRED)
  assert.equal(ok(await m.market.get(`/api/segments/${segmentId}/customers`)).rows.length, 37)
  const begin = async (seed: string) => { const id = await m.campaign({ segmentId, controlPercent: 10, seed }, [{}]); const r = ok(await m.market.post(`/api/campaigns/${id}/start`)); assert.deepEqual([r.target, r.control], [33, 4]); return sides(id) }
  const [a, b, c] = [await begin('2026-冬'), await begin('2026-冬'), await begin('另一颗')]
  assert.equal(a.held!.length, 4)
  assert.deepEqual(a, b)
  assert.notDeepEqual(a.held, c.held)
  // the audience is fixed: who fits the rule later is not in it
  await m.repairs(await m.customer(), '2026-11-01T02:00:00Z', 2)
  assert.equal(ok(await m.market.get(`/api/segments/${segmentId}/customers`)).count, 38)
  assert.equal(a.all!.length, 37)
})

test('MK-01 a rule that names nothing known is refused, never ignored; turned round and either-or count as said', async () => {
  const count = async (rule: unknown): Promise<number> => ok(await m.market.post('/api/segments/preview', { rule })).count
  for (const [rule, code] of [[{ behaviour: 'dreams', gte: 1 }, 'SEGMENT_RULE'], [{ behaviour: 'repairs' }, 'SEGMENT_RULE'], [{ field: { shoeSize: 43 } }, 'UNKNOWN_FIELD'], [{ behaviour: 'repairs', days: 1.5, gte: 1 }, 'SEGMENT_RULE'], [{ rfm: ['XXX'] }, 'SEGMENT_RULE'], [{ all: 'x' }, 'SEGMENT_RULE']] as const) {
    const r = await m.market.post('/api/segments/preview', { rule })
    assert.deepEqual([r.status, r.body.code], [400, code], JSON.stringify(rule))
  }
  const everybody = await count({ all: [] }), ningbo = await count({ field: { city: '宁波' } })
  assert.equal(await count({ not: { field: { city: '宁波' } } }), everybody - ningbo)
  assert.equal(await count({ any: [{ field: { city: '宁波' } }, { not: { field: { city: '宁波' } } }] }), everybody)
  assert.equal((await m.jia.post('/api/segments/preview', { rule: { all: [] } })).status, 403)
})

test('MK-01 mined groups: who ordered lately, often and for much is 重要价值; the group is a rule like any other', async () => {
  const best = await m.customer({ city: '苏州' })
  for (let i = 0; i < 4; i++) await m.order(best, '9000', { orderedOn: `2026-11-2${i}` })
  for (let i = 0; i < 9; i++) await m.order(await m.customer({ city: '苏州' }), '100', { orderedOn: `2026-0${i + 1}-10` })
  const words = ok(await m.market.get('/api/segments/words'))
  assert.equal(words.groups.find((g: any) => g.key === 'HHH').label, '重要价值客户')
  assert.equal(words.groups.reduce((n: number, g: any) => n + g.count, 0), 10)
  const found = ok(await m.market.post('/api/segments/preview', { rule: { rfm: ['HHH'] } }))
  assert.ok(found.rows.some((r: any) => r.id === best))
  assert.equal(found.count, words.groups.find((g: any) => g.key === 'HHH').count)
})

test('MK-07 3 years of July trips → in the list of the May campaign; two years, or other months, are not', async () => {
  const trip = async (days: string[]): Promise<string> => { const id = await m.customer({ city: '厦门' }); for (const orderedOn of days) await m.order(id, '5000', { orderedOn, $line: { item: '厦门—杭州 家庭往返' } }); return id }
  const yes = await trip(['2024-07-12', '2025-07-05', '2026-07-20'])
  await trip(['2025-07-12', '2026-07-05', '2026-07-20'])
  await trip(['2024-01-12', '2025-07-05', '2026-07-20'])
  const rule = { all: [{ field: { city: '厦门' } }, { behaviour: 'bought', text: '家庭', months: [7], perYear: true, gte: 3 }] }
  const id = await m.campaign({ segmentId: await m.segment(rule) }, [{ text: '{{客户}}您好，今年七月的家庭出行已为您预留' }], { name: '五月活动' })
  ok(await m.market.post(`/api/campaigns/${id}/start`))
  assert.deepEqual((await sides(id)).all, [yes])
})
