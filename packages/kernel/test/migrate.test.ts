import assert from 'node:assert/strict'
import { test } from 'node:test'
import pg from 'pg'
import { coreModule } from '../src/core/index.ts'
import { compileEntity } from '../src/entity/compile.ts'
import { defineEntity, type Entity } from '../src/entity/define.ts'
import { f } from '../src/entity/field.ts'
import { compileMetadata } from '../src/entity/registry.ts'
import { migrationsFor, nextMigration, withBase } from '../src/store/install.ts'
import { ensureAppRole, migrate, type Migration } from '../src/store/migrate.ts'
import { diffSchema, schemaOf } from '../src/store/schema.ts'
import { testDatabase } from '../src/testing/index.ts'

type Fields = Parameters<typeof defineEntity>[1]['fields']
const thing = (fields: Fields, more: object = {}): Entity => defineEntity('thing', { label: ['物', 'Thing'], fields, display: ['name'], list: ['name'], ...more }) as unknown as Entity
const NAME = f.text(['名称', 'Name'], { required: true })
const V1 = thing({ name: NAME, size: f.integer(['大小', 'Size'], { index: true }), code: f.code(['码', 'Code'], { required: true }) })
const V2 = thing({ name: NAME, size: f.decimal(['大小', 'Size'], { scale: 2, unique: true }), unitId: f.ref(['单位', 'Unit'], () => 'unit'), must: f.text(['必填', 'Must'], { required: true }), on: f.date(['日', 'On']) }, { indexes: [{ on: ['unitId', 'on'], desc: true }] })
const compiled = (...e: Entity[]) => compileMetadata([...coreModule.entities!, ...e]).base.all()
const schema = (...e: Entity[]) => schemaOf(compiled(...e))

