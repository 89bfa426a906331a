import type { CompiledFlow, CompiledNode } from '../model/index.ts'
import { ProcessError } from './errors.ts'
import type { LastEnd, Run, Token } from './run.ts'
import { processAt, scopeAt, send } from './run.ts'
import { conditionScope } from './variables.ts'

const flowAt = (run: Run, token: Token, flowId: string): CompiledFlow => processAt(run, token.scopeId).flows[flowId]!

/** Exclusive: the first flow that holds, in document order; else the default. */
export function leaveByOne(run: Run, node: CompiledNode, token: Token): void {
  if (!node.outgoing.length) return consume(run, node, token)
  const scope = conditionScope(run, token)
  const { flows } = processAt(run, token.scopeId)
  const open = node.outgoing.find((id) => {
    const flow = flows[id]!
    return !flow.isDefault && (flow.condition === null || flow.condition.evaluate(scope, run.meter) === true)
  })
  const chosen = open ?? node.defaultFlow
  if (chosen === null) throw noPath(node)
  send(run, flows[chosen]!, token, token.outcome)
}

export function leaveByAll(run: Run, node: CompiledNode, token: Token, outcome: string | null): void {
  if (!node.outgoing.length) return consume(run, node, token)
  for (const id of node.outgoing) send(run, flowAt(run, token, id), token, outcome)
}

/** The flows that hold, or the default where none does; empty where there is neither. */
export function flowsThatHold(run: Run, node: CompiledNode, token: Token, more: Readonly<Record<string, unknown>> | null = null): string[] {
  const scope = more ? { ...conditionScope(run, token), ...more } : conditionScope(run, token)
  const { flows } = processAt(run, token.scopeId)
  const taken = node.outgoing.filter((id) => {
    const flow = flows[id]!
    return !flow.isDefault && (flow.condition === null || flow.condition.evaluate(scope, run.meter) === true)
  })
  if (!taken.length && node.defaultFlow !== null) taken.push(node.defaultFlow)
  return taken
}

/** An activity, event, inclusive or complex gateway: every flow that holds gets a token; the default only where none does. */
export function leaveByConditions(run: Run, node: CompiledNode, token: Token, times = 1): void {
  if (!node.outgoing.length) return consume(run, node, token)
  const taken = flowsThatHold(run, node, token)
  if (!taken.length) throw noPath(node)
  for (const id of taken) for (let i = 0; i < times; i += 1) send(run, flowAt(run, token, id), token, token.outcome)
}

export function leaveByFlow(run: Run, token: Token, flowId: string): void {
  send(run, flowAt(run, token, flowId), token, token.outcome)
}

/** The token is used up here: at an end event, or at a node with nothing behind it. */
export function consume(run: Run, node: CompiledNode, token: Token): void {
  const end: LastEnd = { nodeId: node.id, name: node.name, stage: node.stage, terminate: node.type === 'endEvent' && node.terminate }
  const scope = scopeAt(run, token.scopeId)
  if (!scope) run.lastEnd = end
  else {
    scope.lastEnd = end
    scope.outcome = token.outcome
  }
}

export function noPath(node: CompiledNode): ProcessError {
  return new ProcessError('NO_PATH', `“${node.name}”之后没有一条连线的条件成立，也没有默认连线`, { nodeId: node.id, name: node.name })
}
