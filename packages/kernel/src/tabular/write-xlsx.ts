/** Writes an Excel workbook of one sheet: a bold header that stays in view, real numbers and dates, and text that stays text. */

import writeExcelFile from 'write-excel-file/node'
import type { TableCell } from './table.ts'

/** Excel refuses a file with a longer cell. */
const MAX_CELL_LENGTH = 32_767
const MAX_SHEET_NAME_LENGTH = 31
/** Control characters that XML cannot carry, and what is left of halves of characters. */
const NOT_IN_XML = /[[\p{Cc}\uFFFD-\uFFFF]--[\t\n\r]]/gv

/**
 * Text is stored as a string cell, which is never run as a formula, whatever it begins with. Dates are written by their UTC
 * fields, which hold the wall clock (see Table); NaN and invalid dates become empty cells.
 */
export async function writeXlsx(sheetName: string, header: readonly string[], rows: ReadonlyArray<readonly TableCell[]>): Promise<Uint8Array> {
  const titles = header.map(title => ({ value: cellText(title), type: String, fontWeight: 'bold' as const }))
  const file = writeExcelFile([titles, ...rows.map(row => row.map(sheetCell))], {
    sheet: safeSheetName(sheetName),
    columns: header.map((title, i) => ({ width: widthOf(title, rows, i) })),
    stickyRowsCount: 1,
  })
  return new Uint8Array(await file.toBuffer())
}

function sheetCell(cell: TableCell) {
  if (typeof cell === 'string') return { value: cellText(cell), type: String }
  if (typeof cell === 'number') return Number.isFinite(cell) ? { value: cell, type: Number } : null
  if (typeof cell === 'boolean') return { value: cell, type: Boolean }
  if (cell === null || Number.isNaN(cell.getTime())) return null
  return { value: cell, type: Date, format: cell.getTime() % 86_400_000 === 0 ? 'yyyy-mm-dd' : 'yyyy-mm-dd hh:mm:ss' }
}

/** In a cell _xHHHH_ stands for a character (ECMA-376 part 1, 22.9.2.19), so text that only looks so is escaped. */
function cellText(text: string): string {
  const safe = xmlText(text).replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
  // The writer looks texts up in a plain object, where “constructor” is found before it was put in; the escape evades that.
  return safe in Object.prototype ? `_x${safe.charCodeAt(0).toString(16).padStart(4, '0')}_${safe.slice(1)}` : safe
}

function xmlText(text: string): string {
  return text.toWellFormed().replace(NOT_IN_XML, '').slice(0, MAX_CELL_LENGTH).toWellFormed()
}

/** Excel forbids these characters, an apostrophe at either end, more than 31 characters, and nothing at all. */
function safeSheetName(name: string): string {
  const safe = xmlText(name).replace(/[[\]:*?/\\\r\n\t]/g, ' ').trim().slice(0, MAX_SHEET_NAME_LENGTH).replace(/^'+|'+$/g, '').trim().toWellFormed()
  return safe === '' ? '数据' : safe
}

/** In Latin characters; a Han character takes two. The first rows tell enough about the rest. */
function widthOf(title: string, rows: ReadonlyArray<readonly TableCell[]>, column: number): number {
  let width = textWidth(title)
  for (const row of rows.slice(0, 100)) {
    const cell = row[column]
    width = Math.max(width, cell instanceof Date ? 19 : cell === null || cell === undefined ? 0 : textWidth(String(cell).slice(0, 60)))
  }
  return Math.min(50, width + 2)
}

function textWidth(text: string): number {
  let width = 0
  for (const character of text) width += character > '\u2E80' ? 2 : 1
  return width
}
