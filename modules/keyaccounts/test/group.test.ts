import assert from 'node:assert/strict'
import { test } from 'node:test'
import { create, storeMany, storeNew, type Ctx } from '@quancheng/kernel'
import { world } from './fixture.ts'

const w = await world()
const boss = await w.person('zongbu', '总部负责人', 'marketing', w.units.hq)
const reps = await Promise.all(['js', 'zj', 'js2'].map((n, i) => w.person(`rep${n}`, `代表${i}`, 'sales', i === 1 ? w.units.zj : w.units.js)))
const [rep, ...others] = reps as [typeof boss, typeof boss, typeof boss]
const group = await w.customer({ name: '华能集团', kind: 'group', ownerId: boss.userId })
const province = await w.customer({ name: '华能江苏', parentId: group, unitId: w.units.js, ownerId: rep.userId })

/** 50 branch agreements, 1 000 km at ¥0.75 each but for the last, whose volume makes 48 212. */
const contracts: string[] = []
await w.app.system(async (ctx: Ctx) => {
  for (let i = 0; i < 50; i++) {
    const customerId = (await create(ctx, ctx.entities.get('customer'), { name: `华能分公司${i}`, kind: 'company', unitId: w.units.js, parentId: i % 2 ? province : group, ownerId: rep.userId })).id
    const volume = i < 49 ? 964 : 48_212 - 49 * 964
    contracts.push((await storeNew(ctx, ctx.entities.get('contract'), { title: `分支协议${i}`, kind: 'branch', customerId, unitId: w.units.js, ownerId: rep.userId, state: 'active', amount: (volume * 0.75).toFixed(2), volume: String(volume), volumeUnit: '千公里', validFrom: '2026-01-01', validUntil: '2026-12-31' })).id as string)
  }
})
const page = async (who = boss) => { const r = await who.get(`/api/key-accounts/${group}`); assert.equal(r.status, 200, JSON.stringify(r.body)); return r.body }
let lineId = ''
await w.app.system(async ctx => {
  await storeMany(ctx, ctx.entities.get('contractLine'), [{ draft: { contractId: contracts[0]!, position: 1, item: '杭州–西安', unit: '千公里', quantity: '964', unitPrice: '0.75', amount: '723.00' } }])
  lineId = (await ctx.query<{ id: string }>('select id from contract_line limit 1'))[0]!.id
})

test('SA-14 50 branch agreements below 华能 add up to a 潜在总协议 of 48 212, with the average price a unit by branch', async () => {
  const { agreements } = await page()
  assert.equal(agreements.virtual, true)
  assert.equal(agreements.branches.length, 50)
  assert.deepEqual(agreements.sums, [{ volumeUnit: '千公里', count: 50, volume: '48212', amount: '36159.00', unitPrice: '0.7500' }])
  assert.ok(agreements.branches.every((b: { unitPrice: string }) => b.unitPrice === '0.7500'))
})

test('SA-15 a rep of the 江苏 branch changes a price → 403 须总部; the request reaches head office with what it does to the group, and changes the price when it is accepted', async () => {
  const no = await rep.patch(`/api/contract-lines/${lineId}`, { unitPrice: '0.60' })
  assert.deepEqual([no.status, no.body.code], [403, 'PRICE_HQ'], JSON.stringify(no.body))
  assert.match(no.body.message, /须总部/)
  const asked = await rep.post(`/api/contract-lines/${lineId}/ask-price`, { toPrice: '0.60', reason: '当地对手报 0.58' })
  assert.equal(asked.status, 201, JSON.stringify(asked.body))
  assert.deepEqual([asked.body.amountBefore, asked.body.amountAfter], ['723.00', '578.40'])
  const todo = (await boss.get('/api/todos')).body.items?.find((t: { title: string }) => t.title.includes('华能集团')) ?? null
  const tasks = await w.app.owner.query("select 1 from todo where owner_id = $1 and title like '调价申请：华能集团%'", [boss.userId])
  assert.ok(todo !== undefined && tasks.rowCount === 1)
  const own = await rep.post(`/api/price-requests/${asked.body.id}/decide`, { accept: true })
  assert.equal(own.status, 403)
  const yes = await boss.post(`/api/price-requests/${asked.body.id}/decide`, { accept: true, decision: '同意，年内有效' })
  assert.equal(yes.status, 200, JSON.stringify(yes.body))
  assert.equal((await w.app.owner.query('select unit_price from contract_line where id = $1', [lineId])).rows[0].unit_price, '0.60')
  assert.equal((await boss.post(`/api/price-requests/${asked.body.id}/decide`, { accept: true })).body.code, 'PRICE_DECIDED')
})

