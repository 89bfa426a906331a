import type { ActivityNode } from '../model/index.ts'
import { startOf } from './events/waits.ts'
import type { Run } from './run.ts'
import { scopeAt, setUndoable } from './run.ts'
import type { ScopeKind } from './types.ts'
import { localsAt } from './variables.ts'

/** Only what was done inside these is undone; they have no handler of their own. */
const WRAPPERS: ReadonlySet<ScopeKind> = new Set<ScopeKind>(['multi', 'instance', 'event'])

/** The event subprocess that undoes a subprocess, if it has one. */
export function compensatingSub(run: Run, scopeId: string | null, node: ActivityNode): string | null {
  if (node.type !== 'subProcess') return null
  return node.inner.eventSubs.find((id) => startOf(run, scopeId, id)?.triggers.some((t) => t.on === 'compensation')) ?? null
}

function calledAt(run: Run, scopeId: string | null): string | undefined {
  for (let scope = scopeAt(run, scopeId); scope; scope = scopeAt(run, scope.state.parentId)) if (scope.state.called !== undefined) return scope.state.called
  return undefined
}

/**
 * Remembers a completed activity where it can be undone: it has a handler, or something inside it can be undone.
 * `kind`: null for an activity without a scope. Called while the scope is still there.
 */
export function remember(run: Run, node: ActivityNode, id: string, scopeId: string | null, kind: ScopeKind | null): void {
  const wraps = kind !== null && WRAPPERS.has(kind)
  const inside = kind !== null && [...run.undoable.values()].some((row) => row.scopeId === id)
  const own = !wraps && (node.compensation !== null || (kind !== null && compensatingSub(run, scopeId, node) !== null))
  if (!own && !inside) return
  const called = calledAt(run, scopeId)
  setUndoable(run, {
    id, scopeId, nodeId: node.id, variables: localsAt(run, kind === null ? scopeId : id),
    ...(wraps ? { wraps: true } : {}), ...(called === undefined ? {} : { called }),
  })
}
