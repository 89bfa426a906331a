import assert from 'node:assert/strict'
import { test } from 'node:test'
import { company } from './company.ts'

const c = await company({ worker: true })
const ok = (r: { status: number; body: any }, status = 200): any => { assert.equal(r.status, status, JSON.stringify(r.body)); return r.body }
let seq = 0
const lead = async (who = c.market, more: Record<string, unknown> = {}): Promise<any> => ok(await who.post('/api/leads', { name: `客户${++seq}`, phone: `138000${String(10000 + seq)}`, province: '浙江', ...more }), 201)
const row = async (id: string): Promise<any> => ok(await c.market.get(`/api/leads/${id}`))
const history = async (id: string): Promise<any[]> => ok(await c.market.get(`/api/leads/${id}/history`))
const rule = await c.make('leadRule', { name: '浙江给板块A', position: 1, provinces: '浙江、上海', unitId: c.units.A, method: 'turn', personIds: [c.jia.userId, c.yi.userId] })

test('SA-01 rule 浙江→板块A round-robin 甲,乙: 4 leads → 甲2 乙2; made at the same moment they are as fair', async () => {
  const owners: string[] = []
  for (let i = 0; i < 4; i++) { const l = await lead(c.market, i === 1 ? { province: '浙江省' } : {}); owners.push(l.ownerId); assert.deepEqual([l.state, l.unitId], ['assigned', c.units.A]) }
  assert.deepEqual(owners, [c.jia.userId, c.yi.userId, c.jia.userId, c.yi.userId])
  const together = await Promise.all(Array.from({ length: 6 }, () => lead()))
  assert.deepEqual([c.jia, c.yi].map(p => together.filter(l => l.ownerId === p.userId).length), [3, 3])
})

test('SA-01 unread 24 h → back to the pool; one that its owner has opened stays', async () => {
  const [a, b] = [await lead(), await lead()]
  const owner = a.ownerId === c.jia.userId ? c.jia : c.yi
  ok(await owner.post(`/api/leads/${a.id}/see`))
  c.app.clock!.advance(23 * 60 + 59)
  await c.app.worker!.idle()
  assert.equal((await row(b.id)).state, 'assigned')
  c.app.clock!.advance(2)
  await c.app.worker!.idle()
  const back = await row(b.id)
  assert.deepEqual([back.state, back.ownerId, (await row(a.id)).state], ['pool', null, 'assigned'])
  assert.ok((await history(b.id)).some(h => h.act === 'toPool'))
})

test('SA-01 nobody follows up for the days of the block’s rule → back to the pool; a follow-up begins them anew', async () => {
  const settings = await c.make('leadPool', { unitId: c.units.A, idleDays: 3, retakeDays: 7, maxHeld: 100 })
  const l = await lead()
  const owner = l.ownerId === c.jia.userId ? c.jia : c.yi
  ok(await owner.post(`/api/leads/${l.id}/see`))
  c.app.clock!.advance(2 * 1440)
  ok(await owner.post('/api/engagements', { leadId: l.id, kind: 'call', subject: '电话沟通', state: 'done' }), 201)
  assert.equal((await row(l.id)).state, 'working')
  c.app.clock!.advance(2 * 1440)
  await c.app.worker!.idle()
  assert.equal((await row(l.id)).state, 'working')
  c.app.clock!.advance(1440 + 1)
  await c.app.worker!.idle()
  assert.deepEqual([(await row(l.id)).state, (await row(l.id)).ownerId], ['pool', null])
  const again = await owner.post(`/api/leads/${l.id}/take`)
  assert.deepEqual([again.status, again.body.code], [409, 'LEAD_RETAKE'])
  await c.app.system(async ctx => { const { remove } = await import('@quancheng/kernel'); await remove(ctx, ctx.entities.get('leadPool'), settings) })
})

