import type { ActivityNode, LoopSpec } from '../../model/index.ts'
import { ProcessError } from '../errors.ts'
import { cancelContent, closeScope } from '../cancel.ts'
import { raiseError, raiseEscalation } from '../events/catch.ts'
import { sendMessage, sendSignal } from '../events/throw.ts'
import { listenAtBoundary } from '../events/waits.ts'
import type { Run, RunScope, Token } from '../run.ts'
import { changeScope, openScope, push } from '../run.ts'
import type { LoopState } from '../types.ts'
import { remember } from '../undo.ts'
import { conditionScope, mapped, setLocal, setVariables, toJson, variablesAt } from '../variables.ts'
import { leaveActivity } from './complete.ts'

/** Instances of one multi-instance activity; a list from outside must not fill the server. */
export const MULTI_LIMIT = 2_000

type Multi = Extract<LoopSpec, { kind: 'multi' }>

/** A token reaches an activity that is done several times. */
export function enterLoop(run: Run, node: ActivityNode, token: Token): void {
  const loop = node.loop!
  const scope = conditionScope(run, token)
  if (loop.kind === 'standard') {
    const none = loop.maximum === 0 || (loop.testBefore && loop.condition !== null && loop.condition.evaluate({ ...scope, loopCounter: 0 }, run.meter) !== true)
    if (none) return skip(run, node, token)
    const multi = openMulti(run, node, token, { total: loop.maximum, started: 0, done: 0, items: null, output: null }, {}, scope)
    return openRound(run, node, multi, undefined)
  }
  const items = itemsOf(run, node, loop, scope)
  if (!items.length) return skip(run, node, token)
  const state: LoopState = { total: items.length, started: 0, done: 0, items: loop.sequential ? items : null, output: loop.output ? items.map(() => null) : null }
  const multi = openMulti(run, node, token, state, counters(items.length, 0, 0, 0), scope)
  if (loop.sequential) return openRound(run, node, multi, items[0])
  for (const item of items) openRound(run, node, multi, item)
}

/** Not even once: the token passes. */
const skip = leaveActivity

function itemsOf(run: Run, node: ActivityNode, loop: Multi, scope: Record<string, unknown>): unknown[] {
  const wrong = (what: string) => new ProcessError('MULTI_VALUE', `“${node.name}”的多实例${what}`, { nodeId: node.id })
  const tooMany = () => new ProcessError('MULTI_TOO_MANY', `“${node.name}”要同时办 ${MULTI_LIMIT} 份以上，超过上限`, { nodeId: node.id, limit: MULTI_LIMIT })
  if (loop.collection) {
    const list = loop.collection.evaluate(scope, run.meter)
    if (!Array.isArray(list)) throw wrong('集合不是列表')
    if (list.length > MULTI_LIMIT) throw tooMany()
    return list.map((item) => toJson(item, run.meter))
  }
  const value = loop.cardinality?.evaluate(scope, run.meter)
  const count = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value
  if (typeof count !== 'number' || !Number.isInteger(count) || count < 0) throw wrong('个数不是不小于 0 的整数')
  if (count > MULTI_LIMIT) throw tooMany()
  return Array.from({ length: count }, (_, i) => i + 1)
}

/** Under BPMN's own names and those that other engines have made usual. */
function counters(total: number, active: number, completed: number, terminated: number): Record<string, number> {
  return {
    nrOfInstances: total, nrOfActiveInstances: active, nrOfCompletedInstances: completed, nrOfTerminatedInstances: terminated,
    numberOfInstances: total, numberOfActiveInstances: active, numberOfCompletedInstances: completed, numberOfTerminatedInstances: terminated,
  }
}

function openMulti(run: Run, node: ActivityNode, token: Token, loop: LoopState, variables: Record<string, unknown>, scope: Record<string, unknown>): RunScope {
  const multi = openScope(run, { id: run.env.newId(), parentId: token.scopeId, nodeId: node.id, kind: 'multi', variables, loop })
  listenAtBoundary(run, node.boundary, multi.state.id, token.scopeId, scope)
  return multi
}

function openRound(run: Run, node: ActivityNode, multi: RunScope, item: unknown): void {
  const loop = multi.state.loop!
  const spec = node.loop!
  const started = loop.started + 1
  changeScope(multi, { loop: { ...loop, started } })
  if (spec.kind === 'multi') setLocal(run, multi, counters(loop.total ?? 0, started - loop.done, loop.done, 0))
  const element = spec.kind === 'multi' && spec.element !== null ? { [spec.element]: item } : {}
  openInstance(run, node, multi.state.id, { loopCounter: started, ...element })
}

