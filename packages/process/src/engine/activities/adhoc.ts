import type { ActivityNode, NodeOf, NodeType } from '../../model/index.ts'
import { cancelContent } from '../cancel.ts'
import { ProcessError } from '../errors.ts'
import { listenForEventSubs } from '../events/waits.ts'
import type { Run, RunScope, Token } from '../run.ts'
import { changeScope, noteEmptied, push } from '../run.ts'
import { variablesAt } from '../variables.ts'
import { containerDone, openContainer } from './containers.ts'

/** Nobody decides about these: the engine does each once; whatever needs a person is started on demand. */
const BY_ITSELF: ReadonlySet<NodeType> = new Set<NodeType>(['passTask', 'scriptTask', 'ruleTask', 'sendTask', 'serviceTask'])

export function beginAdHoc(run: Run, node: NodeOf<'adHoc'>, token: Token): void {
  const scope = openContainer(run, node, token, { kind: 'adhoc', variables: {}, ran: [] })
  listenForEventSubs(run, node.inner, scope.state.id)
  startNext(run, node, scope)
  // nothing may have started, and yet the condition may hold already
  if (scope.tokens === 0) noteEmptied(run, scope)
}

function startNext(run: Run, node: NodeOf<'adHoc'>, scope: RunScope): void {
  for (const id of node.inner.starts) {
    if (node.sequential && scope.tokens > 0) return
    const inner = scope.process.nodes[id]
    if (inner && BY_ITSELF.has(inner.type) && !scope.state.ran!.includes(id)) startInner(run, scope, id)
  }
}

function startInner(run: Run, scope: RunScope, nodeId: string): void {
  changeScope(scope, { ran: [...new Set([...scope.state.ran!, nodeId])] })
  push(run, { nodeId, flowId: null, scopeId: scope.state.id, outcome: null, mode: 'arrive' })
}

/** Somebody starts an activity of an ad-hoc subprocess, as often as they like; where they follow one another, only when none runs. */
export function startOnDemand(run: Run, scope: RunScope, node: NodeOf<'adHoc'>, nodeId: string): void {
  const busy = node.sequential && scope.tokens > 0
  if (busy || !node.inner.starts.includes(nodeId)) {
    throw new ProcessError('ACTIVITY_NOT_STARTABLE', busy ? `“${node.name}”里一次只能办一项，还有一项没有办完` : `“${nodeId}”现在不能开始`, { nodeId })
  }
  startInner(run, scope, nodeId)
}

export const conditionHolds = (run: Run, node: NodeOf<'adHoc'>, scope: RunScope): boolean =>
  node.completion !== null && node.completion.evaluate(variablesAt(run, scope.state.id), run.meter) === true

/** An activity inside is done: is that enough? With a condition, it says so; without one, everything must have been done once. */
export function lookAtAdHoc(run: Run, scope: RunScope): void {
  const node = scope.process.nodes[scope.state.nodeId] as NodeOf<'adHoc'>
  const allRan = node.inner.starts.every((id) => scope.state.ran!.includes(id))
  if (conditionHolds(run, node, scope)) {
    if (scope.tokens > 0 && !node.cancelRemaining) return
    finishAdHoc(run, scope)
  } else if (node.completion === null && allRan && scope.tokens === 0) finishAdHoc(run, scope)
  else startNext(run, node, scope)
}

export function finishAdHoc(run: Run, scope: RunScope): void {
  cancelContent(run, scope.state.id, 'interrupted', scope.state.nodeId, true)
  containerDone(run, scope)
}

export const isAdHocInner = (node: ActivityNode, scope: RunScope | null): scope is RunScope => scope !== null && scope.state.kind === 'adhoc' && node.parent === scope.state.nodeId