test('SA-01 the pool: one’s block sees it without telephones, takes from it once, within what one may hold and take a day', async () => {
  const pooled = async (): Promise<any> => { const l = await lead(c.market, { province: '四川', unitId: c.units.A }); assert.equal(l.state, 'pool'); return l }
  const [a, b, d] = [await pooled(), await pooled(), await pooled()]
  const seen = ok(await c.jia.get('/api/leads/pool'))
  assert.ok(seen.items.some((x: any) => x.id === a.id) && seen.items.every((x: any) => !('phone' in x)))
  assert.equal(ok(await c.bing.get('/api/leads/pool')).items.length, 0)
  assert.equal((await c.bing.post(`/api/leads/${a.id}/take`)).status, 404, 'another block')
  const both = await Promise.all([c.jia.post(`/api/leads/${a.id}/take`), c.yi.post(`/api/leads/${a.id}/take`)])
  // who has lost it does not even see it any more
  assert.equal(both.filter(r => r.status === 200).length, 1)
  assert.ok(both.some(r => r.status === 409 && r.body.code === 'LEAD_NOT_POOL'), JSON.stringify(both.map(r => r.body)))
  await c.make('leadPool', { unitId: c.units.A, maxPerDay: 2, retakeDays: 7 })
  const winner = both[0]!.status === 200 ? c.jia : c.yi
  ok(await winner.post(`/api/leads/${b.id}/take`))
  const third = await winner.post(`/api/leads/${d.id}/take`)
  assert.deepEqual([third.status, third.body.code, third.body.details], [409, 'LEAD_DAY', { n: 2, max: 2 }])
  assert.equal((await winner.post(`/api/leads/${b.id}/give-back`, { reason: '' })).status, 400)
  ok(await winner.post(`/api/leads/${b.id}/give-back`, { reason: '不是我们的业务' }))
  const [held] = await c.app.system(ctx => ctx.query<{ id: string }>('select id from lead_pool where tenant_id = $1', [ctx.tenant.id]))
  const n = ok(await winner.get('/api/leads/counts')).mine
  ok(await c.market.patch(`/api/lead-pools/${held!.id}`, { maxPerDay: null, maxHeld: n }))
  assert.deepEqual((await winner.post(`/api/leads/${d.id}/take`)).body.code, 'LEAD_FULL')
  ok(await c.market.patch(`/api/lead-pools/${held!.id}`, { maxHeld: null }))
  assert.deepEqual((await winner.post(`/api/leads/${b.id}/take`)).body.code, 'LEAD_RETAKE')
  c.app.clock!.advance(7 * 1440 + 1)
  ok(await winner.post(`/api/leads/${b.id}/take`))
})

test('SA-01 what a person of one’s own reach enters is theirs; a rule of another block does not take it away', async () => {
  const l = await lead(c.bing)
  assert.deepEqual([l.ownerId, l.unitId, l.state], [c.bing.userId, c.units.B, 'assigned'])
  const h = await lead(c.headB)
  assert.deepEqual([h.unitId, h.state], [c.units.B, 'pool'])
})

test('RU-06 销售甲 (A) GET B’s lead → 404; allot A→B by 板管甲 → 403, by the head of the block → 403, by 市场营销部 → ok and in the log', async () => {
  const b = await lead(c.bing), a = await lead(c.market)
  assert.equal((await c.jia.get(`/api/leads/${b.id}`)).status, 404)
  const allot = { ids: [a.id], toId: c.bing.userId, reason: '客户在板块B的区域' }
  assert.equal((await c.adminA.post('/api/leads/assign', allot)).status, 403)
  const head = await c.headA.post('/api/leads/assign', allot)
  assert.deepEqual([head.status, head.body.code], [403, 'LEAD_BLOCK'])
  assert.equal((await row(a.id)).unitId, c.units.A)
  ok(await c.market.post('/api/leads/assign', allot))
  const now = await row(a.id)
  assert.deepEqual([now.unitId, now.ownerId], [c.units.B, c.bing.userId])
  const log = (await history(a.id)).find(h => h.act === 'assign')
  assert.deepEqual(log.note, { reason: '客户在板块B的区域', from: '板块A', to: '板块B', person: '销售丙' })
  ok(await c.bing.get(`/api/leads/${a.id}`))
})

test('RU-06 nobody of a block moves what is theirs into another block, or makes it there: lead and deal alike; within the block and from head office it goes', async () => {
  const own = await lead(c.jia)
  const customerId = await c.make('customer', { name: '甲的客户', kind: 'company', unitId: c.units.A, ownerId: c.jia.userId })
  const deal = ok(await c.jia.post('/api/opportunities', { name: '甲的单', customerId, amount: '1', closeOn: '2027-01-31' }), 201)
  for (const r of [await c.jia.patch(`/api/leads/${own.id}`, { unitId: c.units.B }), await c.jia.post('/api/leads', { name: '放到别处', phone: '13800009999', unitId: c.units.B }), await c.jia.patch(`/api/opportunities/${deal.id}`, { unitId: c.units.B }), await c.jia.post('/api/opportunities', { name: '放到别处', customerId, amount: '1', closeOn: '2027-01-31', unitId: c.units.B })]) assert.deepEqual([r.status, r.body.code], [403, 'LEAD_BLOCK'], JSON.stringify(r.body))
  assert.equal((await c.headA.patch(`/api/leads/${own.id}`, { unitId: c.units.B })).status, 403)
  ok(await c.jia.patch(`/api/leads/${own.id}`, { unitId: c.units.A, needs: '不变的板块可以照发' }))
  assert.equal(ok(await c.market.patch(`/api/opportunities/${deal.id}`, { unitId: c.units.B })).unitId, c.units.B)
})

