import { compileDecisionTable } from '@quancheng/process/dmn'
import type { DecisionTable } from '@quancheng/process'
import { useEffect, useState } from 'react'
import { columnsOf, setCell } from '../../rules/edit.ts'

const PAUSE_MS = 350

/** What would be wrong with a cell if this text were kept; null when nothing is. Only its own column is looked at, so it is quick in any table. */
export function doubtOf(table: DecisionTable, row: number, column: number, text: string): string | null {
  const here = columnsOf(table)[column], rule = table.rules[row]
  if (!here || !rule || here.kind === 'note') return null
  const small: DecisionTable = here.kind === 'input'
    ? { ...table, hitPolicy: 'FIRST', aggregation: null, inputs: [here.input], outputs: [{ id: 'result', name: 'result', label: '', type: 'any', values: [], default: null }], rules: [{ ...rule, tests: [rule.tests[here.at]!], outputs: [''] }] }
    : { ...table, hitPolicy: 'FIRST', aggregation: null, inputs: [], outputs: [here.output], rules: [{ ...rule, tests: [], outputs: [rule.outputs[here.at]!] }] }
  const { problems, warnings } = compileDecisionTable(setCell(small, 0, 0, text))
  const found = [...problems, ...warnings].find(each => each.elementId === rule.id)
  return found ? found.message.replace(/^规则 1 的“.*?”(?:写错了：)?/, '') : null
}

/** The same, a moment after the last key: half a word is no mistake yet. */
export function useDoubt(table: DecisionTable, row: number, column: number, text: string | null): string | null {
  const [said, setSaid] = useState<{ of: string, doubt: string | null } | null>(null)
  useEffect(() => {
    if (text === null) return
    const timer = setTimeout(() => setSaid({ of: text, doubt: doubtOf(table, row, column, text) }), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [table, row, column, text])
  return text !== null && said?.of === text ? said.doubt : null
}
