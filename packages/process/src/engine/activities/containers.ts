import type { ActivityNode, NodeOf } from '../../model/index.ts'
import { closeScope } from '../cancel.ts'
import { listenAtBoundary, listenForEventSubs } from '../events/waits.ts'
import type { Run, RunScope, Token } from '../run.ts'
import { noteEmptied, openScope, processAt, push, record, trace } from '../run.ts'
import type { ScopeState } from '../types.ts'
import { remember } from '../undo.ts'
import { conditionScope, mapped, setVariables, toJson, variablesAt } from '../variables.ts'
import { leaveActivity } from './complete.ts'

export function openContainer(run: Run, node: ActivityNode, token: Token, more: Pick<ScopeState, 'kind' | 'variables'> & Partial<ScopeState>): RunScope {
  record(run, node, token.flowId, 'entered')
  const scope = openScope(run, { id: run.env.newId(), parentId: token.scopeId, nodeId: node.id, ...more })
  if (token.mode !== 'inner') listenAtBoundary(run, node.boundary, scope.state.id, token.scopeId, conditionScope(run, token))
  return scope
}

function startInside(run: Run, scope: RunScope, starts: readonly string[], outcome: string | null): void {
  for (const nodeId of starts) push(run, { nodeId, flowId: null, scopeId: scope.state.id, outcome, mode: 'arrive' })
  if (!starts.length) noteEmptied(run, scope)
}

export function beginSubProcess(run: Run, node: NodeOf<'subProcess'>, token: Token): void {
  const scope = openContainer(run, node, token, { kind: 'subprocess', variables: {} })
  listenForEventSubs(run, node.inner, scope.state.id)
  startInside(run, scope, node.inner.starts, token.outcome)
}

/** The called process sees what is handed to it, and nothing else. */
export function beginCall(run: Run, node: NodeOf<'callActivity'>, token: Token): void {
  const outside = conditionScope(run, token)
  const called = run.env.refOf?.(node.called) ?? node.called
  let variables: Record<string, unknown> = node.passIn ? { ...variablesAt(run, token.scopeId) } : {}
  for (const { to, from } of node.callIn) variables = { ...variables, ...mapped(variables, to, toJson(from.evaluate(outside, run.meter), run.meter)) }
  const scope = openContainer(run, node, token, { kind: 'call', variables, called })
  const { inner, startId } = scope.process
  listenForEventSubs(run, inner, scope.state.id)
  startInside(run, scope, startId === '' ? inner.starts : [startId], null)
}

/** All tokens inside are used up: the activity is done, and a token leaves it. */
export function containerDone(run: Run, scope: RunScope): void {
  const { id, nodeId, parentId, kind } = scope.state
  const node = processAt(run, parentId).nodes[nodeId] as ActivityNode
  if (node.type === 'callActivity') {
    const inside = scope.state.variables
    if (node.passOut) setVariables(run, parentId, inside)
    for (const { to, from } of node.callOut) setVariables(run, parentId, mapped(variablesAt(run, parentId), to, toJson(from.evaluate(inside, run.meter), run.meter)))
  }
  remember(run, node, id, parentId, kind)
  closeScope(run, scope, 'completed')
  record(run, node, null, 'completed')
  trace(run, nodeId, 'completed')
  leaveActivity(run, node, { nodeId, flowId: null, scopeId: parentId, outcome: null, mode: 'arrive' })
}

/** An event subprocess ends within its scope; nothing leaves it. */
export function eventSubDone(run: Run, scope: RunScope): void {
  const { id, nodeId, parentId } = scope.state
  const node = processAt(run, parentId).nodes[nodeId] as NodeOf<'subProcess'>
  remember(run, node, id, parentId, 'event')
  if (parentId === null && scope.lastEnd) run.lastEnd = { ...scope.lastEnd, terminate: false }
  closeScope(run, scope, 'completed')
  record(run, node, null, 'completed')
  trace(run, nodeId, 'completed')
}
