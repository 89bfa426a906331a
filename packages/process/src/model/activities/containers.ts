import type { Base, NodeContext, Readers } from '../context.ts'
import { isEventSub } from '../context.ts'
import { readExpression } from '../expressions.ts'
import type { Moddle } from '../moddle.ts'
import { called, get, many, one, text } from '../moddle.ts'
import { refuse, warn } from '../problems.ts'
import type { CompiledNode } from '../types.ts'
import { vendorElements, vendorText } from '../vendor.ts'
import { activityBase } from './activity.ts'
import { readCallMappings } from './mappings.ts'

export const CONTAINER_READERS: Readers = {
  'bpmn:SubProcess': readSubProcess,
  'bpmn:Transaction': readSubProcess,
  'bpmn:AdHocSubProcess': readAdHoc,
  'bpmn:CallActivity': readCall,
}

function readSubProcess(element: Moddle, base: Base, context: NodeContext): CompiledNode {
  const { findings } = context
  const event = isEventSub(element)
  const inner = context.inner(element)
  if (event) {
    if (base.incoming.length || base.outgoing.length) refuse(findings, element.id, 'EVENT_INVALID', `事件子流程${called(element)}不能有进入或离开的连线`)
    const starts = many(element, 'flowElements').filter((e) => e.$type === 'bpmn:StartEvent')
    if (starts.length !== 1) refuse(findings, element.id, 'EVENT_INVALID', `事件子流程${called(element)}须有且只有一个开始事件`)
    if (one(element, 'loopCharacteristics')) refuse(findings, element.id, 'LOOP_INVALID', `事件子流程${called(element)}不能循环`)
  } else if (!inner.starts.length) {
    const message = `子流程${called(element)}里没有可以开始的节点，进入后立即结束`
    if (many(element, 'flowElements').some((e) => e.$type === 'bpmn:EndEvent')) refuse(findings, element.id, 'START_MISSING', `子流程${called(element)}没有开始事件`)
    else warn(findings, element.id, 'START_MISSING', message)
  }
  return { ...activityBase(element, base, context), type: 'subProcess', inner, transaction: element.$type === 'bpmn:Transaction', triggeredByEvent: event }
}

function readAdHoc(element: Moddle, base: Base, context: NodeContext): CompiledNode {
  const { findings } = context
  const inner = context.inner(element)
  for (const child of many(element, 'flowElements')) {
    if (child.$type === 'bpmn:StartEvent' || child.$type === 'bpmn:EndEvent') refuse(findings, child.id, 'EVENT_INVALID', `临时子流程${called(element)}里不能有开始或结束事件`)
  }
  if (!inner.starts.length) refuse(findings, element.id, 'START_MISSING', `临时子流程${called(element)}里没有可以办的活动`)
  return {
    ...activityBase(element, base, context), type: 'adHoc', inner,
    sequential: text(element, 'ordering') === 'Sequential',
    completion: readExpression(one(element, 'completionCondition'), element, findings),
    cancelRemaining: get(element, 'cancelRemainingInstances') !== false,
  }
}

function readCall(element: Moddle, base: Base, context: NodeContext): CompiledNode {
  const { findings } = context
  const zeebe = vendorElements(element, 'zeebe', 'calledElement')[0]
  const attribute = zeebe?.attributes['processId'] ?? text(element, 'calledElement')
  // a QName: the prefix says in which file the process lives, which is not how processes are found here
  const key = attribute?.replace(/^[\w.-]+:/, '') ?? null
  if (vendorText(element, 'camunda', 'caseRef')) refuse(findings, element.id, 'CALL_INVALID', `调用活动${called(element)}要调用 CMMN 案例，不能执行`)
  else if (!key) refuse(findings, element.id, 'CALL_INVALID', `调用活动${called(element)}没有写调用哪个流程（calledElement）`)
  else if (/^=|[$#]\{/.test(attribute!)) refuse(findings, element.id, 'CALL_INVALID', `调用活动${called(element)}的流程名不能是表达式（${attribute}）`)
  const [callIn, callOut] = [readCallMappings(element, 'in', findings), readCallMappings(element, 'out', findings)]
  const mapped = callIn.given || callOut.given
  return {
    ...activityBase(element, base, context), type: 'callActivity', called: key ?? '',
    passIn: callIn.all || (!mapped && zeebe?.attributes['propagateAllParentVariables'] !== 'false'),
    passOut: callOut.all || (!mapped && zeebe?.attributes['propagateAllChildVariables'] !== 'false'),
    callIn: callIn.list, callOut: callOut.list,
  }
}
