import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { TEST_PASSWORD, type Caller } from '@quancheng/kernel/testing'
import { ok, world } from './world.ts'

let w: Awaited<ReturnType<typeof world>>
before(async () => { w = await world() })

const signIn = (username: string) => w.app.server.inject({ method: 'POST', url: '/api/session', payload: { username, password: TEST_PASSWORD } })
const stage = async (id: string) => ok(await w.market.get(`/api/account-requests/${id}`))
/** The one open task of a person about a request, answered. */
const answer = async (who: Caller, outcome: string, comment?: string) => {
  const [task] = ok(await who.get('/api/tasks?box=mine')).items
  return ok(await who.post(`/api/tasks/${task.id}/complete`, { outcome, ...(comment ? { comment } : {}) }))
}

test('RU-07 leave date 11-20 (Fri), request 11-24 → 迟报 1 工作日; approved and carried out → account off, sessions ended', async () => {
  const leaver = await w.person('lizhi', '离职者', 'sales', w.units.A)
  w.at('2026-11-24 10:00')
  const session = await signIn('lizhi'), cookie = session.cookies.map(c => `${c.name}=${c.value}`).join('; ')
  assert.equal(session.statusCode, 200)
  const made = ok(await w.adminA.post('/api/account-requests', { kind: 'leave', userId: leaver.userId, effectiveOn: '2026-11-20', reason: '个人原因' }), 201)
  assert.deepEqual([made.lateDays, made.stage, made.name], [1, 'review', '离职者'])
  await answer(w.headA, 'approve')
  assert.equal((await stage(made.id)).stage, 'carryOut')
  assert.equal((await w.app.server.inject({ method: 'GET', url: '/api/session', headers: { cookie } })).statusCode, 200)
  await answer(w.market, 'approve')
  const done = await stage(made.id)
  assert.deepEqual([done.stage, done.doneAt !== null], ['done', true])
  assert.equal((await w.app.server.inject({ method: 'GET', url: '/api/session', headers: { cookie } })).statusCode, 401)
  assert.equal((await signIn('lizhi')).statusCode, 403)
  const log = ok(await w.admin.get(`/api/audit?entity=user&recordId=${leaver.userId}&act=leave`)).items
  assert.equal(log[0].note.request, made.number)
})

test('RU-07 a joiner’s account is made by the last step, with a link for the first password; a mover’s unit and roles change; a refused one changes nothing', async () => {
  w.at('2026-11-24 11:00')
  const join = ok(await w.adminA.post('/api/account-requests', { kind: 'join', name: '新人', username: 'xinren', roles: ['sales'], effectiveOn: '2026-11-25' }), 201)
  assert.equal(join.lateDays, 0)
  assert.equal((await w.market.post(`/api/account-requests/${join.id}/password-link`)).body.code, 'ACCOUNT_NOT_DONE')
  await answer(w.headA, 'approve')
  await answer(w.market, 'approve')
  const made = await stage(join.id)
  const [user] = await w.app.system(ctx => ctx.query<{ name: string; unit_id: string; role_ids: string[] }>('select name, unit_id, role_ids from "user" where id = $1', [made.userId]))
  assert.deepEqual([user!.name, user!.unit_id, user!.role_ids], ['新人', w.units.A, [w.roles.sales]])
  assert.match(ok(await w.market.post(`/api/account-requests/${join.id}/password-link`)).link, /reset-password\?token=/)
  const move = ok(await w.adminA.post('/api/account-requests', { kind: 'move', userId: made.userId, toUnitId: w.units.B, roles: ['blockAdmin'], effectiveOn: '2026-12-01' }), 201)
  await answer(w.headA, 'approve')
  await answer(w.market, 'approve')
  const [moved] = await w.app.system(ctx => ctx.query<{ unit_id: string; role_ids: string[] }>('select unit_id, role_ids from "user" where id = $1', [made.userId]))
  assert.deepEqual([moved!.unit_id, moved!.role_ids, (await stage(move.id)).stage], [w.units.B, [w.roles.blockAdmin], 'done'])
  const refused = ok(await w.adminA.post('/api/account-requests', { kind: 'leave', userId: w.yi.userId, effectiveOn: '2026-12-01' }), 201)
  await answer(w.headA, 'reject', '还没有交接')
  assert.equal((await stage(refused.id)).stage, 'rejected')
  assert.equal((await signIn('yi')).statusCode, 200)
})

