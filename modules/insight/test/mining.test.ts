import assert from 'node:assert/strict'
import { test } from 'node:test'
import { create } from '@quancheng/kernel'
import { station } from '@quancheng/service/testing'
import insight from '../index.ts'
import { past, type Past, type Visit } from './past.ts'

const s = await station({ modules: [insight] })
const made = await s.app.system(async ctx => {
  const name = async (entity: string, draft: Record<string, unknown>) => (await create(ctx, ctx.entities.get(entity), draft)).id
  return { printer: await name('productLine', { code: 'PR', name: '打印机' }), screen: await name('faultCategory', { name: '屏幕显示' }) }
})
const who = (c: { userId: string }): string => c.userId
const visit = (node: string, minutes: number, taken = 0): Visit => ({ node, minutes, taken, who: { waiting: null, inspect: who(s.wangjian), repair: who(s.zhaoxiu), quality: who(s.qianzhi) }[node] ?? who(s.lijie) })
const straight = ['waiting', 'reception', 'inspect', 'quote', 'repair', 'quality', 'pickup'].map(n => visit(n, 10, n === 'repair' ? 4 : 0))
const again = [...straight.slice(0, 6), visit('repair', 30), visit('quality', 10), visit('pickup', 10)]
const skipped = straight.filter(v => v.node !== 'inspect')
const at = (day: number): string => `2026-10-${String(day).padStart(2, '0')}T01:00:00Z`
// six straight, three that went back from 质检 to 维修, one that left 检验 out
const ids = await past(s, [
  ...Array.from({ length: 6 }, (_, i): Past => ({ at: at(1 + i), visits: straight, lineId: i < 2 ? made.printer : s.lineId, fault: i % 2 ? made.screen : null })),
  ...Array.from({ length: 3 }, (_, i): Past => ({ at: at(10 + i), visits: again, unit: 'NB02', fault: made.screen })), { at: at(20), visits: skipped },
])
const ask = async (view: string, q: Record<string, string> = {}, caller = s.wuzong) => (await caller.get(`/api/processes/repair/${view}?${new URLSearchParams(q)}`)).body

test('the courses with their shares and cumulative shares, each opens its cases', async () => {
  const { variants } = await ask('statistics')
  assert.deepEqual([variants.cases, variants.total], [10, 3])
  assert.deepEqual(variants.variants.map((v: { cases: number; share: number; cumulativeShare: number }) => [v.cases, v.share, Math.round(v.cumulativeShare * 10) / 10]), [[6, 0.6, 0.6], [3, 0.3, 0.9], [1, 0.1, 1]])
  for (const v of variants.variants) assert.equal((await ask('cases', { like: v.exampleCase })).total, v.cases)
  assert.equal((await ask('statistics', { ways: '1' })).variants.variants.length, 1)
})

test('a filter holds for every panel alike: product, fault, station, period, one course', async () => {
  const second = (await ask('statistics')).variants.variants[1].exampleCase as string
  const record = (f: Record<string, unknown>) => ({ filter: JSON.stringify(f) })
  const cases: Array<[Record<string, string>, number]> = [[record({ productLineId: made.printer }), 2], [record({ faultCategoryId: made.screen }), 6], [record({ faultCategoryId: { isNull: true } }), 4], [{ unitId: s.units.NB02 }, 3], [{ from: '2026-10-10', to: '2026-10-12' }, 3], [{ variant: second }, 3], [{ ...record({ faultCategoryId: made.screen }), variant: second, from: '2026-10-11' }, 2]]
  for (const [q, n] of cases) {
    const [statistics, heat, fit, review, dots, list] = [await ask('statistics', q), await ask('heat', q), await ask('conformance', q), await ask('review', q), await ask('dots', q), await ask('cases', q)]
    assert.deepEqual([statistics.counts.cases, heat.cases, fit.cases, review.cases, dots.total, list.total], Array(6).fill(n), JSON.stringify(q))
  }
  assert.equal((await ask('statistics', { variant: second }, s.zhouzhan)).counts.cases, 0, 'the example is another station’s')
})

test('what no filter can be is refused: a field that is not there, no JSON, another’s scope stays shut', async () => {
  for (const filter of ['{"nonsense":1}', '{"faultCategoryId":', '[]', '{"trackToken":"x"}']) {
    const r = await s.wuzong.get(`/api/processes/repair/statistics?${new URLSearchParams({ filter })}`)
    assert.equal(r.status, 400, filter)
    assert.match(r.body.message, /[\u4e00-\u9fff]/)
  }
  assert.equal((await ask('dots', {}, s.zhouzhan)).total, 7)
  assert.equal((await ask('dots', { unitId: s.units.NB02 }, s.zhouzhan)).total, 0)
  assert.equal((await s.lijie.get('/api/processes/repair/dots')).status, 403)
})

test('rework: how many cases, the way back, and the time it took', async () => {
  const { rework } = await ask('review')
  assert.deepEqual([rework.cases, rework.activities.map((a: { activity: string; cases: number; again: number; minutes: number }) => [a.activity, a.cases, a.again, a.minutes])], [3, [['维修', 3, 3, 90], ['质检', 3, 3, 30]]])
  assert.deepEqual(rework.loops.map((l: { from: string; to: string; times: number }) => `${l.from}→${l.to} ${l.times}`), ['维修→质检 3', '质检→维修 3'])
  assert.equal(rework.minutes, 120)
  assert.equal((await ask('cases', { again: '维修' })).total, 3)
  assert.equal((await ask('cases', { again: '检验' })).total, 0)
})

test('waiting against working by activity, from when somebody took it', async () => {
  const repair = (await ask('review')).time.activities.find((a: { activity: string }) => a.activity === '维修')
  assert.deepEqual([repair.steps, repair.known, repair.waiting, repair.working, repair.sojourn], [13, 13, 40, 150, 190])
})

test('the discovered map beside the drawn one: the steps at which cases left the drawing are named', async () => {
  const fit = await ask('conformance')
  assert.deepEqual(fit.breaks, [{ from: '接待', to: '报价', times: 1, cases: 1 }], 'going back from 质检 to 维修 is drawn')
  assert.equal(fit.fitting, 9)
  const { dfg } = await ask('statistics')
  for (const e of dfg.edges) assert.equal((await ask('cases', { after: e.from, next: e.to })).total, e.cases, `${e.from} → ${e.to}`)
  assert.ok(fit.fitness < 1 && fit.fitness > 0.9)
})

test('the dotted chart leads to the cases: one line a case, ids of the cases in its order', async () => {
  const dots = await ask('dots')
  assert.deepEqual([dots.total, dots.shown, dots.ids.length, dots.first.at(-1)], [10, 10, 10, dots.at.length])
  assert.deepEqual([dots.starts[0], dots.lasts[0]], [Date.parse(at(1)) / 1000, 70 * 60])
  const one = (await s.wuzong.get(`/api/processes/repair/cases?like=${dots.ids[0]}&limit=50`)).body
  assert.ok(one.items.some((c: { id: string; recordId: string }) => c.id === dots.ids[0] && ids.includes(c.recordId)))
  assert.equal((await ask('dots', { most: '4' })).shown, 4)
})
