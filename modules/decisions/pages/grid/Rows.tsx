import type { DecisionTable, TableRule } from '@quancheng/process'
import { memo } from 'react'
import type { Column, Range } from '../../rules/edit.ts'
import { tx } from '../texts.ts'
import { shown } from './geometry.ts'

export type Mark = { bad: boolean, text: string }
type RowProps = {
  rule: TableRule, n: number, columns: readonly Column[], feel: boolean, hit: boolean
  /** selected columns of this row; -1: none */
  left: number, right: number, activeColumn: number
  marks: ReadonlyMap<string, Mark> | undefined
}

const textOf = (rule: TableRule, column: Column): string => (column.kind === 'input' ? rule.tests[column.at]! : column.kind === 'output' ? rule.outputs[column.at]! : rule.note)

/** One rule. Drawn again only when something in it changed: sheets may be long. */
export const Row = memo(function Row({ rule, n, columns, feel, hit, left, right, activeColumn, marks }: RowProps) {
  const whole = marks?.get('*')
  return (
    <tr role="row" aria-rowindex={n + 2} data-row={n} data-hit={hit}>
      <th role="rowheader" scope="row" className="dg-number" data-row={n} data-on={left >= 0} title={whole?.text}>{n + 1}{whole && <i className={whole.bad ? 'dg-dot dg-dot-bad' : 'dg-dot'} />}</th>
      {columns.map((column, at) => {
        const text = textOf(rule, column), words = shown(column, text, feel), mark = marks?.get(String(at))
        const faint = column.kind !== 'note' && (words === '任意' || words === '空' || (feel && (text === '-' || text === '')))
        return (
          <td key={at} role="gridcell" id={`dg-${n}-${at}`} data-row={n} data-column={at} data-kind={column.kind} aria-selected={at >= left && at <= right && left >= 0} data-active={activeColumn === at}
            className={mark ? (mark.bad ? 'dg-bad' : 'dg-doubt') : undefined} title={mark?.text}>
            <span className={faint ? 'dg-faint' : feel && column.kind !== 'note' ? 'dg-feel' : undefined}>{column.kind !== 'note' && words === '任意' ? tx('any') : column.kind !== 'note' && words === '空' ? tx('empty') : words}</span>
          </td>
        )
      })}
    </tr>
  )
})

type RowsProps = { table: DecisionTable, columns: readonly Column[], from: number, to: number, feel: boolean, matched: ReadonlySet<string>, range: Range, active: { row: number, column: number }, marks: ReadonlyMap<string, ReadonlyMap<string, Mark>> }

export function Rows({ table, columns, from, to, feel, matched, range, active, marks }: RowsProps) {
  return table.rules.slice(from, to).map((rule, i) => {
    const n = from + i, on = active.row >= 0 && n >= range.top && n <= range.bottom
    return <Row key={rule.id} rule={rule} n={n} columns={columns} feel={feel} hit={matched.has(rule.id)} left={on ? range.left : -1} right={on ? range.right : -1} activeColumn={active.row === n ? active.column : -1} marks={marks.get(rule.id)} />
  })
}
