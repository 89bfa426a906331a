import { requiredText } from '../extension.ts'
import { readExpression, readFeel, readValue } from '../expressions.ts'
import type { Moddle } from '../moddle.ts'
import { called, extensions, many, one, text } from '../moddle.ts'
import type { Findings } from '../problems.ts'
import { refuse, warn } from '../problems.ts'
import type { Mapping } from '../types.ts'
import type { VendorElement } from '../vendor.ts'
import { vendorElements } from '../vendor.ts'

export interface Mappings { inputs: Mapping[]; outputs: Mapping[] }

/** A variable, or a place inside one: `mail.to`. */
const NAME = /^[\p{L}_][\p{L}\p{N}_ -]*(\.[\p{L}_][\p{L}\p{N}_ -]*){0,9}$/u

function mapping(to: string | null, from: Mapping['from'] | null, owner: Moddle, findings: Findings): Mapping[] {
  if (to === null || !NAME.test(to)) {
    refuse(findings, owner.id, 'MAPPING_INVALID', `${called(owner)}的变量映射目标“${to ?? ''}”不是变量名`)
    return []
  }
  return from ? [{ to, from }] : []
}

/** Variables that an activity gets for itself, and what it hands back: ours, both Camundas', and BPMN's assignments. */
export function readMappings(element: Moddle, findings: Findings): Mappings {
  const inputs = [...standard(element, 'dataInputAssociations', findings), ...zeebe(element, 'input', findings), ...camunda(element, 'inputParameter', findings)]
  const outputs = [...standard(element, 'dataOutputAssociations', findings), ...zeebe(element, 'output', findings), ...camunda(element, 'outputParameter', findings), ...ours(element, 'qc:Output', findings)]
  // what a handler of ours is called with is no variable
  if (text(element, 'qc:handler') === null) inputs.push(...ours(element, 'qc:Input', findings))
  if (one(element, 'ioSpecification') && !inputs.length && !outputs.length) warn(findings, element.id, 'FEATURE_UNSUPPORTED', `${called(element)}的输入输出声明只作说明`)
  return { inputs, outputs }
}

export function ours(element: Moddle, type: string, findings: Findings): Mapping[] {
  return extensions(element, type).flatMap((e) => mapping(requiredText(e, 'name', element, findings), readFeel(requiredText(e, 'value', element, findings), element.id, findings), element, findings))
}

function standard(element: Moddle, property: string, findings: Findings): Mapping[] {
  return many(element, property).flatMap((association) => {
    if (one(association, 'transformation')) refuse(findings, element.id, 'MAPPING_INVALID', `${called(element)}的数据变换（transformation）不能执行，请用赋值（assignment）`)
    return many(association, 'assignment').flatMap((assignment) => {
      const to = one(assignment, 'to')
      return mapping(to && text(to, 'body'), readExpression(one(assignment, 'from'), element, findings), element, findings)
    })
  })
}

function zeebe(element: Moddle, kind: 'input' | 'output', findings: Findings): Mapping[] {
  const all = vendorElements(element, 'zeebe', 'ioMapping').flatMap((m) => m.children).filter((c) => c.name === kind)
  return all.flatMap((c) => mapping(c.attributes['target'] ?? null, readValue(c.attributes['source'] ?? '', element.id, findings), element, findings))
}

function camunda(element: Moddle, kind: 'inputParameter' | 'outputParameter', findings: Findings): Mapping[] {
  const all = vendorElements(element, 'camunda', 'inputOutput').flatMap((m) => m.children).filter((c) => c.name === kind)
  return all.flatMap((c) => {
    const name = c.attributes['name'] ?? null
    const odd = c.children[0]
    if (odd) {
      refuse(findings, element.id, 'MAPPING_INVALID', `${called(element)}的参数“${name ?? ''}”用了 ${odd.name}，只支持文字或表达式`)
      return []
    }
    return mapping(name, readValue(c.text ?? '', element.id, findings), element, findings)
  })
}

/** `camunda:in`/`camunda:out` of a call activity. */
export function readCallMappings(element: Moddle, kind: 'in' | 'out', findings: Findings): { all: boolean; list: Mapping[]; given: boolean } {
  const found = vendorElements(element, 'camunda', kind)
  const list = found.flatMap((m: VendorElement) => {
    const { source, sourceExpression, target, variables, businessKey } = m.attributes
    if (variables !== undefined || businessKey !== undefined) return []
    return mapping(target ?? null, sourceExpression ? readValue(sourceExpression, element.id, findings) : readFeel(source ?? 'null', element.id, findings), element, findings)
  })
  return { all: found.some((m) => m.attributes['variables'] === 'all'), list, given: found.some((m) => m.attributes['businessKey'] === undefined) }
}
