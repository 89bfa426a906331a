import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'

/*
 * A backup is one gzip file of UTF-8 lines, each a JSON value:
 *
 *   {"quancheng":"backup","format":1,…}          the header
 *   {"table":["public","task"]}                  begins a table; its columns are in the header
 *   ["<text of column 1>",null,…]                a row: every value in PostgreSQL's own text form, null for SQL null
 *   {"rows":20000}                               ends the table
 *   {"sequences":[["public","task_no",7,true]]}  name, last value (a string when large), whether it was handed out
 *   {"sha256":"…"}                               of all bytes before this line, after which nothing follows
 *
 * Text forms, and not JSON numbers and objects, because they alone are exact for every type: microseconds, numeric of any
 * length, NaN and infinity, a JSON null beside an SQL null, arrays, tsvector.
 */
export const formatVersion = 1

export interface ColumnShape {
  name: string
  /** as format_type() writes it: `numeric(12,2)`, `uuid[]` */
  type: string
}

export interface TableShape {
  schema: string
  name: string
  columns: ColumnShape[]
}

export interface BackupHeader {
  quancheng: 'backup'
  format: number
  /** ISO 8601, UTC */
  createdAt: string
  /** server_version of the database it came from */
  server: string
  /** names of the migrations applied, in order, as the caller gave them */
  migrations: string[]
  tables: TableShape[]
}

export type BackupProblemCode =
  | 'BACKUP_DAMAGED'
  | 'BACKUP_FORMAT'
  | 'BACKUP_NOT_EMPTY'
  | 'BACKUP_SCHEMA_DIFFERS'
  | 'BACKUP_ROLE'

export class BackupError extends Error {
  readonly code: BackupProblemCode

  constructor(code: BackupProblemCode, zh: string, en: string, cause?: unknown) {
    super(`${zh}\n${en}`, cause === undefined ? undefined : { cause })
    this.name = 'BackupError'
    this.code = code
  }
}

export function damaged(file: string, detail: string, cause?: unknown): BackupError {
  return new BackupError(
    'BACKUP_DAMAGED',
    `备份文件 ${file} 已损坏或不完整(${detail}),没有恢复任何数据。`,
    `The backup file ${file} is damaged or incomplete (${detail}); nothing was restored.`,
    cause,
  )
}

/** `"public"."order"`: an identifier quoted for SQL. */
export function quoted(...parts: string[]): string {
  return parts.map((part) => `"${part.replaceAll('"', '""')}"`).join('.')
}

/**
 * The lines of a backup, without the closing one, whose checksum is verified before the iteration ends.
 * @throws BackupError BACKUP_DAMAGED
 */
export async function* readLines(file: string): AsyncGenerator<string> {
  const hash = createHash('sha256')
  const source = createReadStream(file)
  const gunzip = source.pipe(createGunzip())
  source.on('error', (error) => gunzip.destroy(error))
  let rest: Buffer[] = []
  let closed = false
  try {
    for await (const chunk of gunzip as AsyncIterable<Buffer>) {
      let start = 0
      for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
        rest.push(chunk.subarray(start, end + 1))
        const bytes = rest.length === 1 ? (rest[0] as Buffer) : Buffer.concat(rest)
        rest = []
        start = end + 1
        if (closed) throw damaged(file, '结尾之后还有内容 / data after the end')
        const line = bytes.toString('utf8', 0, bytes.length - 1)
        if (line.startsWith('{"sha256":')) {
          const { sha256 } = JSON.parse(line) as { sha256: string }
          if (sha256 !== hash.digest('hex')) throw damaged(file, '校验和不符 / checksum differs')
          closed = true
        } else {
          hash.update(bytes)
          yield line
        }
      }
      if (start < chunk.length) rest.push(chunk.subarray(start))
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')) throw damaged(file, error.message, error)
    throw error
  } finally {
    source.destroy()
  }
  if (!closed || rest.length > 0) throw damaged(file, '没有结尾 / the end is missing')
}
