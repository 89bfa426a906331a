import type { DecisionTable, TableInput, TableOutput, TableRule } from '@quancheng/process'
import { typedOutput, typedTest } from './typed.ts'

/*
 * A table as a sheet: columns are the inputs, the outputs and the note; rows are the rules. Every change gives a new table and leaves the
 * old one as it was, so undoing is keeping it.
 */

export type Column = { kind: 'input'; at: number; input: TableInput } | { kind: 'output'; at: number; output: TableOutput } | { kind: 'note' }

/** Inclusive, with `top ≤ bottom` and `left ≤ right`. */
export interface Range { top: number; bottom: number; left: number; right: number }

export function columnsOf(table: DecisionTable): Column[] {
  return [...table.inputs.map((input, at) => ({ kind: 'input' as const, at, input })), ...table.outputs.map((output, at) => ({ kind: 'output' as const, at, output })), { kind: 'note' }]
}

export function cellAt(table: DecisionTable, row: number, column: number): string {
  const rule = table.rules[row]
  if (!rule) return ''
  const { inputs, outputs } = table
  return column < inputs.length ? rule.tests[column]! : column < inputs.length + outputs.length ? rule.outputs[column - inputs.length]! : rule.note
}

/** The text that is stored for what was typed into a column. */
export function typed(column: Column, text: string): string {
  return column.kind === 'input' ? typedTest(text, column.input.type) : column.kind === 'output' ? typedOutput(text, column.output.type) : text.replaceAll('\t', ' ')
}

const withCell = (rule: TableRule, column: Column, text: string): TableRule =>
  (column.kind === 'input' ? { ...rule, tests: rule.tests.with(column.at, text) } : column.kind === 'output' ? { ...rule, outputs: rule.outputs.with(column.at, text) } : { ...rule, note: text })

export const emptyRule = (table: DecisionTable, id: string): TableRule => ({ id, tests: table.inputs.map(() => '-'), outputs: table.outputs.map(() => ''), note: '' })

/** An id that nothing in the table has yet; `made` are those given out in the same change. */
export function freshId(table: DecisionTable, prefix: 'in' | 'out' | 'rule', made: readonly string[] = []): string {
  const taken = new Set([...table.inputs, ...table.outputs, ...table.rules].map(each => each.id).concat(made))
  for (let n = table.rules.length + made.length + 1; ; n += 1) if (!taken.has(`${prefix}-${n}`)) return `${prefix}-${n}`
}

/** Puts texts into cells from `row`, `column` on; rows that are missing are made, columns that are missing are left out. `raw`: as FEEL, not as typed. */
export function fill(table: DecisionTable, row: number, column: number, texts: readonly (readonly string[])[], raw = false): DecisionTable {
  const columns = columnsOf(table), rules = [...table.rules], made: string[] = []
  texts.forEach((line, y) => {
    if (!rules[row + y]) { const id = freshId(table, 'rule', made); made.push(id); rules[row + y] = emptyRule(table, id) }
    line.forEach((text, x) => {
      const target = columns[column + x]
      if (target) rules[row + y] = withCell(rules[row + y]!, target, raw ? text : typed(target, text))
    })
  })
  return { ...table, rules }
}

export const setCell = (table: DecisionTable, row: number, column: number, text: string, raw = false): DecisionTable =>
  (cellAt(table, row, column) === (raw ? text : typed(columnsOf(table)[column]!, text)) ? table : fill(table, row, column, [[text]], raw))

/** One text (or one row, one column) into a larger selection fills it, as in a spreadsheet. */
export function paste(table: DecisionTable, range: Range, texts: readonly (readonly string[])[]): { table: DecisionTable; range: Range } {
  const height = texts.length, width = Math.max(...texts.map(line => line.length))
  const rows = (range.bottom - range.top + 1) % height === 0 ? range.bottom - range.top + 1 : height
  const across = (range.right - range.left + 1) % width === 0 ? range.right - range.left + 1 : width
  const spread = Array.from({ length: rows }, (_, y) => Array.from({ length: across }, (__, x) => texts[y % height]![x % width] ?? ''))
  const last = columnsOf(table).length - 1
  return { table: fill(table, range.top, range.left, spread), range: { top: range.top, left: range.left, bottom: range.top + rows - 1, right: Math.min(last, range.left + across - 1) } }
}

export function copy(table: DecisionTable, range: Range): string[][] {
  return Array.from({ length: range.bottom - range.top + 1 }, (_, y) => Array.from({ length: range.right - range.left + 1 }, (__, x) => cellAt(table, range.top + y, range.left + x)))
}

