import { lookAtAdHoc } from './activities/adhoc.ts'
import { scopeEmptied } from './activities/over.ts'
import { enter } from './behaviours.ts'
import { drop } from './events/waits.ts'
import { lookAtConditions } from './events/catch.ts'
import { reset, resetReady } from './gateways/complex.ts'
import { inclusiveReady, passInclusive } from './gateways/inclusive.ts'
import type { LastEnd, Run } from './run.ts'
import { addTokens, nodeOf, processAt, spend } from './run.ts'

/** Runs until every token rests, and closes the books: changes of state, token count, end or dead lock. */
export function settle(run: Run): void {
  runAll(run)
  closeBooks(run)
}

function runAll(run: Run): void {
  for (;;) {
    if (run.emptied.size || run.adHocs.size) endScopes(run)
    if (run.waits.size && run.lookedAt !== run.version) {
      lookAtConditions(run)
      continue
    }
    const next = run.queue.shift() ?? run.later.shift()
    if (next) {
      addTokens(run, next.scopeId, -1)
      enter(run, next)
    } else if (!run.emptied.size && !run.adHocs.size && !passWaitingJoin(run)) return
  }
}

function endScopes(run: Run): void {
  for (const scope of run.adHocs) {
    run.adHocs.delete(scope)
    if (run.scopes.get(scope.state.id) === scope) lookAtAdHoc(run, scope)
  }
  for (const scope of run.emptied) {
    run.emptied.delete(scope)
    if (scope.tokens === 0 && run.scopes.get(scope.state.id) === scope) scopeEmptied(run, scope)
  }
}

/** All tokens rest: is there an inclusive join, or a complex gateway in its second phase, that need not wait any longer? One at a time. */
function passWaitingJoin(run: Run): boolean {
  if (run.env.joins === 'defer') return false
  for (const join of run.joins.values()) {
    if (join.count === 0) continue
    const node = nodeOf(processAt(run, join.scopeId), join.nodeId)
    if (node.type === 'inclusiveGateway' && inclusiveReady(run, node, join.scopeId)) {
      spend(run, node.id)
      passInclusive(run, node, join.scopeId)
      return true
    }
  }
  for (const phase of run.phases.values()) {
    if (!phase.flows.length) continue
    const node = nodeOf(processAt(run, phase.scopeId), phase.nodeId)
    if (node.type === 'complexGateway' && resetReady(run, node, phase.scopeId)) {
      spend(run, node.id)
      reset(run, node, phase.scopeId)
      return true
    }
  }
  return false
}

function closeBooks(run: Run): void {
  const { effects } = run
  if (run.joins.size) {
    const changed = [...run.joins.values()].filter((j) => j.delta !== 0)
    effects.joins = changed.map(({ scopeId, nodeId, flowId, delta }) => ({ scopeId, nodeId, flowId, delta }))
  }
  if (run.scopes.size || effects.scopesGone.length) noteScopes(run)
  decideEnd(run)
  if (run.waitsChanged.size) noteWaits(run)
  if (run.undoable.size || run.before.undoable?.length) noteUndoable(run)
  if (run.phases.size) effects.phases = [...run.phases.values()].filter((p) => !(run.before.phases ?? []).includes(p))
  effects.tokenDelta = effects.newSteps.length - effects.finishedSteps.length - effects.cancelledSteps.length
    + effects.joins.reduce((sum, j) => sum + j.delta, 0)
  if (run.scopes.size || effects.scopesGone.length) {
    effects.tokenDelta += [...run.scopes.values()].filter((s) => s.isNew).length - effects.scopesGone.length
  }
}

function noteScopes(run: Run): void {
  run.effects.scopes = [...run.scopes.values()].filter((s) => s.isNew || s.dirty).map((s) => s.state)
}

function noteWaits(run: Run): void {
  const before = new Set((run.before.waits ?? []).map((w) => w.id))
  run.effects.waits = [...run.waitsChanged].flatMap((id) => run.waits.get(id) ?? [])
  run.effects.waitsGone = [...run.waitsChanged].filter((id) => before.has(id) && !run.waits.has(id))
}

function noteUndoable(run: Run): void {
  const before = new Set((run.before.undoable ?? []).map((r) => r.id))
  run.effects.undoable = [...run.undoable.values()].filter((r) => !before.has(r.id))
  run.effects.undoableGone = [...before].filter((id) => !run.undoable.has(id))
}

/** The instance is over when no token is left; tokens that can never go on are told. Subscriptions keep nothing alive. */
function decideEnd(run: Run): void {
  if (run.effects.end) return
  const waiting = run.joins.size ? [...run.joins.values()].filter((j) => j.count > 0) : []
  if (waiting.length) markStuck(run, waiting)
  if (run.live.size > 0 || run.scopes.size > 0 || waiting.length) return
  const at = run.lastEnd ?? lastOver(run)
  if (!at) return
  run.effects.end = { how: at.terminate ? 'terminated' : 'completed', nodeId: at.nodeId, name: at.name }
  run.effects.stage = at.stage
  for (const wait of run.waits.values()) drop(run, wait)
  if (run.undoable.size) run.undoable.clear()
}

/** The last token need not end at an end event: what undid something, or was taken away, may have been all there was. */
function lastOver(run: Run): LastEnd | null {
  const { scopesGone, cancelledSteps, finishedSteps } = run.effects
  const over = scopesGone.at(-1) ?? cancelledSteps.at(-1) ?? finishedSteps.at(-1)
  if (!over) return null
  const node = run.process.nodes[over.nodeId]
  return { nodeId: over.nodeId, name: node?.name ?? over.nodeId, stage: node?.stage ?? over.nodeId, terminate: false }
}

/** With deferred joins other callers' tokens are not known here, so nothing can be said. */
function markStuck(run: Run, waiting: { scopeId: string | null; nodeId: string; flowId: string }[]): void {
  if (run.env.joins === 'defer') return
  const seen = new Set<string>()
  for (const { scopeId, nodeId } of waiting) {
    const key = `${scopeId ?? ''}/${nodeId}`
    if (seen.has(key) || mayStillCome(run, scopeId)) continue
    seen.add(key)
    const node = nodeOf(processAt(run, scopeId), nodeId)
    const missingFlows = node.incoming.filter((flowId) => !waiting.some((j) => j.nodeId === nodeId && j.scopeId === scopeId && j.flowId === flowId))
    run.effects.stuck.push({ nodeId, name: node.name, missingFlows })
  }
}

/** Something in the scope is still at work; event subprocesses put no token on its flows, but while one runs nothing is final. */
function mayStillCome(run: Run, scopeId: string | null): boolean {
  for (const step of run.live.values()) if (step.scopeId === scopeId) return true
  for (const scope of run.scopes.values()) if (scope.state.parentId === scopeId) return true
  return false
}
