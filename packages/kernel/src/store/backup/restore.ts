import type { ClientBase } from 'pg'
import { fixTextForms, listTables } from './catalog.ts'
import type { SequenceState } from './catalog.ts'
import { openConstraints } from './constraints.ts'
import type { BackupHeader, TableShape } from './format.ts'
import { BackupError, damaged, formatVersion, quoted, readLines } from './format.ts'

export interface RestoreOptions {
  /** a connection of its own, as superuser or as owner of all tables */
  client: ClientBase
  file: string
  /** migrations of this database; they must be those of the backup. Left out: only tables and columns are compared. */
  migrations?: readonly string[]
  /** tables left alone, as `schema.table`: not compared and allowed to hold rows */
  skip?: readonly string[]
  /** tables that migrations fill, as `schema.table`: emptied first, then filled from the backup */
  replace?: readonly string[]
}

export interface RestoreSummary {
  /** ISO time of the backup */
  createdAt: string
  tables: number
  rows: number
}

/** Rows go to the server in pieces of about this many bytes. */
const pieceBytes = 1_000_000

/**
 * Fills an empty, migrated database from a backup, in one transaction: all of it or nothing. Triggers do not fire. As an
 * ordinary owner, foreign keys are checked at the end; as superuser they are taken to be as good as they were.
 *
 * @throws BackupError BACKUP_DAMAGED · BACKUP_FORMAT · BACKUP_NOT_EMPTY · BACKUP_SCHEMA_DIFFERS
 */
export async function restoreDatabase(o: RestoreOptions): Promise<RestoreSummary> {
  await verifyBackup(o.file) // so that damage is reported as such, and not as whatever PostgreSQL makes of it
  await o.client.query('begin')
  try {
    await fixTextForms(o.client)
    const summary = await restore(o)
    await o.client.query('commit')
    return summary
  } catch (error) {
    await o.client.query('rollback')
    throw error
  }
}

/** Reads the whole file and checks it against its checksum. @throws BackupError BACKUP_DAMAGED · BACKUP_FORMAT */
export async function verifyBackup(file: string): Promise<BackupHeader> {
  let header: BackupHeader | undefined
  for await (const line of readLines(file)) header ??= parseHeader(file, line)
  return header ?? parseHeader(file, undefined)
}

async function restore(o: RestoreOptions): Promise<RestoreSummary> {
  const lines = readLines(o.file)
  try {
    const header = parseHeader(o.file, (await lines.next()).value as string | undefined)
    const tables = await compareSchema(o, header)
    const close = await openConstraints(o.client, tables)
    await requireEmpty(o, tables)
    const found = await fill(o, header, lines)
    let rows = 0
    for (const table of header.tables) {
      const name = `${table.schema}.${table.name}`
      const expected = found.get(name)
      const { rows: counted } = await o.client.query<{ n: string }>(`select count(*) as n from only ${quoted(table.schema, table.name)}`)
      if (expected === undefined || Number(counted[0]?.n) !== expected) {
        throw damaged(o.file, `${name}: ${counted[0]?.n ?? '?'} ≠ ${expected ?? '?'}`)
      }
      rows += expected
    }
    await close()
    return { createdAt: header.createdAt, tables: header.tables.length, rows }
  } finally {
    await lines.return(undefined)
  }
}

function parseHeader(file: string, line: string | undefined): BackupHeader {
  let header: Partial<BackupHeader> | undefined
  try {
    header = JSON.parse(line ?? '') as Partial<BackupHeader>
  } catch (cause) {
    throw damaged(file, '没有文件头 / no header', cause)
  }
  if (header.quancheng !== 'backup' || !Array.isArray(header.tables)) throw damaged(file, '不是全程的备份 / not a backup of Quancheng')
  if (header.format !== formatVersion) {
    throw new BackupError(
      'BACKUP_FORMAT',
      `备份文件的格式是 ${header.format},本版本只能读取 ${formatVersion}。请用制作它的版本恢复,再升级。`,
      `The backup has format ${header.format}; this release reads ${formatVersion}. Restore with the release that made it, then upgrade.`,
    )
  }
  return header as BackupHeader
}