/** Conditions become “anything”, results and notes empty. */
export function clear(table: DecisionTable, range: Range): DecisionTable {
  return fill(table, range.top, range.left, copy(table, range).map(line => line.map(() => '')))
}

export function insertRules(table: DecisionTable, at: number, count = 1): DecisionTable {
  const made: string[] = []
  const rules = Array.from({ length: count }, () => { const id = freshId(table, 'rule', made); made.push(id); return emptyRule(table, id) })
  return { ...table, rules: table.rules.toSpliced(at, 0, ...rules) }
}

export function duplicateRules(table: DecisionTable, top: number, bottom: number): DecisionTable {
  const made: string[] = []
  const rules = table.rules.slice(top, bottom + 1).map(rule => { const id = freshId(table, 'rule', made); made.push(id); return { ...rule, id } })
  return { ...table, rules: table.rules.toSpliced(bottom + 1, 0, ...rules) }
}

export const removeRules = (table: DecisionTable, top: number, bottom: number): DecisionTable => ({ ...table, rules: table.rules.toSpliced(top, bottom - top + 1) })

/** Moves rules one place up (-1) or down (1); at the edge nothing changes. */
export function moveRules(table: DecisionTable, top: number, bottom: number, by: -1 | 1): DecisionTable {
  const from = by < 0 ? top - 1 : bottom + 1
  const other = table.rules[from]
  if (!other || from < 0) return table
  return { ...table, rules: table.rules.toSpliced(from, 1).toSpliced(by < 0 ? bottom : top, 0, other) }
}

export function insertInput(table: DecisionTable, at: number, label: string): DecisionTable {
  const input: TableInput = { id: freshId(table, 'in'), label, expression: '', type: 'string', values: [] }
  return { ...table, inputs: table.inputs.toSpliced(at, 0, input), rules: table.rules.map(rule => ({ ...rule, tests: rule.tests.toSpliced(at, 0, '-') })) }
}

export function insertOutput(table: DecisionTable, at: number, label: string): DecisionTable {
  const names = table.outputs.map(each => each.name)
  let n = table.outputs.length + 1
  while (names.includes(`result${n}`)) n += 1
  const output: TableOutput = { id: freshId(table, 'out'), name: table.outputs.length ? `result${n}` : 'result', label, type: 'string', values: [], default: null }
  return { ...table, outputs: table.outputs.toSpliced(at, 0, output), rules: table.rules.map(rule => ({ ...rule, outputs: rule.outputs.toSpliced(at, 0, '') })) }
}

/** The last output stays: without one there is nothing to decide. */
export function removeColumn(table: DecisionTable, column: Column): DecisionTable {
  if (column.kind === 'input') return { ...table, inputs: table.inputs.toSpliced(column.at, 1), rules: table.rules.map(rule => ({ ...rule, tests: rule.tests.toSpliced(column.at, 1) })) }
  if (column.kind === 'note' || table.outputs.length === 1) return table
  return { ...table, outputs: table.outputs.toSpliced(column.at, 1), rules: table.rules.map(rule => ({ ...rule, outputs: rule.outputs.toSpliced(column.at, 1) })) }
}

const swapped = <T>(list: readonly T[], a: number, b: number): T[] => list.with(a, list[b]!).with(b, list[a]!)

/** Inputs stay among inputs, outputs among outputs. */
export function moveColumn(table: DecisionTable, column: Column, by: -1 | 1): DecisionTable {
  if (column.kind === 'note') return table
  const { at } = column, to = at + by
  if (to < 0 || to >= (column.kind === 'input' ? table.inputs : table.outputs).length) return table
  return column.kind === 'input'
    ? { ...table, inputs: swapped(table.inputs, at, to), rules: table.rules.map(rule => ({ ...rule, tests: swapped(rule.tests, at, to) })) }
    : { ...table, outputs: swapped(table.outputs, at, to), rules: table.rules.map(rule => ({ ...rule, outputs: swapped(rule.outputs, at, to) })) }
}

export const changeInput = (table: DecisionTable, at: number, change: Partial<TableInput>): DecisionTable => ({ ...table, inputs: table.inputs.with(at, { ...table.inputs[at]!, ...change }) })
export const changeOutput = (table: DecisionTable, at: number, change: Partial<TableOutput>): DecisionTable => ({ ...table, outputs: table.outputs.with(at, { ...table.outputs[at]!, ...change }) })
