import { refuse } from './problems.ts'
import type { ReadContext } from './read-table.ts'
import { checkLanguage, readTable } from './read-table.ts'
import type { Boxed } from './types.ts'
import type { XmlNode } from './xml.ts'
import { attribute, child, childrenNamed, textIn } from './xml.ts'

const FORMS = new Set(['literalExpression', 'decisionTable', 'context', 'list', 'relation', 'invocation', 'functionDefinition', 'encapsulatedLogic'])
/** Boxed forms of later versions, told by name instead of being passed over. */
const LATER = new Set(['conditional', 'filter', 'for', 'some', 'every'])

/** The expression inside an element; null when there is none. */
export function readBoxed(holder: XmlNode, owner: { id: string; name: string }, ctx: ReadContext): Boxed | null {
  for (const node of holder.children) {
    if (FORMS.has(node.name)) return readForm(node, owner, ctx)
    if (LATER.has(node.name)) {
      refuse(ctx.findings, attribute(node, 'id') ?? owner.id, 'ELEMENT_UNSUPPORTED', `“${owner.name}”用了 DMN 1.4 的“${node.name}”框，请改写成表达式`)
      return { t: 'literal', id: null, text: 'null' }
    }
  }
  return null
}

function readForm(node: XmlNode, owner: { id: string; name: string }, ctx: ReadContext): Boxed {
  const id = attribute(node, 'id') ?? owner.id
  switch (node.name) {
    case 'decisionTable': return { t: 'table', table: readTable(node, owner, ctx) }
    case 'context': return { t: 'context', entries: childrenNamed(node, 'contextEntry').map((entry) => readEntry(entry, owner, ctx)) }
    case 'list': return { t: 'list', items: node.children.filter((item) => FORMS.has(item.name)).map((item) => readForm(item, owner, ctx)) }
    case 'relation': {
      const columns = childrenNamed(node, 'column').map((column) => attribute(column, 'name') ?? '')
      return { t: 'relation', columns, rows: childrenNamed(node, 'row').map((row) => row.children.filter((cell) => FORMS.has(cell.name)).map((cell) => readForm(cell, owner, ctx))) }
    }
    case 'invocation': {
      const fn = child(node, 'literalExpression')
      const bindings = childrenNamed(node, 'binding').map((binding) => ({ name: attribute(child(binding, 'parameter') ?? binding, 'name') ?? '', value: required(binding, owner, ctx) }))
      return { t: 'invocation', id, text: textIn(fn), bindings }
    }
    case 'functionDefinition':
    case 'encapsulatedLogic': return readFunction(node, owner, ctx)
    default:
      checkLanguage(node, id, ctx)
      return { t: 'literal', id, text: textIn(node) }
  }
}

function readEntry(entry: XmlNode, owner: { id: string; name: string }, ctx: ReadContext): { name: string | null; value: Boxed } {
  const variable = child(entry, 'variable')
  return { name: variable && attribute(variable, 'name'), value: required(entry, owner, ctx) }
}

function readFunction(node: XmlNode, owner: { id: string; name: string }, ctx: ReadContext): Boxed {
  const kind = attribute(node, 'kind')
  if (kind && kind !== 'FEEL') refuse(ctx.findings, owner.id, 'ELEMENT_UNSUPPORTED', `“${owner.name}”的函数类型“${kind}”不支持，只能用 FEEL`)
  const params = childrenNamed(node, 'formalParameter').map((parameter) => attribute(parameter, 'name') ?? '')
  return { t: 'function', params, body: required(node, owner, ctx) }
}

function required(holder: XmlNode, owner: { id: string; name: string }, ctx: ReadContext): Boxed {
  const value = readBoxed(holder, owner, ctx)
  if (value) return value
  refuse(ctx.findings, attribute(holder, 'id') ?? owner.id, 'EXPRESSION_MISSING', `“${owner.name}”里有一处没有写内容`)
  return { t: 'literal', id: null, text: 'null' }
}
