import { createHash } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import type { Connection } from '@quancheng/kernel'
import { ensureAppRole, migrate, secretOf, startEmbedded, type EmbeddedServer } from '@quancheng/kernel/install'
import pg from 'pg'
import type { Config } from './config.ts'
import { allMigrations, appendOnlyTables } from './migrations.ts'
import { actsAsStation, STATION_SETTINGS } from './station.ts'

const NAME = 'quancheng'

/** An installation's database: `owner` migrates and backs up, `app` is what the program runs as. */
export interface Database { owner: Connection; app: Connection; server: EmbeddedServer | null; migrated: string[]; connectOwner(): Promise<pg.Client>; close(): Promise<void> }

/** Starts or reaches the database server, brings the schema up to date and makes sure of the application's role. */
export async function openDatabase(config: Config, log: (line: string) => void = () => {}): Promise<Database> {
  const { owner, server, secret } = config.databaseUrl ? external(config.databaseUrl) : await embedded(config, log)
  const connectOwner = async (): Promise<pg.Client> => {
    const client = new pg.Client(owner)
    client.on('error', () => {}) // the next query tells; an idle connection that goes must not end the program
    await client.connect()
    return client
  }
  try {
    const client = await connectOwner()
    try {
      const migrated = await migrate(client, allMigrations(), log)
      const role = await ensureAppRole(client, owner.database!, secret, appendOnlyTables())
      const app: Connection = { host: owner.host!, port: owner.port!, database: owner.database!, user: role.user, password: role.password, ...('ssl' in owner && owner.ssl ? { ssl: owner.ssl } : {}) }
      return { owner, app, server, migrated, connectOwner, close: async () => { await server?.stop() } }
    } finally { await client.end() }
  } catch (error) {
    await server?.stop()
    throw error
  }
}

type Owner = Connection & Pick<pg.ClientConfig, 'ssl'>

function external(url: string): { owner: Owner; server: null; secret: string } {
  let parsed: pg.Client
  try { parsed = new pg.Client({ connectionString: url }) } catch (error) { throw new Error(`DATABASE_URL 不是有效的地址 / DATABASE_URL is not a valid address: ${(error as Error).message}`, { cause: error }) }
  const { host, port, user, database } = parsed
  const ssl = parsed.ssl as pg.ClientConfig['ssl']
  const password = parsed.password ?? undefined
  // every process with the same address must come to the same application password, without a shared file
  return { owner: { host, port, user: user!, ...(password ? { password } : {}), database: database!, ...(ssl ? { ssl } : {}) }, server: null, secret: createHash('sha256').update(`quancheng|${url}`).digest('hex') }
}

async function embedded(config: Config, log: (line: string) => void): Promise<{ owner: Owner; server: EmbeddedServer; secret: string }> {
  await mkdir(config.dataDir, { recursive: true })
  const server = await startEmbedded({ dataDir: config.dataDir, log, ...(actsAsStation(config) ? { settings: STATION_SETTINGS } : {}) })
  const base = { host: server.host, port: server.port, user: server.user, password: server.password }
  const admin = new pg.Client({ ...base, database: 'postgres' })
  await admin.connect()
  try {
    const { rows } = await admin.query('select 1 from pg_database where datname = $1', [NAME])
    if (!rows.length) await admin.query(`create database ${NAME} template template0 encoding 'UTF8' locale 'C.UTF-8'`).catch((e: { code?: string }) => { if (e.code !== '42P04') throw e })
  } finally { await admin.end() }
  return { owner: { ...base, database: NAME }, server, secret: await secretOf(config.dataDir, 'appRole') }
}
