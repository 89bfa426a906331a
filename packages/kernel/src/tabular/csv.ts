/** Writes CSV that a spreadsheet program opens as data and never as a formula. */

import { Transform } from 'node:stream'
import type { TableCell } from './table.ts'

/** Without this mark Excel takes UTF-8 for the system's own encoding. */
export const CSV_BOM = '\uFEFF'

/** Text that begins so is run as a formula by spreadsheet programs, also after their own trimming and in full width. */
const FORMULA_START = /^\s*[=+\-@＝＋－＠]|^[\t\r]/
const NUMBER = /^[+-]?\d+(?:\.\d+)?$/
const GUARDED = /^'(?=\s*[=+\-@＝＋－＠]|[\t\r])/

/** One record with its line end. Dates are written by their UTC fields, which hold the wall clock (see Table). */
export function csvLine(cells: readonly TableCell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}

/** Rows in (arrays of cells), UTF-8 bytes with mark and header out. */
export function csvStream(header: readonly string[]): Transform {
  let begun = false
  const begin = (stream: Transform): void => {
    if (!begun) stream.push(CSV_BOM + csvLine(header))
    begun = true
  }
  return new Transform({
    writableObjectMode: true,
    transform(row: readonly TableCell[], _encoding, done) {
      begin(this)
      done(null, csvLine(row))
    },
    flush(done) {
      begin(this)
      done()
    },
  })
}

/** Takes the guard of `csvLine` away again, so that a file of ours comes back as it was. */
export function unguard(text: string): string {
  return text.replace(GUARDED, '')
}

/** 'YYYY-MM-DD', with the time when there is one. */
export function dateText(date: Date): string {
  if (Number.isNaN(date.getTime())) return ''
  const text = date.toISOString()
  return text.slice(11, 19) === '00:00:00' ? text.slice(0, 10) : `${text.slice(0, 10)} ${text.slice(11, 19)}`
}

function csvCell(cell: TableCell): string {
  if (cell === null) return ''
  if (cell instanceof Date) return dateText(cell)
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE'
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : ''
  const text = FORMULA_START.test(cell) && !NUMBER.test(cell) ? `'${cell}` : cell
  return /[",;\t\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
