import assert from 'node:assert/strict'
import { test } from 'node:test'
import { storeMany } from '@quancheng/kernel'
import { market, ok } from './market.ts'

const m = await market()
const rows = async (sql: string, values: unknown[]): Promise<any[]> => (await m.app.owner.query(sql, values)).rows
const listOf = async (plural: string, filter: unknown): Promise<any[]> => ok(await m.market.get(`/api/${plural}?filter=${encodeURIComponent(JSON.stringify(filter))}&limit=200`)).items
const upload = (id: string, csv: string, mode: string, who = m.market) => {
  const form = new FormData()
  form.append('file', new Blob([csv], { type: 'text/csv' }), '名单.csv')
  return who.post(`/api/campaigns/${id}/list?mode=${mode}`, form)
}

test('MK-04 list of 1 000, 120 doubles, 30 bad → 850 leads of the campaign; each refused row is named with why', async () => {
  const id = await m.campaign({}, [{}])
  const phone = (n: number): string => `137${String(n).padStart(8, '0')}`
  // 50 are customers, 20 leads, 10 contacts already; 40 are in the list twice
  for (let i = 0; i < 50; i++) await m.customer({ phone: phone(i) })
  const company = await m.customer({ kind: 'company', name: '云河科技有限公司' })
  await m.app.system(async ctx => {
    await storeMany(ctx, ctx.entities.get('lead'), Array.from({ length: 20 }, (_, i) => ({ draft: { name: `旧线索${i}`, phone: phone(50 + i), state: 'new', source: 'web', unitId: m.units.hq } })))
    await storeMany(ctx, ctx.entities.get('contact'), Array.from({ length: 10 }, (_, i) => ({ draft: { customerId: company, name: `联系人${i}`, phone: phone(70 + i) } })))
  })
  const good = Array.from({ length: 850 }, (_, i) => `新客${i},${phone(1000 + i)},u${i}@example.com,杭州`)
  const doubles = [...Array.from({ length: 80 }, (_, i) => `重复${i},${phone(i)},,`), ...Array.from({ length: 20 }, (_, i) => `又一次${i},${phone(1000 + i)},,`), ...Array.from({ length: 20 }, (_, i) => `同邮箱${i},,U${100 + i}@example.com,`)]
  const bad = [...Array.from({ length: 10 }, () => ',13700099999,,'), ...Array.from({ length: 10 }, (_, i) => `短号${i},12,,`), ...Array.from({ length: 10 }, (_, i) => `没有联系方式${i},,,`)]
  const csv = ['姓名,手机,邮箱,城市', ...good, ...doubles, ...bad].join('\n')
  const trial = ok(await upload(id, csv, 'trial'))
  assert.deepEqual([trial.total, trial.created, trial.doubles, trial.bad, trial.committed], [1000, 850, 120, 30, false])
  assert.equal((await rows('select 1 from lead where campaign_id = $1', [id])).length, 0)
  const done = ok(await upload(id, csv, 'commit'))
  assert.deepEqual([done.created, done.doubles, done.bad, done.committed], [850, 120, 30, true])
  const [n] = await rows("select count(*)::int as n, count(*) filter (where source = 'list')::int as list from lead where campaign_id = $1", [id])
  assert.deepEqual([n.n, n.list], [850, 850])
  const said = (line: number): string => done.errors.find((e: any) => e.line === line)?.message
  assert.equal(new Set(done.errors.map((e: any) => e.line)).size, 150)
  assert.deepEqual([said(852), said(902), said(922), said(932), said(952)], ['客户里已有：已是客户', said(902), '联系人里已有：已是客户的联系人', '名单里已有：第 2 行', '名单里已有：第 102 行'])
  assert.match(said(902), /^线索里已有：XS/)
  assert.match(said(972), /必填/)
  // the same list once more brings nothing new
  assert.deepEqual([ok(await upload(id, csv, 'commit')).created], [0])
  assert.equal((await upload(id, '电话\n13700000001', 'commit')).body.code, 'LIST_COLUMNS')
  assert.equal((await upload(id, csv, 'commit', m.jia)).status, 403)
})

