import { armTimer } from '../engine/events/timers.ts'
import { drop, listen, type Listening } from '../engine/events/waits.ts'
import type { InstanceState } from '../engine/index.ts'
import type { Run } from '../engine/run.ts'
import { variablesAt } from '../engine/variables.ts'
import type { CompiledNode, CompiledProcess } from '../model/index.ts'
import { awaited, bothTimers, isActivity, signature, triggersOf } from './pair.ts'
import type { Migration, MigrationPlan, PendingTimer } from './types.ts'

/** One event, or pair of events, that something of the case waits for. */
interface Listened { ownerId: string | null; scopeId: string | null; from: CompiledNode | null; to: CompiledNode | null; /** an interrupting event subprocess has taken over: nothing else begins in this scope any more */ closed: boolean }

export interface Listens { all: Listened[]; /** new node ids of subscriptions that stay */ waits: Map<string, string> }

/** Who of the case waits for which events, before and after. */
export function listening(from: CompiledProcess, to: CompiledProcess, plan: MigrationPlan, state: InstanceState, own: (scopeId: string | null) => boolean): Listens {
  const all: Listened[] = []
  const pair = (ownerId: string | null, scopeId: string | null, before: readonly CompiledNode[], after: readonly CompiledNode[], closed = false): void => {
    const met = new Set<string>()
    for (const a of before) {
      const b = after.find((n) => n.id === plan.mapping[a.id]) ?? null
      if (b) met.add(b.id)
      if (awaited(a) || (b && awaited(b))) all.push({ ownerId, scopeId, from: a, to: b, closed })
    }
    for (const b of after) if (!met.has(b.id) && awaited(b)) all.push({ ownerId, scopeId, from: null, to: b, closed })
  }
  const scopes = new Map((state.scopes ?? []).map((s) => [s.id, s]))
  const outermost = (nodeId: string, scopeId: string | null): boolean => { const s = scopeId === null ? undefined : scopes.get(scopeId); return !(s && (s.kind === 'multi' || s.kind === 'instance') && s.nodeId === nodeId) }
  const attached = (process: CompiledProcess, nodeId: string): CompiledNode[] => { const n = process.nodes[nodeId]; return n && isActivity(n) ? n.boundary.map((id) => process.nodes[id]!) : [] }

  for (const s of state.steps) {
    if (!own(s.scopeId)) continue
    const a = from.nodes[s.nodeId]!, b = to.nodes[plan.mapping[s.nodeId]!]!
    if (s.kind === 'receive' || s.kind === 'event') pairSelf(s.id, s.scopeId, a, b)
    if (outermost(s.nodeId, s.scopeId)) pair(s.id, s.scopeId, attached(from, a.id), attached(to, b.id))
  }
  for (const s of state.scopes ?? []) {
    if (!own(s.parentId)) continue
    if (s.kind !== 'event' && s.kind !== 'compensation' && outermost(s.nodeId, s.parentId)) pair(s.id, s.parentId, attached(from, s.nodeId), attached(to, plan.mapping[s.nodeId]!))
    if (['subprocess', 'event', 'adhoc'].includes(s.kind) && own(s.id)) pair(null, s.id, eventStarts(from, s.nodeId), eventStarts(to, plan.mapping[s.nodeId]!), takenOver(s.id))
  }
  pair(null, null, eventStarts(from, null), eventStarts(to, null), takenOver(null))

  const waits = new Map<string, string>()
  for (const w of state.waits ?? []) {
    const of = all.find((l) => l.from?.id === w.nodeId && l.ownerId === w.ownerId && (w.ownerId !== null || l.scopeId === w.scopeId))
    if (of?.to && (signature(of.from!) === signature(of.to) || bothTimers(of.from!, of.to))) waits.set(w.id, of.to.id)
  }
  return { all, waits }

  /** A receive task or catch event waits for itself, an event gateway for the events behind it. */
  function pairSelf(ownerId: string, scopeId: string | null, a: CompiledNode, b: CompiledNode): void {
    if (a.type === 'eventGateway') return pair(ownerId, scopeId, behind(from, a), behind(to, b))
    all.push({ ownerId, scopeId, from: a, to: b, closed: false })
  }
  function takenOver(scopeId: string | null): boolean {
    return (state.scopes ?? []).some((s) => s.kind === 'event' && s.parentId === scopeId && eventStarts(from, scopeId === null ? null : scopes.get(scopeId)!.nodeId).some((n) => n.parent === s.nodeId && n.type === 'startEvent' && n.interrupting))
  }
}

