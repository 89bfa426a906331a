import assert from 'node:assert/strict'
import { test } from 'node:test'
import { businessMinutesBetween, create } from '@quancheng/kernel'
import parts from '@quancheng/parts'
import { calendarOf } from '@quancheng/process'
import { station } from '@quancheng/service/testing'
import { sql } from 'kysely'
import insight from '../index.ts'
import { workTime } from '../store/work-time.ts'
import { past, type Past } from './past.ts'

const s = await station({ modules: [parts, insight], tenants: 2 })
const u = s.units
const of = (who: { userId: string }): string => who.userId
const made = await s.app.system(async ctx => {
  const name = async (entity: string, draft: Record<string, unknown>) => (await create(ctx, ctx.entities.get(entity), draft)).id
  return { printer: await name('productLine', { code: 'PR', name: '打印机' }), screen: await name('faultCategory', { name: '屏幕显示', productLineId: s.lineId }), liquid: await name('faultCategory', { name: '进液' }) }
})
const get = async (q: Record<string, string>, who = s.wuzong) => (await who.get(`/api/insight/service?${new URLSearchParams(q)}`)).body
const rows = async (q: Record<string, string>, who = s.wuzong) => (await who.get(`/api/insight/service/rows?${new URLSearchParams(q)}`)).body
type Line = { key: string | null; name: string | null; requests: number; stage: { p50: number; p80: number } | null; costPerRequest: string; onTime: number; cameBack: number }
const sumOf = (found: { groups: Line[] }): number => found.groups.reduce((n, g) => n + g.requests, 0)

/** 100 repairs: 49 of 60 minutes, two of 118, 28 of 150, two of 176, 19 of 200; every other stage of a request takes 135 minutes together; then the customer needs a day to come. */
const REPAIRS = [...Array<number>(49).fill(60), 118, 118, ...Array<number>(28).fill(150), 176, 176, ...Array<number>(19).fill(200)]
const hundred = await past(s, REPAIRS.map((minutes, i): Past => ({
  at: i % 2 ? '2026-09-14T01:00:00Z' : '2026-10-12T01:00:00Z', unit: i % 4 === 0 ? 'NB02' : 'HZ01', lineId: i % 5 === 0 ? made.printer : s.lineId, fault: i % 10 === 0 ? null : i % 3 === 0 && i % 5 ? made.screen : made.liquid,
  visits: [{ node: 'waiting', minutes: 0 }, { node: 'reception', minutes: 15, who: of(s.lijie) }, { node: 'inspect', minutes: 65, who: of(s.wangjian) }, { node: 'quote', minutes: 30, who: of(s.lijie) },
    { node: 'repair', minutes, who: i % 2 ? of(s.zhaoxiu) : of(s.qianzhi), late: minutes > 180 }, { node: 'quality', minutes: 25, who: of(s.qianzhi) }, { node: 'pickup', minutes: 1440, who: of(s.lijie) }],
})))
const AUTUMN = { from: '2026-09-01', to: '2026-10-31' }

test('SP-24 100 requests: 维修 takes P50 118 and P80 176 minutes, 46 % of all time, and is named the bottleneck; the click opens those 100 rows', async () => {
  const found = await get(AUTUMN)
  const repair = found.stages.find((x: { name: string }) => x.name === '维修')
  assert.deepEqual([found.total.requests, repair.visits, repair.p50, repair.p80, Math.round(repair.share * 100), repair.late], [100, 100, 118, 176, 46, 19])
  assert.deepEqual([found.bottleneck.name, Math.round(found.bottleneck.share * 100)], ['维修', 46])
  assert.equal(Math.round(found.stages.reduce((n: number, x: { share: number | null }) => n + (x.share ?? 0), 0) * 1e9) / 1e9, 1)
  assert.deepEqual([found.stages[0].name, found.stages[0].share, found.total.p50], ['待取机', null, 253], 'the customer’s time is no part of it')
  assert.deepEqual([repair.histogram.reduce((n: number, x: number) => n + x, 0), repair.histogram[4], repair.histogram[5]], [100, 51, 49], '60 to 120 minutes, 120 to 240')
  const opened = await rows({ ...AUTUMN, stage: 'repair', limit: '500' })
  assert.equal(opened.total, 100)
  assert.deepEqual(opened.items.map((r: { id: string }) => r.id).toSorted(), hundred.toSorted())
  assert.deepEqual([opened.items[0].minutes, opened.items[99].minutes], [200, 60], 'the longest first')
  assert.equal((await rows({ ...AUTUMN, stage: 'repair', least: '60', below: '120' })).total, 51)
  assert.equal((await rows({ ...AUTUMN, stage: 'repair', only: 'late' })).total, 19)
  assert.equal((await rows({ ...AUTUMN, only: 'onTime' })).total, 81)
})