test('SA-27 a user of block A queries B’s id → 404, lists nothing of it; the group’s management sees both', async () => {
  const a = await lead(c.market), b = await lead(c.bing)
  for (const who of [c.jia, c.headA, c.adminA]) assert.equal((await who.get(`/api/leads/${b.id}`)).status, 404)
  assert.equal(ok(await c.headA.get(`/api/leads?filter=${encodeURIComponent(JSON.stringify({ unitId: c.units.B }))}`)).items.length, 0)
  for (const l of [a, b]) ok(await c.board.get(`/api/leads/${l.id}`))
})

test('SA-01 converted: customer, contact and deal in one act; what was done for the lead shows there; a customer that may be there already is asked about', async () => {
  const l = await lead(c.jia, { company: '浙江新源科技', phone: '13911112222', needs: '五十台笔记本' })
  ok(await c.jia.post('/api/engagements', { leadId: l.id, kind: 'call', subject: '首次电话', state: 'done' }), 201)
  const wrong = await c.jia.post(`/api/leads/${l.id}/convert`, { opportunity: { name: '新源笔记本', amount: '-5', closeOn: '2027-01-31' } })
  assert.equal(wrong.status, 400)
  const made = ok(await c.jia.post(`/api/leads/${l.id}/convert`, { opportunity: { name: '新源笔记本', amount: '250000', closeOn: '2027-01-31' } }))
  const now = await row(l.id), deal = ok(await c.jia.get(`/api/opportunities/${made.opportunityId}`)), customer = ok(await c.jia.get(`/api/customers/${made.customerId}`))
  assert.deepEqual([now.state, now.customerId, now.opportunityId], ['converted', made.customerId, made.opportunityId])
  assert.deepEqual([deal.stage, deal.leadId, deal.ownerId, deal.unitId, deal.source, customer.name, customer.kind, customer.standing], ['qualify', l.id, c.jia.userId, c.units.A, '其他', '浙江新源科技', 'company', 'prospect'])
  assert.equal(ok(await c.jia.get(`/api/engagements?filter=${encodeURIComponent(JSON.stringify({ opportunityId: made.opportunityId }))}`)).items[0].subject, '首次电话')
  assert.equal((await c.jia.post(`/api/leads/${l.id}/convert`, {})).body.code, 'LEAD_CLOSED')
  const other = await lead(c.jia, { company: '浙江新源科技' })
  const asked = await c.jia.post(`/api/leads/${other.id}/convert`, {})
  assert.deepEqual([asked.status, asked.body.code], [409, 'LEAD_DOUBLE'])
  assert.equal(ok(await c.jia.post(`/api/leads/${other.id}/convert`, { customerId: made.customerId })).customerId, made.customerId)
})

test('SA-01 analysis by source and by rule: how many, how many converted, the median hours to the first contact', async () => {
  c.app.clock!.set('2027-03-01T01:00:00Z')
  const three = [await lead(c.market, { source: 'partner' }), await lead(c.market, { source: 'partner' }), await lead(c.market, { source: 'partner' })]
  for (const [i, hours] of [2, 4].entries()) {
    c.app.clock!.set(new Date(Date.parse('2027-03-01T01:00:00Z') + hours * 3_600_000))
    const who = three[i].ownerId === c.jia.userId ? c.jia : c.yi
    ok(await who.post('/api/engagements', { leadId: three[i].id, subject: '联系', state: 'done' }), 201)
  }
  const who = three[0].ownerId === c.jia.userId ? c.jia : c.yi
  ok(await who.post(`/api/leads/${three[0].id}/convert`, { opportunity: null }))
  const { lines } = ok(await c.market.get('/api/leads/analysis?by=source&from=2027-03-01&to=2027-03-01'))
  assert.deepEqual(lines, [{ key: 'partner', label: null, leads: 3, converted: 1, discarded: 0, medianHours: 3 }])
  assert.deepEqual(ok(await c.market.get('/api/leads/analysis?by=rule&from=2027-03-01&to=2027-03-01')).lines.map((l: any) => [l.key, l.label, l.leads]), [[rule, '浙江给板块A', 3]])
})

