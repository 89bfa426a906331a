import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { callerOf, TEST_PASSWORD } from '@quancheng/kernel/testing'
import { ok, world } from './world.ts'

let w: Awaited<ReturnType<typeof world>>
before(async () => { w = await world() })

const days = (userId: string) => w.app.system(ctx => ctx.query<{ day: string; times: number }>('select day::text, times from sign_in_day where user_id = $1 order by day', [userId]))
const mine = async (who: typeof w.jia, from: string, until: string, by = w.headA) => ok(await by.get(`/api/usage/people/${who.userId}?from=${from}&until=${until}`))

test('RU-01 a sign-in is a row of its day; a second one counts; a session that goes on over midnight is there on the next day, once', async () => {
  const c = await w.person('ding', '销售丁', 'sales', w.units.B)
  w.at('2026-11-23 23:00')
  const first = await w.app.server.inject({ method: 'POST', url: '/api/session', payload: { username: 'ding', password: TEST_PASSWORD } })
  assert.equal(first.statusCode, 200)
  await w.app.server.inject({ method: 'POST', url: '/api/session', payload: { username: 'ding', password: TEST_PASSWORD } })
  assert.deepEqual(await days(c.userId), [{ day: '2026-11-23', times: 2 }])
  const session = callerOf(w.app, c.userId, null), cookie = String(first.cookies.map(x => `${x.name}=${x.value}`).join('; '))
  w.at('2026-11-24 08:50')
  // what is written beside the request is there before the next one is answered, or a moment later: asked until it is
  const seen = async (): Promise<number> => { await session.call('GET', '/api/session', undefined, { cookie }); return (await days(c.userId)).length }
  while (await seen() < 2) await new Promise(resolve => { setImmediate(resolve) })
  w.at('2026-11-24 09:30')
  await session.call('GET', '/api/session', undefined, { cookie })
  assert.deepEqual(await days(c.userId), [{ day: '2026-11-23', times: 2 }, { day: '2026-11-24', times: 0 }])
  w.at('2026-11-22 17:00')
})

test('RU-01 2026-09-20 is a make-up workday: no login is counted missing; 2026-10-01 is not; approved leave is left out', async () => {
  assert.deepEqual((await mine(w.jia, '2026-09-20', '2026-09-20')).missing, [{ kind: 'day', day: '2026-09-20', short: 1 }])
  assert.deepEqual((await mine(w.jia, '2026-10-01', '2026-10-01')).missing, [])
  await w.away('leave_request', w.jia, '2026-09-20', '2026-09-20')
  assert.deepEqual((await mine(w.jia, '2026-09-20', '2026-09-20')).missing, [])
  await w.make('absence', { personId: w.yi.userId, fromDay: '2026-09-20', untilDay: '2026-09-21', reason: '培训' })
  assert.equal((await mine(w.yi, '2026-09-20', '2026-09-21')).due, 0)
})

test('RU-02 travel Monday to Friday, logins Tuesday and Thursday → ok; only Tuesday → 1 缺', async () => {
  for (const who of [w.jia, w.yi]) await w.away('trip_request', who, '2026-11-09', '2026-11-13')
  await w.signed(w.jia, '2026-11-10', '2026-11-12')
  await w.signed(w.yi, '2026-11-10')
  const a = await mine(w.jia, '2026-11-09', '2026-11-15'), b = await mine(w.yi, '2026-11-09', '2026-11-15')
  assert.deepEqual([a.due, a.kept, a.missing], [2, 2, []])
  assert.deepEqual([b.due, b.kept, b.missing], [2, 1, [{ kind: 'week', day: '2026-11-09', short: 1 }]])
})

