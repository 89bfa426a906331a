import { CONTAINER_READERS } from './activities/containers.ts'
import { TASK_READERS } from './activities/tasks.ts'
import type { Base, NodeContext, Readers } from './context.ts'
import { EVENT_READERS, stageOf } from './events/events.ts'
import { checkExtensions } from './extension.ts'
import { GATEWAY_READERS } from './gateways/gateways.ts'
import type { Moddle } from './moddle.ts'
import { called, documentation, one, tagName } from './moddle.ts'
import { refuse } from './problems.ts'
import type { CompiledNode } from './types.ts'

/** One row an executed element. What is not here is refused by name, never skipped. */
const READERS: Readers = { ...EVENT_READERS, ...TASK_READERS, ...CONTAINER_READERS, ...GATEWAY_READERS }

/** Parts of the drawing that have no meaning for execution. Data objects are variables, which need no declaration. */
const INERT = new Set(['bpmn:DataObject', 'bpmn:DataObjectReference', 'bpmn:DataStoreReference'])

export function isInert(element: Moddle): boolean {
  return INERT.has(element.$type)
}

export function readNode(element: Moddle, parent: string | null, context: NodeContext): CompiledNode | null {
  const reader = Object.hasOwn(READERS, element.$type) ? READERS[element.$type] : undefined
  if (!reader) {
    refuse(context.findings, element.id, 'ELEMENT_UNSUPPORTED', `${called(element)}（${tagName(element.$type)}）目前不能执行`)
    return null
  }
  checkExtensions(element, context.findings)
  return reader(element, baseOf(element, parent, context), context)
}

function baseOf(element: Moddle, parent: string | null, context: NodeContext): Base {
  const id = element.id!
  return {
    id,
    name: element.name?.trim() || id,
    incoming: context.incoming(id),
    outgoing: context.outgoing(id).map((f) => f.id),
    defaultFlow: one(element, 'default')?.id ?? null,
    lane: context.lane(id)?.id ?? null,
    parent,
    documentation: documentation(element),
    stage: stageOf(element),
  }
}

/** The types this version executes, for the conformance table and the designer's palette. */
export const EXECUTED_ELEMENTS: readonly string[] = Object.keys(READERS).map(tagName)
