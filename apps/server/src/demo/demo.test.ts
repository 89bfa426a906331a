import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setupTenant, verifyAudit, type Ctx } from '@quancheng/kernel'
import { callerOf, testApp, type TestApp } from '@quancheng/kernel/testing'
import { STANDARD_ROLES } from '@quancheng/org'
import { modules } from '../modules.ts'
import { storeApprovals } from './approvals.ts'
import { createDemoTenants, DEMO_PASSWORD, DEMO_SIGN_INS, loadDemo, type DemoWorld } from './index.ts'
import { inventCustomers } from './invent.ts'
import { HENGCHUAN } from './plans.ts'
import { randomOf } from './random.ts'

const NOW = '2026-11-22T01:00:00Z'
const app: TestApp = await testApp({ modules, clock: NOW })
const [main, other] = await createDemoTenants(app.owner) as [string, string]
for (const id of [main, other]) await setupTenant(app.runtime, id)
const worlds = await loadDemo(app.runtime, { parts: [storeApprovals] })
const world = worlds[0]!
const inMain = <T>(run: (ctx: Ctx) => Promise<T>): Promise<T> => app.system(run, main)

async function signIn(username: string, tenant = 'hengchuan') {
  const r = await app.server.inject({ method: 'POST', url: '/api/session', payload: { username: username.includes('@') ? username : `${username}@${tenant}`, password: DEMO_PASSWORD } })
  assert.equal(r.statusCode, 200, `${username}: ${r.body}`)
  const cookie = r.cookies.find(c => c.name === 'qc_session')!.value
  const caller = callerOf(app, r.json().user.id, cookie)
  return { ...caller, roles: r.json().roles as string[], unitName: r.json().user.unitName as string }
}

test('the demo company is there: three stations and three blocks that sell, some sixty people, twelve hundred customers, fifteen hundred devices', () => {
  assert.equal(worlds.length, 2)
  assert.deepEqual(Object.keys(world.units).toSorted(), ['BKC', 'BKE', 'BKG', 'EAST', 'GZ05', 'HC', 'HOTLINE', 'HQ', 'HZ01', 'NB02', 'SOUTH'])
  assert.ok(world.people.length >= 58 && world.people.length <= 70, String(world.people.length))
  assert.ok(world.customers.length > 1150 && world.customers.length < 1250, String(world.customers.length))
  assert.ok(world.devices.length > 1400 && world.devices.length < 1650, String(world.devices.length))
  assert.equal(Object.values(world.lines).flatMap(l => l.products).length, 30)
  assert.deepEqual(Object.values(world.lines).map(l => [l.code, l.processKey]), [['NB', 'repair'], ['PHONE', 'repair'], ['PAD', 'repair'], ['PRINTER', 'repair'], ['PARTS', 'parts-sale']])
})

test('every demo sign-in works with the one password, and opens the post it names', async () => {
  for (const s of DEMO_SIGN_INS) {
    const who = await signIn(s.username)
    assert.equal(who.roles.length, 1, s.username)
  }
  const lijie = await signIn('lijie')
  assert.deepEqual([lijie.roles, lijie.unitName], [['receptionist'], '杭州一站'])
  for (const station of ['HZ01', 'NB02', 'GZ05']) {
    const posts = new Set(world.people.filter(p => p.unitCode === station).map(p => p.post))
    assert.deepEqual([...posts].toSorted(), ['engineer', 'inspector', 'qc', 'receptionist', 'stationManager', 'storekeeper'], station)
  }
  assert.equal(new Set(world.people.map(p => p.username)).size, world.people.length)
})

