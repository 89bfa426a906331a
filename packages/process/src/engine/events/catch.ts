import type { BoundaryNode, NodeOf, Trigger } from '../../model/index.ts'
import { cancelActivity, cancelContent, closeStep, endEverything } from '../cancel.ts'
import type { Run, RunScope } from '../run.ts'
import { openScope, processAt, push, record, scopeAt, setWait, spend, trace } from '../run.ts'
import type { Wait } from '../types.ts'
import { setResults, setVariables, variablesAt } from '../variables.ts'
import { containerAt, drop, dropEventSubs, listen, listenForEventSubs, startOf } from './waits.ts'

/** A boundary event happens: an interrupting one takes its activity away; either way a token leaves from it. */
export function fireBoundary(run: Run, node: BoundaryNode, ownerId: string, scopeId: string | null): void {
  if (node.interrupting) cancelActivity(run, ownerId, 'interrupted', node.id)
  push(run, { nodeId: node.id, flowId: null, scopeId, outcome: null, mode: 'fired' })
}

/** An event subprocess starts. An interrupting one takes everything else in its scope away, and no other can start after it. */
export function startEventSub(run: Run, scopeId: string | null, start: NodeOf<'startEvent'>): RunScope {
  const eventSub = processAt(run, scopeId).nodes[start.parent ?? ''] as NodeOf<'subProcess'>
  if (start.interrupting) {
    dropEventSubs(run, scopeId)
    cancelContent(run, scopeId, 'interrupted', start.id, true)
  }
  const scope = openScope(run, { id: run.env.newId(), parentId: scopeId, nodeId: eventSub.id, kind: 'event', variables: {} })
  trace(run, eventSub.id, 'entered')
  record(run, eventSub, null, 'entered')
  listenForEventSubs(run, eventSub.inner, scope.state.id)
  push(run, { nodeId: start.id, flowId: null, scopeId: scope.state.id, outcome: null, mode: 'fired' })
  return scope
}

/** Something awaited has happened. A parallel multiple event goes on only when all it awaits has happened. */
export function fireWait(run: Run, wait: Wait, variables: Readonly<Record<string, unknown>>): void {
  const node = processAt(run, wait.scopeId).nodes[wait.nodeId]
  if (!node) return
  setResults(run, wait.scopeId, node, variables)
  const all = (node.type === 'startEvent' || node.type === 'boundaryEvent' || node.type === 'catchEvent') && node.all && node.triggers.length > 1
  if (all) {
    drop(run, wait)
    if ([...run.waits.values()].some((w) => w.nodeId === wait.nodeId && w.ownerId === wait.ownerId && w.scopeId === wait.scopeId)) return
    const begins = node.type === 'startEvent' && wait.ownerId !== null
    if (node.type !== 'catchEvent' && !node.interrupting && !begins) listen(run, { node, triggers: node.triggers, all: true, interrupting: false, ownerId: wait.ownerId, scopeId: wait.scopeId })
  }
  if (node.type === 'startEvent' && wait.ownerId === null) startEventSub(run, wait.scopeId, node)
  else if (node.type === 'boundaryEvent') fireBoundary(run, node, wait.ownerId!, wait.scopeId)
  else fireStep(run, wait.ownerId!, wait.nodeId)
}

/** A catch event, a receive task, or the event gateway before it: its step is done, and the event has happened. */
export function fireStep(run: Run, stepId: string, nodeId: string): void {
  const { opened, step } = closeStep(run, stepId)
  if (!opened) run.effects.finishedSteps.push({ id: stepId, nodeId: step.nodeId, outcome: null })
  if (step.nodeId !== nodeId) {
    trace(run, step.nodeId, 'completed')
    trace(run, nodeId, 'entered')
  }
  push(run, { nodeId, flowId: null, scopeId: step.scopeId, outcome: null, mode: 'fired' })
}

/** Whoever listens to the signal hears it, in the order in which they began to listen. */
export function broadcast(run: Run, name: string, variables: Readonly<Record<string, unknown>>): number {
  let heard = 0
  for (const wait of run.waits.values().toArray()) {
    if (wait.on !== 'signal' || wait.name !== name || run.waits.get(wait.id) !== wait) continue
    heard += 1
    fireWait(run, wait, variables)
  }
  return heard
}

/** Conditional events fire when their condition becomes true; looked at whenever a variable has changed. */
export function lookAtConditions(run: Run): void {
  run.lookedAt = run.version
  for (const { id } of run.waits.values().toArray()) {
    const wait = run.waits.get(id)
    if (wait?.on !== 'conditional') continue
    const place = wait.ownerId !== null && run.scopes.has(wait.ownerId) ? wait.ownerId : wait.scopeId
    const node = processAt(run, wait.scopeId).nodes[wait.nodeId]
    const triggers: readonly Trigger[] = node && 'triggers' in node ? node.triggers : []
    const trigger = triggers.find((t) => t.on === 'conditional')
    const now = trigger?.on === 'conditional' && trigger.condition.evaluate(variablesAt(run, place), run.meter) === true
    if (now === wait.was) continue
    const changed = { ...wait, was: now }
    setWait(run, changed)
    if (!now) continue
    // one that listens anew at once and is true again would never come to an end
    spend(run, wait.nodeId)
    fireWait(run, changed, {})
  }
}

