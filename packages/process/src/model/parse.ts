import { BpmnModdle } from 'bpmn-moddle'
import bpmnPackage from 'bpmn-moddle/resources/bpmn/json/bpmn.json' with { type: 'json' }
import type { Moddle } from './moddle.ts'
import type { Findings } from './problems.ts'
import { newFindings, refuse, warn } from './problems.ts'
import { qcModdle } from './qc-moddle.ts'

/** The library reads the script of a global script task as an attribute; the standard's schema (Semantic.xsd) has it as an element. */
const standard = {
  ...bpmnPackage,
  types: bpmnPackage.types.map((type) => type.name !== 'GlobalScriptTask' ? type : {
    ...type, properties: [{ name: 'scriptLanguage', isAttr: true, type: 'String' }, { name: 'script', type: 'String' }],
  }),
}

export const MODEL_LIMITS = Object.freeze({ bytes: 5_000_000, elements: 20_000, attributes: 100_000 })

export interface ParsedModel {
  /** bpmn:Definitions; null when the file could not be read */
  definitions: Moddle | null
  findings: Findings
}

interface ModdleWarning {
  message: string
  element?: Moddle
  property?: string
  value?: unknown
}

/** References that decide where a token goes; others (drawings, data) may be broken without harm. */
const VITAL_REFERENCES = new Set(['bpmn:sourceRef', 'bpmn:targetRef', 'bpmn:attachedToRef', 'bpmn:default', 'bpmn:activityRef'])

/**
 * Reads BPMN 2.0 XML. Never throws for bad input: what is wrong is in `findings`.
 * Document types and entities are refused unread, since only attacks need them.
 */
export async function parseBpmn(xml: string): Promise<ParsedModel> {
  const findings = newFindings()
  if (!acceptable(xml, findings)) return { definitions: null, findings }
  try {
    const result = await new BpmnModdle({ bpmn: standard, qc: qcModdle }).fromXML(xml)
    for (const warning of result.warnings as ModdleWarning[]) readWarning(warning, findings)
    return { definitions: result.rootElement as Moddle, findings }
  } catch (error) {
    refuse(findings, null, 'XML_INVALID', `文件不是可读的 BPMN 2.0：${firstLine(error)}`)
    return { definitions: null, findings }
  }
}

function acceptable(xml: string, findings: Findings): boolean {
  if (xml.length > MODEL_LIMITS.bytes || Buffer.byteLength(xml) > MODEL_LIMITS.bytes) {
    refuse(findings, null, 'XML_TOO_LARGE', `文件超过 ${MODEL_LIMITS.bytes / 1_000_000} MB`)
    return false
  }
  if (/<!(?:DOCTYPE|ENTITY)/i.test(xml)) {
    refuse(findings, null, 'XML_DOCTYPE', '文件含有 DOCTYPE 或实体声明，出于安全不予接受')
    return false
  }
  if ((xml.match(/<[A-Za-z]/g)?.length ?? 0) > MODEL_LIMITS.elements) {
    refuse(findings, null, 'MODEL_TOO_LARGE', `模型超过 ${MODEL_LIMITS.elements} 个元素`)
    return false
  }
  if ((xml.match(/=\s*["']/g)?.length ?? 0) > MODEL_LIMITS.attributes) {
    refuse(findings, null, 'MODEL_TOO_LARGE', `模型超过 ${MODEL_LIMITS.attributes} 个属性`)
    return false
  }
  return true
}

function readWarning(warning: ModdleWarning, findings: Findings): void {
  const { message, element, property, value } = warning
  const duplicate = /duplicate ID <([^>]*)>/.exec(message)
  if (duplicate) return refuse(findings, duplicate[1], 'ID_DUPLICATE', `编号“${duplicate[1]}”重复`)
  const unknownType = /unknown type <([^>]*)>/.exec(message)
  if (unknownType) {
    const code = unknownType[1]!.startsWith('qc:') ? 'QC_UNKNOWN' : 'ELEMENT_UNKNOWN'
    return refuse(findings, null, code, `无法识别的元素“${unknownType[1]}”`)
  }
  if (message.startsWith('unresolved reference')) return readUnresolved(element, property, value, findings)
  const attribute = /unknown attribute <([^>]*)>/.exec(message)
  if (attribute) return readAttribute(attribute[1]!, element, findings)
  warn(findings, element?.id, 'ELEMENT_UNKNOWN', `读取时有疑问：${firstLine(message)}`)
}

/** References to what does not exist, where the text itself says something, e.g. the variable that a loop goes through. */
const unresolved = new WeakMap<Moddle, Map<string, string>>()

export function unresolvedRef(element: Moddle, property: string): string | null {
  return unresolved.get(element)?.get(property) ?? null
}

/** These hold a variable's name as often as a reference. */
const READ_ANYWAY = new Set(['bpmn:loopDataInputRef'])

function readUnresolved(element: Moddle | undefined, property: string | undefined, value: unknown, findings: Findings): void {
  const sentence = `${element?.id ? `“${element.id}”` : '某元素'}引用了不存在的“${String(value)}”`
  if (element && property && READ_ANYWAY.has(property)) {
    unresolved.set(element, new Map([...(unresolved.get(element) ?? []), [property, String(value)]]))
    return
  }
  if (!property || !VITAL_REFERENCES.has(property)) return warn(findings, element?.id, 'REFERENCE_UNRESOLVED', sentence)
  const flowEnd = property === 'bpmn:sourceRef' || property === 'bpmn:targetRef'
  if (flowEnd && element?.$type !== 'bpmn:SequenceFlow') return warn(findings, element?.id, 'REFERENCE_UNRESOLVED', sentence)
  refuse(findings, element?.id, flowEnd ? 'FLOW_DANGLING' : 'REFERENCE_UNRESOLVED', sentence)
}

/** A misspelt attribute of ours would silently change who may do what, so it is refused. */
function readAttribute(attribute: string, element: Moddle | undefined, findings: Findings): void {
  const ours = attribute.startsWith('qc:') || element?.$type.startsWith('qc:')
  const owner = element?.$type.startsWith('qc:') ? ownerOf(element) : element?.id
  if (ours) return refuse(findings, owner, 'QC_UNKNOWN', `扩展属性“${attribute}”不存在，请检查拼写`)
  warn(findings, owner, 'ELEMENT_UNKNOWN', `属性“${attribute}”不属于 BPMN 2.0，已忽略`)
}

function ownerOf(element: Moddle): string | undefined {
  for (let at: Moddle | undefined = element.$parent; at; at = at.$parent) {
    if (at.id && !at.$type.startsWith('qc:')) return at.id
  }
  return undefined
}

function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  const nested = /nested error: (.*)/.exec(message)
  return nested?.[1] ?? message.split('\n')[0] ?? ''
}
