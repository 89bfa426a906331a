import type { DecisionTable } from '@quancheng/process'
import { useEffect, useImperativeHandle, useLayoutEffect, useMemo, useRef, useState, type Ref } from 'react'
import { bare, readTest } from '../../rules/cell.ts'
import { cellAt, clear, columnsOf, copy, insertRules, moveRules, paste, removeRules, setCell } from '../../rules/edit.ts'
import { fromTsv, toTsv } from '../../rules/tsv.ts'
import { tx } from '../texts.ts'
import { HEAD, labelOf, layoutOf, NUMBER, ROW, sourceOf, typeOf, visibleRows } from './geometry.ts'
import { useDoubt } from './doubt.ts'
import { Rows, type Mark } from './Rows.tsx'
import { moved, only, rangeOf, tabbed, type Selection } from './selection.ts'

export type GridHandle = { focus: () => void, show: (row: number, column: number) => void }
type Props = {
  table: DecisionTable, feel: boolean, selection: Selection, matched: ReadonlySet<string>
  /** rule id → column or `*` → what is wrong there */
  marks: ReadonlyMap<string, ReadonlyMap<string, Mark>>
  heads: ReadonlyMap<number, Mark>
  onSelect: (s: Selection) => void
  onChange: (table: DecisionTable) => void
  onUndo: () => void, onRedo: () => void
  /** Enter on the head of a column */
  onHead: (column: number) => void
  ref: Ref<GridHandle>
}

/**
 * The sheet. One field lies over the active cell and always has the focus, so that typing, input methods and the clipboard work as in a
 * spreadsheet; the cells below are plain text.
 */
