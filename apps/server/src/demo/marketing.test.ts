import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setupTenant } from '@quancheng/kernel'
import { callerOf, testApp } from '@quancheng/kernel/testing'
import { modules } from '../modules.ts'
import { createDemoTenants, DEMO_PASSWORD, loadDemo } from './index.ts'
import { storeMarketing } from './marketing.ts'
import { storeSales } from './sales.ts'

/* the figures are asked for by their keys */
/* oxlint-disable typescript/no-explicit-any */
const app = await testApp({ modules, clock: '2026-11-22T07:00:00Z' })
const ids = await createDemoTenants(app.owner)
for (const id of ids) await setupTenant(app.runtime, id)
await loadDemo(app.runtime, { parts: [storeSales, storeMarketing] })

test('no page of marketing is empty, and the figures of the campaign that is over are those of its rows', async () => {
  const signed = await app.server.inject({ method: 'POST', url: '/api/session', payload: { username: 'meilan@hengchuan', password: DEMO_PASSWORD } })
  const meilan = callerOf(app, signed.json().user.id, signed.cookies.find(c => c.name === 'qc_session')!.value)
  const count = async (plural: string, filter: unknown = {}): Promise<number> => (await meilan.get(`/api/${plural}?count=1&limit=1&filter=${encodeURIComponent(JSON.stringify(filter))}`)).body.total
  for (const plural of ['segments', 'campaigns', 'promotions', 'promotion-uses', 'campaign-replies', 'campaign-lists', 'campaign-prices', 'campaign-costs', 'cross-sells', 'consents']) assert.ok(await count(plural) > 0, plural)
  for (const [code, state] of [['LSXD', 'ended'], ['YJHX', 'running']] as const) {
    const [c] = (await meilan.get(`/api/campaigns?filter=${encodeURIComponent(JSON.stringify({ code }))}`)).body.items
    const { funnel, money, roi } = (await meilan.get(`/api/campaigns/${c.id}/figures`)).body, f = Object.fromEntries([...funnel, ...money].map((x: any) => [x.key, x]))
    assert.equal(c.state, state)
    for (const x of funnel) assert.equal(await count(x.plural, x.filter), Number(x.value), `${code} ${x.key}`)
    for (const key of ['target', 'sent', 'delivered', 'opened', 'responded', 'leads', 'control', 'skipped', 'left']) assert.ok(Number(f[key].value) > 0, `${code} ${key}`)
    assert.equal(Number(f.target.value), roi.target)
    if (state === 'ended') assert.ok(roi.percent > 0 && roi.percent < 2000 && Number(f.orders.value) > 10, JSON.stringify({ roi, orders: f.orders.value, revenue: f.revenue.value, cost: f.cost.value, control: f.controlRevenue.value }))
  }
  // the two that ask for repairs have nobody here: this company repairs nothing
  for (const s of (await meilan.get('/api/segments?limit=50')).body.items.filter((x: any) => !JSON.stringify(x.rule).includes('repair'))) assert.ok((await meilan.get(`/api/segments/${s.id}/customers`)).body.count > 0, s.name)
  for (const p of (await meilan.get('/api/promotions')).body.items) assert.equal(Number(p.spent), await count('promotion-uses', { promotionId: p.id }) * Number(p.perUse))
})