test('MK-06 cost 5 000, revenue 18 000 vs control 10 000 (scaled) → lift 8 000, ROI 60 %; AN-04 C1 → 42 leads → 6 orders 18 000, every figure opens its rows', async () => {
  const customers: string[] = []
  for (let i = 0; i < 60; i++) { const c = await m.customer(); await m.consents(c); customers.push(c) }
  const segmentId = await m.segment({ field: { id: { in: customers } } })
  const id = await m.campaign({ segmentId, controlPercent: 20 }, [{}], { code: 'C1' })
  await m.order(customers[0]!, '700', { orderedOn: '2026-11-22' })
  ok(await m.market.post(`/api/campaigns/${id}/start`))
  await m.settled()
  const held = (await rows('select customer_id from campaign_audience where campaign_id = $1 and held_out', [id])).map(r => r.customer_id), target = customers.filter(c => !held.includes(c))
  assert.deepEqual([target.length, held.length], [48, 12])
  for (const c of target.slice(0, 42)) {
    const [{ token }] = await rows('select token from campaign_member where campaign_id = $1 and customer_id = $2', [id, c])
    m.app.clock!.advance(1)
    ok(await m.app.anonymous.post(`/api/public/campaigns/${token}/answer`, { words: '要' }))
  }
  // nobody writes the campaign on these: they are counted for it when they are confirmed
  for (const c of target.slice(0, 6)) await m.order(c, '3000')
  // 12 people were held out and bought for 2 500: 48 would have for 10 000
  await m.order(held[0], '1600')
  await m.order(held[1], '900')
  await m.order(await m.customer(), '99999')
  for (const [kind, amount] of [['message', '1500'], ['print', '3500']]) ok(await m.market.post('/api/campaign-costs', { campaignId: id, spentOn: '2026-11-23', kind, amount }), 201)
  await m.settled()
  const f = await m.figures(id)
  assert.deepEqual([f.cost.value, f.revenue.value, f.controlRevenue.value, f.leads.value, f.orders.value], ['5000.00', '18000.00', '2500.00', '42', '6'])
  assert.deepEqual([f.roi.expected, f.roi.lift, f.roi.percent, f.roi.target, f.roi.control], ['10000.00', '8000.00', 60, 48, 12])
  for (const key of ['target', 'control', 'sent', 'opened', 'responded', 'leads', 'opportunities', 'orders', 'skipped', 'left']) assert.equal(String((await listOf(f[key].plural, f[key].filter)).length), f[key].value, key)
  const sum = (list: any[]): string => list.reduce((n, r) => n + Number(r.amount), 0).toFixed(2)
  assert.equal(sum(await listOf(f.cost.plural, f.cost.filter)), '5000.00')
  assert.equal(sum(await listOf(f.revenue.plural, f.revenue.filter)), '18000.00')
  const control = ok(await m.market.get(`/api/campaigns/${id}/control-orders`))
  assert.deepEqual([control.count, control.total, sum(control.rows)], [2, '2500.00', '2500.00'])
})

test('MK-03 budget 10k, 480 uses × 20 = 9 600; up to 500 go, use 501 → refused, also when two try the last one at once', async () => {
  const { id } = ok(await m.market.post('/api/promotions', { code: 'CX1', name: '换新减 20', unitId: m.units.hq, budget: '10000', perUse: '20', planned: 480, startsOn: '2026-11-01', endsOn: '2026-12-31' }), 201)
  const customerId = await m.customer()
  const use = (voucher?: string) => m.market.post(`/api/promotions/${id}/use`, { customerId, voucher })
  for (let i = 0; i < 480; i++) ok(await use(`V${i}`), 201)
  const now = async (): Promise<any> => ok(await m.market.get(`/api/promotions/${id}`))
  assert.deepEqual([(await now()).uses, (await now()).spent], [480, '9600.00'])
  assert.equal((await use('V3')).body.code, 'PROMOTION_VOUCHER')
  for (let i = 0; i < 19; i++) ok(await use(), 201)
  const both = await Promise.all([use(), use()])
  assert.deepEqual(both.map(r => r.status).toSorted(), [201, 409])
  const no = await use()
  assert.deepEqual([no.status, no.body.code, (await now()).spent], [409, 'PROMOTION_OVER', '10000.00'])
  // settlement and dispute
  const [first, second] = await rows("select id from promotion_use where promotion_id = $1 and voucher in ('V0', 'V1') order by voucher", [id])
  for (const u of [first, second]) ok(await m.market.post(`/api/promotion-uses/${u.id}/judge`, { to: 'disputed', reason: '客户说没有用过' }))
  assert.deepEqual(ok(await m.market.post(`/api/promotions/${id}/settle`)), { count: 498, amount: '9960.00' })
  ok(await m.market.post(`/api/promotion-uses/${first.id}/judge`, { to: 'rejected', reason: '查实重复' }))
  ok(await m.market.post(`/api/promotion-uses/${second.id}/judge`, { to: 'used', reason: '有签字' }))
  assert.deepEqual(ok(await m.market.post(`/api/promotions/${id}/settle`)), { count: 1, amount: '20.00' })
  assert.deepEqual([(await now()).uses, (await now()).spent, (await now()).settled], [499, '9980.00', '9980.00'])
  ok(await use(), 201)
  assert.equal((await m.market.post(`/api/promotion-uses/${first.id}/judge`, { to: 'disputed', reason: '又来' })).body.code, 'PROMOTION_STATE')
  for (const [startsOn, endsOn] of [['2026-11-24', '2026-12-31'], ['2026-10-01', '2026-11-22']]) {
    const late = ok(await m.market.post('/api/promotions', { code: `CX${startsOn}`, name: '别的日子', unitId: m.units.hq, budget: '100', perUse: '20', startsOn, endsOn }), 201)
    assert.equal((await m.market.post(`/api/promotions/${late.id}/use`, { customerId })).body.code, 'PROMOTION_DAYS')
  }
  assert.equal((await m.jia.post(`/api/promotions/${id}/use`, { customerId })).status, 403)
})
