import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { defineEntity } from '../src/entity/define.ts'
import { f } from '../src/entity/field.ts'
import { fail } from '../src/errors.ts'
import { defineAction, defineModule } from '../src/module.ts'
import { create, update } from '../src/operations/write.ts'
import { verifyAudit } from '../src/audit/verify.ts'
import { testApp, type Caller, type TestApp } from '../src/testing/index.ts'
import { crm, CRM, grants, makeTree, type Tree } from './fixture.ts'

const seen: string[] = []
const Ticket = defineEntity('ticket', {
  label: ['工单', 'Ticket'],
  fields: {
    number: f.serial(['编号', 'Number'], 'T{0000}', { unique: true, search: 'code' }),
    title: f.text(['标题', 'Title'], { required: true, search: 'text' }),
    count: f.integer(['次数', 'Count'], { default: 0 }),
    doubled: f.integer(['两倍', 'Doubled'], { readOnly: true }),
    unitIds: f.refs(['单位', 'Units'], () => 'unit', { required: true }),
    shape: f.json(['结构', 'Shape']),
  },
  display: ['number'], list: ['number', 'title'],
  hooks: {
    before(_ctx, c) {
      if (c.draft.title === '坏') fail('INVALID', { summary: '坏', fields: [] })
      if (typeof c.draft.count === 'number') c.draft.doubled = c.draft.count * 2
      if (c.act === 'remove' && c.before?.title === '留') fail('REFERENCED')
    },
    after(_ctx, c) { seen.push(`${c.act} ${c.row?.title ?? c.before?.title ?? ''}`); if (c.row?.title === '事后坏') fail('LIMIT', { what: '坏', max: 0 }) },
  },
})
const bump = defineAction<{ id: string }, { count: unknown }>({
  name: 'bump', label: ['加一', 'Bump'], method: 'POST', path: '/api/tickets/:id/bump', permission: 'ticket:update',
  async run(ctx, { id }) {
    const { lock, storeChange } = await import('../src/operations/write.ts')
    const entity = ctx.entities.get('ticket')
    const locked = await lock(ctx, entity, id, 'update')
    return { count: (await storeChange(ctx, entity, id, { count: (locked.row.count as number) + 1 }, { locked })).count }
  },
})
const tickets = defineModule({ name: 'tickets', label: ['工单', 'Tickets'], entities: [Ticket], actions: [bump], listeners: [{ name: 'ear', event: 'ticket.*', run: async () => {} }] })

let app: TestApp, boss: Caller, tree: Tree
before(async () => {
  app = await testApp({ modules: [crm, tickets], clock: '2026-11-22T01:00:00Z' })
  tree = await makeTree(app)
  boss = await app.person({ username: 'boss', unitId: tree.n1, roles: [{ code: 'boss', grants: grants([...CRM, 'ticket', 'unit'], 'all') }] })
})
const ticket = (more: object = {}) => boss.post('/api/tickets', { title: '修', unitIds: [tree.n1], ...more })
const traces = async (): Promise<number[]> => (await app.owner.query('select (select count(*) from audit)::int a, (select count(*) from outbox)::int o, (select count(*) from search_doc)::int s, (select count(*) from ticket)::int t, (select coalesce(sum(last), 0) from series)::int n, (select count(*) from idempotency)::int i')).rows.map(x => Object.values(x) as number[])[0]!

