import { compileModel } from './compile.ts'
import type { CompiledDecisions } from './compile.ts'
import type { DmnFindings, DmnProblem } from './problems.ts'
import { newFindings, refuse, warn } from './problems.ts'
import { readBoxed } from './read-boxed.ts'
import type { ItemType, ReadContext } from './read-table.ts'
import { valuesIn } from './read-table.ts'
import type { DmnModel, ModelNode } from './types.ts'
import { builtInType } from './values.ts'
import type { XmlNode } from './xml.ts'
import { attribute, child, childrenNamed, readXml } from './xml.ts'

export interface DmnRead {
  /** null when there are problems */
  decisions: CompiledDecisions | null
  problems: readonly DmnProblem[]
  warnings: readonly DmnProblem[]
}

/** Reads and compiles DMN 1.1 – 1.5 XML as far as it is DMN 1.3. Never throws for bad input: everything wrong is in `problems`. */
export function readDmn(xml: string): DmnRead {
  const findings = newFindings()
  const model = readModel(xml, findings)
  const decisions = model && compileModel(model, findings)
  return { decisions: findings.problems.length ? null : decisions, ...findings }
}

const IGNORED = new Set(['extensionElements', 'description', 'knowledgeSource', 'textAnnotation', 'association', 'group', 'artifact', 'organizationUnit', 'performanceIndicator', 'elementCollection', 'DMNDI'])

/** The model as plain data; null when the file could not be read at all. */
export function readModel(xml: string, findings: DmnFindings): DmnModel | null {
  const root = readXml(xml, findings)
  if (!root) return null
  const parts: string[] = []
  const types = readTypes(root, parts)
  const ctx: ReadContext = { findings, types }
  const model: DmnModel = { name: attribute(root, 'name') ?? '', inputs: [], decisions: [], functions: [], parts }
  for (const node of root.children) {
    if (node.name === 'inputData') model.inputs.push({ id: attribute(node, 'id') ?? '', name: variableOf(node) ?? '' })
    else if (node.name === 'decision') push(model.decisions, readNode(node, ctx))
    else if (node.name === 'businessKnowledgeModel') push(model.functions, readNode(node, ctx))
    else if (node.name === 'decisionService') warn(findings, attribute(node, 'id'), 'ELEMENT_IGNORED', `决策服务“${attribute(node, 'name') ?? ''}”不执行，请直接使用其中的决策`)
    else if (node.name !== 'itemDefinition' && !IGNORED.has(node.name)) refuse(findings, attribute(node, 'id'), 'ELEMENT_UNSUPPORTED', `不支持元素“${node.name}”`)
  }
  return model
}

function push<T>(list: T[], item: T | null): void {
  if (item) list.push(item)
}

/** Only the base and the allowed values count: what is a list or a structure is any value. */
function readTypes(root: XmlNode, parts: string[]): Map<string, ItemType> {
  const nodes = new Map(childrenNamed(root, 'itemDefinition').map((node) => [attribute(node, 'name') ?? '', node]))
  const types = new Map<string, ItemType>()
  const resolve = (name: string, seen: Set<string>): ItemType => {
    const node = nodes.get(name)
    const any: ItemType = { type: 'any', values: [] }
    if (!node || seen.has(name)) return { type: builtInType(name) ?? 'any', values: [] }
    if (attribute(node, 'isCollection') === 'true' || childrenNamed(node, 'itemComponent').length) return any
    const base = child(node, 'typeRef')?.text.trim()
    if (!base) return any
    const under = resolve(base.replace(/^[\w-]+:/, (prefix) => (prefix === 'feel:' ? '' : prefix)), new Set([...seen, name]))
    const own = valuesIn(child(node, 'allowedValues'))
    return { type: under.type, values: own.length ? own : under.values }
  }
  for (const [name, node] of nodes) {
    types.set(name, resolve(name, new Set()))
    collectParts(node, parts)
  }
  return types
}

function collectParts(node: XmlNode, parts: string[]): void {
  for (const component of childrenNamed(node, 'itemComponent')) {
    const name = attribute(component, 'name')
    if (name) parts.push(name)
    collectParts(component, parts)
  }
}

function variableOf(node: XmlNode): string | null {
  const variable = child(node, 'variable')
  return (variable && attribute(variable, 'name')) ?? attribute(node, 'name')
}

/** A decision, or a business knowledge model, which is the same with a function as its expression. */
function readNode(node: XmlNode, ctx: ReadContext): ModelNode | null {
  const kind = node.name === 'decision' ? '决策' : '知识模型'
  const id = attribute(node, 'id')
  const name = attribute(node, 'name') ?? id
  if (!id || !name) {
    refuse(ctx.findings, id, 'ID_MISSING', `有一个${kind}没有编号`)
    return null
  }
  const expression = readBoxed(node, { id, name }, ctx)
  if (!expression) {
    refuse(ctx.findings, id, 'EXPRESSION_MISSING', `${kind}“${name}”没有内容（决策表或表达式）`)
    return null
  }
  const decisions = childrenNamed(node, 'informationRequirement').flatMap((requirement) => references(requirement, 'requiredDecision'))
  const knowledge = childrenNamed(node, 'knowledgeRequirement').flatMap((requirement) => references(requirement, 'requiredKnowledge'))
  return { id, name, variable: variableOf(node) ?? name, expression, decisions, knowledge }
}

function references(node: XmlNode, name: string): string[] {
  return childrenNamed(node, name).map((reference) => (attribute(reference, 'href') ?? '').replace(/^.*#/, ''))
}
