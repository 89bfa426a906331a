import { ProcessError } from '../engine/index.ts'
import type { CompiledNode, CompiledProcess } from '../model/index.ts'
import { awaited, bothTimers, called, isActivity, isBoundary, mayHold, pairProblems, sameKind, signature } from './pair.ts'
import type { MappedNode, MappingAsked, MigrationPlan, MigrationProblem } from './types.ts'

/** Several old nodes may become one of these: whoever waits there has a step of their own. */
const SHARED: ReadonlySet<string> = new Set(['userTask', 'serviceTask', 'receiveTask', 'catchEvent'])

/**
 * How the cases of one version could go over to another: a counterpart for every node that can hold something of a case (by id, else by a name
 * that occurs once, unless `asked` says otherwise), and what stands against it. Error NODE_UNKNOWN: `asked` names a node that there is not.
 */
export function planMigration(from: CompiledProcess, to: CompiledProcess, asked: MappingAsked = {}): MigrationPlan {
  const own = Object.values(from.nodes).filter((n) => mayHold(n, from)), targets = Object.values(to.nodes).filter((n) => mayHold(n, to))
  check(from, to, asked)
  const nodes = suggest(from, to, own, targets, asked)
  const mapping = Object.fromEntries(nodes.flatMap((n) => (n.to === null ? [] : [[n.id, n.to]])))
  const problems: MigrationProblem[] = []
  for (const { id, to: toId } of nodes) {
    const a = from.nodes[id]!, b = toId === null ? null : to.nodes[toId]!
    if (b) problems.push(...pairProblems(from, to, a, b, mapping), ...eventNotes(to, a, b))
    else if (!isBoundary(a) && a.type !== 'startEvent') problems.push({ code: 'NODE_MISSING', severity: 'refuse', nodeId: id, toId: null, message: `${called(a)}在新版本里没有对应的环节` })
    else if (awaited(a)) problems.push({ code: 'EVENT_GONE', severity: 'note', nodeId: id, toId: null, message: `${called(a)}在新版本里没有了，还在等它的不再等` })
    if (b && !SHARED.has(b.type) && nodes.some((n) => n.id !== id && n.to === toId)) problems.push({ code: 'MAPPED_TWICE', severity: 'refuse', nodeId: id, toId, message: `几个节点都对应${called(b)}，这种节点只能一个对一个` })
  }
  problems.push(...newEvents(from, to, nodes))
  return { mapping, nodes, targets: targets.map(({ id, name, type }) => ({ id, name: name || id, type })), problems }
}

function check(from: CompiledProcess, to: CompiledProcess, asked: MappingAsked): void {
  for (const [id, target] of Object.entries(asked)) {
    if (!Object.hasOwn(from.nodes, id)) throw new ProcessError('NODE_UNKNOWN', `原来的版本里没有节点“${id}”`, { nodeId: id })
    if (target !== null && !Object.hasOwn(to.nodes, target)) throw new ProcessError('NODE_UNKNOWN', `新的版本里没有节点“${target}”`, { nodeId: target })
  }
}

function suggest(from: CompiledProcess, to: CompiledProcess, own: readonly CompiledNode[], targets: readonly CompiledNode[], asked: MappingAsked): MappedNode[] {
  const found = new Map<string, { to: string | null; how: MappedNode['how'] }>()
  const taken = new Set<string>()
  const take = (id: string, target: string | null, how: MappedNode['how']): void => { found.set(id, { to: target, how }); if (target !== null) taken.add(target) }
  for (const [id, target] of Object.entries(asked)) take(id, target, 'told')
  for (const n of own) {
    const same = to.nodes[n.id]
    if (!found.has(n.id) && same && sameKind(n, same) && !taken.has(same.id)) take(n.id, same.id, 'id')
  }
  const once = (list: readonly CompiledNode[], n: CompiledNode): CompiledNode | null => { const all = list.filter((x) => x.name === n.name && sameKind(x, n)); return all.length === 1 ? all[0]! : null }
  const left = own.filter((n) => !found.has(n.id) && n.name !== '')
  for (const n of left) {
    const named = once(targets.filter((t) => !taken.has(t.id)), n)
    if (named && once(left, n)) take(n.id, named.id, 'name')
  }
  const ids = new Set([...own.map((n) => n.id), ...Object.keys(asked)])
  return [...ids].map((id) => { const n = from.nodes[id]!; return { id, name: n.name || id, type: n.type, ...(found.get(id) ?? { to: null, how: 'none' as const }) } })
}

function eventNotes(to: CompiledProcess, a: CompiledNode, b: CompiledNode): MigrationProblem[] {
  if ((!awaited(a) && !awaited(b)) || signature(a) === signature(b)) return []
  const message = bothTimers(a, b) ? `${called(b)}的时间变了，从原来开始计时的那一刻重新算` : `${called(b)}等的事变了，从迁移时重新等`
  return [{ code: 'EVENT_CHANGED', severity: 'note', nodeId: a.id, toId: b.id, message }]
}

/** Events at an activity (or within a subprocess) that cases are at, which the old version did not have. */
function newEvents(from: CompiledProcess, to: CompiledProcess, nodes: readonly MappedNode[]): MigrationProblem[] {
  const known = new Set(nodes.map((n) => n.to)), notes: MigrationProblem[] = []
  for (const { id, to: toId } of nodes) {
    const b = toId === null ? undefined : to.nodes[toId]
    if (!b || !isActivity(b)) continue
    for (const eventId of b.boundary) {
      const event = to.nodes[eventId]!
      if (!known.has(eventId) && awaited(event)) notes.push({ code: 'EVENT_NEW', severity: 'note', nodeId: id, toId: eventId, message: `${called(b)}上新加了${called(event)}，从迁移时开始等` })
    }
  }
  return notes
}
