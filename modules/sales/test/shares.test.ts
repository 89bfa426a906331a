import assert from 'node:assert/strict'
import { test } from 'node:test'
import { statementsOf } from '@quancheng/kernel/testing'
import { company } from './company.ts'

const c = await company()
const ok = (r: { status: number; body: any }, status = 200): any => { assert.equal(r.status, status, JSON.stringify(r.body)); return r.body }
const customer = (name: string): Promise<string> => c.make('customer', { name, kind: 'company', unitId: c.units.A, ownerId: c.jia.userId })
const share = (id: string, more: Record<string, unknown>, who = c.headA) => who.post(`/api/customers/${id}/shares`, more)
const sees = async (who: typeof c.jia, id: string): Promise<number> => (await who.get(`/api/customers/${id}`)).status

test('CU-20 shared to 乙 until 11-30: there on 11-30 in page, list and search, 404 on 12-01', async () => {
  const id = await customer('瀚海仪器')
  assert.equal(await sees(c.yi, id), 404)
  ok(await share(id, { userId: c.yi.userId, until: '2026-11-30', reason: '一起投标' }), 201)
  assert.equal(await sees(c.yi, id), 200)
  assert.deepEqual(ok(await c.yi.get('/api/customers?q=瀚海')).items.map((x: any) => x.id), [id])
  assert.ok(ok(await c.yi.get('/api/search?q=瀚海仪器')).items.some((x: any) => x.id === id))
  c.app.clock!.set('2026-11-30T15:59:00Z')
  assert.equal(await sees(c.yi, id), 200, 'the last minute of the day in Shanghai')
  c.app.clock!.set('2026-11-30T16:01:00Z')
  assert.equal(await sees(c.yi, id), 404)
  assert.deepEqual(ok(await c.yi.get('/api/customers?q=瀚海')).items, [])
  c.app.clock!.set('2026-11-23T01:00:00Z')
})

test('CU-20 to look is not to change; to work on it is, but neither to remove it nor to hand it on', async () => {
  const id = await customer('云岭印务')
  const made = ok(await share(id, { userId: c.yi.userId }), 201)
  assert.equal((await c.yi.patch(`/api/customers/${id}`, { note: '改' })).status, 404)
  assert.equal(ok(await share(id, { userId: c.yi.userId, level: 'write' }), 201).id, made.id, 'the same share, changed')
  ok(await c.yi.patch(`/api/customers/${id}`, { note: '改' }))
  const contact = ok(await c.yi.post('/api/contacts', { customerId: id, name: '王总' }), 201)
  assert.equal((await c.yi.get(`/api/contacts/${contact.id}`)).status, 200, 'what hangs on the record is shared with it')
  assert.ok([403, 404].includes((await share(id, { userId: c.jia.userId }, c.yi)).status))
  assert.ok([403, 404].includes((await c.yi.remove(`/api/customers/${id}`)).status))
  assert.equal((await c.yi.get(`/api/customers/${id}/shares`)).status, 404)
  assert.equal((await c.headA.remove(`/api/customers/${id}/shares/${made.id}`)).status, 204)
  assert.equal(await sees(c.yi, id), 404)
})

test('CU-20 a whole block, with all that lies below it, sees what is shared with it; a deal may be shared like a customer', async () => {
  const id = await customer('青禾农机')
  assert.equal(await sees(c.bing, id), 404)
  ok(await share(id, { unitId: c.units.B, until: '2026-12-31' }), 201)
  assert.equal(await sees(c.bing, id), 200)
  const deal = ok(await c.jia.post('/api/opportunities', { name: '农机监控', customerId: id, amount: '1000', closeOn: '2027-01-31' }), 201)
  assert.equal((await c.bing.get(`/api/opportunities/${deal.id}`)).status, 404)
  ok(await c.headA.post(`/api/opportunities/${deal.id}/shares`, { unitId: c.units.B }), 201)
  assert.equal((await c.bing.get(`/api/opportunities/${deal.id}`)).status, 200)
  const shown = ok(await c.headA.get(`/api/customers/${id}/shares`)).items
  assert.deepEqual(shown.map((s: any) => [s.name, s.level, s.until, s.over]), [['板块B', 'read', '2026-12-31', false]])
})

test('CU-20 wrong shares are refused in words: nobody, both, a past day, the owner, a role that it is no use to, another company’s person', async () => {
  const id = await customer('东篱茶业')
  const code = async (more: Record<string, unknown>): Promise<unknown> => { const r = await share(id, more); return [r.status, r.body.code] }
  assert.deepEqual(await code({}), [400, 'SHARE_WITH_WHOM'])
  assert.deepEqual(await code({ userId: c.yi.userId, unitId: c.units.B }), [400, 'SHARE_WITH_WHOM'])
  assert.deepEqual(await code({ userId: c.yi.userId, until: '2026-11-01' }), [400, 'SHARE_PAST'])
  assert.deepEqual(await code({ userId: c.jia.userId }), [409, 'SHARE_OWNER'])
  assert.deepEqual(await code({ userId: '01900000-0000-7000-8000-000000000000' }), [404, 'NOT_FOUND'])
  assert.deepEqual(await code({ userId: c.yi.userId, level: 'everything' }), [400, 'INVALID'])
  const blind = await c.app.person({ username: 'blind', unitId: c.units.B!, roles: [{ code: 'nothing', grants: { 'unit:read': ['all'] } }] })
  assert.deepEqual(await code({ userId: blind.userId }), [409, 'SHARE_USELESS'])
})

test('CU-20 who holds no share asks the database nothing more than before', async () => {
  const alone = await c.app.person({ username: 'alone', unitId: c.units.A!, roleIds: [(await c.app.system(ctx => ctx.query<{ id: string }>("select id from role where tenant_id = $1 and code = 'sales'", [ctx.tenant.id])))[0]!.id] })
  await alone.get('/api/customers')
  const { asked } = await statementsOf(c.app, () => alone.get('/api/customers'))
  assert.equal(asked.filter(s => s.includes('record_share')).length, 0)
  await c.yi.get('/api/customers')
  assert.equal((await statementsOf(c.app, () => c.yi.get('/api/leads'))).asked.filter(s => s.includes('record_share')).length, 0, 'another kind of record')
})
