import type { NodeOf } from '../../model/index.ts'
import { leaveByAll } from '../leave.ts'
import type { Run, Token } from '../run.ts'
import { addToJoin, joinCount, record, told } from '../run.ts'

export function enterParallel(run: Run, node: NodeOf<'parallelGateway'>, token: Token): void {
  if (node.incoming.length > 1 && run.env.joins !== 'pass') return arrive(run, node, token)
  told(run, node, token.flowId)
  leaveByAll(run, node, token, token.outcome)
}

/** A join goes on when every incoming flow has brought a token; it takes one of each and leaves the surplus waiting. */
function arrive(run: Run, node: NodeOf<'parallelGateway'>, token: Token): void {
  addToJoin(run, token, token.flowId ?? '', 1)
  const ready = run.env.joins !== 'defer' && node.incoming.every((flow) => joinCount(run, token, flow) > 0)
  if (!ready) return record(run, node, token.flowId, 'waiting')
  passJoin(run, node, token)
}

/** The branches come together with different answers, so none of them travels on. */
export function passJoin(run: Run, node: NodeOf<'parallelGateway'>, token: Token): void {
  told(run, node, token.flowId)
  // the token goes on before those at the join are used up, so that its scope is never empty in between
  leaveByAll(run, node, token, null)
  for (const flow of node.incoming) addToJoin(run, token, flow, -1)
}
