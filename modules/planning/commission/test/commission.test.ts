import assert from 'node:assert/strict'
import { test } from 'node:test'
import { create, storeNew, type Ctx } from '@quancheng/kernel'
import { testApp } from '@quancheng/kernel/testing'
import approvals from '@quancheng/approvals'
import contracts from '@quancheng/contracts'
import customers from '@quancheng/customers'
import org from '@quancheng/org'
import paper from '@quancheng/paper'
import { processModule } from '@quancheng/process'
import quotes from '@quancheng/quotes'
import sales from '@quancheng/sales'
import planning from '../../index.ts'

const app = await testApp({ modules: [org, processModule, approvals, customers, paper, sales, quotes, contracts, planning], clock: '2026-11-22T01:00:00Z', worker: true })
const make = (entity: string, values: Record<string, unknown>): Promise<string> => app.system(async (ctx: Ctx) => (await create(ctx, ctx.entities.get(entity), values)).id)
const group = await make('unit', { code: 'G', name: '集团', kind: 'group' }), north = await make('unit', { code: 'N', name: '华北板块', kind: 'block', parentId: group }), south = await make('unit', { code: 'S', name: '华南板块', kind: 'block', parentId: group })
const roles = Object.fromEntries((await app.system(ctx => ctx.query<{ id: string; code: string }>('select id, code from role where tenant_id = $1', [ctx.tenant.id]))).map(r => [r.code, r.id]))
const person = (username: string, unitId: string, role: string) => app.person({ username, name: username, unitId, roleIds: [roles[role]!] })
const sun = await person('sun', north, 'sales'), li = await person('li', north, 'sales'), lead = await person('lead', north, 'blockLead'), other = await person('other', south, 'blockLead'), market = await person('market', group, 'marketing')
const customer = await make('customer', { name: '澄湖能源', kind: 'company', unitId: north, ownerId: sun.userId })
const plan = await make('commissionPlan', { name: '标准提成', validFrom: '2026-01-01' })
await make('commissionTier', { planId: plan, from: '0', to: '100000', percent: '2' })
await make('commissionTier', { planId: plan, from: '100000', percent: '5' })
const contract = await make('contract', { title: '十五万的合同', customerId: customer, unitId: north, ownerId: sun.userId, amount: '150000' })
const receipt = (receivedOn: string, amount: string, more: Record<string, unknown> = {}) => make('receipt', { customerId: customer, contractId: contract, unitId: north, ownerId: sun.userId, receivedOn, amount, ...more })
const entries = () => app.system(ctx => ctx.query<{ period: string; user_id: string; amount: string }>('select period, user_id, amount::text as amount from commission_entry where tenant_id = $1 order by period, amount desc', [ctx.tenant.id]))
const run = (period: string) => market.post('/api/commission/run', { period })

test('SA-10 150k received → ¥4 500, split 60/40 → 2 700/1 800; run again it adds nothing; 50k refunded → −2 500, and nothing booked is touched', async () => {
  const wrong = await lead.call('PUT', `/api/contracts/${contract}/commission-shares`, { shares: [{ userId: sun.userId, percent: 60 }, { userId: li.userId, percent: 39 }] })
  assert.deepEqual([wrong.status, wrong.body.code], [400, 'COMMISSION_SHARES'])
  assert.equal((await lead.call('PUT', `/api/contracts/${contract}/commission-shares`, { shares: [{ userId: sun.userId, percent: 60 }, { userId: li.userId, percent: '40' }] })).status, 200)
  const paid = await receipt('2026-09-10', '150000')
  assert.deepEqual((await run('2026-09')).body, { period: '2026-09', entries: 2, amount: '4500.00' })
  assert.deepEqual((await entries()).map(e => [e.user_id, e.amount]), [[sun.userId, '2700.00'], [li.userId, '1800.00']])
  assert.deepEqual((await run('2026-09')).body, { period: '2026-09', entries: 0, amount: '0.00' })
  // what a refund writes: a receipt below zero that names the one it takes back
  await app.system(ctx => storeNew(ctx, ctx.entities.get('receipt'), { customerId: customer, contractId: contract, unitId: north, ownerId: sun.userId, receivedOn: '2026-10-08', amount: '-50000.00', method: 'transfer', reversesId: paid }))
  assert.deepEqual((await run('2026-10')).body, { period: '2026-10', entries: 2, amount: '-2500.00' })
  assert.deepEqual((await entries()).map(e => [e.period, e.amount]), [['2026-09', '2700.00'], ['2026-09', '1800.00'], ['2026-10', '-1500.00'], ['2026-10', '-1000.00']])
  const [first] = (await market.get('/api/commission-entries?limit=1')).body.items
  assert.equal((await market.patch(`/api/commission-entries/${first.id}`, { amount: '1' })).status >= 400, true)
})

