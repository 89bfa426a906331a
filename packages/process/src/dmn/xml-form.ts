import type { DmnFindings } from './problems.ts'
import { newFindings, refuse } from './problems.ts'
import { readModel } from './read.ts'
import type { DecisionTable } from './types.ts'
import { TYPE_REFS } from './values.ts'

/** The table of a file for editing; null with the reasons in `problems`. `decisionId` chooses when there are several. */
export function fromDmnXml(xml: string, decisionId?: string): DmnFindings & { table: DecisionTable | null } {
  const findings = newFindings()
  const model = readModel(xml, findings)
  const found = (model?.decisions ?? []).filter((decision) => decisionId === undefined || decision.id === decisionId)
  const [first] = found
  if (!findings.problems.length) {
    if (!first) refuse(findings, null, 'DECISION_NONE', decisionId === undefined ? '文件里没有决策' : `文件里没有编号为“${decisionId}”的决策`)
    else if (found.length > 1) refuse(findings, null, 'DECISION_SEVERAL', `文件里有 ${found.length} 个决策，请指明要哪一个`)
    else if (first.expression.t !== 'table') refuse(findings, first.id, 'NOT_A_TABLE', `“${first.name}”不是决策表，不能按表格编辑`)
  }
  const table = first?.expression.t === 'table' && !findings.problems.length ? first.expression.table : null
  return { table, ...findings }
}

/** DMN 1.3 with one decision, whose id and name are the table's; other modellers can open it. */
export function toDmnXml(table: DecisionTable): string {
  const aggregation = table.aggregation ? ` aggregation="${table.aggregation}"` : ''
  return `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" xmlns:dmndi="https://www.omg.org/spec/DMN/20191111/DMNDI/" xmlns:dc="http://www.omg.org/spec/DMN/20180521/DC/" id="${escape(table.id)}_definitions" name="${escape(table.name)}" namespace="urn:quancheng:dmn">
  <decision id="${escape(table.id)}" name="${escape(table.name)}">
    <variable id="${escape(table.id)}_variable" name="${escape(table.name)}" />
    <decisionTable id="${escape(table.id)}_table" hitPolicy="${table.hitPolicy}"${aggregation}>
${table.inputs.map(inputXml).join('')}${table.outputs.map(outputXml).join('')}${table.rules.map(ruleXml).join('')}    </decisionTable>
  </decision>
  <dmndi:DMNDI>
    <dmndi:DMNDiagram>
      <dmndi:DMNShape dmnElementRef="${escape(table.id)}"><dc:Bounds height="80" width="180" x="160" y="100" /></dmndi:DMNShape>
    </dmndi:DMNDiagram>
  </dmndi:DMNDI>
</definitions>
`
}

function inputXml(input: DecisionTable['inputs'][number]): string {
  const label = input.label ? ` label="${escape(input.label)}"` : ''
  return `      <input id="${escape(input.id)}"${label}>
        <inputExpression id="${escape(input.id)}_expression"${typeRef(input.type)}>${text(input.expression)}</inputExpression>
${valuesXml('inputValues', input.values)}      </input>
`
}

function outputXml(output: DecisionTable['outputs'][number]): string {
  const label = output.label ? ` label="${escape(output.label)}"` : ''
  const fallback = output.default === null ? '' : `        <defaultOutputEntry>${text(output.default)}</defaultOutputEntry>\n`
  return `      <output id="${escape(output.id)}"${label} name="${escape(output.name)}"${typeRef(output.type)}>
${valuesXml('outputValues', output.values)}${fallback}      </output>
`
}

function ruleXml(rule: DecisionTable['rules'][number]): string {
  const note = rule.note ? `        <description>${escape(rule.note)}</description>\n` : ''
  const tests = rule.tests.map((test, i) => `        <inputEntry id="${escape(rule.id)}_in${i + 1}">${text(test)}</inputEntry>\n`)
  const outputs = rule.outputs.map((output, i) => `        <outputEntry id="${escape(rule.id)}_out${i + 1}">${text(output)}</outputEntry>\n`)
  return `      <rule id="${escape(rule.id)}">\n${note}${tests.join('')}${outputs.join('')}      </rule>\n`
}

function valuesXml(name: string, values: string[]): string {
  return values.length ? `        <${name}>${text(values.join(', '))}</${name}>\n` : ''
}

function typeRef(type: DecisionTable['inputs'][number]['type']): string {
  return type === 'any' ? '' : ` typeRef="${TYPE_REFS[type]}"`
}

function text(value: string): string {
  return `<text>${escape(value)}</text>`
}

/** Line ends and tabs as references, or attributes would lose them; characters that XML does not have become U+FFFD. */
function escape(value: string): string {
  return value
    .toWellFormed()
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
    .replaceAll('\n', '&#10;').replaceAll('\r', '&#13;').replaceAll('\t', '&#9;')
}
