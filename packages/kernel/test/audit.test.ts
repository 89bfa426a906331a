import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { verifyAudit } from '../src/audit/verify.ts'
import { testApp, type Caller, type TestApp } from '../src/testing/index.ts'
import { crm, CRM, grants, makeTree, type Tree } from './fixture.ts'

let app: TestApp, boss: Caller, agent: Caller, tree: Tree
before(async () => {
  app = await testApp({ modules: [crm], clock: '2026-11-22T01:00:00Z' })
  tree = await makeTree(app)
  boss = await app.person({ username: 'boss', name: '老板', unitId: tree.n1, roles: [{ code: 'boss', grants: { ...grants([...CRM, 'user', 'role'], 'all'), 'audit:read': ['all'] } }] })
  agent = await app.person({ username: 'agent', name: '坐席甲', unitId: tree.n1, roles: [{ code: 'agent', grants: grants(['account', 'deal'], 'all', ['read', 'update', 'reveal']), fields: { 'account.phone': 'mask' } }] })
})
const account = async (more: object = {}) => (await boss.post('/api/accounts', { name: '张三丰', phone: '13800000001', credit: '100', unitId: tree.n1, ...more })).body
const verify = () => app.system(ctx => verifyAudit(ctx))
const AUDIT_COLUMNS = ['at', 'actor_id', 'act', 'reason', 'ip', 'unit_id', 'payload', 'digest', 'hash', 'redacted', 'seq', 'entity', 'record_id'] as const

test('SP-23 one byte changed in row k of the log, in any column, is found, and row k is named', async () => {
  const a = await account()
  for (let i = 1; i <= 4; i++) await boss.patch(`/api/accounts/${a.id}`, { score: i })
  assert.deepEqual((await verify()).broken, [])
  const CHANGES: Record<(typeof AUDIT_COLUMNS)[number], string> = {
    at: "at + interval '1 millisecond'", actor_id: 'null', act: "'updatf'", reason: "''", ip: "'127.0.0.2'", unit_id: 'null', payload: `jsonb_set(payload, '{after,score}', '9')`, digest: "set_byte(digest, 3, (get_byte(digest, 3) + 1) % 256)",
    hash: "set_byte(hash, 31, (get_byte(hash, 31) + 1) % 256)", redacted: 'true', seq: 'seq + 100', entity: "'deal'", record_id: 'gen_random_uuid()',
  }
  for (const column of AUDIT_COLUMNS) {
    await app.owner.query('begin')
    const changed = await app.owner.query(`update audit set ${column} = ${CHANGES[column]} where record_id = $1 and seq = 3`, [a.id])
    assert.equal(changed.rowCount, 1)
    await app.owner.query('commit')
    const found = await verify()
    assert.ok(!found.ok, column)
    const named = found.broken.map(b => b.seq)
    assert.ok(named.includes(3) || named.includes(103) || (['seq', 'entity', 'record_id'].includes(column) && named.includes(4)), `${column}: ${JSON.stringify(found.broken)}`)
    const inverse: Record<string, string> = { at: "at - interval '1 millisecond'", actor_id: `'${boss.userId}'`, act: "'update'", reason: 'null', ip: "'127.0.0.1'", unit_id: `'${tree.n1}'`, payload: `jsonb_set(payload, '{after,score}', '2')`, digest: "set_byte(digest, 3, (get_byte(digest, 3) + 255) % 256)", hash: "set_byte(hash, 31, (get_byte(hash, 31) + 255) % 256)", redacted: 'false', seq: 'seq - 100', entity: "'account'", record_id: `'${a.id}'` }
    await app.owner.query(`update audit set ${column} = ${inverse[column]!} where (entity, seq) in (('account', 3), ('account', 103), ('deal', 3)) and at is not null and (record_id = $1 or record_id not in (select id from account))`, [a.id])
    assert.deepEqual((await verify()).broken, [], `${column} put back`)
  }
})

test('a deleted entry is found, in the middle and at the end', async () => {
  const a = await account()
  for (let i = 1; i <= 3; i++) await boss.patch(`/api/accounts/${a.id}`, { score: i })
  for (const [seq, named] of [[2, 3], [4, 4], [1, 2]] as const) {
    const { rows: [row] } = await app.owner.query('delete from audit where record_id = $1 and seq = $2 returning *', [a.id, seq])
    const { broken } = await verify()
    assert.ok(broken.some(b => b.recordId === a.id && b.seq === named), `${seq}: ${JSON.stringify(broken)}`)
    const keys = Object.keys(row!)
    await app.owner.query(`insert into audit (${keys.join(', ')}) values (${keys.map((_, i) => `$${i + 1}`).join(', ')})`, keys.map(k => (k === 'payload' ? JSON.stringify(row![k]) : row![k])))
    assert.deepEqual((await verify()).broken, [])
  }
  const one = await boss.get(`/api/audit/verify?entity=account&id=${a.id}`)
  assert.deepEqual(one.body, { ok: true, rows: 4, broken: [] })
})

