import type { Moddle } from './moddle.ts'
import { called, extensions, get, text } from './moddle.ts'
import type { Findings } from './problems.ts'
import { refuse, warn } from './problems.ts'

/** Reading the attributes of qc elements, with the owner's id in every complaint. */

export function listOf(value: string | null): string[] {
  return value ? value.split(/[\s,，、]+/).filter((part) => part !== '') : []
}

export function outcomesOf(element: Moddle): string[] | null {
  const list = listOf(text(element, 'outcomes'))
  return list.length ? list : null
}

export function flag(element: Moddle, name: string): boolean {
  return get(element, name) === true
}

export function requiredText(element: Moddle, name: string, owner: Moddle, findings: Findings): string {
  const value = text(element, name)
  if (value === null) refuse(findings, owner.id, 'QC_INVALID', `${called(owner)}的 ${element.$type} 缺少 ${name}`)
  return value ?? ''
}

const EXPECTED = new Map<string, Set<string>>([
  ['bpmn:Process', new Set(['qc:Binding'])],
  ['bpmn:UserTask', new Set(['qc:Outcome', 'qc:Field', 'qc:Item', 'qc:Script', 'qc:Standard', 'qc:Guide'])],
  ['bpmn:ServiceTask', new Set(['qc:Input'])],
])

/** Extensions of ours in a wrong place are refused; those of other vendors are named, since they are not executed. */
export function checkExtensions(element: Moddle, findings: Findings): void {
  const foreign = new Set<string>()
  for (const child of extensions(element)) {
    if (!child.$type.startsWith('qc:')) foreign.add(child.$type.split(':')[0]!)
    else if (!EXPECTED.get(element.$type)?.has(child.$type)) {
      refuse(findings, element.id, 'QC_INVALID', `${child.$type} 不能用在${called(element)}上`)
    }
  }
  for (const name of Object.keys(element.$attrs ?? {})) {
    const prefix = name.includes(':') ? name.split(':')[0]! : ''
    if (prefix && prefix !== 'qc' && prefix !== 'xmlns' && prefix !== 'xsi') foreign.add(prefix)
  }
  if (foreign.size) {
    const names = [...foreign].join('、')
    warn(findings, element.id, 'FOREIGN_EXTENSION', `${called(element)}带有其他产品的扩展（${names}），不会执行`)
  }
}
