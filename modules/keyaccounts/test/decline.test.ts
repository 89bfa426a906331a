import assert from 'node:assert/strict'
import { test } from 'node:test'
import { world } from './fixture.ts'

const w = await world()
const owner = await w.person('fuze', '客户负责人', 'blockLead', w.units.js)
const manager = await w.person('fuwu', '服务经理', 'stationManager', w.units.hq)
const account = await w.customer({ name: '下滑客户', unitId: w.units.js, ownerId: owner.userId }), steady = await w.customer({ name: '平稳客户', unitId: w.units.js, ownerId: owner.userId })
await w.orders([['2026-07', 100], ['2026-08', 102], ['2026-09', 98], ['2026-10', 79]].flatMap(([month, amount]) => [{ customerId: account, amount: Number(amount), on: `${month}-10` }, { customerId: steady, amount: month === '2026-10' ? 85 : 100, on: `${month}-12` }]))
for (const id of [account, steady]) assert.equal((await w.admin.post(`/api/customers/${id}/join-programme`)).status, 201)

const declines = async () => (await w.admin.get('/api/declines')).body.items as Array<{ id: string; customerId: string; month: string; base: string; volume: string; change: string; stage: string; ownerId: string | null; endedAt: string | null }>
const move = (id: string, to: string, fields: Record<string, unknown>, who = owner) => who.post(`/api/declines/${id}/move`, { to, fields })

test('SA-17 100, 102, 98, then 79 is −21 % of the own base and beyond −15 %: one case and one alarm, however often it is looked for; −15 % itself is none', async () => {
  assert.deepEqual((await w.admin.post('/api/key-accounts/declines/check', { month: '2026-10' })).body, { found: 1 })
  assert.deepEqual((await w.admin.post('/api/key-accounts/declines/check', { month: '2026-10' })).body, { found: 0 })
  const rows = await declines()
  assert.equal(rows.length, 1)
  assert.deepEqual([rows[0]!.customerId, rows[0]!.base, rows[0]!.volume, rows[0]!.change, rows[0]!.stage, rows[0]!.ownerId], [account, '100.00', '79.00', '-21.0', 'handle', owner.userId])
  assert.equal((await w.app.owner.query("select 1 from alarm where entity = 'decline'")).rowCount, 1)
})

test('SA-17 it is not closed without a cause (409); 服务 is the service manager’s task, and then it closes', async () => {
  const [d] = await declines(), id = d!.id
  const no = await move(id, '关闭', {})
  assert.deepEqual([no.status, no.body.code], [409, 'ACTIVITY_UNFINISHED'], JSON.stringify(no.body))
  assert.deepEqual(no.body.details.missing, ['原因类别', '原因说明'])
  const yes = await move(id, '服务经理处理', { cause: 'service', causeWords: '送修两次没有修好' })
  assert.equal(yes.status, 200, JSON.stringify(yes.body))
  assert.equal((await declines())[0]!.stage, 'service')
  const open = (await manager.get(`/api/cases/decline/${id}`)).body.steps.find((s: { nodeId: string; state: string }) => s.nodeId === 'service')
  assert.ok(open, 'the service manager sees it')
  const done = await move(id, '关闭', { result: '派专人上门，免费复修' }, manager)
  assert.equal(done.status, 200, JSON.stringify(done.body))
  assert.deepEqual((await declines()).map(r => [r.stage, r.endedAt !== null]), [['closed', true]])
})

test('SA-17 the numbers are those of the level: 25 % is none for −21 %', async () => {
  const level = (await w.admin.get(`/api/customers/${account}`)).body.level
  const pack = (await w.admin.get(`/api/tier-packages?filter=${encodeURIComponent(JSON.stringify({ level }))}`)).body.items[0]
  assert.equal((await w.admin.patch(`/api/tier-packages/${pack.id}`, { declinePercent: '10', basePeriods: 2 })).status, 200)
  assert.deepEqual((await w.admin.post('/api/key-accounts/declines/check', { month: '2026-10' })).body, { found: 1 }, '85 of 100 is more than 10 % down')
})

test('SA-17 every other cause goes to the department that owns it too: 报价 to marketing, 内部员工不满 to the head of the block, 其他 to head office; none closes at once', async () => {
  const people = { price: await w.person('yingxiao', '营销', 'marketing', w.units.hq), staff: await w.person('bankuai', '板块负责人', 'blockLead', w.units.js), other: await w.person('benbu', '本部', 'hq', w.units.hq) }
  const names = { price: '市场营销部处理', staff: '板块负责人处理', other: '本部处理' }
  const [first] = (await declines()).filter(r => r.customerId === steady)
  let id = first!.id
  for (const cause of ['price', 'staff', 'other'] as const) {
    if (cause !== 'price') {
      // the same decline again, as the next month brings it
      const customerId = await w.customer({ name: `下滑 ${cause}`, unitId: w.units.js, ownerId: owner.userId })
      await w.orders([['2026-08', 100], ['2026-09', 100], ['2026-10', 40]].map(([month, amount]) => ({ customerId, amount: Number(amount), on: `${month}-10` })))
      assert.equal((await w.admin.post(`/api/customers/${customerId}/join-programme`)).status, 201)
      assert.deepEqual((await w.admin.post('/api/key-accounts/declines/check', { month: '2026-10' })).body, { found: 1 })
      id = (await declines()).find(r => r.customerId === customerId)!.id
    }
    const past = await move(id, '关闭', { cause, causeWords: '已经问清楚' })
    assert.equal(past.status, 409, `${cause}: nobody closes it past the department`)
    const r = await move(id, names[cause], { cause, causeWords: '已经问清楚' })
    assert.equal(r.status, 200, JSON.stringify(r.body))
    assert.equal((await declines()).find(d => d.id === id)!.stage, cause)
    const mine = (await people[cause].get('/api/tasks?box=pool')).body.items as Array<{ recordId?: string }>
    assert.ok(mine.some(t => t.recordId === id), `${cause}: in the pool of the department`)
    const empty = await move(id, '关闭', {}, people[cause])
    assert.deepEqual([empty.status, empty.body.details.missing], [409, ['处理结果']])
    assert.equal((await move(id, '关闭', { result: '谈妥了' }, people[cause])).status, 200)
  }
  const left = (await declines()).filter(d => d.stage !== 'closed')
  assert.deepEqual(left, [])
})

test('SA-17 on the 1st at five the month before is looked at by itself', async () => {
  await w.orders([{ customerId: account, amount: 20, on: '2026-11-05' }])
  w.at('2026-12-01 05:00')
  await w.idle()
  assert.ok((await declines()).some(r => r.month === '2026-11' && r.customerId === account))
})
