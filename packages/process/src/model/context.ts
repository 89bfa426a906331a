import type { Moddle } from './moddle.ts'
import type { Findings } from './problems.ts'
import type { CompiledNode, Container, NodeType } from './types.ts'

/** What the node readers know of the process around them. */
export interface NodeContext {
  findings: Findings
  incoming: (id: string) => string[]
  outgoing: (id: string) => { id: string; target: string }[]
  /** ids of the events attached, but for compensation */
  boundary: (id: string) => string[]
  /** the handler that undoes an activity */
  compensation: (id: string) => string | null
  lane: (id: string) => { id: string; role: string | null } | null
  isNode: (id: string) => boolean
  /** the (sub)process that holds the element */
  holder: (element: Moddle) => Moddle
  /** what starts inside a (sub)process */
  inner: (container: Moddle) => Container
  linkTarget: (event: Moddle, name: string) => string | null
  knownRoles: ReadonlySet<string> | null
  knownHandlers: ReadonlySet<string> | null
}

export type Base = Omit<Extract<CompiledNode, { type: 'exclusiveGateway' }>, 'type'>
export type Reader = (element: Moddle, base: Base, context: NodeContext) => CompiledNode | null
export type Readers = Readonly<Record<string, Reader>>
export type { NodeType }

export const isEventSub = (element: Moddle): boolean => element.$type === 'bpmn:SubProcess' && element.get?.('triggeredByEvent') === true
