import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { ClientBase } from 'pg'
import { fixTextForms, listSequences, listTables } from './catalog.ts'
import type { BackupHeader, TableShape } from './format.ts'
import { BackupError, formatVersion, quoted } from './format.ts'

export interface BackupOptions {
  /** a connection of its own, as superuser, or as an owner that row-level security does not hold back (BYPASSRLS) */
  client: ClientBase
  /** replaced only when the backup is complete; mode 0600, for it holds everything */
  file: string
  /** migrations applied, in order: `restoreDatabase` compares them */
  migrations?: readonly string[]
  /** tables left out, as `schema.table`, such as the list of migrations itself */
  skip?: readonly string[]
}

export interface BackupSummary {
  tables: number
  rows: number
  /** size of the file, in bytes */
  bytes: number
}

/** Rows are fetched in pieces of about this many bytes of text, whatever a row weighs. */
const pieceBytes = 1_000_000

/**
 * Writes all rows and sequences as they were at one moment. Nothing is locked, and at most about a megabyte (or one row) is
 * in memory.
 */
export async function backupDatabase(o: BackupOptions): Promise<BackupSummary> {
  const part = `${o.file}.part`
  const summary: BackupSummary = { tables: 0, rows: 0, bytes: 0 }
  await o.client.query('begin isolation level repeatable read, read only')
  try {
    await fixTextForms(o.client)
    await pipeline(
      Readable.from(closeWithChecksum(lines(o, summary)), { objectMode: true, highWaterMark: 1 }),
      createGzip({ level: 6 }),
      createWriteStream(part, { mode: 0o600 }),
    )
    const handle = await open(part, 'r+')
    try {
      await handle.sync()
      summary.bytes = (await handle.stat()).size
    } finally {
      await handle.close()
    }
    await rename(part, o.file)
    return summary
  } catch (error) {
    await rm(part, { force: true })
    throw error
  } finally {
    await o.client.query('rollback')
  }
}

async function* lines(o: BackupOptions, summary: BackupSummary): AsyncGenerator<string> {
  const tables = await listTables(o.client, new Set(o.skip))
  const server = await o.client.query<{ server_version: string }>('show server_version')
  const header: BackupHeader = {
    quancheng: 'backup',
    format: formatVersion,
    createdAt: new Date().toISOString(),
    server: server.rows[0]?.server_version ?? '',
    migrations: [...(o.migrations ?? [])],
    tables,
  }
  yield `${JSON.stringify(header)}\n`
  for (const table of tables) {
    yield `${JSON.stringify({ table: [table.schema, table.name] })}\n`
    let rows = 0
    for await (const piece of tableRows(o.client, table)) {
      rows += piece.rows
      yield piece.text
    }
    yield `${JSON.stringify({ rows })}\n`
    summary.tables += 1
    summary.rows += rows
  }
  // after the rows: a sequence knows no snapshot, so it may only be ahead of them
  yield `${JSON.stringify({ sequences: await listSequences(o.client) })}\n`
}

async function* tableRows(client: ClientBase, table: TableShape): AsyncGenerator<{ rows: number; text: string }> {
  // to_jsonb would reformat, so: an array of texts. A table without columns still has rows.
  const values = table.columns.map((column) => `${quoted(column.name)}::text`).join(', ')
  await client
    .query(`declare backup_rows no scroll cursor for select to_json(array[${values}]::text[])::text as line
      from only ${quoted(table.schema, table.name)}`)
    .catch((error: unknown) => {
      throw explain(error, table)
    })
  let count = 50
  for (;;) {
    const { rows } = await client.query<{ line: string }>(`fetch ${count} from backup_rows`).catch((error: unknown) => {
      throw explain(error, table)
    })
    if (rows.length === 0) break
    const text = rows.map((row) => `${row.line}\n`).join('')
    yield { rows: rows.length, text }
    count = Math.max(1, Math.min(5000, count * 4, Math.round((rows.length * pieceBytes) / text.length)))
  }
  await client.query('close backup_rows')
}

function explain(error: unknown, table: TableShape): unknown {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
  if (code !== '42501') return error
  return new BackupError(
    'BACKUP_ROLE',
    `当前数据库用户不能读取 ${table.schema}.${table.name} 的全部行。请用超级用户,或带 BYPASSRLS 的所有者备份。`,
    `The database role may not read all rows of ${table.schema}.${table.name}. Back up as a superuser, or as an owner with BYPASSRLS.`,
    error,
  )
}

async function* closeWithChecksum(source: AsyncIterable<string>): AsyncGenerator<Buffer> {
  const hash = createHash('sha256')
  for await (const text of source) {
    const bytes = Buffer.from(text)
    hash.update(bytes)
    yield bytes
  }
  yield Buffer.from(`${JSON.stringify({ sha256: hash.digest('hex') })}\n`)
}