test('SA-07 move 杭州 from 甲 to 乙 on 12-01 → what came on 11-30 stays with 甲, what comes on 12-01 is 乙’s; the history is kept', async () => {
  const area = await c.make('territory', { name: '杭州', unitId: c.units.A, provinces: '浙江', cities: '杭州' })
  await c.make('territoryHolder', { territoryId: area, userId: c.jia.userId, since: '2027-01-01' })
  await c.make('leadRule', { name: '杭州按地域', position: 1, cities: '杭州', sources: ['visit'], unitId: c.units.A, method: 'territory' })
  await c.app.system(async ctx => { const { update } = await import('@quancheng/kernel'); await update(ctx, ctx.entities.get('leadRule'), rule, { position: 5 }) })
  c.app.clock!.set('2027-11-30T02:00:00Z')
  const before = await lead(c.market, { city: '杭州市', source: 'visit' })
  const deal = ok(await c.jia.post(`/api/leads/${before.id}/convert`, { opportunity: { name: '杭州的一单', amount: '1000', closeOn: '2027-12-31' } }))
  ok(await c.headA.post(`/api/territories/${area}/hand-over`, { toId: c.yi.userId, from: '2027-12-01' }))
  assert.equal((await lead(c.market, { city: '杭州', source: 'visit' })).ownerId, c.jia.userId, 'still 11-30')
  c.app.clock!.set('2027-12-01T02:00:00Z')
  assert.equal((await lead(c.market, { city: '杭州', source: 'visit' })).ownerId, c.yi.userId)
  assert.equal(ok(await c.market.get(`/api/opportunities/${deal.opportunityId}`)).ownerId, c.jia.userId)
  const held = ok(await c.headA.get('/api/territory-holders?sort=since')).items.map((h: any) => [h.userId, h.since, h.until])
  assert.deepEqual(held, [[c.jia.userId, '2027-01-01', '2027-11-30'], [c.yi.userId, '2027-12-01', null]])
  assert.equal((await c.headA.post(`/api/territories/${area}/hand-over`, { toId: c.jia.userId, from: '2027-12-01' })).body.code, 'TERRITORY_FROM')
})

test('SA-07 by size and by visits: a lead of a customer with 1,200 people and three visits this year goes to who has those; wrong ranges are refused', async () => {
  const area = async (name: string, holder: string, more: Record<string, unknown>): Promise<void> => { const id = await c.make('territory', { name, unitId: c.units.A, provinces: '江苏', ...more }); await c.make('territoryHolder', { territoryId: id, userId: holder, since: '2027-01-01' }) }
  await area('江苏', c.jia.userId, {})
  await area('江苏大客户常访', c.yi.userId, { staffFrom: 1000, visitsFrom: 3 })
  await c.make('leadRule', { name: '江苏按地域', position: 2, provinces: '江苏', unitId: c.units.A, method: 'territory' })
  const customerId = await c.make('customer', { name: '金陵重工', kind: 'company', unitId: c.units.A, ownerId: c.yi.userId, staffCount: 1200 })
  const fromJs = (more: object = {}): Promise<any> => lead(c.market, { province: '江苏', company: '金陵重工', ...more })
  const visit = async (at: string, kind = 'visit'): Promise<void> => { await c.make('engagement', { customerId, kind, state: 'done', subject: '拜访', at, unitId: c.units.A, ownerId: c.yi.userId }) }
  for (const at of ['2027-06-01T02:00:00Z', '2027-09-01T02:00:00Z', '2026-06-01T02:00:00Z']) await visit(at)
  await visit('2027-10-01T02:00:00Z', 'call')
  assert.equal((await fromJs()).ownerId, c.jia.userId, 'two visits this year: last year’s and a call are none')
  await visit('2027-11-01T02:00:00Z')
  assert.equal((await fromJs()).ownerId, c.yi.userId)
  assert.equal((await fromJs({ company: '没人认识的公司' })).ownerId, c.jia.userId)
  for (const [wrong, field] of [[{ staffFrom: 10, staffTo: 9 }, 'staffTo'], [{ visitsFrom: 3, visitsTo: 2 }, 'visitsTo'], [{ visitsFrom: -1 }, 'visitsFrom']] as const) {
    const r = await c.headA.post('/api/territories', { name: '错', unitId: c.units.A, ...wrong })
    assert.deepEqual([r.status, r.body.details.fields[0].field], [400, field], JSON.stringify(r.body))
  }
})
