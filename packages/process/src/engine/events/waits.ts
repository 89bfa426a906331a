import type { BoundaryNode, CompiledNode, Container, NodeOf, Trigger } from '../../model/index.ts'
import type { Run } from '../run.ts'
import { noteWait, processAt, scopeAt, setWait } from '../run.ts'
import type { Wait } from '../types.ts'
import { textOf, variablesAt } from '../variables.ts'
import { armTimer } from './timers.ts'

export interface Listening {
  /** the event, or receive task */
  node: CompiledNode
  triggers: readonly Trigger[]
  /** every trigger must happen */
  all: boolean
  interrupting: boolean
  /** null: the start of an event subprocess */
  ownerId: string | null
  /** where the token will be */
  scopeId: string | null
}

/** Begins to listen. Errors, escalations, compensation and cancellation need no subscription: they look for their catcher. */
export function listen(run: Run, l: Listening, scope: Record<string, unknown> = variablesAt(run, l.scopeId)): void {
  for (const trigger of l.triggers) {
    switch (trigger.on) {
      case 'timer': {
        const wait = l.ownerId === null || l.all ? subscribe(run, l, 'timer', null, null) : null
        armTimer(run, l.node, trigger.timer, l.ownerId ?? wait!.id, l.interrupting, scope)
        break
      }
      case 'message': {
        const key = trigger.key === null ? null : textOf(trigger.key.evaluate(scope, run.meter), run.meter)
        subscribe(run, l, 'message', nameAt(run, trigger, scope), key)
        break
      }
      case 'signal':
        subscribe(run, l, 'signal', nameAt(run, trigger, scope), null)
        break
      case 'conditional':
        subscribe(run, l, 'conditional', null, null)
        run.lookedAt = 0
        break
      default:
    }
  }
}

/** The name of a message or signal as it is here. */
export const nameAt = (run: Run, trigger: Extract<Trigger, { on: 'message' | 'signal' }>, scope: Record<string, unknown>): string =>
  trigger.nameFrom ? textOf(trigger.nameFrom.evaluate(scope, run.meter), run.meter) : trigger.name

function subscribe(run: Run, l: Listening, on: Wait['on'], name: string | null, key: string | null): Wait {
  const wait: Wait = { id: run.env.newId(), on, nodeId: l.node.id, ownerId: l.ownerId, scopeId: l.scopeId, name, key, ...(on === 'conditional' ? { was: false } : {}) }
  setWait(run, wait)
  return wait
}

export function drop(run: Run, wait: Wait): void {
  run.waits.delete(wait.id)
  noteWait(run, wait.id)
  if (wait.on === 'timer') dropTimers(run, wait.id)
}

/** Timers armed in this very call have not reached the store yet. */
export function dropTimers(run: Run, ownerId: string): void {
  const { effects } = run
  effects.timersToArm = effects.timersToArm.filter((t) => t.stepId !== ownerId)
  effects.timersToCancel.push(ownerId)
}

/** Whatever waits for a step or scope waits no longer. */
export function dropWaitsOf(run: Run, ownerId: string): void {
  if (!run.waits.size) return
  for (const wait of run.waits.values()) if (wait.ownerId === ownerId) drop(run, wait)
}

/** The event subprocesses of a scope do not start any more. */
export function dropEventSubs(run: Run, scopeId: string | null): void {
  if (!run.waits.size) return
  for (const wait of run.waits.values()) if (wait.ownerId === null && wait.scopeId === scopeId) drop(run, wait)
}

/** Listens for the boundary events of an activity; `ownerId` is its step or scope, `scopeId` where it lives. */
export function listenAtBoundary(run: Run, boundary: readonly string[], ownerId: string, scopeId: string | null, scope: Record<string, unknown>): void {
  const { nodes } = processAt(run, scopeId)
  for (const id of boundary) {
    const node = nodes[id] as BoundaryNode
    listen(run, { node, triggers: node.triggers, all: node.all, interrupting: node.interrupting, ownerId, scopeId }, scope)
  }
}

/** Listens for the event subprocesses of a scope (or of the process: null). */
export function listenForEventSubs(run: Run, inner: Container, scopeId: string | null): void {
  for (const id of inner.eventSubs) {
    const start = startOf(run, scopeId, id)
    if (start) listen(run, { node: start, triggers: start.triggers, all: start.all, interrupting: start.interrupting, ownerId: null, scopeId })
  }
}

export function startOf(run: Run, scopeId: string | null, eventSubId: string): NodeOf<'startEvent'> | null {
  const { nodes } = processAt(run, scopeId)
  const eventSub = nodes[eventSubId]
  const start = eventSub?.type === 'subProcess' ? nodes[eventSub.inner.starts[0] ?? ''] : undefined
  return start?.type === 'startEvent' ? start : null
}

/** What a scope holds that may start: its event subprocesses. null for loops and rounds, which hold only the activity itself. */
export function containerAt(run: Run, scopeId: string | null): Container | null {
  const scope = scopeAt(run, scopeId)
  if (!scope) return run.process.inner
  if (scope.state.kind === 'call') return scope.process.inner
  const node = scope.process.nodes[scope.state.nodeId]
  if (scope.state.kind === 'multi' || scope.state.kind === 'instance' || scope.state.kind === 'compensation') return null
  return node && 'inner' in node ? node.inner : null
}