interface Host { nodeId: string; ownerId: string; scopeId: string | null }
type Catcher = { kind: 'boundary'; node: BoundaryNode; host: Host } | { kind: 'sub'; start: NodeOf<'startEvent'>; scopeId: string | null }

function catches(triggers: readonly Trigger[], on: 'error' | 'escalation', code: string | null, exactly: boolean): boolean {
  return triggers.some((t) => t.on === on && (exactly ? t.code !== null && t.code === code : t.code === null))
}

/** The innermost catcher around a place; at one level, one for this very code goes before one for all. */
function findCatcher(run: Run, on: 'error' | 'escalation', code: string | null, scopeId: string | null, host: Host | null): Catcher | null {
  const atHost = host && atBoundary(run, on, code, host)
  if (atHost) return atHost
  let cameFrom: string | null = null
  for (let at: string | null = scopeId; ;) {
    const sub = inEventSubs(run, on, code, at, cameFrom)
    if (sub) return sub
    const scope = scopeAt(run, at)
    if (!scope) return null
    const { nodeId, parentId, id } = scope.state
    const parent = scopeAt(run, parentId)
    const wrapped = parent?.state.nodeId === nodeId && (parent.state.kind === 'multi' || parent.state.kind === 'instance')
    const found = wrapped ? null : atBoundary(run, on, code, { nodeId, ownerId: id, scopeId: parentId })
    if (found) return found
    cameFrom = nodeId
    at = parentId
  }
}

function atBoundary(run: Run, on: 'error' | 'escalation', code: string | null, host: Host): Catcher | null {
  const { nodes } = processAt(run, host.scopeId)
  const node = nodes[host.nodeId]
  if (!node || !('boundary' in node)) return null
  const events = node.boundary.map((id) => nodes[id] as BoundaryNode)
  const found = events.find((e) => catches(e.triggers, on, code, true)) ?? events.find((e) => catches(e.triggers, on, code, false))
  return found ? { kind: 'boundary', node: found, host } : null
}

function inEventSubs(run: Run, on: 'error' | 'escalation', code: string | null, scopeId: string | null, cameFrom: string | null): Catcher | null {
  const container = containerAt(run, scopeId)
  if (!container?.eventSubs.length || interrupted(run, scopeId)) return null
  const starts = container.eventSubs.filter((id) => id !== cameFrom).flatMap((id) => startOf(run, scopeId, id) ?? [])
  const found = starts.find((s) => catches(s.triggers, on, code, true)) ?? starts.find((s) => catches(s.triggers, on, code, false))
  return found ? { kind: 'sub', start: found, scopeId } : null
}

/** After an interrupting event subprocess has started, it is all that is left of its scope. */
function interrupted(run: Run, scopeId: string | null): boolean {
  for (const scope of run.scopes.values()) {
    if (scope.state.kind === 'event' && scope.state.parentId === scopeId && startOf(run, scopeId, scope.state.nodeId)?.interrupting) return true
  }
  return false
}

function fireCatcher(run: Run, catcher: Catcher, variables: Readonly<Record<string, unknown>>): void {
  if (catcher.kind === 'boundary') {
    setVariables(run, catcher.host.scopeId, variables)
    fireBoundary(run, catcher.node, catcher.host.ownerId, catcher.host.scopeId)
  } else {
    setVariables(run, catcher.scopeId, variables)
    startEventSub(run, catcher.scopeId, catcher.start)
  }
}

export interface Raised {
  code: string | null
  /** where it arises */
  nodeId: string
  scopeId: string | null
  /** the activity that raises it from within, whose own boundary is asked first */
  host: Host | null
  variables?: Readonly<Record<string, unknown>>
  message?: string
}

/** An error goes outwards to its catcher and interrupts there; without one the instance has failed. */
export function raiseError(run: Run, raised: Raised): void {
  const catcher = findCatcher(run, 'error', raised.code, raised.scopeId, raised.host)
  if (catcher) return fireCatcher(run, catcher, raised.variables ?? {})
  const node = processAt(run, raised.scopeId).nodes[raised.nodeId]
  const name = node?.name ?? raised.nodeId
  run.effects.incidents = [...run.effects.incidents, { kind: 'error', nodeId: raised.nodeId, code: raised.code, message: raised.message ?? `“${name}”的错误${raised.code === null ? '' : `“${raised.code}”`}没有处理，流程失败` }]
  endEverything(run, 'terminated', raised.nodeId)
  run.effects.end = { how: 'failed', nodeId: raised.nodeId, name }
}

/** An escalation goes outwards too, but need not interrupt, and need not be caught. */
export function raiseEscalation(run: Run, raised: Raised): boolean {
  const catcher = findCatcher(run, 'escalation', raised.code, raised.scopeId, raised.host)
  if (!catcher) {
    run.effects.uncaught = [...run.effects.uncaught, { nodeId: raised.nodeId, code: raised.code }]
    return false
  }
  fireCatcher(run, catcher, raised.variables ?? {})
  return true
}
