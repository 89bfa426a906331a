import type { ActivityNode } from '../../model/index.ts'
import { leaveByConditions, leaveByFlow } from '../leave.ts'
import type { Run, Token } from '../run.ts'
import { noteAdHoc, scopeAt, trace } from '../run.ts'
import { remember } from '../undo.ts'

/** The round of a loop (or an activity with variables of its own) whose activity this is; its end is the activity's end. */
export function roundOf(run: Run, node: ActivityNode, scopeId: string | null): boolean {
  const scope = scopeAt(run, scopeId)
  return scope !== null && scope.state.kind === 'instance' && scope.state.nodeId === node.id
}

/** An activity without a scope is done. `id` is its step, if it had one. */
export function completeActivity(run: Run, node: ActivityNode, token: Token, id: string | null): void {
  trace(run, node.id, 'completed')
  if (node.compensation !== null) remember(run, node, id ?? run.env.newId(), token.scopeId, null)
  leaveActivity(run, node, token)
}

/** The token goes on behind an activity that is done; within a round it ends there, and the round goes on from its own end. */
export function leaveActivity(run: Run, node: ActivityNode, token: Token): void {
  const scope = scopeAt(run, token.scopeId)
  if (scope && roundOf(run, node, token.scopeId)) {
    scope.outcome = token.outcome
    return
  }
  if (scope?.state.kind === 'adhoc') noteAdHoc(run, scope)
  const outcome = node.type === 'userTask' && token.outcome !== null ? node.task.outcomes.find((o) => o.id === token.outcome) : undefined
  if (outcome?.flowId) for (let i = 0; i < node.completionQuantity; i += 1) leaveByFlow(run, token, outcome.flowId)
  else leaveByConditions(run, node, token, node.completionQuantity)
}
