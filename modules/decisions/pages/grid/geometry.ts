import { TYPE_LABELS } from '@quancheng/process/dmn'
import type { DecisionTable } from '@quancheng/process'
import { outputWords, testWords } from '../../rules/cell.ts'
import { cellAt, columnsOf, type Column } from '../../rules/edit.ts'

export const ROW = 34, HEAD = 82, NUMBER = 52
/** rows measured for the width of a column; rows drawn beyond what is seen */
const MEASURED = 200, MARGIN = 8

export interface Layout { widths: number[]; lefts: number[]; total: number }

const widthOf = (text: string, latin: number, wide: number): number => [...text].reduce((sum, sign) => sum + (sign > '\u2e7f' ? wide : latin), 0)

export const labelOf = (column: Column): string => (column.kind === 'input' ? column.input.label || column.input.expression : column.kind === 'output' ? column.output.label || column.output.name : '')
export const sourceOf = (column: Column): string => (column.kind === 'input' ? column.input.expression : column.kind === 'output' ? column.output.name : '')
export const typeOf = (column: Column): string => {
  const spec = column.kind === 'input' ? column.input : column.kind === 'output' ? column.output : null
  return spec ? `${TYPE_LABELS[spec.type]}${spec.values.length ? ` · ${spec.values.map(testWords).join('、')}` : ''}` : ''
}
/** What a cell shows: words for everybody, or the text itself. */
export const shown = (column: Column, text: string, feel: boolean): string => (column.kind === 'note' ? text : feel ? text : column.kind === 'input' ? testWords(text) : outputWords(text))

/** As wide as what the column says, within reason; the note takes what is left. */
export function layoutOf(table: DecisionTable, feel: boolean, room: number): Layout {
  const columns = columnsOf(table)
  const widths = columns.map((column, at) => {
    const cells = table.rules.slice(0, MEASURED).map((_, row) => widthOf(shown(column, cellAt(table, row, at), feel), feel ? 8.2 : 7.8, 14))
    const head = Math.max(widthOf(labelOf(column), 8.5, 14), widthOf(sourceOf(column), 7.5, 13), Math.min(130, widthOf(typeOf(column), 7, 12)))
    return Math.round(Math.min(column.kind === 'note' ? 320 : 300, Math.max(column.kind === 'note' ? 150 : 112, head + 26, ...cells.map(width => width + 24))))
  })
  const used = widths.reduce((sum, width) => sum + width, NUMBER)
  if (used < room) widths[widths.length - 1]! += room - used
  const lefts = widths.map((_, at) => widths.slice(0, at).reduce((sum, width) => sum + width, NUMBER))
  return { widths, lefts, total: Math.max(used, room) }
}

/** The rows to draw, so that five thousand are as quick as fifty. */
export function visibleRows(scroll: number, height: number, count: number): { from: number; to: number } {
  const from = Math.max(0, Math.floor(scroll / ROW) - MARGIN)
  return { from: Math.min(from, count), to: Math.min(count, Math.ceil((scroll + height) / ROW) + MARGIN) }
}
