import type { NodeOf } from '../../model/index.ts'
import { listen } from '../events/waits.ts'
import { leaveByAll } from '../leave.ts'
import type { Run, Token } from '../run.ts'
import { openWaitingStep, processAt, push, record } from '../run.ts'
import { conditionScope } from '../variables.ts'

/** The first event behind it decides; with `all`, each of them is awaited for itself. In look-ahead, any may come. */
export function enterEventGateway(run: Run, node: NodeOf<'eventGateway'>, token: Token): void {
  record(run, node, token.flowId, 'passed')
  if (node.all || run.env.joins === 'pass') return leaveByAll(run, node, token, null)
  const id = openWaitingStep(run, node, 'event', token)
  const { nodes } = processAt(run, token.scopeId)
  const scope = conditionScope(run, token)
  for (const target of targets(run, node, token)) {
    const event = nodes[target]
    if (event?.type !== 'catchEvent' && event?.type !== 'receiveTask') continue
    listen(run, { node: event, triggers: event.triggers, all: event.type === 'catchEvent' && event.all && event.triggers.length > 1, interrupting: true, ownerId: id, scopeId: token.scopeId }, scope)
  }
}

const targets = (run: Run, node: NodeOf<'eventGateway'>, token: Token): string[] => {
  const { flows } = processAt(run, token.scopeId)
  return [...new Set(node.outgoing.map((id) => flows[id]!.target))]
}

/** An instance begins by one of the events behind an instantiating gateway; with `all`, the others are awaited from now on. */
export function awaitOthers(run: Run, node: NodeOf<'eventGateway'>, happened: string): void {
  if (!node.all) return
  for (const nodeId of targets(run, node, { nodeId: node.id, flowId: null, scopeId: null, outcome: null, mode: 'arrive' })) {
    if (nodeId !== happened) push(run, { nodeId, flowId: null, scopeId: null, outcome: null, mode: 'arrive' })
  }
}
