import type { BoundaryNode, CompiledNode, NodeOf, NodeType } from '../model/index.ts'
import { ACTIVITIES } from './activities/enter.ts'
import { cancelContent, endEverything } from './cancel.ts'
import { cancelTransaction, compensate } from './events/compensation.ts'
import { throwAll } from './events/throw.ts'
import { listen } from './events/waits.ts'
import { enterComplex } from './gateways/complex.ts'
import { enterEventGateway } from './gateways/event-based.ts'
import { enterInclusive } from './gateways/inclusive.ts'
import { enterParallel } from './gateways/parallel.ts'
import { consume, leaveByConditions, leaveByOne } from './leave.ts'
import type { Run, Token } from './run.ts'
import { addTokens, nodeOf, noteEmptied, openWaitingStep, processAt, push, record, scopeAt, spend, trace } from './run.ts'
import { conditionScope } from './variables.ts'

type Behaviours = { readonly [T in NodeType]: (run: Run, node: NodeOf<T>, token: Token) => void }

/** What happens when a token reaches a node. A new node type without a row here does not compile. */
const BEHAVIOURS: Behaviours = {
  ...ACTIVITIES,
  startEvent(run, node, token) {
    pass(run, node, token, 'passed')
    leaveByConditions(run, node, token)
  },
  endEvent: enterEnd,
  throwEvent: enterThrow,
  catchEvent(run, node, token) {
    if (token.mode === 'fired') {
      record(run, node, token.flowId, 'fired')
      trace(run, node.id, 'completed')
      return leaveByConditions(run, node, token)
    }
    trace(run, node.id, 'entered')
    const id = openWaitingStep(run, node, 'event', token)
    listen(run, { node, triggers: node.triggers, all: node.all && node.triggers.length > 1, interrupting: true, ownerId: id, scopeId: token.scopeId }, conditionScope(run, token))
  },
  boundaryEvent: enterBoundary,
  boundaryTimer: enterBoundary,
  exclusiveGateway(run, node, token) {
    pass(run, node, token, 'passed')
    leaveByOne(run, node, token)
  },
  parallelGateway: enterParallel,
  inclusiveGateway: enterInclusive,
  complexGateway: enterComplex,
  eventGateway(run, node, token) {
    trace(run, node.id, 'entered')
    enterEventGateway(run, node, token)
  },
}

function enterBoundary(run: Run, node: BoundaryNode, token: Token): void {
  pass(run, node, token, 'fired')
  leaveByConditions(run, node, token)
}

function pass(run: Run, node: CompiledNode, token: Token, what: 'passed' | 'fired' | 'ended', done = true): void {
  record(run, node, token.flowId, what)
  trace(run, node.id, 'entered')
  if (done) trace(run, node.id, 'completed')
}

/** After compensation the token comes back as `fired`. */
function enterThrow(run: Run, node: NodeOf<'throwEvent'>, token: Token): void {
  if (token.mode === 'fired') {
    trace(run, node.id, 'completed')
    return leaveByConditions(run, node, token)
  }
  pass(run, node, token, 'passed', false)
  if (node.linkTo !== null) {
    trace(run, node.id, 'completed')
    return push(run, { ...token, nodeId: node.linkTo, flowId: null, mode: 'fired' })
  }
  if (!throwAll(run, token, node.triggers)) return
  let undoing = false
  for (const trigger of node.triggers) {
    if (trigger.on !== 'compensation') continue
    const begun = compensate(run, { nodeId: node.id, scopeId: token.scopeId, activity: trigger.activity, after: trigger.wait && !undoing ? 'leave' : 'none' })
    undoing = undoing || (begun && trigger.wait)
  }
  if (undoing) return
  trace(run, node.id, 'completed')
  leaveByConditions(run, node, token)
}

function enterEnd(run: Run, node: NodeOf<'endEvent'>, token: Token): void {
  pass(run, node, token, 'ended')
  if (!throwAll(run, token, node.triggers)) return
  for (const trigger of node.triggers) {
    if (trigger.on === 'compensation') compensate(run, { nodeId: node.id, scopeId: token.scopeId, activity: trigger.activity, after: 'end' })
    if (trigger.on === 'cancel' && token.scopeId !== null) return cancelTransaction(run, token.scopeId, node.id)
  }
  consume(run, node, token)
  if (node.terminate) terminate(run, node.id, token.scopeId)
}

/** Ends the process, or only the subprocess (or called process) around it, from which a token then goes on. */
function terminate(run: Run, by: string, scopeId: string | null): void {
  const scope = scopeAt(run, scopeId)
  if (!scope) return endEverything(run, 'terminated', by)
  cancelContent(run, scopeId, 'terminated', by, true)
  noteEmptied(run, scope)
}

/** A signal waits until all other tokens rest, so that whoever is about to listen hears it. */
function postponed(run: Run, node: CompiledNode, token: Token): boolean {
  if (token.mode !== 'arrive' || (node.type !== 'throwEvent' && node.type !== 'endEvent')) return false
  if (!node.triggers.some((t) => t.on === 'signal')) return false
  run.later.push({ ...token, mode: 'late' })
  addTokens(run, token.scopeId, 1)
  return true
}

export function enter(run: Run, token: Token): void {
  const node = nodeOf(processAt(run, token.scopeId), token.nodeId)
  spend(run, token.nodeId)
  if (postponed(run, node, token)) return
  const behaviour = BEHAVIOURS[node.type] as (run: Run, node: NodeOf<NodeType>, token: Token) => void
  behaviour(run, node, token)
}