test('all that is wrong is told at once, each on its field', async () => {
  const r = await boss.post('/api/accounts', { phone: 'x', score: 101, born: '2026-02-30', tier: 'x', nosuch: 1, secret: 's', unitId: 'x' })
  assert.equal(r.status, 400)
  assert.deepEqual(Object.fromEntries(r.body.details.fields.map((p: { field: string; code: string }) => [p.field, p.code])), { phone: 'PHONE', score: 'RANGE', born: 'DATE', tier: 'CHOICE', nosuch: 'UNKNOWN_FIELD', secret: 'UNKNOWN_FIELD', unitId: 'REF' })
  const empty = await boss.post('/api/accounts', {})
  assert.deepEqual(empty.body.details.fields.map((p: { field: string; code: string }) => [p.field, p.code]), [['name', 'REQUIRED'], ['unitId', 'REQUIRED']])
  assert.deepEqual((await ticket({ unitIds: [] })).body.details.fields, [{ field: 'unitIds', code: 'REQUIRED', message: '必填' }], 'an empty list is no value')
  const english = await app.anonymous.call('POST', '/api/accounts', {}, { authorization: `Bearer ${boss.token}`, 'accept-language': 'en' })
  assert.match(english.body.message, /^Some fields are not right/)
  for (const body of [[], 'x']) assert.equal((await boss.call('POST', '/api/accounts', body, { 'content-type': 'application/json' })).status, 400)
})

test('defaults fill what is missing; what people may not write is refused with 405', async () => {
  const a = (await boss.post('/api/accounts', { name: '客户', unitId: tree.n1, source: '官网' })).body
  assert.equal(a.tier, 'silver')
  assert.equal((await boss.patch(`/api/accounts/${a.id}`, { source: '电话' })).body.code, 'FIELD_READ_ONLY')
  assert.equal((await boss.patch(`/api/accounts/${a.id}`, { source: '电话' })).status, 405)
  for (const body of [{ number: 'A1' }, { createdAt: '2020-01-01' }, { createdBy: boss.userId }, { id: boss.userId }]) assert.equal((await boss.post('/api/accounts', { name: 'x', unitId: tree.n1, ...body })).status, 405, JSON.stringify(body))
  assert.equal((await boss.patch(`/api/accounts/${a.id}`, { updatedBy: boss.userId })).status, 405)
  assert.equal((await boss.patch(`/api/accounts/${a.id}`, { name: null })).body.details.fields[0].code, 'REQUIRED')
  assert.equal((await ticket({ doubled: 7 })).status, 405)
  const t = (await ticket({ count: 4 })).body
  assert.equal(t.doubled, 8, 'a hook derived it')
  for (const [method, body] of [['POST', { value: 1 }], ['PATCH', { value: 2 }], ['DELETE', undefined]] as const) {
    const [row] = (await boss.get('/api/readings')).body.items
    const r = await boss.call(method, `/api/readings${method === 'POST' ? '' : `/${row.id}`}`, body)
    assert.equal(r.status, method === 'POST' ? 201 : 405, `${method} ${JSON.stringify(r.body)}`)
  }
})

test('a value that must be unique is refused when taken, and told which', async () => {
  assert.equal((await boss.post('/api/accounts', { name: 'a', code: 'C1', unitId: tree.n1 })).status, 201)
  const r = await boss.post('/api/accounts', { name: 'b', code: ' c 1', unitId: tree.n1 })
  assert.equal(r.status, 409)
  assert.deepEqual([r.body.code, r.body.details.name, r.body.details.value], ['UNIQUE', 'code', 'C1'])
})

test('a record that others use can’t be deleted; alone it can', async () => {
  const a = (await boss.post('/api/accounts', { name: 'a', unitId: tree.n1 })).body
  const d = (await boss.post('/api/deals', { title: 'd', accountId: a.id })).body
  assert.equal((await boss.remove(`/api/accounts/${a.id}`)).body.code, 'REFERENCED')
  assert.equal((await boss.remove(`/api/deals/${d.id}`)).status, 204)
  assert.equal((await boss.remove(`/api/accounts/${a.id}`)).status, 204)
  assert.equal((await boss.remove(`/api/accounts/${a.id}`)).status, 404)
})

test('who comes second with an old version is told so; nothing changed is nothing written', async () => {
  const t = (await ticket({ shape: { b: 1, a: { d: 1, c: 2 } } })).body
  const up = await boss.patch(`/api/tickets/${t.id}`, { title: '改', version: 1 })
  assert.equal(up.body.version, 2)
  for (const version of [1, 3, 'x']) assert.equal((await boss.patch(`/api/tickets/${t.id}`, { title: '再改', version })).body.code, 'CHANGED_MEANWHILE')
  const before = await traces()
  assert.equal((await boss.patch(`/api/tickets/${t.id}`, { title: '改', shape: { a: { c: 2, d: 1 }, b: 1 }, version: 2 })).body.version, 2)
  assert.deepEqual(await traces(), before)
})

