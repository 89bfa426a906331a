import type { Base, NodeContext, Readers } from '../context.ts'
import { requiredText } from '../extension.ts'
import { readFeel, readValue } from '../expressions.ts'
import { dateValid, timerTextValid } from '../timer-text.ts'
import { isJuel } from '../juel.ts'
import { readMessage } from '../events/triggers.ts'
import type { Moddle } from '../moddle.ts'
import { called, extensions, get, one, text } from '../moddle.ts'
import { refuse, warn } from '../problems.ts'
import { readUserTask } from '../task.ts'
import type { CompiledNode, PeopleSpec, ServiceTaskNode } from '../types.ts'
import type { FeelExpression } from '../../feel/index.ts'
import { vendorElements, vendorText } from '../vendor.ts'
import { activityBase } from './activity.ts'

export const TASK_READERS: Readers = {
  'bpmn:UserTask': readUser,
  'bpmn:ServiceTask': (element, base, context) => readHandled(element, base, context, handlerOf(element)),
  'bpmn:Task': (element, base, context) => ({ ...activityBase(element, base, context), type: 'passTask' }),
  'bpmn:ManualTask': (element, base, context) => ({ ...activityBase(element, base, context), type: 'passTask' }),
  'bpmn:ScriptTask': readScript,
  'bpmn:BusinessRuleTask': readRule,
  'bpmn:SendTask': readSend,
  'bpmn:ReceiveTask': readReceive,
}

