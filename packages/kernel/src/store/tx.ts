import { Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler, CompiledQuery, type DatabaseConnection, type Driver, type QueryResult } from 'kysely'
import pg from 'pg'
import { isId } from '../ids.ts'
import { AppError } from '../errors.ts'
import { lineOf, type Statement } from './line.ts'

pg.types.setTypeParser(pg.types.builtins.DATE, text => text) // a day is not a moment: keep '2026-11-22'
pg.types.setTypeParser(pg.types.builtins.INT8, Number) // counts and identity columns stay far below 2^53

/** A text that came up so often gets a name; so many texts do, which bounds the plans that each connection keeps (some 50 KB a text). */
const NAMED_FROM = 3
const MAX_NAMED = 300
const MAX_COUNTED = 5000
const uses = new Map<string, number>()
const names = new Map<string, string>()

/**
 * A name for a statement that comes again and again: PostgreSQL then parses and plans it once a connection and not once a
 * request, which is most of what a list costs. The text holds no value of a request, so the same question has the same text.
 */
function nameOf(text: string): string | undefined {
  const known = names.get(text)
  if (known || names.size >= MAX_NAMED) return known
  const n = (uses.get(text) ?? 0) + 1
  if (n < NAMED_FROM) {
    if (uses.size >= MAX_COUNTED) uses.clear()
    uses.set(text, n)
    return undefined
  }
  uses.delete(text)
  const name = `k${names.size}`
  names.set(text, name)
  return name
}

const statement = (text: string, values?: unknown[], name = values && nameOf(text)): Statement => ({ text, values, name })

/** Kysely bound to one connection whose transaction somebody else (us) begins and ends. */
const bound = new WeakMap<pg.PoolClient, Kysely<unknown>>()
function kyselyOn(client: pg.PoolClient): Kysely<unknown> {
  let known = bound.get(client)
  if (!known) bound.set(client, known = kyselyWith(async q => { const r = await lineOf(client).run(statement(q.sql, [...q.parameters])); return { rows: r.rows, numAffectedRows: BigInt(r.rowCount ?? 0) } }))
  return known
}

/** Kysely for reading, on whatever answers a statement. */
// eslint-disable-next-line typescript/no-explicit-any
export const kyselyOver = (ask: (text: string, values: unknown[]) => Promise<unknown[]>): Kysely<any> => kyselyWith(async q => ({ rows: await ask(q.sql, [...q.parameters]) })) as Kysely<any>

function kyselyWith(run: (q: CompiledQuery) => Promise<QueryResult<unknown>>): Kysely<unknown> {
  const connection: DatabaseConnection = {
    executeQuery: <R>(q: CompiledQuery) => run(q) as Promise<QueryResult<R>>,
    streamQuery: () => { throw new Error('streaming is not used inside a business act') },
  }
  const nothing = async (): Promise<void> => {}
  const driver: Driver = {
    init: nothing, destroy: nothing, releaseConnection: nothing, beginTransaction: nothing, commitTransaction: nothing, rollbackTransaction: nothing,
    acquireConnection: () => Promise.resolve(connection),
  }
  return new Kysely<unknown>({
    dialect: {
      createDriver: () => driver, createQueryCompiler: () => new PostgresQueryCompiler(),
      createAdapter: () => new PostgresAdapter(), createIntrospector: k => new PostgresIntrospector(k),
    },
  })
}

/** What people do now on a pool: transactions that are no worker's. `last`: when one last ended (performance.now). */
export interface Acts { running: number; last: number }
const acts = new WeakMap<pg.Pool, Acts>()
export function actsOf(pool: pg.Pool): Acts {
  let found = acts.get(pool)
  if (!found) acts.set(pool, found = { running: 0, last: -Infinity })
  return found
}

export interface Tx {
  client: pg.PoolClient
  // eslint-disable-next-line typescript/no-explicit-any
  db: Kysely<any>
  query<T = Record<string, unknown>>(text: string, values?: unknown[], name?: string): Promise<T[]>
  /** a write whose answer says nothing: goes out with the next statement, and its failure (as `explain` tells it) is that one's, at the latest the commit's */
  send(text: string, values?: unknown[], name?: string, explain?: (error: Error) => Error): void
  /** puts the transaction under a tenant: row-level security shows and takes only its rows from here on */
  enter(tenantId: string): Promise<void>
  afterCommit(run: () => void): void
}

export interface TxOptions {
  tenantId?: string
  readOnly?: boolean
  /** the background worker sees due jobs of every tenant; everything else stays bound */
  worker?: boolean
}

const DOWN = new Set(['57P01', '57P02', '57P03', '08006', '08001', '08003', '53300', 'ECONNREFUSED', 'ENOENT', 'ECONNRESET', 'EPIPE'])
export const isDown = (error: unknown): boolean => {
  const e = error as { code?: string; message?: string }
  return DOWN.has(e?.code ?? '') || /Connection terminated|not queryable|connect timeout|timeout exceeded when trying to connect/i.test(e?.message ?? '')
}

/**
 * One transaction on one connection. BEGIN and the tenant go out together with the first statement; the tenant is a LOCAL setting, so that a
 * connection returned to the pool carries nothing over.
 */
export async function withTx<T>(pool: pg.Pool, o: TxOptions, run: (tx: Tx) => Promise<T>): Promise<T> {
  if (o.worker) return transaction(pool, o, run)
  const people = actsOf(pool)
  people.running++
  try { return await transaction(pool, o, run) } finally { people.running--; people.last = performance.now() }
}

async function transaction<T>(pool: pg.Pool, o: TxOptions, run: (tx: Tx) => Promise<T>): Promise<T> {
  let client: pg.PoolClient
  try { client = await pool.connect() } catch (error) { throw isDown(error) ? new AppError('DATABASE_DOWN') : error }
  const after: Array<() => void> = []
  const line = lineOf(client)
  line.reset()
  let broken: Error | undefined
  let committed: T
  const tx: Tx = {
    client,
    db: kyselyOn(client) as Tx['db'],
    query: async <R>(text: string, values?: unknown[], name?: string) => (await line.run(statement(text, values, name))).rows as R[],
    send: (text, values, name, explain) => line.send(explain ? { ...statement(text, values, name), explain } : statement(text, values, name)),
    async enter(tenantId) {
      if (!isId(tenantId)) throw new Error('not a tenant id')
      await line.run({ text: `SET LOCAL app.tenant = '${tenantId}'` })
    },
    afterCommit: fn => { after.push(fn) },
  }
  try {
    if (o.tenantId !== undefined && !isId(o.tenantId)) throw new Error('not a tenant id')
    line.send({ text: `BEGIN${o.readOnly ? ' READ ONLY' : ''}${o.tenantId ? `; SET LOCAL app.tenant = '${o.tenantId}'` : ''}${o.worker ? "; SET LOCAL app.worker = 'on'" : ''}` })
    const result = await run(tx)
    const { command } = await line.run({ text: 'COMMIT' })
    // PostgreSQL answers ROLLBACK where an error inside was swallowed: what is not stored must not be acknowledged
    if (command !== 'COMMIT') throw new Error('the transaction was rolled back: an error of a statement in it was swallowed')
    committed = result
  } catch (error) {
    try { await client.query('ROLLBACK') } catch (e) { broken = e as Error }
    // a prepared statement that a migration has outdated: a new connection prepares it anew
    if ((error as { code?: string }).code === '0A000') broken ??= error as Error
    throw isDown(error) ? new AppError('DATABASE_DOWN') : error
  } finally {
    client.release(broken)
  }
  for (const fn of after) fn()
  return committed
}