export function Grid({ table, feel, selection, matched, marks, heads, onSelect, onChange, onUndo, onRedo, onHead, ref }: Props) {
  const columns = useMemo(() => columnsOf(table), [table])
  const scroller = useRef<HTMLDivElement>(null), field = useRef<HTMLInputElement>(null)
  const [room, setRoom] = useState({ width: 0, height: 600 }), [scroll, setScroll] = useState(0)
  const [editing, setEditing] = useState<{ text: string, from: string, picked: number } | null>(null)
  const leaving = useRef(false), dragging = useRef(false), copied = useRef<{ text: string, cells: string[][] } | null>(null)
  const layout = useMemo(() => layoutOf(table, feel, room.width), [table, feel, room.width])
  const range = rangeOf(selection), { row, column } = selection
  const rows = table.rules.length, here = columns[column] ?? columns[0]!
  const options = editing && here.kind !== 'note' ? suggestions(here.kind === 'input' ? here.input.values : here.output.values, editing.text === editing.from ? '' : editing.text) : []

  const doubt = useDoubt(table, row, column, editing && options.length === 0 && editing.text !== editing.from ? editing.text : null)

  useLayoutEffect(() => {
    const box = scroller.current!
    const look = () => setRoom({ width: box.clientWidth, height: box.clientHeight })
    look()
    const watcher = new ResizeObserver(look)
    watcher.observe(box)
    return () => watcher.disconnect()
  }, [])
  const show = (toRow: number, toColumn: number) => {
    const box = scroller.current!
    const left = layout.lefts[toColumn] ?? NUMBER, width = layout.widths[toColumn] ?? 0
    if (left - NUMBER < box.scrollLeft) box.scrollLeft = left - NUMBER
    else if (left + width > box.scrollLeft + box.clientWidth) box.scrollLeft = left + width - box.clientWidth
    if (toRow < 0) return
    if (toRow * ROW < box.scrollTop) box.scrollTop = toRow * ROW
    else if (HEAD + (toRow + 1) * ROW > box.scrollTop + box.clientHeight) box.scrollTop = HEAD + (toRow + 1) * ROW - box.clientHeight
  }
  useEffect(() => { show(row, column) }, [row, column]) // eslint-disable-line react-hooks/exhaustive-deps -- where it is drawn does not call for scrolling
  useImperativeHandle(ref, () => ({ focus: () => field.current?.focus({ preventScroll: true }), show }))

  const go = (to: Selection | null) => { if (to) onSelect(to) }
  const begin = (text: string) => { if (row >= 0) setEditing({ text, from: cellAt(table, row, column), picked: -1 }) }
  const commit = (): DecisionTable => {
    if (!editing) return table
    const text = options[editing.picked] ?? editing.text
    setEditing(null)
    // what was only looked at stays exactly as it was written
    const next = text === editing.from ? table : setCell(table, row, column, text)
    if (next !== table) onChange(next)
    return next
  }

  const editKey = (event: React.KeyboardEvent): boolean => {
    if (!editing) return false
    switch (event.key) {
      case 'Escape': setEditing(null); return true
      case 'Enter': { const next = commit(); go(only(Math.max(0, Math.min(next.rules.length - 1, row + (event.shiftKey ? -1 : 1))), column)); return true }
      case 'Tab': { commit(); go(tabbed(selection, event.shiftKey, rows, columns.length)); return true }
      case 'ArrowDown': case 'ArrowUp':
        if (!options.length) return false
        setEditing({ ...editing, picked: Math.max(-1, Math.min(options.length - 1, editing.picked + (event.key === 'ArrowDown' ? 1 : -1))) })
        return true
      default: return false
    }
  }

  const sheetKey = (event: React.KeyboardEvent): boolean => {
    const ctrl = event.ctrlKey || event.metaKey, { key, shiftKey: shift, altKey: alt } = event
    if (key === 'Escape') { leaving.current = true; return true }
    if (key === 'Tab') {
      if (leaving.current) { leaving.current = false; return false }
      const next = tabbed(selection, shift, rows, columns.length)
      if (next) { go(next); return true }
      // beyond the last cell a new rule begins, as people know it from other tables
      if (!shift && row === rows - 1) { onChange(insertRules(table, rows)); go(only(rows, 0)); return true }
      return false
    }
    leaving.current = false
    if (alt && (key === 'ArrowUp' || key === 'ArrowDown') && row >= 0) {
      const by = key === 'ArrowUp' ? -1 : 1, next = moveRules(table, range.top, range.bottom, by)
      if (next !== table) { onChange(next); go({ ...selection, row: row + by, anchorRow: selection.anchorRow + by }) }
      return true
    }
    if (alt) return false
    if (ctrl && !shift && key === 'Enter') { onChange(insertRules(table, row + 1)); go(only(row + 1, column)); return true }
    if (ctrl && (key === 'Delete' || key === 'Backspace') && row >= 0) { onChange(removeRules(table, range.top, range.bottom)); go(only(Math.max(-1, Math.min(range.top, rows - 2 - (range.bottom - range.top))), column)); return true }
    if (ctrl && key.toLowerCase() === 'z') { if (shift) onRedo(); else onUndo(); return true }
    if (ctrl && key.toLowerCase() === 'y') { onRedo(); return true }
    if (ctrl && key.toLowerCase() === 'a' && rows > 0) { go({ row: rows - 1, column: columns.length - 1, anchorRow: 0, anchorColumn: 0 }); return true }
    if (ctrl && key.toLowerCase() === 'd' && row >= 0) { if (range.bottom > range.top) onChange(fillDown(table, range)); return true }
    const to = moved(selection, { key, shift, ctrl }, rows, columns.length)
    if (to) { go(to); return true }
    if (key === 'Enter' || key === 'F2') { if (row < 0) onHead(column); else begin(cellAt(table, row, column)); return true }
    if ((key === 'Delete' || key === 'Backspace') && row >= 0) { onChange(clear(table, range)); return true }
    return false
  }

  const cellUnder = (event: { target: EventTarget }): { row: number, column: number } | null => {
    const cell = (event.target as Element).closest<HTMLElement>('[data-row]')
    return cell ? { row: Number(cell.dataset.row), column: cell.dataset.column === undefined ? -1 : Number(cell.dataset.column) } : null
  }
  const press = (event: React.MouseEvent) => {
    if (event.target === field.current || (event.target as Element).closest('.dg-under')) return
    const at = cellUnder(event)
    if (!at || event.button !== 0) return
    event.preventDefault()
    commit()
    field.current?.focus({ preventScroll: true })
    if (at.column < 0) onSelect({ row: at.row, column: 0, anchorRow: event.shiftKey ? Math.max(0, selection.anchorRow) : at.row, anchorColumn: columns.length - 1 })
    else if (event.shiftKey && at.row >= 0) onSelect({ ...selection, anchorRow: Math.max(0, selection.anchorRow), ...at })
    else onSelect(only(at.row, at.column))
    dragging.current = at.row >= 0
  }
  const drag = (event: React.MouseEvent) => {
    if (!dragging.current || event.buttons !== 1) { dragging.current = false; return }
    const at = cellUnder(event)
    if (at && at.row >= 0 && (at.row !== row || (at.column >= 0 && at.column !== column))) onSelect({ ...selection, row: at.row, column: at.column < 0 ? column : at.column })
  }

  const take = (event: React.ClipboardEvent, cut: boolean) => {
    if (editing || row < 0) return
    event.preventDefault()
    const cells = copy(table, range), text = toTsv(cells)
    copied.current = { text, cells }
    event.clipboardData.setData('text/plain', text)
    if (cut) onChange(clear(table, range))
  }
  const put = (event: React.ClipboardEvent) => {
    if (editing || row < 0) return
    event.preventDefault()
    const text = event.clipboardData.getData('text/plain')
    if (text === '') return
    const own = copied.current && copied.current.text === text.replaceAll('\r\n', '\n') ? copied.current.cells : null
    const { table: next, range: filled } = paste(table, range, own ?? fromTsv(text))
    onChange(next)
    onSelect({ row: filled.top, column: filled.left, anchorRow: filled.bottom, anchorColumn: filled.right })
  }

  const { from, to } = visibleRows(scroll, room.height, rows)
  const now = row < 0 ? `${labelOf(here)} ${typeOf(here)}` : `${tx('ruleN', { n: row + 1 })}，${labelOf(here) || tx('noteColumn')}：${cellAt(table, row, column)}`
  const wrong = row >= 0 ? marks.get(table.rules[row]?.id ?? '')?.get(String(column))?.text : undefined
  return (
    <div ref={scroller} className="dg" onScroll={event => setScroll(event.currentTarget.scrollTop)} onMouseDown={press} onMouseMove={drag} onMouseUp={() => { dragging.current = false }}
      onDoubleClick={event => { const at = cellUnder(event); if (at && at.column >= 0) { if (at.row < 0) onHead(at.column); else begin(cellAt(table, at.row, at.column)) } }}>
      <div className="dg-paper" style={{ width: layout.total }}>
        <table role="grid" aria-label={tx('sheet')} aria-rowcount={rows + 1} aria-colcount={columns.length + 1} style={{ width: layout.total }}>
          <colgroup><col style={{ width: NUMBER }} />{layout.widths.map((width, at) => <col key={at} style={{ width }} />)}</colgroup>
          <thead>
            <tr role="row" style={{ height: HEAD }}>
              <th className="dg-corner" scope="col"><span className="qc-sr">{tx('ruleNumber')}</span></th>
              {columns.map((each, at) => {
                const mark = heads.get(at)
                return (
                  <th key={at} role="columnheader" scope="col" data-row={-1} data-column={at} data-kind={each.kind} data-on={row < 0 ? column === at : at >= range.left && at <= range.right} className={mark ? (mark.bad ? 'dg-bad' : 'dg-doubt') : undefined} title={mark?.text}>
                    {each.kind === 'note' ? <b>{tx('noteColumn')}</b> : <><b className="qc-clip">{labelOf(each)}</b><code className="qc-clip">{sourceOf(each) || <em className="qc-danger">{tx('noExpression')}</em>}</code><small className="qc-clip">{typeOf(each)}</small></>}
                  </th>
                )
              })}
            </tr>
          </thead>
          <tbody>
            {from > 0 && <tr aria-hidden style={{ height: from * ROW }} />}
            <Rows table={table} columns={columns} from={from} to={to} feel={feel} matched={matched} range={range} active={{ row, column }} marks={marks} />
            {to < rows && <tr aria-hidden style={{ height: (rows - to) * ROW }} />}
          </tbody>
        </table>
        <input ref={field} className={editing ? 'dg-field dg-editing' : row < 0 ? 'dg-field dg-on-head' : 'dg-field'} spellCheck={false} autoComplete="off" aria-label={wrong ? `${now}。${wrong}` : now} aria-invalid={wrong !== undefined}
          style={{ left: layout.lefts[column], top: row < 0 ? 0 : HEAD + row * ROW, width: (layout.widths[column] ?? 0) + 1, height: row < 0 ? HEAD : ROW + 1 }}
          value={editing?.text ?? ''} maxLength={8000}
          onChange={event => (editing ? setEditing({ ...editing, text: event.target.value, picked: -1 }) : begin(event.target.value))}
          onKeyDown={event => { if (!event.nativeEvent.isComposing && (editing ? editKey(event) : sheetKey(event))) event.preventDefault() }}
          onCopy={event => take(event, false)} onCut={event => take(event, true)} onPaste={put} onBlur={() => { commit() }} />
        {editing && <div className="dg-under" style={{ left: layout.lefts[column], top: HEAD + (row + 1) * ROW + 2, minWidth: layout.widths[column] }}>
          {doubt && <p className="dg-doubt-text" role="status">{doubt}</p>}
          {options.length > 0 && <ul className="dg-options qc-plain">{options.map((text, i) => <li key={text} data-on={editing.picked === i} onMouseDown={event => { event.preventDefault(); setEditing(null); onChange(setCell(table, row, column, text)) }}>{bare(text)}</li>)}</ul>}
        </div>}
      </div>
    </div>
  )
}

const fillDown = (table: DecisionTable, range: { top: number, bottom: number, left: number, right: number }): DecisionTable =>
  paste(table, { ...range, top: range.top + 1 }, copy(table, { ...range, bottom: range.top })).table

/** Allowed values that what is typed may become. */
function suggestions(values: readonly string[], typed: string): string[] {
  const plain = typed.trim().replace(/^"|"$/g, '')
  return values.filter(text => readTest(text).kind === 'values' && bare(text).includes(plain === '-' ? '' : plain) && text !== typed.trim()).slice(0, 8)
}
