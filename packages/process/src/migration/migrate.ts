import type { EngineEnv, InstanceState } from '../engine/index.ts'
import { newRun, type Run } from '../engine/run.ts'
import { settle } from '../engine/settle.ts'
import { variablesAt } from '../engine/variables.ts'
import type { CompiledNode, CompiledProcess } from '../model/index.ts'
import { listening, replaceEvents } from './events.ts'
import { caseProblems, flowFor, ownPlaces } from './problems.ts'
import type { Migrated, Migration, MigrationPlan, PendingTimer } from './types.ts'

export interface MigrateOptions extends Pick<EngineEnv, 'newId' | 'processOf' | 'refOf' | 'decide' | 'budget' | 'trace'> {
  /** what the list of timers holds for the case; absent: all that the model arms are still to come */
  timers?: readonly PendingTimer[]
}

/**
 * Takes one case to another version: every place of its state becomes its counterpart, events that are awaited in the same way go on being
 * awaited (a timer keeps its time), those that are new begin, those that are gone end. A case that cannot go over is answered with the reasons,
 * by element. Nothing is started or finished by it, unless an inclusive join of the new version need not wait or a condition is true already.
 */
export function migrateState(from: CompiledProcess, to: CompiledProcess, plan: MigrationPlan, state: InstanceState, o: MigrateOptions): Migrated {
  const problems = caseProblems(from, to, plan, state)
  if (problems.length) return { ok: false, problems }
  const own = ownPlaces(state)
  const name = (nodeId: string, mine: boolean): string => (mine ? plan.mapping[nodeId] ?? nodeId : nodeId)
  const listens = listening(from, to, plan, state, own)
  const moved = relabelled(from, to, plan, state, own, name, listens.waits)
  const run = newRun(to, moved, {}, o)
  const timers = replaceEvents(run, listens, o.timers ?? null)
  const services = changedServices(run, from, plan, state, own)
  settle(run)
  const reset = new Set(timers.reset.map((r) => r.timer))
  run.effects.timersToArm = run.effects.timersToArm.filter((t) => !reset.has(t))
  const migration: Migration = {
    state: moved,
    steps: state.steps.flatMap((s) => (own(s.scopeId) ? [{ id: s.id, from: s.nodeId, to: plan.mapping[s.nodeId]! }] : [])),
    joinsMoved: JSON.stringify(moved.joins) !== JSON.stringify(state.joins),
    timersMoved: timers.moved, timersGone: timers.gone, timersReset: timers.reset, services, effects: run.effects,
  }
  return { ok: true, migration }
}

type Name = (nodeId: string, mine: boolean) => string
type Own = (scopeId: string | null) => boolean

function relabelled(from: CompiledProcess, to: CompiledProcess, plan: MigrationPlan, state: InstanceState, own: Own, name: Name, waits: ReadonlyMap<string, string>): InstanceState {
  const flow = (nodeId: string, flowId: string, mine: boolean): string => (mine ? flowFor(from, to, plan, nodeId, flowId) ?? flowId : flowId)
  return {
    variables: state.variables,
    steps: state.steps.map((s) => ({ ...s, nodeId: name(s.nodeId, own(s.scopeId)) })),
    joins: state.joins.map((j) => ({ ...j, nodeId: name(j.nodeId, own(j.scopeId)), flowId: flow(j.nodeId, j.flowId, own(j.scopeId)) })),
    ...(state.scopes ? { scopes: state.scopes.map((s) => ({ ...s, nodeId: name(s.nodeId, own(s.parentId)), ...(s.ran && own(s.id) ? { ran: s.ran.map((id) => name(id, true)) } : {}) })) } : {}),
    ...(state.waits ? { waits: state.waits.map((w) => ({ ...w, nodeId: waits.get(w.id) ?? w.nodeId })) } : {}),
    ...(state.undoable ? { undoable: state.undoable.map((u) => ({ ...u, nodeId: name(u.nodeId, own(u.scopeId) && u.called === undefined) })) } : {}),
    ...(state.phases ? { phases: state.phases.map((p) => ({ ...p, nodeId: name(p.nodeId, own(p.scopeId)), flows: p.flows.map((f) => flow(p.nodeId, f, own(p.scopeId))) })) } : {}),
  }
}

const asked = (node: CompiledNode): string => (node.type === 'serviceTask' ? JSON.stringify([node.handler, node.args.map((a) => [a.name, a.value.text]), node.headers]) : '')

function changedServices(run: Run, from: CompiledProcess, plan: MigrationPlan, state: InstanceState, own: Own): Migration['services'][number][] {
  return state.steps.flatMap((s) => {
    const b = own(s.scopeId) ? run.process.nodes[plan.mapping[s.nodeId]!] : undefined
    if (b?.type !== 'serviceTask' || asked(b) === asked(from.nodes[s.nodeId]!)) return []
    const scope = variablesAt(run, s.scopeId)
    return [{ stepId: s.id, handler: b.handler, headers: b.headers, input: Object.fromEntries(b.args.map(({ name, value }) => [name, value.evaluate(scope, run.meter)])) }]
  })
}
