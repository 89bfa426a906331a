import type { Base, NodeContext, Readers } from '../context.ts'
import { isEventSub } from '../context.ts'
import { ours } from '../activities/mappings.ts'
import type { Moddle } from '../moddle.ts'
import { called, get, one, text } from '../moddle.ts'
import { refuse, warn } from '../problems.ts'
import type { CompiledNode, TriggerKind } from '../types.ts'
import { vendorText } from '../vendor.ts'
import { definitionsOf, readTriggers } from './triggers.ts'

const AWAITED: readonly TriggerKind[] = ['message', 'timer', 'signal', 'conditional']

export const EVENT_READERS: Readers = {
  'bpmn:StartEvent': readStart,
  'bpmn:EndEvent': readEnd,
  'bpmn:IntermediateCatchEvent': readCatch,
  'bpmn:IntermediateThrowEvent': readThrow,
  'bpmn:BoundaryEvent': readBoundary,
}

const parallel = (element: Moddle): boolean => get(element, 'parallelMultiple') === true

function readStart(element: Moddle, base: Base, context: NodeContext): CompiledNode {
  const { findings } = context
  const holder = context.holder(element)
  const inEventSub = isEventSub(holder)
  const allowed = inEventSub ? [...AWAITED, 'error', 'escalation', 'compensation'] as const : AWAITED
  if (base.incoming.length) refuse(findings, element.id, 'START_INCOMING', `开始事件${called(element)}不能有进入的连线`)
  const defined = definitionsOf(element).length > 0
  if (defined && !inEventSub && holder.$type !== 'bpmn:Process') refuse(findings, element.id, 'EVENT_INVALID', `子流程的开始事件${called(element)}不能有触发条件`)
  if (!defined && inEventSub) refuse(findings, element.id, 'EVENT_INVALID', `事件子流程的开始事件${called(element)}须有触发条件`)
  const triggers = readTriggers(element, allowed, findings)
  const always = triggers.some((t) => t.on === 'error' || t.on === 'compensation')
  const inputs = ours(element, 'qc:Input', findings)
  if (inputs.length && (!triggers.length || holder.$type !== 'bpmn:Process')) refuse(findings, element.id, 'QC_INVALID', `qc:input 只用在由事件启动流程的开始事件上，${called(element)}不是`)
  const initiator = vendorText(element, 'camunda', 'initiator')
  return { ...base, type: 'startEvent', ...(inputs.length ? { inputs } : {}), ...(initiator ? { initiator } : {}), triggers, all: parallel(element), interrupting: always || get(element, 'isInterrupting') !== false }
}

function readEnd(element: Moddle, base: Base, context: NodeContext): CompiledNode {
  const { findings } = context
  if (base.outgoing.length) refuse(findings, element.id, 'END_OUTGOING', `结束事件${called(element)}不能有离开的连线`)
  const triggers = readTriggers(element, ['message', 'signal', 'error', 'escalation', 'cancel', 'compensation', 'terminate'], findings)
  if (triggers.some((t) => t.on === 'cancel') && context.holder(element).$type !== 'bpmn:Transaction') {
    refuse(findings, element.id, 'EVENT_INVALID', `取消结束事件${called(element)}只能放在事务子流程里`)
  }
  return { ...base, type: 'endEvent', terminate: triggers.some((t) => t.on === 'terminate'), triggers }
}

function readCatch(element: Moddle, base: Base, context: NodeContext): CompiledNode {
  const { findings } = context
  const triggers = readTriggers(element, [...AWAITED, 'link'], findings)
  if (!definitionsOf(element).length) refuse(findings, element.id, 'EVENT_INVALID', `中间捕获事件${called(element)}没有写等什么`)
  const links = triggers.filter((t) => t.on === 'link')
  if (links.length && triggers.length > 1) refuse(findings, element.id, 'LINK_INVALID', `链接事件${called(element)}不能再等别的事件`)
  if (links.length && base.incoming.length) refuse(findings, element.id, 'LINK_INVALID', `链接目标${called(element)}不能有进入的连线`)
  return { ...base, type: 'catchEvent', triggers, all: parallel(element) }
}

function readThrow(element: Moddle, base: Base, context: NodeContext): CompiledNode {
  const { findings } = context
  const triggers = readTriggers(element, ['message', 'signal', 'escalation', 'compensation', 'link'], findings)
  const link = triggers.find((t) => t.on === 'link')
  let linkTo: string | null = null
  if (link?.on === 'link') {
    linkTo = context.linkTarget(element, link.name)
    if (linkTo === null) refuse(findings, element.id, 'LINK_INVALID', `链接“${link.name}”在同一层里须有且只有一个目标`)
    if (base.outgoing.length || triggers.length > 1) refuse(findings, element.id, 'LINK_INVALID', `链接事件${called(element)}不能有离开的连线或别的触发`)
  }
  return { ...base, type: 'throwEvent', triggers, linkTo }
}

const HOSTS = /^bpmn:(.*Task|SubProcess|AdHocSubProcess|Transaction|CallActivity)$/

function readBoundary(element: Moddle, base: Base, context: NodeContext): CompiledNode | null {
  const { findings } = context
  const host = one(element, 'attachedToRef')
  if (!host || !HOSTS.test(host.$type) || isEventSub(host) || context.holder(host) !== context.holder(element)) {
    refuse(findings, element.id, 'BOUNDARY_INVALID', `边界事件${called(element)}须附着在同一层的活动上`)
    return null
  }
  const cancels = definitionsOf(element).some((d) => d.$type === 'bpmn:CancelEventDefinition')
  if (cancels && host.$type !== 'bpmn:Transaction') refuse(findings, element.id, 'BOUNDARY_INVALID', `取消边界事件${called(element)}只能附着在事务子流程上`)
  if (base.incoming.length) refuse(findings, element.id, 'BOUNDARY_INVALID', `边界事件${called(element)}不能有进入的连线`)
  if (!definitionsOf(element).length) refuse(findings, element.id, 'EVENT_INVALID', `边界事件${called(element)}没有写等什么`)
  const triggers = readTriggers(element, [...AWAITED, 'error', 'escalation', 'cancel', 'compensation'], findings)
  if (triggers.some((t) => t.on === 'compensation')) {
    if (context.compensation(host.id!) === null) refuse(findings, element.id, 'COMPENSATION_INVALID', `补偿事件${called(element)}须用关联线（association）连到一个补偿活动`)
    if (base.outgoing.length) refuse(findings, element.id, 'COMPENSATION_INVALID', `补偿事件${called(element)}不能有离开的连线，请用关联线连到补偿活动`)
  }
  const told = get(element, 'cancelActivity') !== false
  const always = triggers.some((t) => t.on === 'error' || t.on === 'cancel')
  if (always && !told) warn(findings, element.id, 'EVENT_INVALID', `${called(element)}总是打断所附的活动，cancelActivity="false" 不起作用`)
  const event = { ...base, attachedTo: host.id!, interrupting: always || told, triggers, all: parallel(element) }
  const [only] = triggers
  return triggers.length === 1 && only?.on === 'timer' ? { ...event, type: 'boundaryTimer', timer: only.timer } : { ...event, type: 'boundaryEvent' }
}

/** Only user tasks and end events carry a stage of their own. */
export function stageOf(element: Moddle): string {
  const bound = element.$type === 'bpmn:UserTask' || element.$type === 'bpmn:EndEvent'
  return (bound ? text(element, 'qc:stage') : null) ?? element.id!
}
