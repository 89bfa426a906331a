import { checkExtensions, requiredText } from './extension.ts'
import { readFeel, readTimer } from './expressions.ts'
import type { Moddle } from './moddle.ts'
import { called, documentation, extensions, get, many, one, tagName, text } from './moddle.ts'
import type { Findings } from './problems.ts'
import { refuse, warn } from './problems.ts'
import { readUserTask } from './task.ts'
import type { CompiledNode } from './types.ts'

/** What the node readers know of the process around them. */
export interface NodeContext {
  findings: Findings
  incoming: (id: string) => string[]
  outgoing: (id: string) => { id: string; target: string }[]
  boundary: (id: string) => string[]
  lane: (id: string) => { id: string; role: string | null } | null
  isNode: (id: string) => boolean
  knownRoles: ReadonlySet<string> | null
  knownHandlers: ReadonlySet<string> | null
}

type Base = Omit<Extract<CompiledNode, { type: 'startEvent' }>, 'type'>
type Reader = (element: Moddle, base: Base, context: NodeContext) => CompiledNode | null

/** One row an executed element. What is not here is refused by name, never skipped. */
const READERS: Readonly<Record<string, Reader>> = {
  'bpmn:StartEvent': readStart,
  'bpmn:EndEvent': readEnd,
  'bpmn:UserTask': readUser,
  'bpmn:ServiceTask': readService,
  'bpmn:Task': (_, base) => ({ ...base, type: 'passTask' }),
  'bpmn:ManualTask': (_, base) => ({ ...base, type: 'passTask' }),
  'bpmn:ExclusiveGateway': (_, base) => ({ ...base, type: 'exclusiveGateway' }),
  'bpmn:ParallelGateway': (_, base) => ({ ...base, type: 'parallelGateway' }),
  'bpmn:BoundaryEvent': readBoundary,
}

/** Parts of the drawing that have no meaning for execution. */
const INERT = new Set(['bpmn:DataObject', 'bpmn:DataObjectReference', 'bpmn:DataStoreReference'])

const HOSTS: ReadonlySet<string> = new Set<string>(['bpmn:UserTask', 'bpmn:ServiceTask'])

export function isInert(element: Moddle): boolean {
  return INERT.has(element.$type)
}

export function readNode(element: Moddle, context: NodeContext): CompiledNode | null {
  const reader = Object.hasOwn(READERS, element.$type) ? READERS[element.$type] : undefined
  if (!reader) {
    refuse(context.findings, element.id, 'ELEMENT_UNSUPPORTED', `${called(element)}（${tagName(element.$type)}）目前不能执行`)
    return null
  }
  checkFeatures(element, context.findings)
  checkExtensions(element, context.findings)
  return reader(element, baseOf(element, context), context)
}

function baseOf(element: Moddle, context: NodeContext): Base {
  const id = element.id!
  return {
    id,
    name: element.name?.trim() || id,
    incoming: context.incoming(id),
    outgoing: context.outgoing(id).map((f) => f.id),
    defaultFlow: one(element, 'default')?.id ?? null,
    lane: context.lane(id)?.id ?? null,
    parent: null,
    documentation: documentation(element),
    stage: stageOf(element),
  }
}

function stageOf(element: Moddle): string {
  const bound = element.$type === 'bpmn:UserTask' || element.$type === 'bpmn:EndEvent'
  return (bound ? text(element, 'qc:stage') : null) ?? element.id!
}

/** Attributes that change what a task does; ignoring one would run another process than the one drawn. */
function checkFeatures(element: Moddle, findings: Findings): void {
  const say = (what: string) => refuse(findings, element.id, 'FEATURE_UNSUPPORTED', `${called(element)}的${what}目前不能执行`)
  if (one(element, 'loopCharacteristics')) say('循环或多实例')
  if (get(element, 'isForCompensation') === true) say('补偿')
  for (const name of ['startQuantity', 'completionQuantity']) {
    const quantity = get(element, name)
    if (quantity !== undefined && Number(quantity) !== 1) say(`${name}`)
  }
  const mapped = [...many(element, 'dataInputAssociations'), ...many(element, 'dataOutputAssociations')]
  if (mapped.some((a) => many(a, 'assignment').length || one(a, 'transformation'))) say('数据映射')
  else if (one(element, 'ioSpecification')) warn(findings, element.id, 'FEATURE_UNSUPPORTED', `${called(element)}的输入输出声明只作说明`)
  if (many(element, 'resources').length) warn(findings, element.id, 'FEATURE_UNSUPPORTED', `${called(element)}的 resource 不用于派工，请用 qc:role`)
}

