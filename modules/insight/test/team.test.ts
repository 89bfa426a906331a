import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mondayOfFour, station } from '@quancheng/service/testing'
import insight from '../index.ts'

const s = await station({ modules: [insight] })
const u = s.units
type Person = { name: string; userId: string; open: number; late: number; doneToday: number; onTimeRate: number | null; current: Array<{ stage: string; lateness: string }>; days: Array<{ day: string; done: number; late: number }>; target: { of: string; doneADay: number | null } | null; kept: Record<string, boolean | null> }
const view = async (q = '', who = s.zhouzhan): Promise<{ people: Person[]; totals: Record<string, number>; unit: { code: string } }> => (await who.get(`/api/insight/team${q}`)).body
const zhaoOf = async (q = ''): Promise<Person> => (await view(q)).people.find(p => p.name === '赵修')!
const rows = async (q: Record<string, string>, who = s.zhouzhan) => (await who.get(`/api/insight/team/rows?${new URLSearchParams(q)}`)).body

const { friday, late } = await mondayOfFour(s)

test('SP-18 four open, 赵修 has two of them (one late): 2 在修, 1 超时, 今日完成 3, 按时率 75 %, and what he has in hand', async () => {
  const found = await view()
  const zhao = found.people.find(p => p.name === '赵修')!
  assert.deepEqual([found.totals.open, zhao.open, zhao.late, zhao.doneToday, zhao.onTimeRate], [4, 2, 1, 3, 75])
  assert.deepEqual(zhao.current.map(c => [c.stage, c.lateness]), [['维修', 'late'], ['维修', 'ok']])
  const board = (await s.zhouzhan.get('/api/service/board')).body
  for (const p of board.people) { const same = found.people.find(x => x.userId === p.userId)!; assert.deepEqual([same.open, same.late, same.doneToday, same.onTimeRate], [p.open, p.late, p.doneToday, p.onTimeRate], p.name) }
})

test('SP-18 the history of the last days, and each figure opens the steps that it counted', async () => {
  const zhao = await zhaoOf('?days=7')
  assert.deepEqual(zhao.days.map(d => [d.day, d.done, d.late]), [['2026-11-20', 1, 0], ['2026-11-23', 3, 0]])
  assert.deepEqual((await zhaoOf('?days=1')).days.map(d => d.day), ['2026-11-23'])
  const mine = { userId: zhao.userId }
  for (const [what, n] of [['open', 2], ['late', 1], ['warn', 0], ['paused', 0], ['done', 3], ['doneLate', 0], ['onTime', 3]] as const) assert.equal((await rows({ ...mine, what })).total, n, what)
  assert.deepEqual((await rows({ ...mine, what: 'late' })).items.map((r: { id: string; late: boolean }) => [r.id, r.late]), [[late.id, true]])
  assert.deepEqual((await rows({ ...mine, what: 'done', day: '2026-11-20' })).items.map((r: { id: string; stage: string; who: string }) => [r.id, r.stage, r.who]), [[friday.id, '维修', '赵修']])
  assert.equal((await rows({ ...mine, what: 'done', days: '7' })).total, 4)
  const found = await view()
  for (const what of ['open', 'pool', 'late', 'warn'] as const) assert.equal((await rows({ what })).total, found.totals[what], what)
  assert.equal((await rows({ what: 'done' })).total, found.totals.doneToday)
})

test('SP-18 targets are declared for a post or a person, the nearest counts, and each says whether it is kept', async () => {
  const posts = (await s.zhouzhan.get('/api/posts')).body.items as Array<{ id: string; code: string }>
  const engineer = posts.find(p => p.code === 'engineer')!.id, zhao = (await zhaoOf()).userId
  assert.equal((await s.wuzong.post('/api/work-targets', { unitId: u.group, postId: engineer, doneADay: 2, onTimePercent: 70 })).status, 201)
  let now = await zhaoOf()
  assert.deepEqual([now.target!.of, now.kept], ['post', { doneADay: true, onTimePercent: true, mostOpen: null }])
  const own = await s.zhouzhan.post('/api/work-targets', { unitId: u.HZ01, userId: zhao, doneADay: 6, onTimePercent: 90, mostOpen: 2 })
  assert.equal(own.status, 201, JSON.stringify(own.body))
  now = await zhaoOf()
  assert.deepEqual([now.target!.of, now.target!.doneADay, now.kept], ['person', 6, { doneADay: false, onTimePercent: false, mostOpen: true }])
  assert.equal((await s.zhouzhan.patch(`/api/work-targets/${own.body.id}`, { doneADay: 3, version: own.body.version })).status, 200)
  assert.equal((await zhaoOf()).kept.doneADay, true)
  assert.equal((await view()).people.find(p => p.name === '钱质')!.target, null)
  for (const [body, field] of [[{ unitId: u.HZ01, doneADay: 3 }, 'postId'], [{ unitId: u.HZ01, postId: engineer }, 'doneADay'], [{ unitId: u.HZ01, userId: zhao, doneADay: 1 }, 'userId'], [{ unitId: u.HZ01, postId: engineer, onTimePercent: 101 }, 'onTimePercent'], [{ unitId: u.HZ01, postId: engineer, doneADay: 0 }, 'doneADay']] as const) {
    const r = await s.zhouzhan.post('/api/work-targets', body)
    assert.deepEqual([r.status, r.body.details?.fields?.[0]?.field], [400, field], JSON.stringify(r.body))
  }
  assert.equal((await s.zhouzhan.post('/api/work-targets', { unitId: u.GZ05, postId: engineer, doneADay: 3 })).status, 403)
})

test('SP-18 the view is 站长’s own station: an engineer has none, another’s is refused, a region looks down', async () => {
  for (const path of ['team', 'team/rows']) {
    const q = path === 'team' ? '' : '&what=open'
    assert.equal((await s.zhouzhan.get(`/api/insight/${path}?unitId=${u.NB02}${q}`)).status, 403, path)
    assert.equal((await s.zhaoxiu.get(`/api/insight/${path}?unitId=${u.HZ01}${q}`)).status, 403, path)
    assert.equal((await s.sunqu.get(`/api/insight/${path}?unitId=${u.GZ05}${q}`)).status, 403, path)
  }
  assert.equal((await view(`?unitId=${u.east}`, s.sunqu)).totals.open, 4)
  const wrong = await s.zhouzhan.get('/api/insight/team/rows?what=alles')
  assert.deepEqual([wrong.status, wrong.body.code], [400, 'INVALID'])
  assert.equal((await s.zhouzhan.get('/api/insight/team?days=0')).status, 400)
})
