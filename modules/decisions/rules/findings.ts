import type { DecisionTable } from '@quancheng/process'
import { readTest, splitValues } from './cell.ts'
import { columnsOf } from './edit.ts'
import { typedTest } from './typed.ts'

export interface Finding { elementId: string | null; code: string; message: string }
/** Where in the sheet a finding is: `row` -1 is the head of a column, `column` null the whole rule, both null the table. */
export interface Place { row: number | null; column: number | null; rows: number[] }

const labelOf = (column: ReturnType<typeof columnsOf>[number]): string =>
  (column.kind === 'input' ? column.input.label || column.input.expression || column.input.id : column.kind === 'output' ? column.output.label || column.output.name || column.output.id : '')

/** The checker names elements and labels; the sheet needs rows and columns. */
export function placeOf(table: DecisionTable, finding: Finding): Place {
  const columns = columnsOf(table)
  const head = columns.findIndex(column => (column.kind === 'input' ? column.input.id : column.kind === 'output' ? column.output.id : '') === finding.elementId)
  if (head >= 0) return { row: -1, column: head, rows: [] }
  const row = table.rules.findIndex(rule => rule.id === finding.elementId)
  if (row < 0) return { row: null, column: null, rows: [] }
  if (finding.code === 'RULE_OVERLAP' || finding.code === 'RULE_UNREACHABLE') {
    const rows = [...finding.message.matchAll(/规则 (\d+)/g)].map(match => Number(match[1]) - 1).filter(at => table.rules[at])
    return { row, column: null, rows: rows.length ? rows : [row] }
  }
  const label = /^规则 \d+ 的“(.*?)”(?:写|是|里)/.exec(finding.message)?.[1]
  const column = label === undefined ? -1 : columns.findIndex(each => labelOf(each) === label)
  return { row, column: column < 0 ? null : column, rows: [row] }
}

/** The conditions of the case that no rule covers, from the checker's sentence; null where they cannot be written as cells. */
export function gapTests(table: DecisionTable, message: string): string[] | null {
  const said = /^没有规则覆盖：(.*)$/.exec(message)?.[1]
  if (said === undefined) return null
  const tests = table.inputs.map(() => '-')
  let rest = said, last = -1
  while (rest !== '') {
    const at = table.inputs.findIndex((input, i) => i > last && rest.startsWith(`${input.label || input.expression || input.id} `))
    if (at < 0) return null
    rest = rest.slice((table.inputs[at]!.label || table.inputs[at]!.expression || table.inputs[at]!.id).length + 1)
    const following = table.inputs.slice(at + 1).map(input => rest.indexOf(`、${input.label || input.expression || input.id} `)).filter(i => i >= 0)
    const end = following.length ? Math.min(...following) : rest.length
    const test = typedTest(rest.slice(0, end), table.inputs[at]!.type)
    if (rest.slice(0, end).includes('其他值') || !(splitValues(test) ?? [test]).every(part => readTest(part).kind !== 'text')) return null
    tests[at] = test
    rest = rest.slice(end + 1)
    last = at
  }
  return last < 0 ? null : tests
}
