import type { CompiledNode } from '../model/index.ts'
import { ProcessError } from './errors.ts'
import type { Run, Token } from './run.ts'
import { conditionScope, flowOf, send } from './run.ts'

/** Exclusive: the first flow that holds, in document order; else the default. */
export function leaveByOne(run: Run, node: CompiledNode, token: Token): void {
  if (!node.outgoing.length) return consume(run, node)
  const scope = conditionScope(run, token)
  const open = node.outgoing.find((id) => {
    const flow = flowOf(run, id)
    return !flow.isDefault && (flow.condition === null || flow.condition.evaluate(scope, run.meter) === true)
  })
  const chosen = open ?? node.defaultFlow
  if (chosen === null) throw noPath(node)
  send(run, flowOf(run, chosen), token, token.outcome)
}

export function leaveByAll(run: Run, node: CompiledNode, token: Token, outcome: string | null): void {
  if (!node.outgoing.length) return consume(run, node)
  for (const id of node.outgoing) send(run, flowOf(run, id), token, outcome)
}

/** An activity or event: every flow that holds gets a token; the default only where none does. */
export function leaveByConditions(run: Run, node: CompiledNode, token: Token): void {
  if (!node.outgoing.length) return consume(run, node)
  const scope = conditionScope(run, token)
  const taken = node.outgoing.filter((id) => {
    const flow = flowOf(run, id)
    return !flow.isDefault && (flow.condition === null || flow.condition.evaluate(scope, run.meter) === true)
  })
  if (!taken.length && node.defaultFlow !== null) taken.push(node.defaultFlow)
  if (!taken.length) throw noPath(node)
  for (const id of taken) send(run, flowOf(run, id), token, token.outcome)
}

/** The token is used up here: at an end event, or at a node with nothing behind it. */
export function consume(run: Run, node: CompiledNode): void {
  run.lastEnd = { nodeId: node.id, name: node.name, stage: node.stage, terminate: node.type === 'endEvent' && node.terminate }
}

function noPath(node: CompiledNode): ProcessError {
  return new ProcessError('NO_PATH', `“${node.name}”之后没有一条连线的条件成立，也没有默认连线`, { nodeId: node.id, name: node.name })
}