test('RU-07 wrong requests are refused at their fields: nobody chosen, a name that is taken, a role that a block may not ask for, somebody of another block', async () => {
  const ask = (body: Record<string, unknown>, who = w.adminA) => who.post('/api/account-requests', { effectiveOn: '2026-12-01', ...body })
  const field = async (body: Record<string, unknown>) => (await ask(body)).body.details?.fields?.[0]?.field
  assert.deepEqual([await field({ kind: 'leave' }), await field({ kind: 'join', username: 'abc', roles: ['sales'] }), await field({ kind: 'join', name: '甲', username: 'jia', roles: ['sales'] }), await field({ kind: 'move', userId: w.jia.userId })], ['userId', 'name', 'username', 'toUnitId'])
  assert.deepEqual([await field({ kind: 'leave', userId: w.jia.userId, effectiveOn: '1990-11-25' }), await field({ kind: 'leave', userId: w.jia.userId, effectiveOn: '2029-11-25' })], ['effectiveOn', 'effectiveOn'])
  assert.equal((await ask({ kind: 'join', name: '乙', username: 'yiyi', roles: ['admin'] })).status, 400)
  assert.ok([400, 403, 404].includes((await ask({ kind: 'leave', userId: w.bing.userId })).status))
  assert.equal((await ask({ kind: 'leave', userId: w.jia.userId }, w.jia)).status, 403)
})

test('RU-08 frozen → login 403, records keep their owner, the hand-over list is offered; thawed they are back', async () => {
  const c = await w.person('dongjie', '冻结者', 'sales', w.units.A)
  const customerId = await w.make('customer', { name: '冻结前的客户', kind: 'company', unitId: w.units.A, ownerId: c.userId })
  assert.equal((await w.adminA.post(`/api/users/${c.userId}/freeze`, { reason: '提前' })).status, 403)
  assert.equal((await w.headA.post(`/api/users/${c.userId}/freeze`, {})).status, 400)
  assert.equal((await w.headA.post(`/api/users/${w.bing.userId}/freeze`, { reason: '别的板块' })).status, 404)
  const frozen = ok(await w.headA.post(`/api/users/${c.userId}/freeze`, { reason: '即将离职' }))
  assert.deepEqual(frozen.handover.kinds.map((k: any) => [k.entity, k.count]), [['customer', 1]])
  const refused = await signIn('dongjie')
  assert.deepEqual([refused.statusCode, refused.json().code], [403, 'USER_OFF'])
  assert.equal((await c.get('/api/session')).status, 403)
  assert.equal(ok(await w.headA.get(`/api/customers/${customerId}`)).ownerId, c.userId)
  assert.equal((await w.headA.post(`/api/users/${w.headA.userId}/freeze`, { reason: '自己' })).body.code, 'FREEZE_SELF')
  assert.equal((await w.market.post(`/api/users/${w.admin.userId}/freeze`, { reason: '管理员' })).body.code, 'FREEZE_ADMIN')
  assert.equal((await w.headA.post(`/api/users/${c.userId}/unfreeze`, { reason: '误操作' })).status, 403)
  ok(await w.market.post(`/api/users/${c.userId}/unfreeze`, { reason: '误操作' }))
  assert.equal((await signIn('dongjie')).statusCode, 200)
})