test('CU-01 SP-11 张三 is found by phone, serial number, name and pinyin; a company by its initials', async () => {
  const zuoxi = await signIn('zuoxi')
  for (const q of ['13800000001', 'zhangsan', '张三']) {
    const hits = (await zuoxi.get(`/api/search?q=${encodeURIComponent(q)}`)).body.items as Array<{ entity: string; title: string }>
    assert.ok(hits.some(h => h.entity === 'customer' && h.title === '张三'), q)
  }
  const device = (await zuoxi.get('/api/devices?q=PF1ABCD')).body.items
  assert.deepEqual(device.map((d: { model: string; $labels: { customerId: string } }) => [d.model, d.$labels.customerId]), [['笔记本 X1', '张三']])
  assert.equal((await zuoxi.get('/api/customers?q=13800000001')).body.items[0].phone, '138****0001')
  for (const q of ['chnyjt', '湖能', '澄湖能源']) {
    assert.ok((await zuoxi.get(`/api/customers?q=${encodeURIComponent(q)}`)).body.items.some((c: { name: string }) => c.name === '澄湖能源集团'), q)
  }
})

test('KB-08 the page of a customer has twenty tabs with counts: its own, with companies below it, preferences and consent, touchpoints and care, what it was told and wants to be told, its bookings, contracts, complaints and feedback, and what was spent on it', async () => {
  const owner = world.customers.find(c => c.kind === 'group')!
  const tabs = (await (await signIn('lijie')).get(`/api/customers/${owner.id}/related`)).body
  const counts = Object.fromEntries((tabs.items ?? tabs).map((t: { entity: string; count: number }) => [t.entity, t.count]))
  assert.deepEqual(Object.keys(counts).toSorted(), ['$attachments', '$comments', '$history', 'booking', 'careAct', 'complaint', 'consent', 'contact', 'contactAttempt', 'customer', 'customerNotice', 'device', 'feedback', 'marketingExpense', 'noticeChoice', 'preference', 'serviceContract', 'serviceRequest', 'touchEvent', 'warrantyCard'])
  assert.equal(counts.device, world.devices.filter(d => d.customerId === owner.id).length)
})

test('SP-16 no standard role grants a right that the program does not know, and the administrator has them all', async () => {
  const admin = await signIn('admin')
  const known = new Set<string>((await admin.get('/api/permissions')).body.items.map((p: { code: string }) => p.code))
  assert.deepEqual(STANDARD_ROLES.flatMap(role => Object.keys(role.grants).filter(code => !known.has(code)).map(code => `${role.code}: ${code}`)), [])
  const held = (await admin.get('/api/session')).body.permissions
  for (const code of known) assert.deepEqual(held[code], ['all'], code)
})

test('SP-19 the region sees the customers of its two stations, head office those of all, and the other company sees none', async () => {
  const count = async (username: string): Promise<number> => (await (await signIn(username)).get('/api/customers/aggregate?group=kind&measure=count')).body.rows.reduce((n: number, r: { count: number }) => n + r.count, 0)
  const at = (...stations: string[]): number => world.customers.filter(c => stations.includes(c.station)).length
  assert.equal(await count('sunqu'), at('HZ01', 'NB02'))
  assert.equal(await count('wuzong'), world.customers.length)
  assert.equal(await count('wangjian'), at('HZ01'))
  const elsewhere = await signIn('admin@huaxia')
  assert.equal((await elsewhere.get('/api/customers?q=13800000001')).body.items[0].name, '李四')
  assert.equal((await elsewhere.get(`/api/customers/${world.customers[0]!.id}`)).status, 404)
})