test('forty changes at once lose nothing, and the chain of the log holds', async () => {
  const t = (await ticket()).body
  const answers = await Promise.all(Array.from({ length: 40 }, () => boss.post(`/api/tickets/${t.id}/bump`)))
  assert.deepEqual(answers.map(a => a.body.count).toSorted((a, b) => a - b), Array.from({ length: 40 }, (_, i) => i + 1))
  const now = (await boss.get(`/api/tickets/${t.id}`)).body
  assert.deepEqual([now.count, now.version], [40, 41])
  const race = await Promise.all([boss.patch(`/api/tickets/${t.id}`, { title: '甲', version: 41 }), boss.patch(`/api/tickets/${t.id}`, { title: '乙', version: 41 })])
  assert.deepEqual(race.map(x => x.status).toSorted(), [200, 409])
  const made = await Promise.all(Array.from({ length: 20 }, () => ticket()))
  assert.equal(new Set(made.map(x => x.body.number)).size, 20, 'twenty at once, twenty numbers')
  assert.deepEqual((await app.system(ctx => verifyAudit(ctx))).broken, [])
})

test('one key, one act: the second answer is the first one, also when both come at once; another body is refused', async () => {
  const body = { title: '钥匙', unitIds: [tree.n1] }
  const send = (key: string, b: object = body) => boss.post('/api/tickets', b, { 'idempotency-key': key })
  const first = await send('k1')
  const second = await send('k1')
  assert.deepEqual([second.status, second.body], [first.status, first.body])
  assert.equal((await send('k1', { ...body, title: '别的' })).body.code, 'IDEMPOTENCY_REUSED')
  const both = await Promise.all(Array.from({ length: 5 }, () => send('k2')))
  assert.equal(new Set(both.map(x => x.body.id)).size, 1)
  assert.ok(both.every(x => x.status === 201))
  const other = await app.person({ username: 'other', unitId: tree.n1, roleIds: [], roles: [{ code: 'boss', grants: {} }] })
  assert.notEqual((await other.post('/api/tickets', body, { 'idempotency-key': 'k1' })).body.id, first.body.id, 'a key is its owner’s')
  assert.equal((await send('k3', { title: '坏', unitIds: [tree.n1] })).status, 400)
  assert.equal((await send('k3')).status, 201, 'a refused act uses no key')
  assert.equal((await send('x'.repeat(101))).status, 400)
})

test('a refused act leaves nothing: no row, no log, no event, no search entry, no number used', async () => {
  const number = (await ticket()).body.number as string
  const before = await traces()
  seen.length = 0
  for (const body of [{ title: '坏' }, { title: '事后坏' }, { title: 'x', unitIds: [boss.userId] }, { title: '' }]) assert.ok((await ticket(body)).status >= 400, JSON.stringify(body))
  assert.deepEqual(await traces(), before)
  assert.deepEqual(seen, ['create 事后坏'])
  assert.equal(Number(((await ticket()).body.number as string).slice(1)), Number(number.slice(1)) + 1)
  const kept = (await ticket({ title: '留' })).body
  assert.equal((await boss.remove(`/api/tickets/${kept.id}`)).body.code, 'REFERENCED')
  assert.equal((await boss.get(`/api/tickets/${kept.id}`)).status, 200)
  await assert.rejects(app.system(async ctx => {
    await create(ctx, ctx.entities.get('ticket'), { title: '同生', unitIds: [tree.n1] })
    await update(ctx, ctx.entities.get('ticket'), kept.id, { title: '坏' })
  }))
  assert.deepEqual((await boss.get('/api/tickets?filter={"title":"同生"}')).body.items, [], 'one act, one transaction')
})
