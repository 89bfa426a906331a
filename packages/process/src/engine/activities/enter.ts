import type { ActivityNode, NodeOf } from '../../model/index.ts'
import { listenAtBoundary } from '../events/waits.ts'
import type { Run, Token } from '../run.ts'
import { addToJoin, joinCount, record, trace } from '../run.ts'
import { conditionScope } from '../variables.ts'
import { beginAdHoc } from './adhoc.ts'
import { beginCall, beginSubProcess } from './containers.ts'
import { enterLoop, openInstance } from './rounds.ts'
import { beginPass, beginReceive, beginRule, beginScript, beginSend, beginService, beginUser } from './tasks.ts'

/** A token reaches an activity: enough of them, loops and mappings first, then the activity itself. */
function entering<N extends ActivityNode>(begin: (run: Run, node: N, token: Token) => void) {
  return (run: Run, node: N, token: Token): void => {
    if (token.mode !== 'inner' && !node.simple) {
      if (node.startQuantity > 1 && !enough(run, node, token)) return
      if (token.mode === 'arrive' && node.loop) return enterLoop(run, node, token)
      if (token.mode === 'arrive' && (node.inputs.length || node.outputs.length)) {
        trace(run, node.id, 'entered')
        const scope = openInstance(run, node, token.scopeId, {}, token.outcome)
        return listenAtBoundary(run, node.boundary, scope.state.id, token.scopeId, conditionScope(run, token))
      }
    }
    if (token.mode === 'arrive' || roundOfLoop(run, node, token)) trace(run, node.id, 'entered')
    begin(run, node, token)
  }
}

/** Each round of a loop is told; what merely maps variables has been told already. */
const roundOfLoop = (run: Run, node: ActivityNode, token: Token): boolean => token.mode === 'inner' && node.loop !== null

/** Tokens are gathered over all incoming flows until there are as many as the activity asks for. */
function enough(run: Run, node: ActivityNode, token: Token): boolean {
  const at = { scopeId: token.scopeId, nodeId: node.id }
  const flow = node.incoming[0] ?? ''
  addToJoin(run, at, flow, 1)
  if (joinCount(run, at, flow) < node.startQuantity) {
    record(run, node, token.flowId, 'waiting')
    return false
  }
  addToJoin(run, at, flow, -node.startQuantity)
  return true
}

export const ACTIVITIES = {
  userTask: entering<NodeOf<'userTask'>>(beginUser),
  serviceTask: entering<NodeOf<'serviceTask'>>(beginService),
  passTask: entering<NodeOf<'passTask'>>(beginPass),
  scriptTask: entering<NodeOf<'scriptTask'>>(beginScript),
  ruleTask: entering<NodeOf<'ruleTask'>>(beginRule),
  sendTask: entering<NodeOf<'sendTask'>>(beginSend),
  receiveTask: entering<NodeOf<'receiveTask'>>(beginReceive),
  subProcess: entering<NodeOf<'subProcess'>>(beginSubProcess),
  adHoc: entering<NodeOf<'adHoc'>>(beginAdHoc),
  callActivity: entering<NodeOf<'callActivity'>>(beginCall),
}
