import { tokenize } from '../feel/lexer.ts'
import type { DmnFindings } from './problems.ts'
import { refuse, warn } from './problems.ts'
import type { Aggregation, DecisionTable, HitPolicy, TableInput, TableOutput, TableRule, ValueType } from './types.ts'
import { AGGREGATIONS, HIT_POLICIES } from './types.ts'
import { builtInType } from './values.ts'
import type { XmlNode } from './xml.ts'
import { attribute, child, childrenNamed, textIn } from './xml.ts'

/** What an item definition says about the values of a type. */
export interface ItemType {
  type: ValueType
  values: string[]
}

export interface ReadContext {
  findings: DmnFindings
  types: ReadonlyMap<string, ItemType>
}

/** `<decisionTable>`; `owner` is the decision, after which the table is named. */
export function readTable(node: XmlNode, owner: { id: string; name: string }, ctx: ReadContext): DecisionTable {
  const id = attribute(node, 'id') ?? owner.id
  const inputs = childrenNamed(node, 'input').map((input, i) => readInput(input, `${id}_input${i + 1}`, ctx))
  const outputs = childrenNamed(node, 'output').map((output, i) => readOutput(output, i, owner, id, ctx))
  const rules = childrenNamed(node, 'rule').map((rule, i) => readRule(rule, `${id}_rule${i + 1}`, ctx))
  return { id: owner.id, name: owner.name, hitPolicy: readHitPolicy(node, id, ctx), aggregation: readAggregation(node, id, ctx), inputs, outputs, rules }
}

function readHitPolicy(node: XmlNode, id: string, ctx: ReadContext): HitPolicy {
  const written = attribute(node, 'hitPolicy') ?? 'UNIQUE'
  const known = HIT_POLICIES.find((policy) => policy === written.toUpperCase())
  if (!known) refuse(ctx.findings, id, 'HIT_POLICY_INVALID', `命中规则“${written}”不存在`)
  return known ?? 'UNIQUE'
}

function readAggregation(node: XmlNode, id: string, ctx: ReadContext): Aggregation | null {
  const written = attribute(node, 'aggregation')
  const known = AGGREGATIONS.find((name) => name === written)
  if (written && !known) refuse(ctx.findings, id, 'AGGREGATION_INVALID', `汇总方式“${written}”不存在`)
  return known ?? null
}

function readInput(node: XmlNode, fallback: string, ctx: ReadContext): TableInput {
  const id = attribute(node, 'id') ?? fallback
  const expression = child(node, 'inputExpression')
  if (expression) checkLanguage(expression, id, ctx)
  const declared = typeOf(expression ? attribute(expression, 'typeRef') : null, id, ctx)
  const own = valuesIn(child(node, 'inputValues'))
  return { id, label: attribute(node, 'label') ?? '', expression: textIn(expression), type: declared.type, values: own.length ? own : declared.values }
}

function readOutput(node: XmlNode, at: number, owner: { name: string }, tableId: string, ctx: ReadContext): TableOutput {
  const id = attribute(node, 'id') ?? `${tableId}_output${at + 1}`
  const declared = typeOf(attribute(node, 'typeRef'), id, ctx)
  const own = valuesIn(child(node, 'outputValues'))
  return {
    id, name: attribute(node, 'name') ?? attribute(node, 'label') ?? (at === 0 ? owner.name : ''), label: attribute(node, 'label') ?? '', type: declared.type,
    values: own.length ? own : declared.values, default: textIn(child(node, 'defaultOutputEntry')) || null,
  }
}

function readRule(node: XmlNode, fallback: string, ctx: ReadContext): TableRule {
  const id = attribute(node, 'id') ?? fallback
  const cells = (name: string) => childrenNamed(node, name).map((cell) => {
    checkLanguage(cell, id, ctx)
    return textIn(cell)
  })
  const note = child(node, 'description')?.text.trim() || childrenNamed(node, 'annotationEntry').map(textIn).filter(Boolean).join('；')
  return { id, tests: cells('inputEntry'), outputs: cells('outputEntry'), note }
}

export function checkLanguage(node: XmlNode, elementId: string | null, ctx: ReadContext): void {
  const language = attribute(node, 'expressionLanguage')
  if (language && !/feel/i.test(language)) refuse(ctx.findings, elementId, 'EXPRESSION_LANGUAGE', `表达式语言“${language}”不支持，请改用 FEEL`)
  if (child(node, 'importedValues')) refuse(ctx.findings, elementId, 'ELEMENT_UNSUPPORTED', '不支持从别的文件引入值（importedValues）')
}

function typeOf(name: string | null, elementId: string, ctx: ReadContext): ItemType {
  if (!name) return { type: 'any', values: [] }
  const known = ctx.types.get(name)
  if (known) return known
  const type = builtInType(name)
  if (!type) warn(ctx.findings, elementId, 'TYPE_UNKNOWN', `类型“${name}”没有定义，按任意值处理`)
  return { type: type ?? 'any', values: [] }
}

export function valuesIn(node: XmlNode | null): string[] {
  return splitTests(textIn(node))
}

/** `"a", "b", [1..5]` as one text each. What cannot be read stays whole, and the compiler says what is wrong. */
export function splitTests(text: string): string[] {
  if (text === '') return []
  const parts: string[] = []
  let from = 0
  let depth = 0
  try {
    for (const token of tokenize(text)) {
      if (token.kind !== 'symbol') continue

      if ('([{'.includes(token.text)) depth += 1
      if (')]}'.includes(token.text)) depth -= 1
      if (token.text !== ',' || depth > 0) continue
      parts.push(text.slice(from, token.at).trim())
      from = token.end
    }
  } catch {
    return [text]
  }
  return [...parts, text.slice(from).trim()].filter((part) => part !== '')
}
