import assert from 'node:assert/strict'
import { test } from 'node:test'
import { house, ok } from '../../test/house.ts'

const h = await house()
const claim = async (amount: string, who = h.sun, more: object = {}) => {
  const row = ok(await who.post('/api/marketing-expenses', { title: '展会', category: 'campaign', spentOn: '2026-11-20', amount, ...more }), 201)
  return { id: row.id as string, send: () => who.post('/api/cases', { key: 'marketing-expense', entity: 'marketingExpense', recordId: row.id }) }
}
const approve = async (who: typeof h.sun, caseId: string, outcome = 'approve') => {
  const task = ok(await who.get('/api/tasks?box=mine')).items.find((t: any) => t.instanceId === caseId)
  assert.ok(task, 'a task for them')
  ok(await who.post(`/api/tasks/${task.id}/complete`, { outcome, ...(outcome === 'reject' ? { comment: '不合适' } : {}) }))
}
const row = async (id: string) => ok(await h.lead.get(`/api/marketing-expenses/${id}`))

test('SA-11 budget 20 000, claimed 19 000, new 2 000 → over-budget approval, with by how much', async () => {
  ok(await h.market.post('/api/budgets', { unitId: h.north, period: '2026', category: 'campaign', amount: '20000' }), 201)
  const first = await claim('19000'), c1 = ok(await first.send(), 201).caseId
  assert.equal((await row(first.id)).overBy, null)
  await approve(h.lead, c1)
  assert.equal((await row(first.id)).stage, 'approved', 'within the budget the manager is enough')
  const second = await claim('2000'), c2 = ok(await second.send(), 201).caseId
  assert.equal((await row(second.id)).overBy, '1000.00')
  await approve(h.lead, c2)
  assert.equal((await row(second.id)).stage, 'director')
  await approve(h.director, c2)
  assert.equal((await row(second.id)).stage, 'approved')
  const [bar] = ok(await h.lead.get('/api/expenses?year=2026')).budgets
  assert.deepEqual([bar.amount, bar.claimed, bar.approved, bar.left, bar.claims], ['20000.00', '21000.00', '21000.00', '-1000.00', 2])
  const third = await claim('300')
  ok(await third.send(), 201)
  assert.equal((await row(third.id)).overBy, '300.00', 'only its own part is over, not that of the one before')
  assert.equal((await row(second.id)).$labels.budgetId, '2026 N 华北板块 活动')
})

test('SA-11 two claims at once on what is left for one: exactly one goes over; a refused one gives its money back', async () => {
  ok(await h.market.post('/api/budgets', { unitId: h.north, period: '2026-11', category: 'gift', amount: '3000' }), 201)
  const two = await Promise.all([claim('2000', h.sun, { category: 'gift' }), claim('2000', h.li, { category: 'gift' })])
  const sent = await Promise.all(two.map(c => c.send()))
  const over = await Promise.all(two.map(async c => (await row(c.id)).overBy))
  assert.deepEqual(over.toSorted(), ['1000.00', null].toSorted())
  await approve(h.lead, ok(sent[over.indexOf(null)]!, 201).caseId, 'reject')
  const third = await claim('1000', h.sun, { category: 'gift' })
  await third.send()
  assert.equal((await row(third.id)).overBy, null)
})

test('SA-11 without a budget all of it is over; a budget of the unit above counts where the unit has none', async () => {
  const free = await claim('500', h.sun, { category: 'travel' })
  await free.send()
  assert.equal((await row(free.id)).overBy, '500.00')
  ok(await h.market.post('/api/budgets', { unitId: h.group, period: '2026-Q4', category: 'advert', amount: '800' }), 201)
  const above = await claim('900', h.sun, { category: 'advert' })
  await above.send()
  assert.equal((await row(above.id)).overBy, '100.00')
})

test('SA-11 what an expense brought: the won deals of its campaign, and of the deal itself', async () => {
  const campaign = await h.make('campaign', { code: 'C1', name: '秋季展会', unitId: h.north }), deal = await h.deal({ amount: '18000', campaign_id: campaign, outcome: 'won', stage: 'won', closed_at: new Date('2026-11-21T00:00:00Z') })
  ok(await h.market.post('/api/budgets', { unitId: h.north, period: '2026', category: 'other', amount: '90000' }), 201)
  const spent = await claim('5000', h.sun, { category: 'other', campaignId: campaign, opportunityId: deal })
  await approve(h.lead, ok(await spent.send(), 201).caseId)
  const { returns } = ok(await h.lead.get('/api/expenses?year=2026'))
  assert.deepEqual(returns.map((r: any) => [r.kind, r.cost, r.revenue, r.won, r.roi]), [['campaign', '5000.00', '18000.00', 1, 260], ['deal', '5000.00', '18000.00', 1, 260]])
  assert.deepEqual(ok(await h.other.get('/api/expenses?year=2026')), { year: 2026, budgets: [], returns: [] })
})

test('SA-11 a day that cannot be meant, and no amount, are refused at their fields', async () => {
  const field = async (more: object) => (await h.sun.post('/api/marketing-expenses', { title: '展会', category: 'campaign', spentOn: '2026-11-20', amount: '10', ...more })).body.details?.fields?.[0]?.field
  assert.deepEqual([await field({ spentOn: '2099-01-01' }), await field({ spentOn: '2020-01-01' }), await field({ amount: '0' }), await field({ amount: '-5' }), await field({ amount: '1.234' }), await field({ title: '' }), await field({ spentOn: '2027-03-01' })], ['spentOn', 'spentOn', 'amount', 'amount', 'amount', 'title', undefined])
})