test('a declaration that did not change needs no migration; a new entity is a table with its keys, indexes and policy', () => {
  assert.deepEqual(diffSchema(schema(V1), schema(V1)), [])
  assert.equal(nextMigration(schema(V1), compiled(V1)), null)
  const sql = diffSchema(schema(), schema(V1))
  assert.match(sql[0]!, /^create table "thing" \(\n {2}tenant_id uuid not null references "tenant" \(id\)/)
  assert.match(sql[0]!, /primary key \(tenant_id, id\)/)
  assert.ok(sql.some(s => s === 'alter table "thing" enable row level security') && sql.some(s => s.startsWith('create policy tenant_isolation on "thing"')))
  assert.ok(sql.some(s => s === 'create index "ix_thing__size" on "thing" (tenant_id, "size")'))
})

test('a changed declaration leads to the least that is needed, and never loses a column', () => {
  const sql = diffSchema(schema(V1), schema(V2))
  assert.deepEqual(sql, [
    'alter table "thing" alter column "size" type numeric(18,2) using "size"::numeric(18,2)',
    'alter table "thing" add column "unit_id" uuid', 'alter table "thing" add column "must" text', 'alter table "thing" add column "on" date',
    'alter table "thing" alter column "code" drop not null', 'drop index if exists "ix_thing__size"',
    'alter table "thing" add constraint "fk_thing__unit_id" foreign key (tenant_id, "unit_id") references "unit" (tenant_id, id) on delete restrict',
    'create unique index "uq_thing__size" on "thing" (tenant_id, "size")', 'create index "ix_thing__unit_id__on" on "thing" (tenant_id, "unit_id", "on" desc)',
  ])
  assert.ok(!sql.join().includes('drop column'))
  assert.deepEqual(diffSchema(schema(V1), schema()), [], 'a declaration that went leaves its table')
})

test('two long names that begin alike get two indexes', () => {
  const long = (tail: string) => `${'veryLongFieldNameThatGoesOnAndOn'.repeat(2)}${tail}`
  const e = compileEntity(thing({ name: NAME, [long('A')]: f.text(['a', 'a'], { index: true }), [long('B')]: f.text(['b', 'b'], { index: true }) }))
  const names = Object.keys(schemaOf([e]).tables.thing!.indexes)
  assert.equal(names.length, 2)
  assert.ok(names.every(n => n.length <= 60))
})

const connect = async (c: object): Promise<pg.Client> => { const client = new pg.Client(c); await client.connect(); return client }
const first = (): Migration[] => migrationsFor([], compiled(V1))

test('old rows and their values live through a migration, and old columns stay', async () => {
  const { owner } = await testDatabase()
  const c = await connect(owner)
  assert.deepEqual(await migrate(c, first()), ['0000_kernel', '0000_kernel_attachment-versions', '0000_kernel_comments', '0001_entities'])
  assert.deepEqual(await migrate(c, first()), [], 'nothing twice')
  const id = '019d0000-0000-7000-8000-000000000001'
  await c.query("insert into tenant (id, code, name) values ($1, 'main', '主')", [id])
  await c.query("insert into thing (tenant_id, id, name, size, code, created_at, updated_at) values ($1, $1, '旧', 7, 'K', now(), now())", [id])
  const next = nextMigration(schema(V1), compiled(V2))!
  assert.deepEqual(next.snapshot, schema(V2))
  await migrate(c, [...first(), { name: '0002_v2', sql: next.sql }])
  assert.deepEqual((await c.query('select name, size::text, code, must from thing')).rows, [{ name: '旧', size: '7.00', code: 'K', must: null }])
  await c.query("insert into thing (tenant_id, id, name, size, created_at, updated_at) values ($1, gen_random_uuid(), '新', 8, now(), now())", [id])
  await c.end()
})

test('a changed file, a newer database and a failing file are refused, and the last leaves nothing half done', async () => {
  const { owner } = await testDatabase()
  const c = await connect(owner)
  await migrate(c, first())
  const changed = first().map(m => (m.name === '0001_entities' ? { ...m, sql: `${m.sql}\n-- later` } : m))
  await assert.rejects(migrate(c, changed), /0001_entities 在执行之后被改过/)
  assert.deepEqual(await migrate(c, first().map(m => ({ ...m, sql: m.sql.replaceAll('\n', '\r\n') }))), [], 'line ends of another system are no change')
  await migrate(c, [...first(), { name: '0009_later', sql: 'select 1' }])
  await assert.rejects(migrate(c, first()), /数据库比程序新（0009_later）/)
  await assert.rejects(migrate(c, [...first(), { name: '0009_later', sql: 'select 1' }, { name: '0010_bad', sql: 'create table half (a int); select 1/0' }]), /0010_bad 失败/)
  assert.equal((await c.query("select to_regclass('half') as t")).rows[0].t, null)
  const other = await connect(owner)
  assert.deepEqual(await migrate(other, [...first(), { name: '0009_later', sql: 'select 1' }]), [], 'a refused migration holds no lock')
  await Promise.all([c.end(), other.end()])
})

test('two processes that start at once migrate once', async () => {
  const { owner } = await testDatabase()
  const clients = await Promise.all([1, 2, 3].map(() => connect(owner)))
  const done = await Promise.all(clients.map(c => migrate(c, first())))
  assert.deepEqual(done.flat().toSorted(), ['0000_kernel', '0000_kernel_attachment-versions', '0000_kernel_comments', '0001_entities'])
  await Promise.all(clients.map(c => c.end()))
})

test('a module’s own tables come before the entities, and the files of an installation after both', () => {
  const names = withBase([{ name: 'm', label: ['m', 'm'], tables: [{ name: 'm', sql: 'select 1' }, { name: 'm-2', sql: 'select 2' }] }], [{ name: '0001_x', sql: '' }]).map(m => m.name)
  assert.deepEqual(names.toSorted(), names)
  assert.deepEqual(names, ['0000_kernel', '0000_kernel_attachment-versions', '0000_kernel_comments', '0000_kernel_m', '0000_kernel_m-2', '0001_x'])
})

test('the application’s role is made again as it should be, whatever became of it', async () => {
  const { owner, name } = await testDatabase()
  const c = await connect(owner)
  await migrate(c, first())
  const one = await ensureAppRole(c, name, 'secret')
  await c.query(`alter role ${one.user} superuser`)
  assert.deepEqual(await ensureAppRole(c, name, 'secret'), one, 'every process knows the same password')
  assert.notEqual((await ensureAppRole(c, name, 'other')).password, one.password)
  const { rows: [role] } = await c.query('select rolsuper from pg_roles where rolname = $1', [one.user])
  assert.equal(role.rolsuper, false)
  await c.query(`alter role ${one.user} bypassrls`)
  await assert.rejects(ensureAppRole(c, name, 'secret'), /bypasses/)
  await c.query(`drop owned by ${one.user}; drop role ${one.user}`)
  await c.end()
})
