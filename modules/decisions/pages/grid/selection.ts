import type { Range } from '../../rules/edit.ts'

/** `row` -1 is the head of a column. The anchor stays where selecting began. */
export interface Selection { row: number; column: number; anchorRow: number; anchorColumn: number }

export const only = (row: number, column: number): Selection => ({ row, column, anchorRow: row, anchorColumn: column })

export function rangeOf(s: Selection): Range {
  return { top: Math.max(0, Math.min(s.row, s.anchorRow)), bottom: Math.max(0, s.row, s.anchorRow), left: Math.min(s.column, s.anchorColumn), right: Math.max(s.column, s.anchorColumn) }
}

export const countOf = (s: Selection): number => { const r = rangeOf(s); return (r.bottom - r.top + 1) * (r.right - r.left + 1) }

export interface Press { key: string; shift: boolean; ctrl: boolean }

const PAGE = 10

/** Where a key leads; null when it does not move. `rows` and `columns` are the sizes of the sheet. */
export function moved(s: Selection, press: Press, rows: number, columns: number): Selection | null {
  const { key, shift, ctrl } = press
  const top = shift ? 0 : -1, bottom = rows - 1, last = columns - 1
  const to = (row: number, column: number): Selection => {
    const at = { row: Math.max(Math.min(top, bottom), Math.min(bottom, row)), column: Math.max(0, Math.min(last, column)) }
    return shift ? { ...s, anchorRow: Math.max(0, s.anchorRow), ...at } : only(at.row, at.column)
  }
  switch (key) {
    case 'ArrowUp': return to(ctrl ? 0 : s.row - 1, s.column)
    case 'ArrowDown': return to(ctrl ? bottom : s.row + 1, s.column)
    case 'ArrowLeft': return to(s.row, ctrl ? 0 : s.column - 1)
    case 'ArrowRight': return to(s.row, ctrl ? last : s.column + 1)
    case 'Home': return to(ctrl ? 0 : s.row, 0)
    case 'End': return to(ctrl ? bottom : s.row, last)
    case 'PageUp': return to(s.row - PAGE, s.column)
    case 'PageDown': return to(s.row + PAGE, s.column)
    default: return null
  }
}

/** The next cell as Tab goes: along the row, then to the next; null beyond the last and the first. */
export function tabbed(s: Selection, back: boolean, rows: number, columns: number): Selection | null {
  const next = s.row * columns + s.column + (back ? -1 : 1)
  const row = Math.floor(next / columns), column = next - row * columns
  return row < -1 || row >= rows ? null : only(row, column)
}
