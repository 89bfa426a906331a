/** The part of the spreadsheet editor's workbook that a file is mapped to; names are the editor's own. Rows and columns count from 0, sizes are pixels. */
export interface Line { s?: number; cl?: { rgb?: string | null } }
export interface CellStyle {
  ff?: string; fs?: number; bl?: number; it?: number; ul?: { s: number }; st?: { s: number }
  cl?: { rgb?: string | null } | null; bg?: { rgb?: string | null } | null; bd?: { t?: Line | null; r?: Line | null; b?: Line | null; l?: Line | null } | null
  /** 1 left, 2 centre, 3 right */ ht?: number
  /** 1 top, 2 middle, 3 bottom */ vt?: number
  /** 1 runs over, 2 is cut, 3 wraps */ tb?: number
  n?: { pattern: string } | null
}
/** `t` 1 text, 2 number, 3 boolean, 4 text that looks like a number; `custom.o` is where the file had the cell */
export interface Cell { v?: string | number | boolean | null; f?: string | null; si?: string | null; t?: number | null; s?: string | CellStyle | null; p?: unknown; custom?: { o?: string } | null }
export interface Range { startRow: number; endRow: number; startColumn: number; endColumn: number }
export interface SheetModel {
  id: string; name: string; hidden?: number; tabColor?: string; rowCount: number; columnCount: number; defaultColumnWidth: number; defaultRowHeight: number; showGridlines?: number
  mergeData: Range[]
  cellData: Record<number, Record<number, Cell>>
  rowData: Record<number, { h?: number; ah?: number; ia?: number; hd?: number }>
  columnData: Record<number, { w?: number; hd?: number }>
  freeze?: { xSplit: number; ySplit: number; startRow: number; startColumn: number }
}
export interface WorkbookModel { id: string; name: string; appVersion: string; locale: string; sheetOrder: string[]; styles: Record<string, CellStyle | null>; sheets: Record<string, SheetModel> }

export function columnName(c: number): string {
  const letter = String.fromCharCode(65 + c % 26)
  return c < 26 ? letter : columnName(Math.floor(c / 26) - 1) + letter
}
export const addressOf = (r: number, c: number): string => `${columnName(c)}${r + 1}`
/** `B3` → [2, 1]; null where it is no address */
export function placeOf(address: string): [number, number] | null {
  const m = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/.exec(address)
  if (!m) return null
  let c = 0
  for (const x of m[1]!) c = c * 26 + x.charCodeAt(0) - 64
  return [Number(m[2]) - 1, c - 1]
}
export const rangeOf = (ref: string): Range | null => {
  const [a, b = a] = ref.split(':'), from = placeOf(a ?? ''), to = placeOf(b ?? '')
  return from && to ? { startRow: from[0], endRow: to[0], startColumn: from[1], endColumn: to[1] } : null
}
/** Excel's width in characters of the standard font, 7 pixels each (ECMA-376 part 1, 18.3.1.13). */
export const pixelsOf = (width: number): number => Math.trunc((256 * width + Math.trunc(128 / 7)) / 256 * 7)
export const widthOf = (pixels: number): number => Math.round(pixels / 7 * 256) / 256

/** A shared formula, written once for a block, as it reads `rows` lower and `columns` to the right. Text in quotes stays. */
export function shifted(formula: string, rows: number, columns: number): string {
  return formula.replace(/"(?:[^"]|"")*"|'(?:[^']|'')*'|(\$?)([A-Z]{1,3})(\$?)(\d{1,7})(?![\w(.!])/g, (all: string, fixC: string | undefined, col: string | undefined, fixR: string, row: string, offset: number, whole: string) => {
    if (col === undefined || /[\w.]/.test(whole[offset - 1] ?? '')) return all
    const at = placeOf(`${col}${row}`)!
    const c = fixC ? at[1] : at[1] + columns, r = fixR ? at[0] : at[0] + rows
    return c < 0 || r < 0 ? '#REF!' : `${fixC}${columnName(c)}${fixR}${r + 1}`
  })
}
