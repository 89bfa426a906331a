import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import pg from 'pg'
import type { Connection } from '../app.ts'
import { startEmbedded } from '../store/embedded/index.ts'
import { migrate, type Migration } from '../store/migrate.ts'

/** Undone at the end of the file in the reverse order of making. */
export const cleanups: Array<() => Promise<void>> = []
after(async () => { for (const undo of cleanups.toReversed()) await undo() })

/** The cluster of this test run: the one that `npm test` started, or one of our own for a single file. */
async function cluster(): Promise<Connection> {
  const given = process.env.QC_TEST_PG
  if (given) return JSON.parse(given) as Connection
  const dataDir = await mkdtemp(join(tmpdir(), 'quancheng-test-'))
  const server = await startEmbedded({ dataDir, settings: { fsync: 'off' } })
  cleanups.push(async () => { await server.stop(); await rm(dataDir, { recursive: true, force: true }) })
  return { host: server.host, port: server.port, user: server.user, password: server.password }
}

let shared: Promise<Connection> | null = null

/**
 * A database of its own for one test file, dropped at the end. `owner` is its superuser. With migrations it is a copy of a database in
 * which exactly these have run; without, it is empty.
 */
export async function testDatabase(migrations: readonly Migration[] = []): Promise<{ owner: Connection; name: string }> {
  const root = await (shared ??= cluster())
  const name = `t_${randomBytes(6).toString('hex')}`
  await administer(root, async admin => {
    if (migrations.length) await admin.query(`create database ${name} template ${await templateWith(root, admin, migrations)}`)
    else await createEmpty(admin, name)
  })
  cleanups.push(() => administer(root, async admin => { await admin.query(`drop database if exists ${name} with (force)`) }))
  return { owner: { ...root, database: name }, name }
}

async function administer<T>(root: Connection, run: (admin: pg.Client) => Promise<T>): Promise<T> {
  const admin = new pg.Client({ ...root, database: 'postgres' })
  await admin.connect()
  try { return await run(admin) } finally { await admin.end() }
}

const createEmpty = (admin: pg.Client, name: string) => admin.query(`create database ${name} template template0 encoding 'UTF8' locale 'C.UTF-8'`)

/**
 * The database in which these migrations have run, made by the first file that asks for them in a run: running them takes several times as
 * long as copying what they made. Other files wait for it; half of one is never seen, because it gets its name when it is whole.
 */
async function templateWith(root: Connection, admin: pg.Client, migrations: readonly Migration[]): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify(migrations.map(m => [m.name, m.sql]))).digest('hex')
  const name = `template_${hash.slice(0, 20)}`
  const lock = Number.parseInt(hash.slice(0, 12), 16) // fits a double without loss
  const exists = async () => (await admin.query('select 1 from pg_database where datname = $1', [name])).rowCount === 1
  if (await exists()) return name
  await admin.query('select pg_advisory_lock($1)', [lock])
  try {
    if (await exists()) return name
    await admin.query(`drop database if exists ${name}_new with (force)`) // of a process that was ended in the middle
    await createEmpty(admin, `${name}_new`)
    const owner = new pg.Client({ ...root, database: `${name}_new` })
    await owner.connect()
    try { await migrate(owner, migrations) } finally { await owner.end() }
    await admin.query(`alter database ${name}_new rename to ${name}`)
  } finally { await admin.query('select pg_advisory_unlock($1)', [lock]) }
  return name
}