test('SP-23 the log can’t be changed through the API: 405', async () => {
  for (const [method, url] of [['PATCH', '/api/audit/1'], ['PUT', '/api/audit/x/2'], ['DELETE', '/api/audit/1'], ['POST', '/api/audit']] as const) {
    const r = await boss.call(method, url, {})
    assert.deepEqual([r.status, r.body.code], [405, 'APPEND_ONLY'], `${method} ${url}`)
  }
})

test('CU-22 an agent sees 138****0001; to see the whole they need the right and a reason, and both are kept', async () => {
  const a = await account()
  assert.equal((await agent.get(`/api/accounts/${a.id}`)).body.phone, '138****0001')
  for (const body of [{ field: 'phone' }, { field: 'phone', reason: ' ' }]) assert.equal((await agent.post(`/api/accounts/${a.id}/reveal`, body)).status, 400)
  const shown = await agent.post(`/api/accounts/${a.id}/reveal`, { field: 'phone', reason: '客户要求回电' })
  assert.deepEqual(shown.body, { value: '13800000001' })
  const [entry] = (await boss.get(`/api/accounts/${a.id}/history`)).body
  assert.deepEqual([entry.act, entry.reason, entry.actorName, entry.note], ['reveal', '客户要求回电', '坐席甲', { field: 'phone' }])
  const reader = await app.person({ username: 'reader', unitId: tree.n1, roles: [{ code: 'reader', grants: { 'account:read': ['all'] }, fields: { 'account.phone': 'mask' } }] })
  assert.equal((await reader.post(`/api/accounts/${a.id}/reveal`, { field: 'phone', reason: '好奇而已' })).status, 403)
  assert.equal((await agent.post(`/api/accounts/${a.id}/reveal`, { field: 'secret', reason: '好奇而已' })).body.code, 'UNKNOWN_FIELD')
  assert.deepEqual((await verify()).broken, [])
})

test('CU-22 erase takes the name out of the row, the search and the history; totals and the chain stay', async () => {
  const a = await account({ name: '独孤求败', phone: '13811112222' })
  await boss.patch(`/api/accounts/${a.id}`, { name: '独孤求胜', credit: '300' })
  await boss.post('/api/deals', { title: '大单', amount: '500', accountId: a.id })
  await agent.post(`/api/accounts/${a.id}/reveal`, { field: 'phone', reason: '客户要求回电' })
  const totals = async () => (await boss.get('/api/accounts/aggregate?measure=count,sum:credit')).body.rows[0]
  const before = await totals()
  assert.equal((await agent.post(`/api/accounts/${a.id}/erase`, { reason: '本人要求' })).status, 403)
  const erased = await boss.post(`/api/accounts/${a.id}/erase`, { reason: '本人要求' })
  assert.equal(erased.status, 200, JSON.stringify(erased.body))
  assert.deepEqual([erased.body.name, erased.body.phone, erased.body.credit], ['已删除', null, '300.00'])
  const { count, 'sum:credit': sum } = await totals()
  assert.deepEqual([count, sum], [before.count, before['sum:credit']])
  for (const q of ['独孤', 'dugu', '13811112222', '2222']) assert.ok(!(await boss.get(`/api/accounts?q=${encodeURIComponent(q)}`)).body.items.some((x: { id: string }) => x.id === a.id), q)
  const history = (await boss.get(`/api/accounts/${a.id}/history`)).body
  assert.deepEqual(history.map((h: { act: string; redacted: boolean }) => [h.act, h.redacted]), [['erase', false], ['reveal', true], ['update', true], ['create', true]])
  assert.deepEqual(history[2].changes.map((c: { field: string }) => c.field), ['credit'], 'what is not personal stays')
  const raw = JSON.stringify((await app.owner.query('select payload from audit where record_id = $1', [a.id])).rows) + JSON.stringify((await app.owner.query('select * from search_doc where record_id = $1', [a.id])).rows) + JSON.stringify((await app.owner.query('select * from account where id = $1', [a.id])).rows)
  assert.doesNotMatch(raw, /独孤|13811112222/)
  assert.deepEqual((await verify()).broken, [])
  await boss.patch(`/api/accounts/${a.id}`, { name: '后来的人', score: 5 })
  assert.deepEqual((await verify()).broken, [])
  await app.owner.query(`update audit set payload = jsonb_set(payload, '{after,credit}', '"999.00"') where record_id = $1 and seq = 2`, [a.id])
  assert.ok((await verify()).broken.some(b => b.recordId === a.id), 'what was left of an erased entry can’t be changed either')
  await app.owner.query(`update audit set payload = jsonb_set(payload, '{after,credit}', '"300.00"') where record_id = $1 and seq = 2`, [a.id])
  assert.equal((await boss.post(`/api/accounts/${a.id}/erase`, { reason: '又一次要求' })).status, 200, 'and once more')
  assert.deepEqual((await verify()).broken, [])
  assert.equal((await boss.post(`/api/deals/${a.id}/erase`, { reason: 'xx' })).status, 404, 'an entity without personal data has no such route')
})

