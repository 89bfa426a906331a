/** Reads comma, semicolon or tab separated text in the encodings that Chinese spreadsheets write. */

import { Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { unguard } from './csv.ts'
import { TableBuilder, TableFileError, type Table } from './table.ts'

/** Text handed to the parser at a time, so that a large file does not hold up the other requests. */
const SLICE = 256 * 1024

/** @throws TableFileError */
export async function readCsv(bytes: Uint8Array): Promise<Table> {
  const text = decode(bytes)
  const parser = Readable.from(slices(text)).pipe(parse({
    delimiter: delimiterOf(text), relax_column_count: true, relax_quotes: true, skip_empty_lines: false, max_record_size: 1024 * 1024,
  }))
  const builder = new TableBuilder()
  let line = 0
  try {
    for await (const record of parser as AsyncIterable<string[]>) builder.add(++line, record.map(unguard))
  } catch (error) {
    if (error instanceof CsvError) {
      // The parser is ahead of us: its own count of records says where it stopped.
      const at = Number(error['records'] ?? line) + 1
      throw new TableFileError('FILE_DAMAGED', `第 ${at} 行起读不下去：引号没有成对，或一行过长`, { cause: error })
    }
    throw error
  }
  return builder.table()
}

/** UTF-8 (with or without mark), UTF-16 (with mark, Excel's “Unicode 文本”) or GB18030, which includes GBK and GB2312. */
export function decode(bytes: Uint8Array): string {
  const mark = Buffer.from(bytes.subarray(0, 2)).toString('hex')
  const encodings = mark === 'fffe' ? ['utf-16le'] : mark === 'feff' ? ['utf-16be'] : ['utf-8', 'gb18030']
  for (const encoding of encodings) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
      if (text.includes('\0')) break
      return text
    } catch {
      // Not this encoding: the next one.
    }
  }
  throw new TableFileError('FILE_TYPE', '文件不是文本表格，或文字编码不是 UTF-8、GB18030')
}

/** The separator that occurs most in the first line with content, outside quotes. */
export function delimiterOf(text: string): string {
  const counts = new Map([[',', 0], ['\t', 0], [';', 0]])
  let quoted = false
  let content = false
  for (const character of text.slice(0, 100_000)) {
    if (character === '"') quoted = !quoted
    else if (!quoted && (character === '\n' || character === '\r')) {
      if (content) break
    } else if (!quoted && counts.has(character)) counts.set(character, counts.get(character)! + 1)
    content ||= character.trim() !== ''
  }
  const [best] = [...counts].sort((a, b) => b[1] - a[1])
  return best![0]
}

function* slices(text: string): Generator<string> {
  for (let at = 0; at < text.length; at += SLICE) yield text.slice(at, at + SLICE)
}