/** One round, or an activity with variables of its own: the inputs are mapped, then the activity itself begins inside. */
export function openInstance(run: Run, node: ActivityNode, parentId: string | null, variables: Record<string, unknown>, outcome: string | null = null): RunScope {
  const scope = openScope(run, { id: run.env.newId(), parentId, nodeId: node.id, kind: 'instance', variables })
  for (const { to, from } of node.inputs) setLocal(run, scope, mapped(scope.state.variables, to, toJson(from.evaluate(variablesAt(run, scope.state.id), run.meter), run.meter)))
  push(run, { nodeId: node.id, flowId: null, scopeId: scope.state.id, outcome, mode: 'inner' })
  return scope
}

function mapOutputs(run: Run, node: ActivityNode, round: RunScope): void {
  if (!node.outputs.length) return
  const visible = variablesAt(run, round.state.id)
  for (const { to, from } of node.outputs) setVariables(run, round.state.parentId, mapped(variablesAt(run, round.state.parentId), to, toJson(from.evaluate(visible, run.meter), run.meter)))
}

/** A round is over: its results go out, and the loop goes on, or is over too. */
export function roundDone(run: Run, node: ActivityNode, round: RunScope, multi: RunScope | null): void {
  mapOutputs(run, node, round)
  remember(run, node, round.state.id, round.state.parentId, 'instance')
  if (!multi) {
    closeScope(run, round, 'completed')
    return leaveActivity(run, node, { nodeId: node.id, flowId: null, scopeId: round.state.parentId, outcome: round.outcome, mode: 'arrive' })
  }
  if (node.loop!.kind === 'standard') return standardDone(run, node, round, multi)
  multiDone(run, node, node.loop as Multi, round, multi)
}

function standardDone(run: Run, node: ActivityNode, round: RunScope, multi: RunScope): void {
  const spec = node.loop as Extract<LoopSpec, { kind: 'standard' }>
  const loop = { ...multi.state.loop!, done: multi.state.loop!.done + 1 }
  const visible = { ...variablesAt(run, multi.state.id), ...round.state.variables, ...(round.outcome === null ? {} : { outcome: round.outcome }) }
  closeScope(run, round, 'completed')
  changeScope(multi, { loop })
  const more = (loop.total === null || loop.done < loop.total) && (spec.condition === null || spec.condition.evaluate(visible, run.meter) === true)
  if (more) openRound(run, node, multi, undefined)
  else loopDone(run, node, multi, round.outcome)
}

function multiDone(run: Run, node: ActivityNode, spec: Multi, round: RunScope, multi: RunScope): void {
  const { id, parentId } = multi.state
  const before = multi.state.loop!
  const done = before.done + 1
  const total = before.total ?? 0
  const index = Number(round.state.variables['loopCounter']) - 1
  const roundSees = { ...variablesAt(run, round.state.id), ...(round.outcome === null ? {} : { outcome: round.outcome }) }
  const output = spec.output && before.output ? before.output.with(index, toJson(spec.output.from.evaluate(roundSees, run.meter), run.meter)) : before.output
  closeScope(run, round, 'completed')
  changeScope(multi, { loop: { ...before, done, output } })
  setLocal(run, multi, counters(total, before.started - done, done, 0))
  const visible = { ...roundSees, ...multi.state.variables }
  throwBehaviour(run, node, spec, multi, visible, done)
  if (run.scopes.get(id) !== multi) return
  const enough = spec.completion !== null && spec.completion.evaluate(visible, run.meter) === true
  if (enough) cancelContent(run, id, 'interrupted', node.id, true)
  else if (done < total) {
    if (spec.sequential) openRound(run, node, multi, before.items?.[before.started])
    return
  }
  if (spec.output && output) setVariables(run, parentId, { [spec.output.to]: output })
  loopDone(run, node, multi, null)
}

/** What a multi-instance tells its boundary while it goes on (attribute behavior: none, one, complex). */
function throwBehaviour(run: Run, node: ActivityNode, spec: Multi, multi: RunScope, visible: Record<string, unknown>, done: number): void {
  const { id, parentId } = multi.state
  for (const event of spec.events) {
    if (event.first ? done !== 1 : event.condition !== null && event.condition.evaluate(visible, run.meter) !== true) continue
    for (const trigger of event.triggers) {
      const host = { nodeId: node.id, ownerId: id, scopeId: parentId }
      if (trigger.on === 'signal') sendSignal(run, node.id, trigger.name)
      if (trigger.on === 'message') sendMessage(run, node.id, id, trigger, {})
      if (trigger.on === 'escalation') raiseEscalation(run, { code: trigger.code, nodeId: node.id, scopeId: parentId, host })
      if (trigger.on === 'error') raiseError(run, { code: trigger.code, nodeId: node.id, scopeId: parentId, host })
      if (run.scopes.get(id) !== multi) return
    }
  }
}

function loopDone(run: Run, node: ActivityNode, multi: RunScope, outcome: string | null): void {
  remember(run, node, multi.state.id, multi.state.parentId, 'multi')
  closeScope(run, multi, 'completed')
  leaveActivity(run, node, { nodeId: node.id, flowId: null, scopeId: multi.state.parentId, outcome, mode: 'arrive' })
}
