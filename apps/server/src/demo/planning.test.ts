import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setupTenant } from '@quancheng/kernel'
import { callerOf, testApp } from '@quancheng/kernel/testing'
import { modules } from '../modules.ts'
import { createDemoTenants, DEMO_PASSWORD, loadDemo } from './index.ts'
import { storePlanning } from './planning.ts'
import { storeSales } from './sales.ts'
import { storeUsage } from './sales-usage.ts'

const app = await testApp({ modules, clock: '2026-11-22T07:00:00Z' })
for (const id of await createDemoTenants(app.owner)) await setupTenant(app.runtime, id)
await loadDemo(app.runtime, { parts: [storeSales, storeUsage, storePlanning] })
async function as(username: string): Promise<(path: string) => Promise<any>> {
  const r = await app.server.inject({ method: 'POST', url: '/api/session', payload: { username: `${username}@hengchuan`, password: DEMO_PASSWORD } })
  assert.equal(r.statusCode, 200, r.body)
  const who = callerOf(app, r.json().user.id, r.cookies.find(c => c.name === 'qc_session')!.value)
  return async path => { const answer = await who.get(path); assert.equal(answer.status, 200, `${path}: ${JSON.stringify(answer.body).slice(0, 200)}`); return answer.body }
}

test('no page of planning is empty: budgets, claims that wait and one that is over, what the money brought, scores, commission, SWOT in two versions, prices as lines', async () => {
  const lead = await as('taomin'), rep = await as('luoqi'), director = await as('zhengzong'), board = await as('dongli')
  const money = await lead('/api/expenses')
  assert.ok(money.budgets.length >= 4 && money.returns.length >= 3, JSON.stringify([money.budgets.length, money.returns.length]))
  assert.ok(money.budgets.some((b: any) => b.left.startsWith('-')), 'one budget is used up')
  assert.ok(money.returns.some((r: any) => r.kind === 'campaign' && r.roi > 0) && money.returns.some((r: any) => r.kind === 'deal'))
  const waits = async (get: typeof lead): Promise<string[]> => (await get('/api/tasks?box=mine')).items.filter((t: any) => t.entity === 'marketingExpense').map((t: any) => t.name)
  assert.deepEqual([(await waits(lead)).length, await waits(director)], [1, ['总监']])
  const scores = await board('/api/evaluation')
  assert.ok(scores.results.length >= 13 && scores.wrong.length === 0, `${scores.results.length}`)
  const [mine] = (await rep('/api/evaluation')).results
  assert.ok(mine.lines.filter((l: any) => l.value !== null).length >= 4, JSON.stringify(mine.lines))
  const commission = await rep('/api/commission')
  assert.equal(commission.cells.length, 2, 'two months are booked')
  assert.ok(Number(commission.expected[0].commission) > 0 && commission.wrong.length === 0)
  const swot = await lead(`/api/units/${(await lead('/api/session')).user.unitId}/swot`)
  assert.deepEqual([swot.versions.length, swot.changes.length > 0], [2, true])
  assert.ok((await board('/api/market-intel')).lines.filter((l: any) => l.points.length >= 4).length >= 8)
  assert.equal((await board('/api/competitor-moves')).items.length, 8)
  assert.ok((await lead('/api/forecast')).rows.every((r: any) => r.plan !== null), 'everybody has a plan for this month')
})
