import type { DecisionTable } from '@quancheng/process'
import { placeOf } from '../../rules/findings.ts'
import type { Mark } from '../grid/Rows.tsx'
import type { Checked } from './useTable.ts'

/** The findings by the cell, rule or column that they belong to; a problem outweighs a warning. */
export function marksOf(table: DecisionTable, found: Checked | null): { cells: Map<string, Map<string, Mark>>, heads: Map<number, Mark> } {
  const cells = new Map<string, Map<string, Mark>>(), heads = new Map<number, Mark>()
  for (const [list, bad] of [[found?.warnings ?? [], false], [found?.problems ?? [], true]] as const) {
    for (const finding of list) {
      const place = placeOf(table, finding)
      if (place.row === null) continue
      const mark: Mark = { bad, text: finding.message }
      if (place.row < 0) { heads.set(place.column!, mark); continue }
      for (const row of place.rows) {
        const id = table.rules[row]!.id
        const rule = cells.get(id) ?? new Map<string, Mark>()
        rule.set(place.column === null ? '*' : String(place.column), mark)
        cells.set(id, rule)
      }
    }
  }
  return { cells, heads }
}
