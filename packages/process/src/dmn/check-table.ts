import { compileModel } from './compile.ts'
import type { CompiledDecisions } from './compile.ts'
import { inputLabel } from './compile-table.ts'
import { findGaps } from './gaps.ts'
import type { DmnFindings } from './problems.ts'
import { newFindings, warn } from './problems.ts'
import { regionOf } from './regions.ts'
import type { Region } from './regions.ts'
import type { DecisionTable } from './types.ts'

const MOST_RULES = 1_000
const MOST_OVERLAPS = 20

/** A table on its own as decisions with one member, whose id is the table's. `decisions` is null when there are problems. */
export function compileDecisionTable(table: DecisionTable): DmnFindings & { decisions: CompiledDecisions | null } {
  const findings = newFindings()
  const node = { id: table.id, name: table.name, variable: table.name, expression: { t: 'table' as const, table }, decisions: [], knowledge: [] }
  const decisions = compileModel({ name: table.name, inputs: [], decisions: [node], functions: [], parts: [] }, findings)
  return { decisions: findings.problems.length ? null : decisions, ...findings }
}

/**
 * What is wrong with a table (problems: it cannot be used), and what its author should look at (warnings): rules that overlap
 * though only one may apply, cases that no rule covers, rules that never apply. Expressions in cells are not understood;
 * only what is certain is reported. A missing input value (null) is no case of its own.
 */
export function checkTable(table: DecisionTable): DmnFindings {
  const { problems, warnings } = compileDecisionTable(table)
  const findings: DmnFindings = { problems, warnings }
  if (problems.length || !table.rules.length) return findings
  if (table.rules.length > MOST_RULES) {
    warn(findings, table.id, 'NOT_ANALYSED', `规则超过 ${MOST_RULES} 条，没有检查重叠与遗漏`)
    return findings
  }
  const regions = table.inputs.map((input, at) => regionOf(input, inputLabel(input), table.rules.map((rule) => rule.tests[at]!)))
  const opaque = regions.filter((region) => region.cells.includes(null)).map((region) => `“${region.label}”`)
  if (opaque.length) warn(findings, table.id, 'NOT_ANALYSED', `${opaque.join('、')}里有表达式，重叠与遗漏可能没有找全`)
  const { hitPolicy } = table
  if (hitPolicy === 'UNIQUE' || hitPolicy === 'ANY') reportOverlaps(table, regions, findings)
  if (hitPolicy === 'FIRST') reportUnreachable(table, regions, findings)
  const mustHit = hitPolicy === 'UNIQUE' || hitPolicy === 'ANY' || hitPolicy === 'FIRST' || hitPolicy === 'PRIORITY'
  if (mustHit && !table.outputs.some((output) => output.default?.trim())) reportGaps(table, regions, findings)
  return findings
}

/** What two rules have in common in a column; null when that cannot be told. */
function common(table: DecisionTable, regions: Region[], column: number, a: number, b: number): bigint | null {
  const region = regions[column]!
  const [one, other] = [region.cells[a]!, region.cells[b]!]
  if (one !== null && other !== null) return one & other
  const text = (rule: number) => table.rules[rule]!.tests[column]!.trim()
  if (text(a) === text(b) || one === region.all || other === region.all) return region.all
  return null
}

function reportOverlaps(table: DecisionTable, regions: Region[], findings: DmnFindings): void {
  let found = 0
  for (let a = 0; a < table.rules.length; a += 1) {
    for (let b = a + 1; b < table.rules.length; b += 1) {
      const box = overlap(table, regions, a, b)
      if (!box || (table.hitPolicy === 'ANY' && sameOutputs(table, a, b))) continue
      found += 1
      if (found > MOST_OVERLAPS) {
        warn(findings, table.id, 'RULE_OVERLAP', '还有更多规则重叠，先改好以上这些')
        return
      }
      const where = describeBox(regions, box)
      warn(findings, table.rules[b]!.id, 'RULE_OVERLAP', `规则 ${a + 1} 与规则 ${b + 1} ${where ? `在 ${where} ` : '在任何情况下都'}重叠`)
    }
  }
}

function overlap(table: DecisionTable, regions: Region[], a: number, b: number): bigint[] | null {
  const box: bigint[] = []
  for (let column = 0; column < regions.length; column += 1) {
    const both = common(table, regions, column, a, b)
    if (!both) return null
    box.push(both)
  }
  return box
}

function sameOutputs(table: DecisionTable, a: number, b: number): boolean {
  const [one, other] = [table.rules[a]!.outputs, table.rules[b]!.outputs]
  return one.every((text, i) => text.trim() === other[i]?.trim())
}

/** With FIRST, a rule inside an earlier one never gets its turn. */
function reportUnreachable(table: DecisionTable, regions: Region[], findings: DmnFindings): void {
  for (let later = 1; later < table.rules.length; later += 1) {
    const earlier = table.rules.findIndex((_, rule) => rule < later && regions.every((_, column) => covers(table, regions, column, rule, later)))
    if (earlier >= 0) warn(findings, table.rules[later]!.id, 'RULE_UNREACHABLE', `规则 ${later + 1} 永远不会命中：规则 ${earlier + 1} 在它前面，并且已经包括了它`)
  }
}

function covers(table: DecisionTable, regions: Region[], column: number, outer: number, inner: number): boolean {
  const region = regions[column]!
  const [large, small] = [region.cells[outer]!, region.cells[inner]!]
  if (large === region.all) return true
  if (large !== null && small !== null) return (small & ~large) === 0n
  return table.rules[outer]!.tests[column]!.trim() === table.rules[inner]!.tests[column]!.trim()
}

function reportGaps(table: DecisionTable, regions: Region[], findings: DmnFindings): void {
  const { gaps, complete } = findGaps(regions, table.rules.length)
  for (const gap of gaps) {
    const where = describeBox(regions, gap)
    warn(findings, table.id, 'RULE_GAP', where ? `没有规则覆盖：${where}` : '没有规则覆盖任何情况')
  }
  if (!complete) warn(findings, table.id, gaps.length ? 'RULE_GAP' : 'NOT_ANALYSED', gaps.length ? '可能还有更多情况没有规则覆盖' : '表格过于复杂，没有检查完遗漏')
}

/** `金额 [100..200)、等级 "金卡"`; columns that do not matter are left out. */
function describeBox(regions: Region[], box: bigint[]): string {
  return regions.flatMap((region, i) => (box[i] === region.all ? [] : [`${region.label} ${region.describe(box[i]!)}`])).join('、')
}