test('BH-7.5 the log names what was changed: the record, what its references point to, and the act, not their ids', async () => {
  const [a, b] = [await account(), await account()]
  const deal = (await boss.post('/api/deals', { title: '整机采购', accountId: a.id })).body
  await boss.patch(`/api/deals/${deal.id}`, { accountId: b.id })
  const nameOf = async (id: string) => { const { number, name } = (await boss.get(`/api/accounts/${id}`)).body; return `${number} ${name}` }
  const [line] = (await boss.get(`/api/audit?recordId=${deal.id}&entity=deal&limit=1`)).body.items
  assert.deepEqual([line.title, line.changes], ['整机采购', [{ field: 'accountId', label: '客户', before: a.id, after: b.id, beforeName: await nameOf(a.id), afterName: await nameOf(b.id) }]])
  assert.deepEqual((await boss.get(`/api/deals/${deal.id}/history`)).body[0].changes, line.changes)
})

test('BH-7.5 one change is one entry with who, old, new and from where; found by person and day, and as a file', async () => {
  const a = await account()
  const count = async () => (await app.owner.query('select count(*)::int n from audit')).rows[0].n as number
  const n = await count()
  const r = await app.server.inject({ method: 'PATCH', url: `/api/accounts/${a.id}`, remoteAddress: '10.1.2.3', headers: { authorization: `Bearer ${boss.token}` }, payload: { tier: 'gold' } })
  assert.equal(r.statusCode, 200)
  assert.equal(await count(), n + 1)
  const find = (q: string) => boss.get(`/api/audit?${q}`)
  const [line] = (await find(`actor=${boss.userId}&from=2026-11-22&to=2026-11-22&entity=account&act=update&limit=1`)).body.items
  assert.deepEqual([line.actorName, line.ip, line.recordId, line.changes], ['老板', '10.1.2.3', a.id, [{ field: 'tier', label: '等级', before: 'silver', after: 'gold' }]])
  assert.deepEqual((await find('from=2026-11-23')).body.items, [])
  assert.deepEqual((await find('to=2026-11-21')).body.items, [])
  assert.ok((await find(`actor=${agent.userId}`)).body.items.every((x: { actor: string }) => x.actor === agent.userId))
  const ids: string[] = []
  for (let after: string | null = ''; after !== null;) {
    const page: { items: Array<{ recordId: string; seq: number }>; next: string | null } = (await find(`limit=7${after ? `&after=${encodeURIComponent(after)}` : ''}`)).body
    ids.push(...page.items.map(x => `${x.recordId}/${x.seq}`))
    after = page.next
  }
  assert.equal(ids.length, await count(), 'many entries of one moment: every page, each once')
  assert.equal(new Set(ids).size, ids.length)
  const file = await boss.get(`/api/audit/export?actor=${boss.userId}&act=update&from=2026-11-22`)
  assert.equal(file.headers['content-type'], 'text/csv; charset=utf-8')
  assert.match(String(file.body), /^\ufeff时间,人员,IP,/)
  assert.match(String(file.body), /2026-11-22 09:00:00,老板,10\.1\.2\.3,客户,.*等级：silver → gold/)
  assert.equal((await agent.get('/api/audit/export')).status, 403)
  for (const q of ['from=x', 'after=x', 'actor=x', 'limit=0']) assert.equal((await find(q)).status, 400, q)
})