test('SP-24 the same by station, product, model, person, fault and month: the groups add up to the whole, and each opens its own rows', async () => {
  const filters = { station: 'unitId', product: 'productLineId', model: 'model', person: 'personId', fault: 'faultCategoryId', month: 'month' } as const
  const expected = { station: { 杭州一站: 75, 宁波二站: 25 }, product: { 笔记本: 80, 打印机: 20 }, model: { X1: 100 }, person: { 赵修: 50, 钱质: 50 }, fault: { 进液: 63, 屏幕显示: 27, 未填: 10 }, month: { '2026-09': 50, '2026-10': 50 } }
  for (const [by, filter] of Object.entries(filters) as Array<[keyof typeof filters, string]>) {
    const found = await get({ ...AUTUMN, by })
    assert.deepEqual(Object.fromEntries(found.groups.map((g: Line) => [g.name ?? '未填', g.requests])), expected[by], by)
    assert.equal(sumOf(found), found.total.requests, by)
    for (const g of found.groups as Line[]) {
      const narrow = { ...AUTUMN, [filter]: g.key ?? 'none' }
      assert.equal((await rows(narrow)).total, g.requests, `${by} ${g.name}`)
      const alone = await get(narrow)
      assert.deepEqual([alone.total.requests, alone.stages.find((x: { nodeId: string }) => x.nodeId === 'repair').p80], [g.requests, g.stage!.p80], `${by} ${g.name}`)
    }
  }
  const inspect = await get({ ...AUTUMN, by: 'person', stage: 'inspect' })
  assert.deepEqual([inspect.stage, inspect.groups[0].stage.p50], ['inspect', 65])
})

test('SP-24 only the days asked for, and what is still open counts among those taken in', async () => {
  assert.equal((await get({ from: '2026-09-01', to: '2026-09-30' })).total.requests, 50)
  assert.equal((await get({ from: '2026-08-01', to: '2026-08-31' })).total.requests, 0)
  await past(s, [{ at: '2026-06-01T01:00:00Z', open: true, visits: [{ node: 'reception', minutes: 40, who: of(s.lijie) }] }])
  const june = { from: '2026-06-01', to: '2026-06-30' }
  assert.deepEqual([(await get(june)).total.requests, (await get({ ...june, basis: 'started' })).total.requests], [0, 1])
  const nothing = await get({ from: '2026-01-01', to: '2026-01-31' })
  assert.deepEqual([nothing.bottleneck, nothing.stages, nothing.groups, nothing.total.costPerRequest], [null, [], [], null])
})

test('SP-24 everybody sees their own: 周站 one station, 孙区 one region, another’s unit is refused, an engineer has no analysis', async () => {
  assert.deepEqual([(await get(AUTUMN, s.zhouzhan)).total.requests, (await get(AUTUMN, s.sunqu)).total.requests], [75, 100])
  for (const path of ['', '/rows', '/file', '/rows/file']) {
    const refused = await s.sunqu.get(`/api/insight/service${path}?unitId=${u.GZ05}`)
    assert.deepEqual([refused.status, refused.body.code], [403, 'FORBIDDEN'], path)
    assert.equal((await s.zhaoxiu.get(`/api/insight/service${path}`)).status, 403, path)
  }
  assert.deepEqual((await rows({ ...AUTUMN, unitId: u.NB02 }, s.zhouzhan)).code, 'FORBIDDEN')
})

