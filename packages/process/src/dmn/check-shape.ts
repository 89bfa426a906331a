import type { DmnFindings } from './problems.ts'
import { refuse } from './problems.ts'
import type { DecisionTable } from './types.ts'
import { DMN_LIMITS } from './xml.ts'

const HIDDEN = new Set(['__proto__', 'constructor', 'prototype'])

export function refuseName(name: string, elementId: string, findings: DmnFindings): void {
  if (HIDDEN.has(name) || /[`\n]/.test(name)) refuse(findings, elementId, 'NAME_INVALID', `名称“${name}”不能使用`)
}

/** What is wrong with the frame of a table, before any cell is read. */
export function checkShape(table: DecisionTable, findings: DmnFindings): void {
  const { inputs, outputs, rules } = table
  if (!outputs.length) refuse(findings, table.id, 'TABLE_EMPTY', `决策表“${table.name}”没有输出列`)
  if (rules.length > DMN_LIMITS.rules || inputs.length + outputs.length > DMN_LIMITS.columns || rules.length * (inputs.length + outputs.length) > DMN_LIMITS.cells) {
    refuse(findings, table.id, 'MODEL_TOO_LARGE', `决策表“${table.name}”过大：最多 ${DMN_LIMITS.rules} 条规则、${DMN_LIMITS.columns} 列、${DMN_LIMITS.cells} 格`)
  }
  checkPolicy(table, findings)
  checkIds(table, findings)
  for (const [i, rule] of rules.entries()) {
    if (rule.tests.length !== inputs.length || rule.outputs.length !== outputs.length) {
      refuse(findings, rule.id, 'RULE_SHAPE', `规则 ${i + 1} 有 ${rule.tests.length} 个条件、${rule.outputs.length} 个结果，应为 ${inputs.length} 个、${outputs.length} 个`)
    }
  }
}

function checkPolicy(table: DecisionTable, findings: DmnFindings): void {
  const { hitPolicy, aggregation, outputs } = table
  if (aggregation && hitPolicy !== 'COLLECT') refuse(findings, table.id, 'AGGREGATION_INVALID', `汇总方式只用于“收集”（COLLECT），“${table.name}”是 ${hitPolicy}`)
  if (aggregation && outputs.length > 1) refuse(findings, table.id, 'AGGREGATION_INVALID', `“${table.name}”有 ${outputs.length} 个输出，汇总只能有一个`)
  if (hitPolicy !== 'PRIORITY' && hitPolicy !== 'OUTPUT ORDER') return
  if (!outputs.some((output) => output.values.length)) refuse(findings, table.id, 'OUTPUT_VALUES_MISSING', `“${table.name}”按优先级命中，须给输出列出允许值，重要的在前`)
}

function checkIds(table: DecisionTable, findings: DmnFindings): void {
  const seen = new Set<string>()
  for (const { id } of [...table.inputs, ...table.outputs, ...table.rules]) {
    if (seen.has(id)) refuse(findings, id, 'ID_DUPLICATE', `编号“${id}”重复`)
    seen.add(id)
  }
  const names = new Set<string>()
  for (const output of table.outputs) {
    if (table.outputs.length > 1 && !output.name) refuse(findings, output.id, 'NAME_MISSING', '有多个输出时，每个输出都要有名称')
    if (names.has(output.name)) refuse(findings, output.id, 'NAME_DUPLICATE', `输出名称“${output.name}”重复`)
    refuseName(output.name, output.id, findings)
    names.add(output.name)
  }
}
