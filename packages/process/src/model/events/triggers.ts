import type { Moddle } from '../moddle.ts'
import { called, get, many, one, tagName, text } from '../moddle.ts'
import { readExpression, readFeel, readTimer, readValue } from '../expressions.ts'
import { isJuel } from '../juel.ts'
import type { Findings } from '../problems.ts'
import { refuse, warn } from '../problems.ts'
import type { Trigger, TriggerKind } from '../types.ts'
import { vendorElements } from '../vendor.ts'
import type { FeelExpression } from '../../feel/index.ts'

type TriggerReader = (owner: Moddle, definition: Moddle, findings: Findings) => Trigger | null

/** One row a kind of event definition. What is not here is refused by name, never skipped. */
const TRIGGERS: Readonly<Record<string, TriggerReader>> = {
  'bpmn:TimerEventDefinition': (owner, definition, findings) => {
    const timer = readTimer(owner, definition, findings)
    return timer && { on: 'timer', timer }
  },
  'bpmn:MessageEventDefinition': (owner, definition, findings) => readMessage(owner, one(definition, 'messageRef'), findings),
  'bpmn:SignalEventDefinition': (owner, definition, findings) => ({ on: 'signal', ...nameOf(owner, one(definition, 'signalRef'), '信号', findings) }),
  'bpmn:ConditionalEventDefinition': (owner, definition, findings) => {
    const before = findings.problems.length
    const condition = readExpression(one(definition, 'condition'), owner, findings)
    if (!condition && before === findings.problems.length) refuse(findings, owner.id, 'EVENT_INVALID', `条件事件${called(owner)}没有写条件`)
    return condition && { on: 'conditional', condition }
  },
  'bpmn:ErrorEventDefinition': (owner, definition) => ({ on: 'error', code: codeOf(owner, one(definition, 'errorRef'), 'errorCode') }),
  'bpmn:EscalationEventDefinition': (owner, definition) => ({ on: 'escalation', code: codeOf(owner, one(definition, 'escalationRef'), 'escalationCode') }),
  'bpmn:CompensateEventDefinition': (_, definition) => ({
    on: 'compensation', activity: one(definition, 'activityRef')?.id ?? null, wait: get(definition, 'waitForCompletion') !== false,
  }),
  'bpmn:LinkEventDefinition': (owner, definition, findings) => {
    const name = text(definition, 'name') ?? owner.name?.trim() ?? null
    if (name) return { on: 'link', name }
    refuse(findings, owner.id, 'LINK_INVALID', `链接事件${called(owner)}没有名称`)
    return null
  },
  'bpmn:CancelEventDefinition': () => ({ on: 'cancel' }),
  'bpmn:TerminateEventDefinition': () => ({ on: 'terminate' }),
}

export function definitionsOf(element: Moddle): Moddle[] {
  return [...many(element, 'eventDefinitions'), ...many(element, 'eventDefinitionRef')]
}

const KIND_NAMES: Readonly<Record<TriggerKind, string>> = {
  timer: '定时', message: '消息', signal: '信号', conditional: '条件', error: '错误', escalation: '升级', compensation: '补偿', link: '链接', cancel: '取消', terminate: '终止',
}

/** Reads all triggers of an event; those that cannot stand in this place are refused. */
export function readTriggers(element: Moddle, allowed: readonly TriggerKind[], findings: Findings): Trigger[] {
  return definitionsOf(element).flatMap((definition) => readTrigger(element, definition, allowed, findings) ?? [])
}

export function readTrigger(element: Moddle, definition: Moddle, allowed: readonly TriggerKind[], findings: Findings): Trigger | null {
  const reader = Object.hasOwn(TRIGGERS, definition.$type) ? TRIGGERS[definition.$type] : undefined
  if (!reader) {
    refuse(findings, element.id, 'ELEMENT_UNSUPPORTED', `${called(element)}的事件定义 ${tagName(definition.$type)} 目前不能执行`)
    return null
  }
  const trigger = reader(element, definition, findings)
  if (!trigger || allowed.includes(trigger.on)) return trigger
  refuse(findings, element.id, 'EVENT_INVALID', `${called(element)}（${tagName(element.$type)}）不能用${KIND_NAMES[trigger.on]}触发：BPMN 2.0 不允许它在这个位置`)
  return null
}

interface Named { name: string; nameFrom?: FeelExpression }

const begins = (owner: Moddle): boolean => (owner.$type === 'bpmn:StartEvent' && owner.$parent?.$type === 'bpmn:Process') || (owner.$type === 'bpmn:ReceiveTask' && get(owner, 'instantiate') === true)

/** Names of messages and signals; an unnamed one would meet every other unnamed one, so it goes by the element's id. */
function nameOf(owner: Moddle, ref: Moddle | null, what: string, findings: Findings): Named {
  const name = ref && (text(ref, 'name') ?? ref.id ?? null)
  if (!name) {
    warn(findings, owner.id, 'NAME_MISSING', `${called(owner)}没有指明${what}，按编号“${owner.id}”收发`)
    return { name: owner.id ?? '' }
  }
  if (!name.startsWith('=') && !isJuel(name)) return { name }
  if (begins(owner)) {
    refuse(findings, owner.id, 'EVENT_INVALID', `${called(owner)}启动流程，它的${what}名称不能是表达式（${name}）：流程开始之前没有变量`)
    return { name }
  }
  const nameFrom = readValue(name, owner.id, findings)
  return { name, ...(nameFrom ? { nameFrom } : {}) }
}

export function readMessage(owner: Moddle, message: Moddle | null, findings: Findings): Extract<Trigger, { on: 'message' }> {
  return { on: 'message', ...nameOf(owner, message, '消息', findings), key: readKey(owner, message, findings) }
}

/** What a message must carry to be meant for this instance: ours on the element, or Camunda 8's on the message. */
export function readKey(owner: Moddle, message: Moddle | null, findings: Findings): FeelExpression | null {
  const own = text(owner, 'qc:correlationKey')
  const subscription = message && vendorElements(message, 'zeebe', 'subscription')[0]
  const source = own ?? subscription?.attributes['correlationKey'] ?? null
  return source === null ? null : readFeel(source, owner.id, findings)
}

/** A reference without a code goes by its id, so that two nameless errors do not catch each other; no reference catches all. */
function codeOf(owner: Moddle, ref: Moddle | null, property: string): string | null {
  if (!ref) return null
  return text(ref, property) ?? ref.id ?? owner.id ?? null
}
