// runs alone: it reads rows as the driver gives them, before the kernel has told it how to read whole numbers
import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { gunzipSync, gzipSync } from 'node:zlib'
import pg from 'pg'
import type { EmbeddedServer } from '../embedded/index.ts'
import { startEmbedded } from '../embedded/index.ts'
import { backupDatabase, BackupError, restoreDatabase, verifyBackup } from './index.ts'

type Address = Pick<EmbeddedServer, 'host' | 'port' | 'user' | 'password'>

let server: Address
let folder: string
let stop: () => Promise<void> = async () => undefined
const open = new Set<pg.Client>()
const databases = new Set<string>()

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'qc-backup-'))
  const given = process.env['QC_TEST_PG']
  if (given !== undefined) {
    server = JSON.parse(given) as Address
    return
  }
  const own = await startEmbedded({ dataDir: folder, settings: { fsync: 'off' } })
  server = own
  stop = () => own.stop()
})

after(async () => {
  for (const client of open) await client.end()
  const admin = await connect('postgres')
  for (const name of databases) await admin.query(`drop database if exists ${name} with (force)`)
  await admin.query('drop role if exists qc_backup_owner')
  await admin.end()
  await stop()
  await rm(folder, { recursive: true, force: true })
})

async function connect(database: string, user = server.user, password = server.password): Promise<pg.Client> {
  const client = new pg.Client({ host: server.host, port: server.port, user, password, database })
  await client.connect()
  open.add(client)
  client.once('end', () => open.delete(client))
  return client
}

async function newDatabase(label: string, owner?: string): Promise<pg.Client> {
  const name = `qc_backup_${label}_${process.pid}`
  const admin = await connect('postgres')
  if (owner !== undefined) {
    await admin.query(`do $$ begin create role ${owner} login password 'x' nosuperuser nobypassrls; exception when duplicate_object then null; end $$`)
  }
  await admin.query(`create database ${name} ${owner === undefined ? '' : `owner ${owner}`}`)
  await admin.end()
  databases.add(name)
  return owner === undefined ? connect(name) : connect(name, owner, 'x')
}

const schema = `
  create schema "Odd ""schema""";
  create table kind (
    id bigint generated always as identity primary key, at timestamptz, d date, span interval, n numeric, n2 numeric(12,2),
    raw bytea, doc jsonb, plain json, uid uuid, uids uuid[], tokens tsvector, words text[], f double precision, yes boolean,
    small smallint, note text, doubled int generated always as (small * 2) stored
  );
  create table task (tenant uuid not null, id uuid not null, parent uuid, no bigint, title text, payload jsonb, at timestamptz,
    primary key (tenant, id), foreign key (tenant, parent) references task (tenant, id));
  create table "Odd ""schema"""."sel ect" ("from" text primary key, task uuid);
  create table unit (id int primary key, boss int);
  create table person (id int primary key, unit int references unit (id) deferrable);
  alter table unit add foreign key (boss) references person (id);
  create table day (at date not null, n int) partition by range (at);
  create table day_2026 partition of day for values from ('2026-01-01') to ('2027-01-01');
  create sequence ticket start 100;
  create function stamp() returns trigger language plpgsql as $$ begin new.title := 'touched'; return new; end $$;
  create trigger stamp before insert on task for each row execute function stamp();
  create view open_task as select * from task;
  create table migration (name text primary key);
  insert into migration values ('0001');
`

