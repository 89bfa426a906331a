import { SaxesParser } from 'saxes'
import type { DmnFindings } from './problems.ts'
import { refuse } from './problems.ts'

export const DMN_LIMITS = Object.freeze({ bytes: 2_000_000, elements: 60_000, depth: 100, nodes: 1_000, rules: 5_000, columns: 100, cells: 60_000 })

/** An element of the DMN namespace; others (drawings, extensions of tools) are not kept. */
export interface XmlNode {
  name: string
  attributes: Record<string, string>
  children: XmlNode[]
  /** the text directly inside */
  text: string
}

const MODEL_NAMESPACE = /^https?:\/\/www\.omg\.org\/spec\/DMN\/\d{8}\/(?:MODEL\/?|dmn\.xsd)$/

class Refused extends Error {
  readonly code: 'XML_DOCTYPE' | 'XML_INVALID' | 'MODEL_TOO_LARGE' | 'NOT_DMN'
  constructor(code: Refused['code'], message: string) {
    super(message)
    this.code = code
  }
}

/** The root element, or null with the reason in `findings`. Document types are refused, since only attacks need them. */
export function readXml(xml: string, findings: DmnFindings): XmlNode | null {
  const tooLong = xml.length > DMN_LIMITS.bytes || (xml.length * 3 > DMN_LIMITS.bytes && new TextEncoder().encode(xml).length > DMN_LIMITS.bytes)
  if (tooLong) {
    refuse(findings, null, 'XML_TOO_LARGE', `文件超过 ${DMN_LIMITS.bytes / 1_000_000} MB`)
    return null
  }
  try {
    return parse(xml)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    refuse(findings, null, error.code, error.message)
    return null
  }
}

function parse(xml: string): XmlNode {
  const parser = new SaxesParser({ xmlns: true, position: true })
  const stack: (XmlNode | null)[] = []
  let root: XmlNode | null = null
  let namespace = ''
  let elements = 0
  parser.on('doctype', () => { throw new Refused('XML_DOCTYPE', '文件含有 DOCTYPE 或实体声明，出于安全不予接受') })
  parser.on('error', (error) => { throw new Refused('XML_INVALID', `文件不是可读的 XML（第 ${parser.line} 行）：${error.message.replace(/^\d+:\d+: /, '').slice(0, 120)}`) })
  parser.on('opentag', (tag) => {
    elements += 1
    if (elements > DMN_LIMITS.elements) throw new Refused('MODEL_TOO_LARGE', `模型超过 ${DMN_LIMITS.elements} 个元素`)
    if (stack.length >= DMN_LIMITS.depth) throw new Refused('MODEL_TOO_LARGE', `元素嵌套超过 ${DMN_LIMITS.depth} 层`)
    if (!stack.length) {
      if (!MODEL_NAMESPACE.test(tag.uri) || tag.local !== 'definitions') throw new Refused('NOT_DMN', `文件不是 DMN 决策模型，根元素是 <${tag.name.slice(0, 60)}>`)
      namespace = tag.uri
    }
    const parent = stack.at(-1)
    const kept = tag.uri === namespace && parent !== null
    const node: XmlNode | null = kept ? { name: tag.local, attributes: {}, children: [], text: '' } : null
    if (node) for (const { prefix, local, value } of Object.values(tag.attributes)) if (!prefix) node.attributes[local] = value
    if (node && parent) parent.children.push(node)
    root ??= node
    stack.push(node)
  })
  parser.on('closetag', () => { stack.pop() })
  const text = (piece: string) => {
    const node = stack.at(-1)
    if (node) node.text += piece
  }
  parser.on('text', text)
  parser.on('cdata', text)
  parser.write(xml).close()
  if (!root) throw new Refused('XML_INVALID', '文件是空的')
  return root
}

export function child(node: XmlNode, name: string): XmlNode | null {
  return node.children.find((other) => other.name === name) ?? null
}

export function childrenNamed(node: XmlNode, name: string): XmlNode[] {
  return node.children.filter((other) => other.name === name)
}

/** The trimmed text of `<name><text>…</text></name>`; '' when it is missing. */
export function textIn(node: XmlNode | null): string {
  return node ? (child(node, 'text')?.text ?? '').trim() : ''
}

export function attribute(node: XmlNode, name: string): string | null {
  const value = Object.hasOwn(node.attributes, name) ? node.attributes[name]!.trim() : ''
  return value === '' ? null : value
}
