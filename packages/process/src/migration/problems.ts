import type { InstanceState, JoinCount } from '../engine/index.ts'
import type { CompiledProcess } from '../model/index.ts'
import { called, isJoin } from './pair.ts'
import type { MigrationPlan, MigrationProblem } from './types.ts'
import { depthsOf, levelsOf, starved } from './ways.ts'

/** Which places of a case are its own process's: what is inside a called process stays on the version that was called. */
export function ownPlaces(state: InstanceState): (scopeId: string | null) => boolean {
  const rows = new Map<string, { parent: string | null; called: boolean }>()
  for (const s of state.scopes ?? []) rows.set(s.id, { parent: s.parentId, called: s.called !== undefined })
  for (const u of state.undoable ?? []) if (!rows.has(u.id)) rows.set(u.id, { parent: u.scopeId, called: u.called !== undefined })
  return (scopeId) => {
    for (let id = scopeId; id !== null;) {
      const row = rows.get(id)
      if (!row) return true
      if (row.called) return false
      id = row.parent
    }
    return true
  }
}

/** The flow into the counterpart of a join that stands for one of the old flows: of the same id, else from the counterpart of where it came from. */
export function flowFor(from: CompiledProcess, to: CompiledProcess, plan: MigrationPlan, joinId: string, flowId: string): string | null {
  const a = from.nodes[joinId], b = to.nodes[plan.mapping[joinId] ?? '']
  if (!a || !b) return null
  if (!isJoin(a)) return b.incoming[0] ?? ''
  const old = from.flows[flowId]
  if (!old) return null
  const source = plan.mapping[old.source] ?? (to.nodes[old.source] ? old.source : null)
  const before = a.incoming.filter((id) => from.flows[id]!.source === old.source), after = b.incoming.filter((id) => to.flows[id]!.source === source)
  if (after.includes(flowId)) return flowId
  if (before.length === after.length) return after[before.indexOf(flowId)] ?? null
  return b.incoming.includes(flowId) && source === null ? flowId : null
}

/** Everything that keeps this very case from going over, once each; empty: it can. */
export function caseProblems(from: CompiledProcess, to: CompiledProcess, plan: MigrationPlan, state: InstanceState): MigrationProblem[] {
  const own = ownPlaces(state)
  const found = new Map<string, MigrationProblem>()
  const add = (p: MigrationProblem): void => { const key = `${p.code}/${p.nodeId}/${p.toId ?? ''}`; if (!found.has(key)) found.set(key, p) }
  const at = (nodeId: string): void => { for (const p of refusals(plan).get(nodeId) ?? []) add(p) }
  for (const s of state.steps) if (own(s.scopeId)) at(s.nodeId)
  for (const s of state.scopes ?? []) if (own(s.parentId)) at(s.nodeId)
  for (const j of state.joins) if (j.count > 0 && own(j.scopeId)) { at(j.nodeId); joinAt(j) }
  for (const p of state.phases ?? []) if (own(p.scopeId)) { at(p.nodeId); for (const flowId of p.flows) joinAt({ nodeId: p.nodeId, flowId }) }
  for (const u of state.undoable ?? []) {
    if (!own(u.scopeId)) continue
    const a = from.nodes[u.nodeId], b = to.nodes[plan.mapping[u.nodeId] ?? '']
    if (!a || (b && 'compensation' in b && 'compensation' in a && (b.compensation === null) === (a.compensation === null))) continue
    add({ code: 'UNDO_MISSING', severity: 'refuse', nodeId: u.nodeId, toId: b?.id ?? null, message: `${called(a)}已经办完、还可能要撤销，新版本里没有与它对应的撤销办法` })
  }
  if (!found.size) for (const p of tokenProblems(from, to, plan, state, own)) add(p)
  return [...found.values()]

  function joinAt({ nodeId, flowId }: Pick<JoinCount, 'nodeId' | 'flowId'>): void {
    const a = from.nodes[nodeId], toId = plan.mapping[nodeId]
    if (!a || toId === undefined || flowFor(from, to, plan, nodeId, flowId) !== null) return
    const source = from.nodes[from.flows[flowId]?.source ?? '']
    add({ code: 'JOIN_DIFFERS', severity: 'refuse', nodeId, toId, message: `${called(a)}已等到${source ? called(source) : '一条分支'}来的一支，新版本的${called(to.nodes[toId]!)}没有这一支` })
  }
}

const byNode = new WeakMap<MigrationPlan, Map<string, MigrationProblem[]>>()
function refusals(plan: MigrationPlan): Map<string, MigrationProblem[]> {
  let known = byNode.get(plan)
  if (!known) byNode.set(plan, known = Map.groupBy(plan.problems.filter((p) => p.severity === 'refuse'), (p) => p.nodeId))
  return known
}

/** Each place by itself would do; do the tokens together still come to an end in the new version, and none does twice what was to be done once? */
function tokenProblems(from: CompiledProcess, to: CompiledProcess, plan: MigrationPlan, state: InstanceState, own: (scopeId: string | null) => boolean): MigrationProblem[] {
  const found: MigrationProblem[] = []
  const depthBefore = depthsOf(from), depthAfter = depthsOf(to)
  for (const level of levelsOf(state, own)) {
    if (!level.tokens.length && !level.joins.length) continue
    const before = starved(from, level)
    const joins = level.joins.map((j) => ({ ...j, nodeId: plan.mapping[j.nodeId]!, flowId: flowFor(from, to, plan, j.nodeId, j.flowId)! }))
    const after = starved(to, { ...level, tokens: level.tokens.map((t) => plan.mapping[t]!), joins })
    const stood = new Set([...before.keys()].map((id) => plan.mapping[id]))
    for (const [joinId, flowId] of after) {
      if (stood.has(joinId)) continue
      const source = to.nodes[to.flows[flowId]!.source]!
      const nodeId = level.joins.find((j) => plan.mapping[j.nodeId] === joinId)?.nodeId ?? level.tokens[0] ?? level.joins[0]!.nodeId
      found.push({ code: 'JOIN_STARVED', severity: 'refuse', nodeId, toId: joinId, message: `新版本的${called(to.nodes[joinId]!)}要等${called(source)}来的一支，这个案例不会再经过那里，会一直等下去` })
    }
    const several = level.tokens.length + level.joins.length > 1
    for (const id of several ? level.tokens : []) {
      const [x, y] = [depthBefore.get(id), depthAfter.get(plan.mapping[id]!)]
      if (x === undefined || y === undefined || Number.isNaN(x) || Number.isNaN(y) || x === y) continue
      found.push({ code: 'BRANCHES_DIFFER', severity: 'refuse', nodeId: id, toId: plan.mapping[id]!, message: `几条分支正在同时办，${called(from.nodes[id]!)}在新版本里${y < x ? '不再是并行的一支，后面的会办两遍' : '在更深一层的并行里'}` })
    }
  }
  return found
}