/** Returns the tables of this database that take part. */
async function compareSchema(o: RestoreOptions, header: BackupHeader): Promise<TableShape[]> {
  const skip = new Set(o.skip)
  const here = await listTables(o.client, skip)
  const describe = (tables: TableShape[]): Set<string> =>
    new Set(tables.flatMap((t) => [`${t.schema}.${t.name}`, ...t.columns.map((c) => `${t.schema}.${t.name}.${c.name} ${c.type}`)]))
  const [theirs, ours] = [describe(header.tables), describe(here)]
  const differences = [
    ...[...theirs].filter((x) => !ours.has(x)).map((x) => `- ${x}`),
    ...[...ours].filter((x) => !theirs.has(x)).map((x) => `+ ${x}`),
  ]
  if (o.migrations !== undefined && o.migrations.join('\n') !== header.migrations.join('\n')) {
    differences.unshift(`${header.migrations.at(-1) ?? '-'} ≠ ${o.migrations.at(-1) ?? '-'}`)
  }
  if (differences.length === 0) return here
  const list = differences.slice(0, 10).join('\n  ')
  throw new BackupError(
    'BACKUP_SCHEMA_DIFFERS',
    '备份来自另一个版本的数据库结构。请用制作备份的版本恢复,再升级。',
    `The backup comes from another version of the schema (- only in the backup, + only here). Restore with the release that made it, then upgrade.\n  ${list}`,
  )
}

async function requireEmpty(o: RestoreOptions, tables: TableShape[]): Promise<void> {
  const replace = new Set(o.replace)
  const names = tables.map((t) => quoted(t.schema, t.name))
  if (names.length > 0) await o.client.query(`lock table ${names.join(', ')} in access exclusive mode`)
  for (const table of tables) {
    if (replace.has(`${table.schema}.${table.name}`)) continue
    const { rowCount } = await o.client.query(`select from only ${quoted(table.schema, table.name)} limit 1`)
    if (rowCount === 0) continue
    throw new BackupError(
      'BACKUP_NOT_EMPTY',
      `数据库不是空的(${table.schema}.${table.name} 已有数据)。只能恢复到新建的空数据库。`,
      `The database is not empty (${table.schema}.${table.name} has rows). Restore into a new, empty database.`,
    )
  }
  for (const table of tables) {
    if (replace.has(`${table.schema}.${table.name}`)) await o.client.query(`delete from only ${quoted(table.schema, table.name)}`)
  }
}

/** Returns the number of rows each table ended with in the file. */
async function fill(o: RestoreOptions, header: BackupHeader, lines: AsyncGenerator<string>): Promise<Map<string, number>> {
  const shapes = new Map(header.tables.map((table) => [`${table.schema}.${table.name}`, table]))
  const found = new Map<string, number>()
  let current: { name: string; insert: string; rows: number } | undefined
  let piece: string[] = []
  let size = 0
  const flush = async (): Promise<void> => {
    if (current !== undefined && piece.length > 0) await o.client.query(current.insert, [`[${piece.join(',')}]`])
    piece = []
    size = 0
  }
  for await (const line of lines) {
    if (line.startsWith('[')) {
      if (current === undefined) throw damaged(o.file, '表外的行 / a row outside a table')
      piece.push(line)
      size += line.length
      current.rows += 1
      if (size >= pieceBytes) await flush()
      continue
    }
    await flush()
    const mark = parseMark(o.file, line)
    if (mark.table !== undefined) {
      const name = mark.table.join('.')
      const shape = shapes.get(name)
      if (shape === undefined || current !== undefined) throw damaged(o.file, name)
      current = { name, insert: insertStatement(shape), rows: 0 }
    } else if (mark.rows !== undefined) {
      if (current?.rows !== mark.rows) throw damaged(o.file, `${current?.name}: ${current?.rows} ≠ ${mark.rows}`)
      found.set(current.name, current.rows)
      current = undefined
    } else if (mark.sequences !== undefined) {
      for (const [schema, name, value, handedOut] of mark.sequences) {
        await o.client.query('select setval($1::regclass, $2::bigint, $3)', [quoted(schema, name), value, handedOut])
      }
    }
  }
  return found
}

function parseMark(file: string, line: string): { table?: [string, string]; rows?: number; sequences?: SequenceState[] } {
  try {
    return JSON.parse(line) as ReturnType<typeof parseMark>
  } catch (cause) {
    throw damaged(file, line.slice(0, 40), cause)
  }
}

function insertStatement(table: TableShape): string {
  const target = quoted(table.schema, table.name)
  if (table.columns.length === 0) return `insert into ${target} select from json_array_elements($1::json)`
  const names = table.columns.map((column) => quoted(column.name)).join(', ')
  const values = table.columns.map((column, i) => `(r->>${i})::${column.type}`).join(', ')
  return `insert into ${target} (${names}) overriding system value select ${values} from json_array_elements($1::json) as r`
}