const rows = `
  insert into kind (at, d, span, n, n2, raw, doc, plain, uid, uids, tokens, words, f, yes, small, note) values
    ('2026-11-22 08:01:02.123456+08', '2026-02-28', '1 mon 2 days 03:04:05.678901', 12345678901234567890.123456789012345678901234567890,
     1234567890.10, '\\x00ff0a5c', '{"a": 1.10, "b": [null, 9007199254740993], "文": "\\u5168\\n"}', '{"z":1,  "a":2, "a":3}',
     '0190b7a0-0000-7000-8000-000000000001', '{0190b7a0-0000-7000-8000-000000000001,0190b7a0-0000-7000-8000-000000000002}',
     '''上海'':1 ''海市'':2A', array['a,b', 'c"d', null, '', E'\\n'], 0.1::float8 + 0.2::float8, true, -7, E'第一行\\n第二行\\t"引号"\\\\ 😀'),
    ('infinity', '-infinity', '-1 day', 'NaN', null, '', 'null', 'null', null, '{}', '', '{}', 'NaN', false, null, ''),
    ('0044-03-15 12:00:00 BC', '9999-12-31', '0', 'Infinity', 0.00, null, null, null, null, null, null, null, 1e-300, null, 32767, null);
  alter table task disable trigger stamp;
  insert into task select '0190b7a0-0000-7000-8000-000000000001', gen_random_uuid(), null, n, '任务 ' || n || repeat('。', n % 50),
    jsonb_build_object('n', n, 'tags', array['甲', '乙']), now() + n * interval '1 us' from generate_series(1, 20000) n;
  update task set parent = (select id from task order by id desc limit 1) where no % 3 = 0;
  alter table task enable trigger stamp;
  insert into "Odd ""schema"""."sel ect" values ('x', gen_random_uuid());
  insert into unit values (1, null); insert into person values (2, 1); update unit set boss = 2;
  insert into day values ('2026-05-01', 1), ('2026-05-02', null);
  select nextval('ticket'), nextval('ticket');
`

const tables = ['kind', 'task', '"Odd ""schema"""."sel ect"', 'unit', 'person', 'day']

/** Every row in the server's own text form, so that a difference of one microsecond shows. */
async function content(client: pg.Client): Promise<Record<string, string>> {
  const all: Record<string, string> = {}
  for (const table of tables) {
    const { rows: r } = await client.query<{ h: string }>(`select count(*) || ' ' || md5(string_agg(x::text, e'\\n' order by x::text)) as h from ${table} x`)
    all[table] = r[0]?.h ?? ''
  }
  return all
}

const options = { skip: ['public.migration'], migrations: ['0001'] }

test('a backup restored into an empty database gives the same rows to the last microsecond, and sequences go on', async () => {
  const source = await newDatabase('source')
  await source.query(schema)
  await source.query(rows)
  const file = path.join(folder, 'all.qcb')
  const saved = await backupDatabase({ client: source, file, ...options })
  assert.equal(saved.rows, 3 + 20_000 + 1 + 1 + 1 + 2)
  assert.equal((await stat(file)).mode & 0o777, 0o600)
  assert.equal((await verifyBackup(file)).tables.length, saved.tables)

  const target = await newDatabase('target')
  await target.query(schema)
  const restored = await restoreDatabase({ client: target, file, ...options })
  assert.equal(restored.rows, saved.rows)
  assert.deepEqual(await content(target), await content(source))
  const next = await target.query(`insert into kind (note) values ('next') returning id`)
  assert.equal(next.rows[0].id, '4', 'the identity column goes on')
  assert.equal((await target.query(`select nextval('ticket') as n`)).rows[0].n, '102')
  assert.equal((await target.query(`select count(*) as n from kind where doc = 'null'`)).rows[0].n, '1', 'a JSON null is not an SQL null')
  await assert.rejects(target.query(`insert into person values (9, 9)`), { code: '23503' }, 'foreign keys hold again')

  await assert.rejects(restoreDatabase({ client: target, file, ...options }), { code: 'BACKUP_NOT_EMPTY' })
  await source.end()
  await target.end()
})

test('an owner without superuser rights restores under forced row-level security, with foreign keys checked', async () => {
  const source = await newDatabase('source2')
  await source.query(schema)
  await source.query(rows)
  const file = path.join(folder, 'owner.qcb')
  await backupDatabase({ client: source, file, ...options })

  const target = await newDatabase('owned', 'qc_backup_owner')
  await target.query(schema)
  await target.query('alter table task enable row level security; alter table task force row level security')
  await restoreDatabase({ client: target, file, ...options })
  await assert.rejects(backupDatabase({ client: target, file: `${file}2`, ...options }), { code: 'BACKUP_ROLE' })
  const { rows: state } = await target.query(`select relforcerowsecurity as forced,
    (select tgenabled from pg_trigger where tgname = 'stamp') as trigger,
    (select string_agg(conname || condeferrable || condeferred, ' ' order by conname) from pg_constraint where contype = 'f') as keys
    from pg_class where oid = 'task'::regclass`)
  assert.deepEqual(state[0], {
    forced: true,
    trigger: 'O',
    keys: 'person_unit_fkeytruefalse task_tenant_parent_fkeyfalsefalse unit_boss_fkeyfalsefalse',
  })
  await target.query('alter table task no force row level security')
  assert.deepEqual(await content(target), await content(source))
  await source.end()
  await target.end()
})

