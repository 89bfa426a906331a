import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { testApp, type TestApp } from '../src/testing/index.ts'
import { withTx } from '../src/store/tx.ts'
import { crm, CRM, grants, makeTree } from './fixture.ts'

let app: TestApp
let tables: string[] = []

before(async () => {
  app = await testApp({ modules: [crm], tenants: 2, clock: '2026-11-22T01:00:00Z' })
  for (const t of app.tenantIds) {
    const tree = await makeTree(app, t)
    const who = await app.person({ username: 'user1', unitId: tree.n1, roles: [{ code: 'all', grants: grants(CRM, 'all') }] }, t)
    const { body } = await who.post('/api/accounts', { name: '客户', unitId: tree.n1 }, { 'idempotency-key': 'k' })
    await who.post(`/api/accounts/${body.id}/comments`, { text: 'x' })
    await who.post('/api/saved-views', { entity: 'account', name: 'v', query: {} })
  }
  tables = (await app.owner.query("select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace order by 1")).rows.map(r => r.relname as string)
})

test('every table that has a tenant is bound by row-level security, for reading and for writing', async () => {
  assert.ok(tables.length >= 20, String(tables))
  const { rows } = await app.owner.query('select relname, relrowsecurity from pg_class where relname = any($1)', [tables])
  assert.deepEqual(rows.filter(r => !r.relrowsecurity).map(r => r.relname), [])
  const policies = (await app.owner.query('select tablename, cmd, qual from pg_policies where tablename = any($1)', [tables])).rows
  assert.deepEqual(tables.filter(t => !policies.some(p => p.tablename === t && p.cmd === 'ALL' && String(p.qual).includes('app.tenant'))), [])
  const open = (await app.owner.query("select relname from pg_class where relkind in ('r','p') and relnamespace = 'public'::regnamespace and not relrowsecurity")).rows.map(r => r.relname as string)
  assert.deepEqual(open, ['migration'], 'only the list of migrations belongs to no tenant')
})

test('the application’s role is no superuser, owns nothing and can’t bypass', async () => {
  const { rows: [role] } = await app.owner.query('select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname = $1', [app.connection.user])
  assert.deepEqual(role, { rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false })
  assert.equal((await app.owner.query('select count(*)::int n from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname = $1', [app.connection.user])).rows[0].n, 0)
  await assert.rejects(app.runtime.pool.query('set session authorization postgres'), /permission denied/)
  await assert.rejects(app.runtime.pool.query('alter table account disable row level security'), /owner/)
  await assert.rejects(app.runtime.pool.query('create table x (a int)'), /permission denied/)
})

test('without a tenant no table shows a row; with one, none of another', async () => {
  const [a, b] = app.tenantIds as [string, string]
  for (const table of tables) {
    const all = (await app.owner.query(`select count(*)::int n, count(*) filter (where tenant_id = $1)::int mine from "${table}"`, [a])).rows[0]
    const none = await app.runtime.pool.query(`select 1 from "${table}"`)
    assert.equal(none.rowCount, 0, table)
    const mine = await withTx(app.runtime.pool, { tenantId: a }, tx => tx.query<{ tenant_id: string }>(`select tenant_id from "${table}"`))
    assert.equal(mine.length, all.mine, table)
    assert.ok(mine.every(r => r.tenant_id === a))
    if (['audit', 'reading'].includes(table)) continue
    const changed = await withTx(app.runtime.pool, { tenantId: a }, tx => tx.query(`update "${table}" set tenant_id = tenant_id where tenant_id = $1 returning 1`, [b]))
    assert.equal(changed.length, 0, table)
    assert.equal((await withTx(app.runtime.pool, { tenantId: a }, tx => tx.query(`delete from "${table}" where tenant_id = $1 returning 1`, [b]))).length, 0, table)
  }
  assert.ok((await app.owner.query('select count(distinct tenant_id)::int n from account')).rows[0].n === 2, 'there was something to hide')
})

test('no table takes a row of another tenant, nor one when no tenant is set', async () => {
  const [a, b] = app.tenantIds as [string, string]
  for (const table of tables) {
    const columns = (await app.owner.query("select column_name, data_type from information_schema.columns where table_name = $1 and is_nullable = 'NO' and column_default is null and is_identity = 'NO'", [table])).rows as Array<{ column_name: string; data_type: string }>
    const dummy: Record<string, string> = { uuid: 'gen_random_uuid()', text: "'x'", integer: '1', 'timestamp with time zone': 'now()', bytea: "'\\x00'", tsvector: "''", boolean: 'false', jsonb: "'{}'", bigint: '1', ARRAY: "'{}'", date: 'now()', numeric: '1' }
    const insert = `insert into "${table}" (${columns.map(c => `"${c.column_name}"`).join(', ')}) values (${columns.map(c => (c.column_name === 'tenant_id' ? `'${b}'` : dummy[c.data_type])).join(', ')})`
    await assert.rejects(withTx(app.runtime.pool, { tenantId: a }, tx => tx.query(insert)), /row-level security/, table)
    await assert.rejects(withTx(app.runtime.pool, {}, tx => tx.query(insert)), /row-level security/, table)
  }
})

test('a tenant set for one transaction does not stay on the connection', async () => {
  await withTx(app.runtime.pool, { tenantId: app.tenantIds[0]! }, tx => tx.query('select 1'))
  for (let i = 0; i < 10; i++) assert.equal((await app.runtime.pool.query('select 1 from account')).rowCount, 0)
  await assert.rejects(withTx(app.runtime.pool, { tenantId: "x'; drop table account; --" }, tx => tx.query('select 1')), /not a tenant id/)
})

test('SP-23 the log can be added to by the application and neither changed nor deleted', async () => {
  const tenantId = app.tenantIds[0]!
  for (const table of ['audit', 'reading']) for (const act of [`update "${table}" set tenant_id = tenant_id`, `delete from "${table}"`, `truncate "${table}"`]) {
    await assert.rejects(withTx(app.runtime.pool, { tenantId }, tx => tx.query(act)), /permission denied/, act)
  }
  await assert.rejects(withTx(app.runtime.pool, { tenantId }, tx => tx.query('update migration set hash = hash')), /permission denied/)
  await assert.rejects(withTx(app.runtime.pool, { tenantId }, tx => tx.query("insert into tenant (id, code, name) values (gen_random_uuid(), 'x', 'x')")), /permission denied|row-level/)
  await withTx(app.runtime.pool, { tenantId }, tx => tx.query("update tenant set name = 'gestohlen' where id <> $1", [tenantId]))
  assert.equal((await app.owner.query("select count(*)::int n from tenant where name = 'gestohlen'")).rows[0].n, 0)
})

test('an error that a caller swallowed is not acknowledged as stored', async () => {
  const tenantId = app.tenantIds[0]!
  await assert.rejects(withTx(app.runtime.pool, { tenantId }, async tx => {
    await tx.query("insert into series (tenant_id, key, last) values ($1, 'swallowed', 1)", [tenantId])
    await tx.query('select 1/0').catch(() => {})
    return 'stored'
  }), /rolled back/)
  assert.equal((await app.owner.query("select count(*)::int n from series where key = 'swallowed'")).rows[0].n, 0)
})
