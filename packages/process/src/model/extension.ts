import type { Moddle } from './moddle.ts'
import { called, extensions, get, text } from './moddle.ts'
import type { Findings } from './problems.ts'
import { refuse, warn } from './problems.ts'
import type { Vendor } from './vendor.ts'
import { vendorOf } from './vendor.ts'

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

const IO = ['qc:Input', 'qc:Output']

const EXPECTED = new Map<string, Set<string>>([
  ['bpmn:Process', new Set(['qc:Binding'])],
  ['bpmn:StartEvent', new Set(['qc:Input'])],
  ['bpmn:UserTask', new Set([...IO, 'qc:Outcome', 'qc:Section', 'qc:Field', 'qc:Item', 'qc:Script', 'qc:Standard', 'qc:Guide', 'qc:Approval'])],
  ...['Task', 'ManualTask', 'ServiceTask', 'ScriptTask', 'BusinessRuleTask', 'SendTask', 'ReceiveTask', 'SubProcess', 'Transaction', 'AdHocSubProcess', 'CallActivity']
    .map((type) => [`bpmn:${type}`, new Set(IO)] as const),
])

/** What we read of other products; the rest of theirs is named in a warning. */
const UNDERSTOOD: Readonly<Record<Vendor, ReadonlySet<string>>> = {
  camunda: new Set(['assignee', 'candidateUsers', 'candidateGroups', 'formKey', 'dueDate', 'followUpDate', 'topic', 'type', 'inputOutput', 'resultVariable', 'decisionRef', 'in', 'out', 'field', 'initiator', 'versionTag', 'historyTimeToLive', 'diagramRelationId']),
  zeebe: new Set(['taskDefinition', 'taskHeaders', 'ioMapping', 'assignmentDefinition', 'taskSchedule', 'formDefinition', 'calledElement', 'calledDecision', 'script', 'subscription', 'userTask', 'versionTag', 'modelerTemplate', 'modelerTemplateIcon', 'modelerTemplateVersion']),
}

function understood(element: Moddle, name: string): boolean {
  const [prefix, local] = name.split(':')
  const vendor = vendorOf(element, prefix!)
  return vendor !== null && UNDERSTOOD[vendor].has(local!)
}

/** Extensions of ours in a wrong place are refused; those of other vendors that nobody reads are named, since they are not executed. */
export function checkExtensions(element: Moddle, findings: Findings): void {
  const foreign = new Set<string>()
  for (const child of extensions(element)) {
    if (!child.$type.startsWith('qc:')) {
      if (!understood(element, child.$type)) foreign.add(child.$type)
    } else if (!EXPECTED.get(element.$type)?.has(child.$type)) {
      refuse(findings, element.id, 'QC_INVALID', `${child.$type} 不能用在${called(element)}上`)
    }
  }
  for (const name of Object.keys(element.$attrs ?? {})) {
    const prefix = name.includes(':') ? name.split(':')[0]! : ''
    if (prefix && prefix !== 'qc' && prefix !== 'xmlns' && prefix !== 'xsi' && !understood(element, name)) foreign.add(name)
  }
  if (foreign.size) {
    const names = [...foreign].join('、')
    warn(findings, element.id, 'FOREIGN_EXTENSION', `${called(element)}带有其他产品的扩展（${names}），不会执行`)
  }
}