const behind = (process: CompiledProcess, gateway: CompiledNode): CompiledNode[] => [...new Set(gateway.outgoing.map((id) => process.flows[id]!.target))].map((id) => process.nodes[id]!)

/** The start events of the event subprocesses of a subprocess, or (null) of the process. */
function eventStarts(process: CompiledProcess, nodeId: string | null): CompiledNode[] {
  const node = nodeId === null ? null : process.nodes[nodeId]
  const inner = nodeId === null ? process.inner : node && 'inner' in node ? node.inner : null
  return (inner?.eventSubs ?? []).flatMap((id) => {
    const sub = process.nodes[id]
    const start = sub?.type === 'subProcess' ? process.nodes[sub.inner.starts[0] ?? ''] : undefined
    return start?.type === 'startEvent' ? [start] : []
  })
}

/** As the engine begins to listen where a token arrives. */
function asListening(l: Listened): Listening {
  const node = l.to!, several = triggersOf(node).length > 1
  const all = 'all' in node && node.all && (node.type !== 'catchEvent' || several)
  return { node, triggers: triggersOf(node), all, interrupting: 'interrupting' in node ? node.interrupting : true, ownerId: l.ownerId, scopeId: l.scopeId }
}

type Timers = { moved: Migration['timersMoved'][number][]; gone: Migration['timersGone'][number][]; reset: Migration['timersReset'][number][] }

/** Ends what is awaited no longer and begins what is new, on the run of the new version, whose waits have their new names already. */
export function replaceEvents(run: Run, listens: Listens, pending: readonly PendingTimer[] | null): Timers {
  const timers: Timers = { moved: [], gone: [], reset: [] }
  // timers of subscriptions are theirs, so they are looked up before any of those is gone
  const waits = [...run.waits.values()]
  for (const l of listens.all) {
    const before = l.from ? waits.filter((w) => (listens.waits.get(w.id) === undefined ? w.nodeId === l.from!.id : w.nodeId === l.to?.id) && w.ownerId === l.ownerId && (w.ownerId !== null || w.scopeId === l.scopeId)) : []
    const same = l.from !== null && l.to !== null && signature(l.from) === signature(l.to)
    const timerOwners = !l.from || !triggersOf(l.from).some((t) => t.on === 'timer') ? [] : before.some((w) => w.on === 'timer') ? before.filter((w) => w.on === 'timer').map((w) => w.id) : l.ownerId === null ? [] : [l.ownerId]
    const live = timerOwners.filter((ownerId) => pending === null || pending.some((p) => p.ownerId === ownerId && p.nodeId === l.from!.id))
    if (same) {
      if (l.from!.id !== l.to!.id) for (const ownerId of live) timers.moved.push({ ownerId, from: l.from!.id, to: l.to!.id })
      continue
    }
    // it has happened already and does not come again
    if (l.from && awaited(l.from) && !before.length && !live.length) continue
    for (const ownerId of live) timers.gone.push({ ownerId, nodeId: l.from!.id })
    if (l.from && l.to && bothTimers(l.from, l.to)) {
      for (const ownerId of live) reset(run, l, ownerId, timers)
      continue
    }
    for (const w of before) drop(run, w)
    if (l.to && !l.closed) listen(run, asListening(l))
  }
  return timers
}

/** The same timer for another time: armed again, to be counted from where the old one was. */
function reset(run: Run, l: Listened, ownerId: string, timers: Timers): void {
  const [trigger] = triggersOf(l.to!)
  if (trigger?.on !== 'timer') return
  const before = run.effects.timersToArm.length
  armTimer(run, l.to!, trigger.timer, ownerId, 'interrupting' in l.to! ? l.to!.interrupting : true, variablesAt(run, l.scopeId))
  for (const timer of run.effects.timersToArm.slice(before)) timers.reset.push({ timer, was: l.from!.id })
}