test('RU-12 block A, 9 of 10 logged in → 90 %; the figures are of people whom the caller may see, and say by which version of the rule', async () => {
  const unit = await w.make('unit', { code: 'BKC', name: '板块C', kind: 'block', parentId: w.units.group }), head = await w.person('headc', '负责人丙', 'blockLead', unit)
  const ten = [head]
  w.at('2026-11-01 10:00')
  for (let i = 1; i < 10; i++) ten.push(await w.person(`c${i}`, `丙${i}`, 'sales', unit))
  w.at('2026-11-22 17:00')
  await w.app.system(ctx => ctx.query('update "user" set created_at = $2 where id = $1', [head.userId, new Date('2026-11-01T00:00:00Z')]))
  for (const who of ten.slice(0, 9)) await w.signed(who, '2026-11-20')
  const asked = '/api/usage?from=2026-11-20&until=2026-11-20', seen = ok(await head.get(asked))
  assert.deepEqual(seen.units.map((u: any) => [u.name, u.signedIn, u.people, u.peopleRate, u.dayRate]), [['板块C', 9, 10, 90, 90]])
  assert.deepEqual([seen.rule.title, seen.rule.edition], ['客户关系管理系统使用规定', 1])
  assert.equal(seen.people.find((p: any) => p.name === '丙9').peopleRate, 0)
  assert.deepEqual(ok(await ten[1]!.get(asked)).people.map((p: any) => p.name), ['丙1'], 'a seller sees themselves')
  assert.deepEqual(ok(await w.board.get(asked)).units.map((u: any) => u.name), ['板块A', '板块B', '板块C'])
  const rows = ok(await head.get(`/api/sign-in-days?filter=${encodeURIComponent(JSON.stringify({ day: '2026-11-20' }))}`))
  assert.equal(rows.items.length, 9, 'every figure opens its rows')
  assert.equal((await w.headA.get(`/api/usage/people/${head.userId}?from=2026-11-20&until=2026-11-20`)).status, 404)
  assert.equal((await head.get('/api/usage?from=2026-11-20&until=2026-11-01')).body.code, 'INVALID')
})

test('RU-04 last login 11-06, run 11-22 → listed with 16 天; the list is frozen as 通报 2026-11-22, cites the rule, and goes out as a table and a PDF', async () => {
  await w.signed(w.bing, '2026-11-06')
  await w.make('usageRule', { unitId: w.units.B, noticeDays: 14, penalty: '扣当月绩效 5 分' })
  const made = ok(await w.market.post('/api/notice-lists/make', { unitId: w.units.B, day: '2026-11-22' }), 201)
  assert.deepEqual([made.name, made.people], ['通报 2026-11-22', 1])
  const lines = async () => ok(await w.market.get(`/api/notice-lines?filter=${encodeURIComponent(JSON.stringify({ listId: made.id }))}`)).items
  assert.deepEqual((await lines()).map((l: any) => [l.name, l.lastDay, l.days, l.penalty]), [['销售丙', '2026-11-06', 16, '扣当月绩效 5 分']])
  const list = ok(await w.market.get(`/api/notice-lists/${made.id}`))
  assert.equal(list.$labels.ruleId.includes('使用规定'), true)
  // what comes after changes nothing on it, and nobody may
  await w.signed(w.bing, '2026-11-22')
  assert.equal((await lines())[0].days, 16)
  assert.equal((await w.admin.patch(`/api/notice-lists/${made.id}`, { note: '改' })).status >= 400, true)
  await assert.rejects(w.app.system(ctx => ctx.query('update notice_line set days = 1 where list_id = $1', [made.id])), /permission denied/)
  const pdf = await w.market.get(`/api/notice-lists/${made.id}/notice.pdf`)
  assert.deepEqual([pdf.status, pdf.raw.subarray(0, 5).toString()], [200, '%PDF-'])
  const table = await w.market.get(`/api/notice-lines/export?format=csv&filter=${encodeURIComponent(JSON.stringify({ listId: made.id }))}`)
  assert.match(String(table.body), /销售丙/)
  assert.equal((await w.market.post('/api/notice-lists/make', { unitId: w.units.B, day: '2026-11-22' })).body.code, 'NOTICE_NOBODY')
  assert.equal((await w.headA.post('/api/notice-lists/make', { unitId: w.units.B })).status, 403, 'a block writes up its own')
})

test('RU-04 whoever was on leave all the time is not named; the notice is of a rule that was broken', async () => {
  const c = await w.person('wu', '销售戊', 'sales', w.units.B)
  await w.app.system(ctx => ctx.query('update "user" set created_at = $2 where id = $1', [c.userId, new Date('2026-11-01T01:00:00Z')]))
  await w.signed(c, '2026-11-04')
  await w.away('leave_request', c, '2026-11-05', '2026-11-30')
  const made = await w.market.post('/api/notice-lists/make', { unitId: w.units.B, day: '2026-11-22' })
  assert.equal(made.body.code, 'NOTICE_NOBODY')
})