test('RU-09 37 customers → 乙 with deals and tasks, counts equal; undo within 24 h brings back exactly those that nobody changed', async () => {
  const from = await w.person('jiaochu', '交出者', 'sales', w.units.A), to = await w.person('jieshou', '接手者', 'sales', w.units.A)
  const ids: string[] = []
  for (let i = 1; i <= 37; i++) ids.push(await w.make('customer', { name: `客户${i}`, kind: 'company', unitId: w.units.A, ownerId: from.userId }))
  const deal = await w.make('opportunity', { name: '年度采购', customerId: ids[0], amount: '5000', closeOn: '2026-12-31', unitId: w.units.A, ownerId: from.userId })
  const lost = await w.make('opportunity', { name: '旧商机', customerId: ids[0], amount: '5000', closeOn: '2026-12-31', unitId: w.units.A, ownerId: from.userId })
  await w.app.system(ctx => Promise.all([ctx.query("update opportunity set outcome = 'lost' where id = $1", [lost]), ctx.query("update process_step set state = 'cancelled' where instance_id in (select id from process_instance where record_id = $1)", [lost])]))
  const leadId = await w.app.system(async ctx => { const { storeNew } = await import('@quancheng/kernel'); return (await storeNew(ctx, ctx.entities.get('lead'), { name: '线索人', source: 'other', unitId: w.units.A, ownerId: from.userId, state: 'working' })).id as string })
  const { openTodo } = await import('@quancheng/automation')
  await w.app.system(ctx => openTodo(ctx, { title: '回电话', details: null, toId: from.userId, minutes: 450, unitId: w.units.A, about: null }))

  const had = ok(await w.headA.get(`/api/users/${from.userId}/belongings`))
  assert.deepEqual(had.kinds.filter((k: any) => ['customer', 'lead', 'opportunity'].includes(k.entity)).map((k: any) => [k.entity, k.count]), [['customer', 37], ['lead', 1], ['opportunity', 1]])
  assert.equal((await w.headA.post('/api/handovers/make', { fromId: from.userId, toId: w.bing.userId })).status, 404)
  assert.equal((await w.headA.post('/api/handovers/make', { fromId: from.userId, toId: from.userId })).body.code, 'HANDOVER_SAME')
  assert.equal((await w.jia.post('/api/handovers/make', { fromId: from.userId, toId: to.userId })).status, 403)

  const made = ok(await w.headA.post('/api/handovers/make', { fromId: from.userId, toId: to.userId, reason: '离职' }), 201)
  assert.deepEqual([made.counts.customer, made.counts.lead, made.counts.opportunity, made.left], [37, 1, 1, []])
  assert.ok(made.tasks >= 2, 'the deal’s step and the to-do')
  const count = (who: Caller) => w.app.system(async ctx => (await ctx.query<{ n: number }>('select count(*)::int as n from customer where owner_id = $1', [who.userId]))[0]!.n)
  assert.deepEqual([await count(from), await count(to)], [0, 37])
  assert.equal(ok(await w.headA.get(`/api/opportunities/${lost}`)).ownerId, from.userId, 'what is over stays whose it was')
  assert.equal(ok(await to.get('/api/tasks?box=mine')).items.length, made.tasks)
  assert.deepEqual((await w.headA.get(`/api/users/${from.userId}/belongings`)).body.total, 0)
  const record = ok(await w.headA.get(`/api/handover-items?limit=100&filter=${encodeURIComponent(JSON.stringify({ handoverId: made.id }))}`))
  assert.equal(record.items.length, made.records + made.tasks)

  // two were worked on since: they stay
  ok(await to.patch(`/api/customers/${ids[3]}`, { remark: '打过电话', industry: '能源' }).then(async r => (r.status === 200 ? r : to.patch(`/api/customers/${ids[3]}`, { industry: '能源' }))))
  ok(await to.patch(`/api/leads/${leadId}`, { needs: '要二十台' }))
  const back = ok(await w.headA.post(`/api/handovers/${made.id}/undo`))
  assert.deepEqual([back.restored, back.kept], [made.records + made.tasks - 2, 2])
  assert.deepEqual([await count(from), await count(to)], [36, 1])
  assert.equal(ok(await w.headA.get(`/api/opportunities/${deal}`)).ownerId, from.userId)
  assert.equal(ok(await from.get('/api/tasks?box=mine')).items.length, made.tasks)
  assert.equal((await w.headA.post(`/api/handovers/${made.id}/undo`)).body.code, 'HANDOVER_UNDONE')
  const kept = ok(await w.headA.get(`/api/handover-items?filter=${encodeURIComponent(JSON.stringify({ handoverId: made.id, state: 'kept' }))}`)).items
  assert.deepEqual(kept.map((i: any) => i.kindName).toSorted(), ['客户', '线索'].toSorted())
})

test('RU-09 by kind and by receiver; between blocks marketing does it and the records’ block follows; after 24 hours it stands', async () => {
  const from = await w.person('jiaochu2', '交出者二', 'sales', w.units.A), to = await w.person('jieshou2', '接手者二', 'sales', w.units.A)
  const c = await w.make('customer', { name: '留在A的', kind: 'company', unitId: w.units.A, ownerId: from.userId }), d = await w.make('opportunity', { name: '去B的', customerId: c, amount: '10', closeOn: '2026-12-31', unitId: w.units.A, ownerId: from.userId })
  const made = ok(await w.market.post('/api/handovers/make', { fromId: from.userId, toId: to.userId, kinds: ['customer', 'opportunity'], receivers: { opportunity: w.bing.userId } }), 201)
  const deal = ok(await w.market.get(`/api/opportunities/${d}`)), customer = ok(await w.market.get(`/api/customers/${c}`))
  assert.deepEqual([customer.ownerId, customer.unitId, deal.ownerId, deal.unitId], [to.userId, w.units.A, w.bing.userId, w.units.B])
  w.app.clock!.advance(24 * 60 + 1)
  assert.equal((await w.market.post(`/api/handovers/${made.id}/undo`)).body.code, 'HANDOVER_LATE')
  assert.equal((await w.market.post('/api/handovers/make', { fromId: from.userId, toId: to.userId })).body.code, 'HANDOVER_NOTHING')
})