test('SA-16 three members from the branches see the group and write feedback, and cannot set a price; somebody else sees nothing of it', async () => {
  const outsider = await w.person('outsider', '外人', 'sales', w.units.zj)
  assert.equal((await outsider.get(`/api/key-accounts/${group}`)).status, 404)
  const head = await w.person('bankuai', '板块负责人', 'blockLead', w.units.js)
  assert.equal((await head.get(`/api/key-accounts/${group}`)).status, 404, 'the group is registered at head office')
  assert.equal((await head.get(`/api/key-accounts/${province}`)).status, 200, 'whose scope goes by unit')
  for (const p of reps) assert.equal((await w.admin.post(`/api/key-accounts/${group}/team`, { userId: p.userId, role: 'member', duty: '当地联络' })).status, 201)
  for (const p of reps) {
    const seen = await page(p)
    assert.deepEqual([seen.name, seen.place.member, seen.place.sets, seen.team.length], ['华能集团', true, false, 3])
    assert.equal((await p.post(`/api/key-accounts/${group}/feedback`, { kind: 'competition', words: '东航给了 0.58', competitor: '东航', price: '0.58' })).status, 201)
  }
  assert.equal((await page()).feedback.length, 3)
  assert.equal((await outsider.post(`/api/key-accounts/${group}/feedback`, { words: '我也说' })).status, 404)
  assert.equal((await rep.post(`/api/key-accounts/${group}/team`, { userId: outsider.userId })).status, 403, 'nobody lets others in')
  const price = await rep.patch(`/api/contract-lines/${lineId}`, { unitPrice: '0.50' })
  assert.deepEqual([price.status, price.body.code], [403, 'PRICE_HQ'])
  const todo = await boss.post(`/api/key-accounts/${group}/task`, { userId: others[1]!.userId, title: '问清当地机票的价格', days: 2 })
  assert.equal(todo.status, 201, JSON.stringify(todo.body))
  assert.ok((await others[1]!.get('/api/tasks')).body.items.some((t: { title: string }) => t.title === '问清当地机票的价格'), 'in the member’s tasks')
  assert.equal((await rep.post(`/api/key-accounts/${group}/task`, { userId: others[1]!.userId, title: '我来派' })).status, 403)
  assert.equal((await boss.post(`/api/key-accounts/${group}/task`, { userId: outsider.userId, title: '不在团队' })).body.code, 'TEAM_NOT_IN')
  assert.equal((await w.admin.post(`/api/key-accounts/${group}/team`, { userId: others[0]!.userId, until: '2026-11-22' })).status, 201)
  assert.equal((await others[0]!.get(`/api/key-accounts/${group}`)).status, 200)
  w.at('2026-11-23 09:00')
  assert.equal((await others[0]!.get(`/api/key-accounts/${group}`)).status, 404, 'until and with that day')
})

