/** Reads the first visible sheet of an Excel workbook, after making sure that it cannot exhaust the memory. */

import { readSheet } from 'read-excel-file/node'
import { MAX_COLUMNS, MAX_ROWS, TableBuilder, TableFileError, type Table, type TableCell } from './table.ts'
import { readZip, storeZip, ZipError } from './zip.ts'

/** Ten times less than what a zip of 20 MB can hold, and twice the largest honest sheet we met. */
const MAX_UNPACKED_BYTES = 150 * 1024 * 1024
/** Excel's own last row; rows that are only coloured may reach down to it. */
const LAST_ROW = 1_048_576
/** Blank rows between the data rows are allowed, up to a point. */
const LAST_ROW_WITH_CONTENT = MAX_ROWS * 2

/** What the reader needs. The calculation chain has cells of its own and no content. */
const WANTED = /^xl\/(?!calcChain\.)[^/]+\.xml$|^xl\/_rels\/workbook\.xml\.rels$|^xl\/worksheets\/[^/]+\.xml$/

/** @throws TableFileError */
export async function readXlsx(bytes: Uint8Array): Promise<Table> {
  checkSignature(bytes)
  const files = await unpack(bytes)
  const sheet = firstVisibleSheet(files)
  // The other sheets are nobody's business here, and their size must not refuse the file.
  if (sheet.path) for (const name of files.keys()) if (name.startsWith('xl/worksheets/') && name !== sheet.path) files.delete(name)
  for (const content of files.values()) checkCells(content.toString('latin1'))

  let data: ReadonlyArray<ReadonlyArray<unknown>>
  try {
    data = await readSheet(storeZip(files), sheet.number)
  } catch (error) {
    throw damaged(error)
  }
  const builder = new TableBuilder()
  data.forEach((cells, i) => builder.add(i + 1, cells.map(tableCell)))
  return builder.table()
}

function checkSignature(bytes: Uint8Array): void {
  const start = Buffer.from(bytes.subarray(0, 8)).toString('hex')
  // The old binary format, and also how Excel wraps a workbook with a password.
  if (start.startsWith('d0cf11e0')) throw new TableFileError('FILE_TYPE', '这是旧版 .xls 或加了密码的文件，请在 Excel/WPS 中另存为不加密的 .xlsx')
  if (!start.startsWith('504b')) throw new TableFileError('FILE_TYPE', '这不是 Excel 工作簿（.xlsx），请检查文件')
}

async function unpack(bytes: Uint8Array): Promise<Map<string, Buffer>> {
  try {
    return await readZip(bytes, name => WANTED.test(name), MAX_UNPACKED_BYTES)
  } catch (error) {
    if (!(error instanceof ZipError)) throw error
    if (error.problem === 'too-large') throw new TableFileError('FILE_TOO_LARGE', '文件解压后过大，请删去多余的内容或分成几个文件')
    if (error.problem === 'encrypted') throw new TableFileError('FILE_TYPE', '文件加了密码，请另存为不加密的 .xlsx')
    throw damaged(error)
  }
}

/**
 * The reader fills every gap up to the farthest cell, so one cell at XFD1048576 would cost gigabytes. Here every row and
 * cell must say plainly where it is, within bounds, before the reader sees the sheet.
 */
function checkCells(xml: string): void {
  for (const [, tag] of xml.matchAll(/<(?:[\w.-]+:)?row(?=[\s/>])([^>]*)>/g)) {
    const row = place(tag!)
    if (row !== null && !(/^\d{1,7}$/.test(row) && Number(row) <= LAST_ROW)) throw damaged()
  }
  for (const [, tag, next] of xml.matchAll(/<(?:[\w.-]+:)?c(?=[\s/>])([^>]*)>(<\/|)/g)) {
    const address = /^([A-Z]{1,3})(\d{1,7})$/.exec(place(tag!) ?? '')
    if (!address) throw damaged()
    // A cell without content, such as a coloured one, is not data.
    if (tag!.endsWith('/') || next) continue
    let column = 0
    for (const letter of address[1]!) column = column * 26 + letter.charCodeAt(0) - 64
    if (column > MAX_COLUMNS) throw new TableFileError('FILE_TOO_LARGE', `表格超过 ${MAX_COLUMNS} 列（${address[0]} 有内容）`)
    if (Number(address[2]) > LAST_ROW_WITH_CONTENT) throw new TableFileError('TOO_MANY_ROWS', `数据超过 ${MAX_ROWS} 行（${address[0]} 有内容），请分成几个文件`)
  }
}

/** The r attribute of a row or cell. Anything that two readers could understand differently is refused. */
function place(tag: string): string | null {
  if (!/^(?:\s+[\w:.-]+\s*=\s*(?:"[^"<>]*"|'[^'<>]*'))*\s*\/?$/.test(tag)) throw damaged()
  const found = Array.from(tag.matchAll(/\s(?:[\w.-]+:)?r\s*=\s*(?:"([^"]*)"|'([^']*)')/g))
  if (found.length > 1) throw damaged()
  return found[0] ? found[0][1] ?? found[0][2] ?? '' : null
}

/** Number (from 1) of the first sheet that is not hidden, and the file it is in when that is plain to see. */
function firstVisibleSheet(files: ReadonlyMap<string, Buffer>): { number: number; path: string | null } {
  const sheets = elements(files.get('xl/workbook.xml'), 'sheet')
  const place = Math.max(0, sheets.findIndex(sheet => !/hidden$/i.test(attribute(sheet, 'state'))))
  const id = attribute(sheets[place] ?? '', '[\\w.-]+:id')
  const relation = elements(files.get('xl/_rels/workbook.xml.rels'), 'Relationship').find(tag => attribute(tag, 'Id') === id)
  const target = attribute(relation ?? '', 'Target')
  const path = target.startsWith('/') ? target.slice(1) : `xl/${target}`
  return { number: place + 1, path: files.has(path) ? path : null }
}

function elements(xml: Buffer | undefined, name: string): string[] {
  return Array.from((xml?.toString('utf8') ?? '').matchAll(new RegExp(`<(?:[\\w.-]+:)?${name}(?=\\s)([^>]*)>`, 'g')), match => match[1]!)
}

function attribute(tag: string, name: string): string {
  const match = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(tag)
  return match?.[1] ?? match?.[2] ?? ''
}

function tableCell(value: unknown): TableCell {
  if (value instanceof Date) {
    // A sheet keeps times as fractions of a day: 09:02:10 comes back as 09:02:09.999.
    const second = Math.round(value.getTime() / 1000) * 1000
    return Math.abs(second - value.getTime()) <= 2 ? new Date(second) : value
  }
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null
}

function damaged(cause?: unknown): TableFileError {
  return new TableFileError('FILE_DAMAGED', '文件已损坏或不是完整的 Excel 工作簿，请重新保存后再上传', { cause })
}