test('a question that makes no sense is refused in words: no day, no such split, no such id', async () => {
  for (const [q, field] of [['from=gestern', 'from'], ['by=mond', 'by'], ['unitId=hz', 'unitId'], ['personId=x', 'personId'], ['month=2026-9', 'month']] as const) {
    const r = await s.wuzong.get(`/api/insight/service?${q}`)
    assert.deepEqual([r.status, r.body.code], [400, 'INVALID'], q)
    assert.match(r.raw.toString(), new RegExp(field))
    assert.match(r.body.message, /[\u4e00-\u9fff]/)
  }
})

test('AN-05 ten requests: 20 hours of labour at 60, parts for 800: 2 000, 200 a request; on time 8 of 10, 返修 1 of 10', async () => {
  const { body: posts } = await s.wuzong.get('/api/posts')
  const post = (code: string): string => posts.items.find((p: { code: string }) => p.code === code).id
  assert.equal((await s.wuzong.post('/api/labour-rates', { postId: post('engineer'), hourly: '60', validFrom: '2026-01-01' })).status, 201)
  assert.equal((await s.zhouzhan.get('/api/labour-rates')).status, 403, 'what a post costs is not the station’s to see')
  // ten minutes lay before anybody took it, and ten of the two hours ten were before the doors opened
  const day = '2026-05-12', ids = await past(s, Array.from({ length: 10 }, (_, i): Past => ({
    at: `${day}T01:00:00Z`, visits: [{ node: 'repair', minutes: 130, taken: 10, who: of(s.zhaoxiu), late: i < 2, from: `${day}T00:50:00Z`, to: `${day}T03:00:00Z` }, { node: 'pickup', minutes: 600, who: of(s.lijie), late: false }],
  })))
  await past(s, [{ at: '2026-05-25T01:00:00Z', repeatOf: ids[3]!, open: true, visits: [] }])
  await s.app.system(async ctx => {
    for (const [i, state] of ['used', 'used', 'released'].entries()) await ctx.query("insert into part_line (tenant_id, id, version, created_at, updated_at, request_id, unit_id, kind, name, quantity, unit_price, amount, state) values ($1, gen_random_uuid(), 1, now(), now(), $2, $3, 'part', '屏幕', 1, 400, 400, $4)", [ctx.tenant.id, ids[i], u.HZ01, state])
  })
  const may = { from: '2026-05-01', to: '2026-05-31' }
  const { total, groups } = await get({ ...may, by: 'person' })
  assert.deepEqual([total.requests, total.labourMinutes / 60, total.labourCost, total.partsCost, total.cost, total.costPerRequest], [10, 20, '1200.00', '800.00', '2000.00', '200.00'])
  assert.deepEqual([total.onTime, total.onTimeRate, total.cameBack, total.cameBackRate, total.unratedMinutes], [8, 80, 1, 10, 0])
  assert.deepEqual(groups.map((g: Line) => [g.name, g.requests, g.costPerRequest, g.onTime, g.cameBack]), [['赵修', 10, '200.00', 8, 1]])
  for (const [only, n] of [['late', 2], ['onTime', 8], ['cameBack', 1], ['labour', 10], ['parts', 2], ['unrated', 0]] as const) assert.equal((await rows({ ...may, only })).total, n, only)
  const dearest = (await rows({ ...may, sort: 'cost', limit: '1' })).items[0]
  assert.deepEqual([dearest.labourCost, dearest.partsCost, dearest.cost], ['120.00', '400.00', '520.00'])
})

