import { openParts } from '../ooxml/parts.ts'
import { columnName, placeOf, type Cell, type SheetModel } from '../xlsx/model.ts'
import { readWorkbook } from '../xlsx/read.ts'
import { writeWorkbook } from '../xlsx/write.ts'
import type { Placeholder } from './docx.ts'
import { lookUp, rowsOf, textOf, type FillScope } from './value.ts'

const TAG = /\{\{\s*([#/]?)\s*([^{}]+?)\s*\}\}/g
const MAX_ROWS = 5000

interface Block { name: string | null; from: number; to: number }

/** Rows by what repeats: a block of rows from the one that opens a section to the one that closes it, or single rows. */
function blocksOf(sheet: SheetModel, last: number): Block[] {
  const blocks: Block[] = []
  let open: Block | null = null
  for (let r = 0; r <= last; r++) {
    const tags = Object.keys(sheet.cellData[r] ?? {}).map(Number).toSorted((a, b) => a - b).flatMap(c => [...String(sheet.cellData[r]![c]!.v ?? '').matchAll(TAG)])
    const opens = tags.find(t => t[1] === '#'), closes = tags.some(t => t[1] === '/')
    if (!open && opens) open = { name: opens[2]!, from: r, to: r }
    if (!open) blocks.push({ name: null, from: r, to: r })
    else if (closes) { blocks.push({ ...open, to: r }); open = null }
  }
  // never closed: the rows stand once, with what is known
  if (open) for (let r = open.from; r <= last; r++) blocks.push({ name: null, from: r, to: r })
  return blocks
}

export function xlsxPlaceholders(bytes: Uint8Array): Placeholder[] {
  const found: Placeholder[] = []
  for (const sheet of Object.values(readWorkbook(openParts(bytes)).sheets)) {
    for (const b of blocksOf(sheet, lastRow(sheet))) {
      const names = new Set<string>()
      for (let r = b.from; r <= b.to; r++) for (const cell of Object.values(sheet.cellData[r] ?? {})) for (const t of String(cell.v ?? '').matchAll(TAG)) if (!t[1]) names.add(t[2]!)
      const plain = [...names].map(name => ({ name, section: false, within: [] }))
      if (b.name) found.push({ name: b.name, section: true, within: plain })
      else found.push(...plain)
    }
  }
  return found.filter((p, i) => p.section || found.findIndex(q => !q.section && q.name === p.name) === i)
}

const lastRow = (sheet: SheetModel): number => Math.max(0, ...Object.keys(sheet.cellData).map(Number))

/** Fills a workbook: a cell that is nothing but a placeholder becomes a number where its value is one; sections repeat whole rows, and formulas below follow. */
export function fillXlsx(bytes: Uint8Array, data: FillScope): Uint8Array {
  const parts = openParts(bytes), model = readWorkbook(parts)
  for (const sheet of Object.values(model.sheets)) fillSheet(sheet, data)
  return writeWorkbook(parts, model)
}

function fillSheet(sheet: SheetModel, data: FillScope): void {
  const cellData: SheetModel['cellData'] = {}, rowData: SheetModel['rowData'] = {}
  /** where the first and the last copy of each row went */
  const first = new Map<number, number>(), end = new Map<number, number>(), made: Array<{ cell: Cell; copy: (r: number) => number | undefined }> = []
  let next = 0
  for (const b of blocksOf(sheet, lastRow(sheet))) {
    const scopes = b.name ? rowsOf(lookUp(b.name, [data])).slice(0, MAX_ROWS).map(s => [data, s]) : [[data]]
    const start = next, height = b.to - b.from + 1
    // no rows: the block's place stays, empty, so that what adds it up has something to add up
    const copies = scopes.length ? scopes : [null]
    copies.forEach((inside, i) => {
      for (let r = b.from; r <= b.to; r++, next++) {
        if (sheet.rowData[r]) rowData[next] = sheet.rowData[r]!
        for (const [c, cell] of Object.entries(sheet.cellData[r] ?? {})) {
          const filled: Cell = inside ? fillCell(cell, inside) : cell.s === undefined ? {} : { s: cell.s };
          (cellData[next] ??= {})[Number(c)] = filled
          if (filled.f) made.push({ cell: filled, copy: x => (x >= b.from && x <= b.to ? start + i * height + x - b.from : undefined) })
        }
      }
    })
    for (let r = b.from; r <= b.to; r++) { first.set(r, start + r - b.from); end.set(r, next - 1 - (b.to - r)) }
  }
  const past = next - lastRow(sheet) - 1
  for (const { cell, copy } of made) cell.f = moved(cell.f!, (r, isEnd) => copy(r) ?? (isEnd ? end : first).get(r) ?? r + past)
  sheet.mergeData = sheet.mergeData.map(m => ({ ...m, startRow: first.get(m.startRow) ?? m.startRow, endRow: m.startRow === m.endRow ? first.get(m.endRow) ?? m.endRow : end.get(m.endRow) ?? m.endRow }))
  Object.assign(sheet, { cellData, rowData })
}

function fillCell(cell: Cell, scopes: FillScope[]): Cell {
  const text = typeof cell.v === 'string' ? cell.v : ''
  if (cell.f) return { ...cell, v: null }
  if (!text.includes('{{')) return { ...cell }
  const only = /^\s*(?:\{\{\s*#[^{}]+\}\})?\s*\{\{\s*([^{}#/][^{}]*?)\s*\}\}\s*(?:\{\{\s*\/[^{}]*\}\})?\s*$/.exec(text), { custom: _, ...rest } = cell
  const value = only ? lookUp(only[1]!, scopes) : undefined
  if (value && typeof value === 'object' && 'number' in value && typeof value.number === 'number') return { ...rest, v: value.number, t: 2 }
  return { ...rest, v: text.replace(TAG, (_all, sign: string, name: string) => (sign ? '' : textOf(lookUp(name, scopes)))), t: 1 }
}

/** A formula whose rows have moved; the end of a range goes with the last copy, so that a sum takes in every row. */
function moved(formula: string, to: (row: number, isEnd: boolean) => number): string {
  return formula.replace(/"(?:[^"]|"")*"|'(?:[^']|'')*'!?|(:?)(\$?)([A-Z]{1,3})(\$?)(\d{1,7})(?![\w(.!])/g, (all: string, colon: string | undefined, fixC: string, col: string | undefined, fixR: string, row: string, offset: number, whole: string) => {
    if (col === undefined || colon !== ':' && /[\w.!]/.test(whole[offset - 1] ?? '')) return all
    const at = placeOf(`${col}${row}`)!
    return `${colon}${fixC}${columnName(at[1])}${fixR}${to(at[0], colon === ':') + 1}`
  })
}
