/** What a table file becomes: a header and rows, the same for every format, and the errors people see. */

export type TableCell = string | number | boolean | Date | null

/**
 * `line` is the row number a spreadsheet program shows, from 1. `cells` stand under `header`, as many as it has. Dates carry
 * the wall-clock time of the sheet in their UTC fields, for a sheet knows no time zone. CSV cells are always text: a
 * phone or a number with leading zeros must not be guessed into a number.
 */
export interface Table {
  header: string[]
  rows: Array<{ line: number; cells: TableCell[] }>
}

export type TableFileErrorCode = 'FILE_TYPE' | 'FILE_TOO_LARGE' | 'FILE_DAMAGED' | 'TOO_MANY_ROWS' | 'HEADER_MISSING' | 'HEADER_DOUBLE'

export class TableFileError extends Error {
  readonly code: TableFileErrorCode
  constructor(code: TableFileErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'TableFileError'
    this.code = code
  }
}

export const MAX_ROWS = 50_000
export const MAX_COLUMNS = 200
export const MAX_FILE_BYTES = 20 * 1024 * 1024

/** Collects rows as they are read: the first row with content is the header, empty rows are left out, limits hold. */
export class TableBuilder {
  #header: string[] | null = null
  /** Places of the header's columns in the file. */
  #places: number[] = []
  readonly #rows: Table['rows'] = []

  add(line: number, cells: readonly TableCell[]): void {
    let width = cells.length
    while (width > 0 && isEmpty(cells[width - 1])) width -= 1
    if (width === 0) return
    if (width > MAX_COLUMNS) throw new TableFileError('FILE_TOO_LARGE', `第 ${line} 行有 ${width} 列，最多 ${MAX_COLUMNS} 列`)
    if (!this.#header) {
      this.#readHeader(cells.slice(0, width))
      return
    }
    for (let place = 0; place < width; place++) {
      if (!isEmpty(cells[place]) && !this.#places.includes(place)) {
        throw new TableFileError('HEADER_MISSING', `第 ${columnName(place)} 列（第 ${line} 行）有内容但没有表头`)
      }
    }
    if (this.#rows.length >= MAX_ROWS) throw new TableFileError('TOO_MANY_ROWS', `数据超过 ${MAX_ROWS} 行，请分成几个文件`)
    this.#rows.push({ line, cells: this.#places.map(place => clean(cells[place])) })
  }

  table(): Table {
    if (!this.#header) throw new TableFileError('HEADER_MISSING', '文件是空的，第一行应是表头')
    return { header: this.#header, rows: this.#rows }
  }

  #readHeader(cells: readonly TableCell[]): void {
    const header: string[] = []
    cells.forEach((cell, place) => {
      const title = headerText(cell)
      if (title === '') return
      const earlier = header.indexOf(title)
      if (earlier >= 0) {
        const where = `${columnName(this.#places[earlier]!)} 列和 ${columnName(place)} 列`
        throw new TableFileError('HEADER_DOUBLE', `表头“${title}”出现了两次（${where}）`)
      }
      header.push(title)
      this.#places.push(place)
    })
    this.#header = header
  }
}

/** 0 → A, 26 → AA, as a spreadsheet names its columns. */
export function columnName(place: number): string {
  const letter = String.fromCharCode(65 + place % 26)
  return place < 26 ? letter : columnName(Math.floor(place / 26) - 1) + letter
}

function isEmpty(cell: TableCell | undefined): boolean {
  return cell === null || cell === undefined || (typeof cell === 'string' && cell.trim() === '')
}

function clean(cell: TableCell | undefined): TableCell {
  if (cell === undefined || isEmpty(cell)) return null
  return typeof cell === 'string' ? cell.trim() : cell
}

function headerText(cell: TableCell): string {
  if (cell === null) return ''
  return cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell).replace(/\s+/g, ' ').trim()
}