test('SA-16 what the team makes a member see is shared with them: customers of other blocks, in lists too; it follows the tree, and ends when they leave', async () => {
  const far = await w.person('yuanfang', '远方代表', 'sales', w.units.zj), fresh = await w.customer({ name: '华能新公司', unitId: w.units.js, ownerId: rep.userId })
  const sees = async () => (await far.get(`/api/customers?filter=${encodeURIComponent(JSON.stringify({ name: { contains: '华能' } }))}&limit=100&count=1`)).body as { items: Array<{ name: string; id: string }>; total: number }
  assert.equal((await sees()).items.length, 0)
  const past = await w.admin.post(`/api/key-accounts/${group}/team`, { userId: far.userId, until: '2026-11-21' })
  assert.deepEqual([past.status, past.body.code], [409, 'TEAM_PAST'])
  const joined = await w.admin.post(`/api/key-accounts/${group}/team`, { userId: far.userId, until: '2026-11-30' })
  assert.equal(joined.status, 201, JSON.stringify(joined.body))
  assert.equal((await sees()).items.length, 52, 'the group, the province and the 50 below them')
  assert.equal((await far.patch(`/api/customers/${province}`, { industry: '电力' })).status, 404, 'to look at only')
  // a company that comes into the group is seen, one that goes is not
  assert.equal((await w.admin.patch(`/api/customers/${fresh}`, { parentId: province })).status, 200)
  await w.idle()
  assert.ok((await sees()).items.some(c => c.id === fresh))
  assert.equal((await w.admin.patch(`/api/customers/${fresh}`, { parentId: null })).status, 200)
  await w.idle()
  assert.ok(!(await sees()).items.some(c => c.id === fresh))
  // what somebody else opened to them by hand is not the team's to close
  assert.equal((await w.admin.post(`/api/customers/${fresh}/shares`, { userId: far.userId })).status, 201)
  assert.equal((await w.admin.remove(`/api/account-teams/${joined.body.id}`)).status, 204)
  assert.deepEqual((await sees()).items.map(c => c.id), [fresh])
  assert.equal((await far.get(`/api/key-accounts/${group}`)).status, 404)
})

test('SA-14 the group agreement is signed: the 50 become its children, each with its history; it cannot be signed twice', async () => {
  const early = await boss.post(`/api/key-accounts/${group}/sign`, { validFrom: '2026-12-01', validUntil: '2026-11-01' })
  assert.deepEqual([early.status, early.body.code], [409, 'GROUP_DAYS'])
  assert.equal((await rep.post(`/api/key-accounts/${group}/sign`, { validFrom: '2026-12-01', validUntil: '2027-11-30' })).status, 403)
  const r = await boss.post(`/api/key-accounts/${group}/sign`, { validFrom: '2026-12-01', validUntil: '2027-11-30' })
  assert.equal(r.status, 201, JSON.stringify(r.body))
  assert.deepEqual([r.body.children, r.body.volume], [50, '48212'])
  const { agreements } = await page()
  assert.deepEqual([agreements.virtual, agreements.agreement.id, agreements.branches.length, agreements.agreement.volume], [false, r.body.id, 50, '48212.000'])
  assert.equal((await w.app.owner.query('select count(*)::int as n from contract where parent_id = $1', [r.body.id])).rows[0].n, 50)
  const history = await w.app.owner.query("select act, payload->'after'->>'parentId' as parent from audit where entity = 'contract' and record_id = $1 order by seq desc limit 1", [contracts[7]])
  assert.deepEqual(history.rows, [{ act: 'joinGroup', parent: r.body.id }])
  assert.equal((await boss.post(`/api/key-accounts/${group}/sign`, { validFrom: '2026-12-01', validUntil: '2027-11-30' })).body.code, 'GROUP_CONTRACT')
})

test('SA-14 branch agreements that count in different units add up to no one agreement', async () => {
  const other = await w.customer({ name: '大唐集团', kind: 'group', ownerId: boss.userId })
  await w.app.system(async ctx => {
    for (const volumeUnit of ['千公里', '台']) {
      const customerId = (await create(ctx, ctx.entities.get('customer'), { name: `大唐${volumeUnit}`, kind: 'company', unitId: w.units.js, parentId: other })).id
      await storeNew(ctx, ctx.entities.get('contract'), { title: volumeUnit, kind: 'branch', customerId, unitId: w.units.js, state: 'active', amount: '100.00', volume: '10', volumeUnit })
    }
  })
  const r = await boss.post(`/api/key-accounts/${other}/sign`, { validFrom: '2026-12-01', validUntil: '2027-11-30' })
  assert.deepEqual([r.status, r.body.code], [409, 'GROUP_UNITS'], JSON.stringify(r.body))
})