test('AN-05 a rate counts from its day and in its unit; hours without one are named', async () => {
  const { body: posts } = await s.wuzong.get('/api/posts')
  const engineer = posts.items.find((p: { code: string }) => p.code === 'engineer').id
  assert.equal((await s.wuzong.post('/api/labour-rates', { postId: engineer, hourly: '90', validFrom: '2026-04-16', unitId: u.east })).status, 201)
  const work = (day: string, unit: 'HZ01' | 'GZ05'): Past => ({ at: `${day}T01:00:00Z`, unit, visits: [{ node: 'repair', minutes: 60, who: of(s.zhaoxiu) }] })
  await past(s, [work('2026-04-15', 'HZ01'), work('2026-04-16', 'HZ01'), work('2026-04-16', 'GZ05'), { ...work('2026-04-16', 'GZ05'), visits: [{ node: 'quality', minutes: 30, who: of(s.qianzhi) }] }])
  const april = await get({ from: '2026-04-01', to: '2026-04-30' })
  assert.deepEqual(april.groups.map((g: Line & { labourCost: string }) => [g.name, g.labourCost]).toSorted(), [['广州五站', '60.00'], ['杭州一站', '150.00']].toSorted())
  assert.equal(april.total.unratedMinutes, 30)
  const twice = await s.wuzong.post('/api/labour-rates', { postId: engineer, hourly: '91', validFrom: '2026-04-16', unitId: u.east })
  assert.deepEqual([twice.status, twice.body.details.fields[0].field], [400, 'validFrom'])
  assert.equal((await s.wuzong.post('/api/labour-rates', { postId: engineer, hourly: '61', validFrom: '2026-01-01' })).status, 400, 'the company’s rate of that day is there')
  for (const [field, value] of [['hourly', '-1'], ['hourly', 'viel'], ['validFrom', '31.2.'], ['postId', null]] as const) {
    const r = await s.wuzong.post('/api/labour-rates', { postId: engineer, hourly: '60', validFrom: '2026-01-02', [field]: value })
    assert.deepEqual([r.status, r.body.details.fields[0].field], [400, field])
  }
})

test('AN-05 the business minutes of a statement are those of the calendar: nights, weekends, holidays, pauses', async () => {
  await s.app.system(async ctx => {
    const cal = await calendarOf(ctx), time = await workTime(ctx, new Date('2025-01-01T00:00:00Z'), new Date('2027-01-01T00:00:00Z'))
    let seed = 7
    const random = (): number => (seed = (seed * 16807) % 2147483647) / 2147483647
    for (let i = 0; i < 60; i++) {
      const a = new Date(Date.parse('2025-02-01T00:00:00Z') + Math.floor(random() * 600 * 86_400) * 1000), b = new Date(a.getTime() + Math.floor(random() * (i % 2 ? 86_400 : 20 * 86_400)) * 1000)
      const { rows: [row] } = await sql<{ m: number }>`with ${time.cte} select ${time.minutes(sql`${a}::timestamptz`, sql`${b}::timestamptz`)} as m from cal`.execute(ctx.db)
      assert.ok(Math.abs(row!.m - businessMinutesBetween(cal, a, b)) < 1e-6, `${a.toISOString()} ${b.toISOString()}: ${row!.m} ${businessMinutesBetween(cal, a, b)}`)
    }
  })
  await past(s, [{ at: '2026-03-05T01:00:00Z', visits: [{ node: 'repair', minutes: 0, who: of(s.zhaoxiu), from: '2026-03-05T01:00:00Z', to: '2026-03-05T03:00:00Z', pauses: [{ from: '2026-03-05T01:30:00Z', to: '2026-03-05T02:00:00Z', reason: '待件', by: null }] }] }])
  assert.equal((await get({ from: '2026-03-01', to: '2026-03-31' })).total.labourMinutes, 90)
})

test('AN-05 both tables go out as files that the office opens', async () => {
  const file = async (path: string, who = s.wuzong) => s.app.server.inject({ method: 'GET', url: `/api/insight/service/${path}`, headers: { authorization: `Bearer ${who.token}` } })
  const groups = await file(`file?${new URLSearchParams({ ...AUTUMN, by: 'station' })}`)
  assert.equal(groups.statusCode, 200, groups.body)
  assert.match(groups.body.split('\r\n')[0] ?? '', /服务站,请求,.*维修P50（分钟）.*单件成本/)
  assert.match(groups.body, /合计,100,/)
  const lines = (await file(`rows/file?${new URLSearchParams(AUTUMN)}`)).body.trim().split('\r\n')
  assert.equal(lines.length, 101)
  const kept = await s.app.person({ username: 'noexport', unitId: u.hq, roles: [{ code: 'looker', grants: { 'serviceRequest:rollup': ['all'], 'serviceRequest:read': ['all'] } }] })
  assert.equal((await file('rows/file', kept)).statusCode, 403)
})