test('SA-10 everybody sees their own statement, the lead the block\'s, another block nothing of it', async () => {
  const of = async (who: typeof sun) => (await who.get('/api/commission?year=2026')).body.cells.map((c: any) => [c.name, c.period, c.amount, c.entries])
  assert.deepEqual(await of(sun), [['sun', '2026-09', '2700.00', 1], ['sun', '2026-10', '-1500.00', 1]])
  assert.deepEqual((await of(lead)).length, 4)
  assert.deepEqual(await of(other), [])
  assert.equal((await sun.post('/api/commission/run', { period: '2026-09' })).status, 403)
})

test('SA-10 a month that is not over cannot be booked by hand; the first of the next one books it by itself', async () => {
  await receipt('2026-11-05', '10000')
  assert.equal((await run('2026-11')).body.code, 'COMMISSION_PERIOD')
  app.clock!.set('2026-11-30T16:00:00Z')
  await app.worker!.idle()
  assert.deepEqual((await entries()).filter(e => e.period === '2026-11').map(e => e.amount), ['300.00', '200.00'])
})

test('SA-10 what open deals may bring: amount × chance at the rates of the owner\'s plan', async () => {
  await app.system(ctx => ctx.query("insert into opportunity (tenant_id, id, version, created_at, updated_at, ext, number, name, customer_id, unit_id, owner_id, amount, close_on, stage, chance, outcome) values ($1, gen_random_uuid(), 1, now(), now(), '{}', 'SJ1', '大单', $2, $3, $4, 400000, '2026-12-31', 'quote', 50, 'open')", [ctx.tenant.id, customer, north, sun.userId]))
  const { expected } = (await sun.get('/api/commission')).body
  assert.deepEqual(expected.map((x: any) => [x.name, x.deals, x.weighted, x.commission]), [['sun', 1, '200000.00', '7000.00']])
})

test('SA-10 tiers that overlap or run backwards are refused at their field; a gap is told where commission is read, and nothing is booked until it is closed', async () => {
  const half = await make('commissionPlan', { name: '没写完', validFrom: '2026-01-01' })
  const tier = (body: object) => market.post('/api/commission-tiers', { planId: half, percent: '1', ...body }), field = async (body: object) => (await tier(body)).body.details?.fields?.[0]?.field
  assert.equal((await tier({ from: '0', to: '100' })).status, 201)
  assert.deepEqual([await field({ from: '50', to: '150' }), await field({ from: '0', to: '10' }), await field({ from: '300', to: '200' }), await field({ from: '200', to: '200' })], ['from', 'from', 'to', 'to'])
  const far = await tier({ from: '200' })
  assert.equal(far.status, 201)
  assert.equal(await field({ from: '100' }), 'to', 'without end it runs into the next one')
  assert.deepEqual([(await run('2026-10')).body.code, (await market.get('/api/commission')).body.wrong.map((w: any) => w.name)], ['COMMISSION_TIERS', ['没写完']])
  assert.deepEqual((await sun.get('/api/commission')).body.wrong, [], 'who earns is not troubled with it')
  assert.equal((await tier({ from: '100', to: '200' })).status, 201)
  assert.deepEqual((await market.get('/api/commission')).body.wrong, [])
  assert.equal((await market.post('/api/commission-plans', { name: '倒着', validFrom: '2026-05-01', validUntil: '2026-04-01' })).body.details.fields[0].field, 'validUntil')
})