function definitionsOf(element: Moddle): Moddle[] {
  return [...many(element, 'eventDefinitions'), ...many(element, 'eventDefinitionRef')]
}

function unsupportedEvent(element: Moddle, context: NodeContext): null {
  const kinds = definitionsOf(element).map((d) => tagName(d.$type)).join('、')
  refuse(context.findings, element.id, 'ELEMENT_UNSUPPORTED', `${called(element)}（${tagName(element.$type)}：${kinds || '无事件定义'}）目前不能执行`)
  return null
}

function readStart(element: Moddle, base: Base, context: NodeContext): CompiledNode | null {
  if (definitionsOf(element).length) return unsupportedEvent(element, context)
  if (base.incoming.length) refuse(context.findings, element.id, 'START_INCOMING', `开始事件${called(element)}不能有进入的连线`)
  return { ...base, type: 'startEvent' }
}

function readEnd(element: Moddle, base: Base, context: NodeContext): CompiledNode | null {
  const definitions = definitionsOf(element)
  const terminate = definitions.length === 1 && definitions[0]!.$type === 'bpmn:TerminateEventDefinition'
  if (definitions.length && !terminate) return unsupportedEvent(element, context)
  if (base.outgoing.length) refuse(context.findings, element.id, 'END_OUTGOING', `结束事件${called(element)}不能有离开的连线`)
  return { ...base, type: 'endEvent', terminate }
}

function readUser(element: Moddle, base: Base, context: NodeContext): CompiledNode {
  const task = readUserTask(element, {
    laneRole: context.lane(base.id)?.role ?? null,
    outgoing: context.outgoing(base.id),
    isNode: context.isNode,
    knownRoles: context.knownRoles,
    findings: context.findings,
  })
  return { ...base, type: 'userTask', task, boundary: context.boundary(base.id) }
}

function readService(element: Moddle, base: Base, context: NodeContext): CompiledNode {
  const { findings, knownHandlers } = context
  const handler = text(element, 'qc:handler')
  if (handler === null) refuse(findings, element.id, 'HANDLER_MISSING', `${called(element)}没有写处理程序（qc:handler）`)
  else if (knownHandlers && !knownHandlers.has(handler)) warn(findings, element.id, 'HANDLER_UNKNOWN', `处理程序“${handler}”不存在`)
  const inputs = extensions(element, 'qc:Input').flatMap((input) => {
    const name = requiredText(input, 'name', element, findings)
    const value = readFeel(requiredText(input, 'value', element, findings), element.id, findings)
    return value ? [{ name, value }] : []
  })
  return { ...base, type: 'serviceTask', handler: handler ?? '', inputs, boundary: context.boundary(base.id) }
}

function readBoundary(element: Moddle, base: Base, context: NodeContext): CompiledNode | null {
  const definitions = definitionsOf(element)
  if (definitions.length !== 1 || definitions[0]!.$type !== 'bpmn:TimerEventDefinition') return unsupportedEvent(element, context)
  const host = one(element, 'attachedToRef')
  if (!host || !HOSTS.has(host.$type)) {
    refuse(context.findings, element.id, 'BOUNDARY_INVALID', `边界事件${called(element)}须附着在用户任务或服务任务上`)
    return null
  }
  if (base.incoming.length) refuse(context.findings, element.id, 'BOUNDARY_INVALID', `边界事件${called(element)}不能有进入的连线`)
  const timer = readTimer(element, context.findings)
  if (!timer) return null
  return { ...base, type: 'boundaryTimer', attachedTo: host.id!, interrupting: get(element, 'cancelActivity') !== false, timer }
}

/** The types this version executes, for the conformance table and the designer's palette. */
export const EXECUTED_ELEMENTS: readonly string[] = Object.keys(READERS).map(tagName)