test('a truncated, altered or foreign file and another schema are refused, and nothing is restored', async () => {
  const source = await newDatabase('small')
  await source.query('create table t (id int primary key, v text); insert into t select n, md5(n::text) from generate_series(1, 5000) n')
  const file = path.join(folder, 'small.qcb')
  await backupDatabase({ client: source, file, migrations: ['0001'] })
  const good = await readFile(file)
  const target = await newDatabase('refuse')
  await target.query('create table t (id int primary key, v text)')
  const refused = async (bytes: Buffer, code: string): Promise<void> => {
    const bad = path.join(folder, 'bad.qcb')
    await writeFile(bad, bytes)
    await assert.rejects(restoreDatabase({ client: target, file: bad }), (error) => error instanceof BackupError && error.code === code)
    assert.equal((await target.query('select from t')).rowCount, 0)
  }
  const text = gunzipSync(good).toString()
  await refused(good.subarray(0, good.length >> 1), 'BACKUP_DAMAGED')
  await refused(good.subarray(0, good.length - 1), 'BACKUP_DAMAGED')
  await refused(Buffer.concat([good.subarray(0, 2000), Buffer.from([1, 2, 3]), good.subarray(2003)]), 'BACKUP_DAMAGED')
  await refused(gzipSync(text.slice(0, text.lastIndexOf('{"sha256"'))), 'BACKUP_DAMAGED')
  await refused(gzipSync(text.replace('["17"', '["99999"')), 'BACKUP_DAMAGED')
  await refused(gzipSync('hello\n'), 'BACKUP_DAMAGED')
  await refused(Buffer.alloc(0), 'BACKUP_DAMAGED')
  await refused(gzipSync(text.replace('"format":1', '"format":2')), 'BACKUP_FORMAT')

  await assert.rejects(restoreDatabase({ client: target, file, migrations: ['0001', '0002'] }), { code: 'BACKUP_SCHEMA_DIFFERS' })
  await target.query('alter table t add column w int')
  await assert.rejects(
    restoreDatabase({ client: target, file }),
    (error) => error instanceof BackupError && error.code === 'BACKUP_SCHEMA_DIFFERS' && error.message.includes('+ public.t.w integer'),
  )
  await source.end()
  await target.end()
})

test('a backup shows one moment: rows written meanwhile are not in it, and tables filled by migrations can be replaced', async () => {
  const source = await newDatabase('moment')
  const tablesOf = 'create table a (id int primary key); create table z (id int primary key); insert into a values (1);'
  await source.query(`${tablesOf} insert into z select generate_series(1, 3000)`)
  const writer = await connect(source.database ?? '')
  const file = path.join(folder, 'moment.qcb')
  let wrote = false
  const watching = new Proxy(source, {
    get(target, name) {
      if (name !== 'query') return Reflect.get(target, name) as unknown
      return async (sql: string, values?: unknown[]) => {
        const result: unknown = await target.query(sql, values)
        if (!wrote && sql.startsWith('fetch')) {
          wrote = true
          await writer.query('insert into a values (2); delete from z')
        }
        return result
      }
    },
  })
  const saved = await backupDatabase({ client: watching, file })
  assert.ok(wrote)
  assert.equal(saved.rows, 3001)
  const target = await newDatabase('moment2')
  await target.query(tablesOf)
  await assert.rejects(restoreDatabase({ client: target, file }), { code: 'BACKUP_NOT_EMPTY' })
  const restored = await restoreDatabase({ client: target, file, replace: ['public.a'] })
  assert.equal(restored.rows, 3001)
  await writer.end()
  await source.end()
  await target.end()
})