test('SP-23 the chain of every record holds, and each customer was registered by a clerk of the station on a workday', async () => {
  const checked = await inMain(ctx => verifyAudit(ctx))
  assert.deepEqual(checked.broken, [])
  assert.ok(checked.rows > 4000, String(checked.rows))
  const rows = await inMain(ctx => ctx.query<{ n: number; strangers: number; days: number; future: number }>(
    `select count(*)::int as n, count(*) filter (where u.unit_id is distinct from c.unit_id)::int as strangers, count(distinct c.created_at::date)::int as days, count(*) filter (where c.created_at >= $2)::int as future
     from customer c left join "user" u on u.tenant_id = c.tenant_id and u.id = c.created_by where c.tenant_id = $1`, [ctx.tenant.id, new Date(NOW)]))
  assert.deepEqual([rows[0]!.n, rows[0]!.strangers, rows[0]!.future], [world.customers.length, 0, 0])
  assert.ok(rows[0]!.days > 300, 'spread over the years')
  const odd = await inMain(ctx => ctx.query<{ what: string; n: number }>(`
    select 'device before its customer' as what, count(*)::int as n from device d join customer c on c.tenant_id = d.tenant_id and c.id = d.customer_id where d.tenant_id = $1 and d.created_at < c.created_at
    union all select 'bought after it came', count(*)::int from device d where d.tenant_id = $1 and d.purchased_on > d.created_at::date
    union all select 'card ends before it begins', count(*)::int from warranty_card w where w.tenant_id = $1 and w.valid_until < w.valid_from
    union all select 'no search row', count(*)::int from customer c where c.tenant_id = $1 and not exists (select 1 from search_doc s where s.tenant_id = c.tenant_id and s.entity = 'customer' and s.record_id = c.id)`, [ctx.tenant.id]))
  for (const r of odd) assert.equal(r.n, 0, r.what)
})

test('loading it again does nothing; the same seed and day give the same company, another seed another one', async () => {
  assert.deepEqual(await loadDemo(app.runtime), [])
  const today = new Date('2026-11-21T16:00:00Z')
  const invent = (seed: number) => JSON.stringify(inventCustomers(HENGCHUAN, randomOf(seed, 'hengchuan/customers'), today, day => new Date(`${day}T00:00Z`).getUTCDay() % 6 !== 0))
  assert.equal(invent(7), invent(7))
  assert.notEqual(invent(7), invent(8))
})

test('a part that fails takes the whole company with it: half a demo is never left behind', async () => {
  const fresh = await testApp({ modules, clock: NOW })
  for (const id of await createDemoTenants(fresh.owner)) await setupTenant(fresh.runtime, id)
  const failing = (_ctx: Ctx, w: DemoWorld): Promise<void> => (w.plan.code === 'huaxia' ? Promise.reject(new Error('no requests today')) : Promise.resolve())
  await assert.rejects(loadDemo(fresh.runtime, { parts: [failing] }), /no requests today/)
  const { rows } = await fresh.owner.query('select t.code, count(c.id)::int as n from tenant t left join customer c on c.tenant_id = t.id group by t.code order by t.code')
  assert.deepEqual(rows.filter(r => r.code !== 'main').map(r => [r.code, r.n > 0]), [['hengchuan', true], ['huaxia', false]])
  const again = await loadDemo(fresh.runtime)
  assert.deepEqual(again.map(w => w.plan.code), ['huaxia'])
})

test('a dozen approvals are under way or over, the stages of their forms agree, and the history of one reads as it was lived', async () => {
  const cases = await inMain(ctx => ctx.query<{ state: string; end_name: string | null; n: number }>('select state, end_name, count(*)::int as n from process_instance where tenant_id = $1 and started_by is not null group by 1, 2 order by 1, 2', [main]))
  assert.deepEqual(cases.map(c => `${c.state} ${c.end_name ?? ''} ${c.n}`), ['active  6', 'completed 已同意 6', 'completed 已驳回 2'])
  const zhouzhan = await signIn('zhouzhan')
  assert.ok((await zhouzhan.get('/api/tasks')).body.items.some((t: { kind: string }) => t.kind === 'vote'))
  const lijie = await signIn('lijie')
  const mine = (await lijie.get('/api/cases?box=started')).body.items
  assert.deepEqual(mine.map((c: { process: string; stage: string; waitsFor: string | null }) => [c.process, c.stage, c.waitsFor]), [['请假', '部门经理', '周站'], ['费用报销', '总监', '陈敏'], ['请假', '已同意', null]])
})