function readUser(element: Moddle, base: Base, context: NodeContext): CompiledNode {
  const { findings } = context
  const groups = peopleText(element, 'candidateGroups')
  const literal = groups && !/^=|[$#]\{/.test(groups) ? (groups.split(',')[0]!.trim() || null) : null
  const task = readUserTask(element, {
    laneRole: literal ?? context.lane(base.id)?.role ?? null,
    outgoing: context.outgoing(base.id),
    isNode: context.isNode,
    knownRoles: context.knownRoles,
    findings,
  })
  const people = readPeople(element, context)
  return { ...activityBase(element, base, context), type: 'userTask', task: people ? { ...task, people } : task }
}

/** Camunda 7 writes attributes, Camunda 8 an element; the names are the same. */
function peopleText(element: Moddle, name: string): string | null {
  const assignment = vendorElements(element, 'zeebe', 'assignmentDefinition')[0]
  const schedule = vendorElements(element, 'zeebe', 'taskSchedule')[0]
  return vendorText(element, 'camunda', name) ?? assignment?.attributes[name] ?? schedule?.attributes[name] ?? null
}

function readPeople(element: Moddle, { findings }: NodeContext): PeopleSpec | null {
  const value = (name: string) => {
    const source = peopleText(element, name)
    return source === null ? null : readValue(source, element.id, findings)
  }
  const time = (name: string) => {
    const source = peopleText(element, name)
    if (source !== null && !/^\s*=/.test(source) && !isJuel(source) && !dateValid(source) && !timerTextValid('duration', source)) {
      refuse(findings, element.id, 'TIMER_INVALID', `${called(element)}的 ${name}“${source}”不是 ISO 8601 写法，例如 2026-05-01T09:00:00+08:00 或 P3D，也不是表达式`)
      return null
    }
    return value(name)
  }
  const form = vendorElements(element, 'zeebe', 'formDefinition')[0]
  const formKey = vendorText(element, 'camunda', 'formKey') ?? form?.attributes['formId'] ?? form?.attributes['formKey'] ?? null
  const people: PeopleSpec = {
    assignee: value('assignee'), candidateUsers: value('candidateUsers'), candidateGroups: value('candidateGroups'), dueDate: time('dueDate'), followUpDate: time('followUpDate'), formKey,
  }
  return Object.values(people).some((v) => v !== null) ? people : null
}

/** Work that Flowable and Camunda 7 do by themselves, told by its kind; here a program of that name does it, with the same fields. */
const KINDS: ReadonlySet<string> = new Set(['mail', 'http'])

function handlerOf(element: Moddle): string | null {
  const definition = vendorElements(element, 'zeebe', 'taskDefinition')[0]
  return text(element, 'qc:handler') ?? definition?.attributes['type'] ?? vendorText(element, 'camunda', 'topic') ?? kindOf(element)
}

function kindOf(element: Moddle): string | null {
  const kind = vendorText(element, 'camunda', 'type')
  return kind && KINDS.has(kind) ? kind : null
}

/** `<flowable:field name="to"><flowable:expression>…`: what such a program is called with. */
function fieldsOf(element: Moddle, { findings }: NodeContext): { name: string; value: FeelExpression }[] {
  return vendorElements(element, 'camunda', 'field').flatMap((field) => {
    const name = field.attributes['name']
    const source = field.attributes['stringValue'] ?? field.attributes['expression'] ?? field.children.find((c) => c.name === 'string' || c.name === 'expression')?.text ?? ''
    const value = name ? readValue(source, element.id, findings) : null
    return value ? [{ name: name!, value }] : []
  })
}

const CODE = ['class', 'delegateExpression', 'expression'] as const

function readHandled(element: Moddle, base: Base, context: NodeContext, handler: string | null): ServiceTaskNode {
  const { findings, knownHandlers } = context
  if (handler === null) {
    const code = CODE.find((name) => vendorText(element, 'camunda', name) !== null)
    refuse(findings, element.id, 'HANDLER_MISSING', code
      ? `${called(element)}要运行 Java 代码（${code}），这里没有；请写处理程序（qc:handler）`
      : `${called(element)}没有写处理程序（qc:handler）`)
  } else if (handler.startsWith('=') || /[$#]\{/.test(handler)) {
    refuse(findings, element.id, 'HANDLER_MISSING', `${called(element)}的处理程序名称不能是表达式（${handler}）`)
  } else if (knownHandlers && !knownHandlers.has(handler)) warn(findings, element.id, 'HANDLER_UNKNOWN', `处理程序“${handler}”不存在`)
  const args = (text(element, 'qc:handler') === null ? [] : extensions(element, 'qc:Input')).flatMap((input) => {
    const name = requiredText(input, 'name', element, findings)
    const value = readFeel(requiredText(input, 'value', element, findings), element.id, findings)
    return value ? [{ name, value }] : []
  })
  const headers = vendorElements(element, 'zeebe', 'taskHeaders').flatMap((h) => h.children)
  return {
    ...activityBase(element, base, context), type: 'serviceTask', handler: handler ?? '', args: handler !== null && kindOf(element) === handler ? [...fieldsOf(element, context), ...args] : args,
    headers: Object.fromEntries(headers.map((h) => [h.attributes['key'] ?? '', h.attributes['value'] ?? ''])),
  }
}

const resultOf = (element: Moddle): string | null => text(element, 'qc:resultVariable') ?? vendorText(element, 'camunda', 'resultVariable')

function readScript(element: Moddle, base: Base, context: NodeContext): CompiledNode {
  const { findings } = context
  const handler = handlerOf(element)
  if (handler !== null) return readHandled(element, base, context, handler)
  const zeebe = vendorElements(element, 'zeebe', 'script')[0]
  const format = text(element, 'scriptFormat')
  const source = zeebe?.attributes['expression'] ?? text(element, 'script')
  if (source !== null && format && !/feel/i.test(format) && !zeebe) {
    refuse(findings, element.id, 'SCRIPT_LANGUAGE', `${called(element)}的脚本语言“${format}”不执行，只执行 FEEL；请改写，或用服务任务`)
    return { ...activityBase(element, base, context), type: 'scriptTask', script: null, result: null }
  }
  const script = source === null ? null : readFeel(source, element.id, findings)
  return { ...activityBase(element, base, context), type: 'scriptTask', script, result: zeebe?.attributes['resultVariable'] ?? resultOf(element) }
}

function readRule(element: Moddle, base: Base, context: NodeContext): CompiledNode {
  const zeebe = vendorElements(element, 'zeebe', 'calledDecision')[0]
  const decision = text(element, 'qc:decision') ?? zeebe?.attributes['decisionId'] ?? vendorText(element, 'camunda', 'decisionRef')
  const handler = handlerOf(element)
  if (!decision) {
    if (handler !== null) return readHandled(element, base, context, handler)
    refuse(context.findings, element.id, 'HANDLER_MISSING', `业务规则任务${called(element)}没有写决策（qc:decision）或处理程序（qc:handler）`)
  } else if (decision.startsWith('=') || /[$#]\{/.test(decision)) {
    refuse(context.findings, element.id, 'HANDLER_MISSING', `${called(element)}的决策编号不能是表达式（${decision}）`)
  }
  return { ...activityBase(element, base, context), type: 'ruleTask', decision: decision ?? '', result: zeebe?.attributes['resultVariable'] ?? resultOf(element) }
}

/** With a handler it is work for a program; without one, the message goes out by its name. */
function readSend(element: Moddle, base: Base, context: NodeContext): CompiledNode {
  const handler = handlerOf(element)
  if (handler !== null || CODE.some((name) => vendorText(element, 'camunda', name) !== null)) return readHandled(element, base, context, handler)
  const message = one(element, 'messageRef')
  const { name, nameFrom, key } = readMessage(element, message, context.findings)
  return { ...activityBase(element, base, context), type: 'sendTask', message: name, ...(nameFrom ? { nameFrom } : {}), key }
}

function readReceive(element: Moddle, base: Base, context: NodeContext): CompiledNode {
  const { findings } = context
  if (get(element, 'instantiate') === true && base.incoming.length) refuse(findings, element.id, 'EVENT_INVALID', `启动流程的接收任务${called(element)}不能有进入的连线`)
  return { ...activityBase(element, base, context), type: 'receiveTask', triggers: [readMessage(element, one(element, 'messageRef'), findings)], instantiate: get(element, 'instantiate') === true }
}
