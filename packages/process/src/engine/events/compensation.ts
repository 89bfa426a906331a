import type { BoundaryNode, NodeOf } from '../../model/index.ts'
import { cancelContent, closeScope, forget } from '../cancel.ts'
import type { Run, RunScope } from '../run.ts'
import { calledProcess, changeScope, openScope, processAt, push, record, scopeAt, trace } from '../run.ts'
import type { ScopeState, Undoable } from '../types.ts'
import { compensatingSub } from '../undo.ts'
import { fireBoundary } from './catch.ts'
import { listenForEventSubs } from './waits.ts'

/** Whose completed activities a compensation thrown here undoes: those of the scope around it, seen through event subprocesses. */
function targetOf(run: Run, scopeId: string | null): string | null {
  for (let scope = scopeAt(run, scopeId); scope; scope = scopeAt(run, scope.state.parentId)) {
    const { kind, id, current } = scope.state
    if (kind === 'compensation') return current ?? null
    if (kind !== 'event') return id
  }
  return null
}

function rowsToUndo(run: Run, target: string | null, activity: string | null): Undoable[] {
  const rows = [...run.undoable.values()]
  if (activity === null) return rows.filter((r) => r.scopeId === target)
  const within = (row: Undoable): boolean => {
    let at: Undoable | undefined = row
    while (at && at.scopeId !== target) at = run.undoable.get(at.scopeId ?? '')
    return at !== undefined
  }
  const named = rows.filter((r) => r.nodeId === activity && within(r))
  const ids = new Set(named.map((r) => r.id))
  // rounds of a loop are undone with the loop, not once more by themselves
  return named.filter((r) => !ids.has(r.scopeId ?? ''))
}

/** Begins to undo, last things first. false: there is nothing to undo. */
export function compensate(run: Run, at: { nodeId: string; scopeId: string | null; activity: string | null; after: NonNullable<ScopeState['after']> }): boolean {
  const target = at.after === 'cancel' ? at.scopeId : targetOf(run, at.scopeId)
  const todo = rowsToUndo(run, target, at.activity).map((r) => r.id).toReversed()
  if (!todo.length) return false
  const scope = openScope(run, { id: run.env.newId(), parentId: at.scopeId, nodeId: at.nodeId, kind: 'compensation', variables: {}, todo, current: null, after: at.after })
  undoNext(run, scope)
  return true
}

/** The next of a compensation's list; when there is none, it is over. */
export function undoNext(run: Run, scope: RunScope): void {
  if (scope.state.current) forget(run, scope.state.current)
  for (;;) {
    const [id, ...rest] = scope.state.todo ?? []
    if (id === undefined) return finish(run, scope)
    const row = run.undoable.get(id)
    changeScope(scope, { todo: rest, current: null })
    if (row && begin(run, scope, row)) return
  }
}

/** true: something runs now, and `undoNext` comes when it is done. */
function begin(run: Run, scope: RunScope, row: Undoable): boolean {
  const process = row.called === undefined ? run.process : calledProcess(run, row.called)
  scope.process = process
  const { called: _, ...state } = scope.state
  scope.state = { ...state, current: row.id, variables: row.variables, ...(row.called === undefined ? {} : { called: row.called }) }
  const node = process.nodes[row.nodeId]
  if (!node || !('boundary' in node)) return false
  if (!row.wraps && node.compensation !== null) {
    push(run, { nodeId: node.compensation, flowId: null, scopeId: scope.state.id, outcome: null, mode: 'arrive' })
    return true
  }
  const sub = row.wraps ? null : compensatingSub(run, scope.state.id, node)
  if (sub !== null) {
    startCompensatingSub(run, scope, sub)
    return true
  }
  // no handler of its own: what was done inside is undone instead, in its place in the order
  const inside = [...run.undoable.values()].filter((r) => r.scopeId === row.id).map((r) => r.id).toReversed()
  changeScope(scope, { todo: [...inside, ...(scope.state.todo ?? [])], current: null })
  return false
}

function startCompensatingSub(run: Run, scope: RunScope, eventSubId: string): void {
  const eventSub = scope.process.nodes[eventSubId] as NodeOf<'subProcess'>
  const inner = openScope(run, { id: run.env.newId(), parentId: scope.state.id, nodeId: eventSubId, kind: 'event', variables: {} })
  trace(run, eventSubId, 'entered')
  record(run, eventSub, null, 'entered')
  listenForEventSubs(run, eventSub.inner, inner.state.id)
  push(run, { nodeId: eventSub.inner.starts[0]!, flowId: null, scopeId: inner.state.id, outcome: null, mode: 'fired' })
}

function finish(run: Run, scope: RunScope): void {
  const { parentId, nodeId, after } = scope.state
  closeScope(run, scope, 'completed')
  if (after === 'leave') push(run, { nodeId, flowId: null, scopeId: parentId, outcome: null, mode: 'fired' })
  if (after === 'cancel') leaveCancelled(run, parentId!)
}

/** A transaction is cancelled: what runs in it stops, what was done in it is undone, then it is left through its cancel event. */
export function cancelTransaction(run: Run, scopeId: string, nodeId: string): void {
  cancelContent(run, scopeId, 'interrupted', nodeId, true)
  if (!compensate(run, { nodeId, scopeId, activity: null, after: 'cancel' })) leaveCancelled(run, scopeId)
}

function leaveCancelled(run: Run, transactionId: string): void {
  let scope = scopeAt(run, transactionId)!
  for (let parent = scopeAt(run, scope.state.parentId); parent && parent.state.nodeId === scope.state.nodeId; parent = scopeAt(run, parent.state.parentId)) scope = parent
  const { id, nodeId, parentId } = scope.state
  const { nodes } = processAt(run, parentId)
  const node = nodes[nodeId] as NodeOf<'subProcess'>
  const event = node.boundary.map((b) => nodes[b] as BoundaryNode).find((b) => b.triggers.some((t) => t.on === 'cancel'))
  if (event) return fireBoundary(run, event, id, parentId)
  cancelContent(run, id, 'interrupted', nodeId)
  closeScope(run, scope, 'cancelled')
}
