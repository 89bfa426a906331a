import type { Flow, Graph, Node } from './graph-model.ts'

/**
 * The token game as the standard draws it: tokens lie on flows, a node takes them from the flows into it and puts some on the flows out of it
 * (BPMN 2.0.2, chapter 13). Nothing here is shared with the engine: no queue, no counters at joins, no look at what is known already.
 * Where the standard leaves open which of several inclusive joins goes first, all orders are tried.
 */
export interface Marking {
  /** tokens on flows, by flow id */
  on: Record<string, number>
  /** tokens that wait for somebody: at a task, an event, an event gateway */
  rest: { id: string; node: string; timers: string[] }[]
  /** subprocesses at work, with what is inside */
  subs: { id: string; node: string; timers: string[]; inner: Marking }[]
}

export interface Outcome { marking: Marking; killed: boolean }

/** `refused`: a node without a way on, or more than FIRINGS without rest. */
export type Answer = { refused: true } | ({ refused: false } & Outcome)

/** More than this many firings are a circle; in between, either answer of the engine will do. */
export const FIRINGS = { few: 150, many: 600 }

interface Ways { out: Flow[]; into: Flow[]; /** by which a token at the node may leave: also those of the events attached to it */ onward: Flow[] }
const drawn = new WeakMap<Graph, { ways: Map<string, Ways>; flows: Map<string, Flow>; ends: Map<string, Set<string>> }>()

/** The same drawing, by node: looked up a thousand times an act. */
function at(graph: Graph) {
  let known = drawn.get(graph)
  if (!known) {
    const { nodes, flows } = graph
    const ways = [...nodes.keys()].map((id): [string, Ways] => [id, { out: flows.filter((f) => f.from === id), into: flows.filter((f) => f.to === id), onward: flows.filter((f) => f.from === id || nodes.get(f.from)!.host === id) }])
    drawn.set(graph, (known = { ways: new Map(ways), flows: new Map(flows.map((f) => [f.id, f])), ends: new Map() }))
  }
  return known
}
const out = (graph: Graph, id: string): Flow[] => at(graph).ways.get(id)!.out
const into = (graph: Graph, id: string): Flow[] => at(graph).ways.get(id)!.into
const onward = (graph: Graph, id: string): Flow[] => at(graph).ways.get(id)!.onward

const PATHS = 40

class TooLong extends Error {}
class NoWay extends Error {}

interface Game { v: number; fired: number; luck: () => number; killed: boolean; next: number }

const empty = (): Marking => ({ on: {}, rest: [], subs: [] })

/** The markings in which the process may rest after the act; `unsure`: it took so long that the engine may refuse as well. */
export function play(graph: Graph, before: Marking | null, act: Act | null, v: number, luck: () => number): { answers: Answer[]; unsure: boolean } {
  const answers = new Map<string, Answer>()
  let unsure = false
  // each choice between inclusive joins is a path; all paths are walked, one after the other
  const paths: number[][] = [[]]
  let walked = 0
  for (let path = paths.pop(); path !== undefined; path = paths.pop()) {
    // with so many orders not all are known: the engine may have taken another one
    if ((walked += 1) > PATHS) { unsure = true; break }
    const taken = path
    let at = 0
    const choose = (n: number): number => {
      if (n === 1) return 0
      const chosen = taken[at]
      at += 1
      // luck took the other moves in another order this time: another choice than the one that was meant
      if (chosen !== undefined && chosen >= n) { unsure = true; return 0 }
      if (chosen !== undefined) return chosen
      for (let other = 1; other < n; other += 1) paths.push([...taken, other])
      taken.push(0)
      return 0
    }
    const game: Game = { v, fired: 0, luck, killed: false, next: 0 }
    let answer: Answer
    try {
      const marking = before ? structuredClone(before) : empty()
      if (!before) leave(graph, marking, graph.nodes.get(graph.start)!, game)
      else happen(graph, marking, act!, game)
      settle(graph, marking, game, choose)
      answer = { refused: false, marking, killed: game.killed }
    } catch (error) {
      if (!(error instanceof NoWay) && !(error instanceof TooLong)) throw error
      answer = { refused: true }
    }
    if (game.fired > FIRINGS.few) unsure = true
    // a terminate may come before what is refused elsewhere, and then nothing is refused
    if (answer.refused && kills(graph)) unsure = true
    answers.set(answer.refused ? 'refused' : `${answer.killed} ${canonical(answer.marking)}`, answer)
  }
  return { answers: [...answers.values()], unsure }
}

export const kills = (graph: Graph): boolean => [...graph.nodes.values()].some((n) => n.kind === 'kill' || (n.inner && kills(n.inner)))

/** A task is done, a timer or a message happens: to the token `id`, wherever it is. */
export type Act = { id: string; what: 'done' } | { id: string; what: 'happens'; event: string }

/** All that can happen. */
export function acts(graph: Graph, m: Marking): Act[] {
  const own = m.rest.flatMap(({ id, node, timers }): Act[] => {
    const { kind } = graph.nodes.get(node)!
    const heard = kind === 'message' ? [node] : kind === 'choice' ? targets(graph, node).filter((t) => graph.nodes.get(t)!.kind === 'message') : []
    return [...(kind === 'user' ? [{ id, what: 'done' as const }] : []), ...[...timers, ...heard, ...heardAt(graph, node)].map((event) => ({ id, what: 'happens' as const, event }))]
  })
  const within = m.subs.flatMap(({ id, node, timers, inner }): Act[] => [
    ...[...timers, ...heardAt(graph, node)].map((event) => ({ id, what: 'happens' as const, event })), ...acts(graph.nodes.get(node)!.inner!, inner),
  ])
  return [...own, ...within]
}

const targets = (graph: Graph, node: string): string[] => [...new Set(out(graph, node).map((f) => f.to))]
const boundaries = (graph: Graph, host: string): Node[] => [...graph.nodes.values()].filter((n) => n.host === host)
const heardAt = (graph: Graph, host: string): string[] => boundaries(graph, host).filter((b) => b.awaits === 'message').map((b) => b.id)

function happen(graph: Graph, m: Marking, act: Act, game: Game): boolean {
  const here = m.rest.find((r) => r.id === act.id) ?? m.subs.find((s) => s.id === act.id)
  if (!here) return m.subs.some((s) => happen(graph.nodes.get(s.node)!.inner!, s.inner, act, game))
  const away = () => {
    m.rest = m.rest.filter((r) => r !== here)
    m.subs = m.subs.filter((s) => s !== here)
  }
  if (act.what === 'done') {
    away()
    leave(graph, m, graph.nodes.get(here.node)!, game)
    return true
  }
  const event = graph.nodes.get(act.event)!
  if (event.kind !== 'boundary' || event.interrupting) away()
  else here.timers = here.timers.filter((t) => t !== event.id)
  leave(graph, m, event, game)
  return true
}

/** Until nothing moves by itself. Of what can move, any may be first; inclusive joins are last, as all else is still to come to them. */
function settle(graph: Graph, m: Marking, game: Game, choose: (n: number) => number): void {
  for (;;) {
    const moves = plain(graph, m, game)
    const joins = moves.length ? [] : inclusive(graph, m, game)
    const all = moves.length ? [moves[game.luck() % moves.length]!] : joins
    if (!all.length) return
    game.fired += 1
    if (game.fired > FIRINGS.many) throw new TooLong()
    all[moves.length ? 0 : choose(joins.length)]!()
  }
}

/** Every move that is possible now, but for inclusive joins. */
function plain(graph: Graph, m: Marking, game: Game): (() => void)[] {
  const moves: (() => void)[] = []
  for (const id of new Set(Object.keys(m.on).map((f) => at(graph).flows.get(f)!.to))) {
    const node = graph.nodes.get(id)!
    const ways = into(graph, id)
    const full = ways.filter((f) => (m.on[f.id] ?? 0) > 0)
    if (!full.length || (node.kind === 'or' && ways.length > 1)) continue
    if (node.kind !== 'and') for (const f of full) moves.push(() => { take(m, f); enter(graph, m, node, game) })
    else if (full.length === ways.length) moves.push(() => { for (const f of ways) take(m, f); leave(graph, m, node, game) })
  }
  for (const sub of m.subs) {
    const inner = graph.nodes.get(sub.node)!.inner!
    moves.push(...plain(inner, sub.inner, game))
    if (isEmpty(sub.inner)) moves.push(() => { m.subs = m.subs.filter((s) => s !== sub); leave(graph, m, graph.nodes.get(sub.node)!, game) })
  }
  return moves
}

function inclusive(graph: Graph, m: Marking, game: Game): (() => void)[] {
  const moves = m.subs.flatMap((s) => inclusive(graph.nodes.get(s.node)!.inner!, s.inner, game))
  for (const node of graph.nodes.values()) {
    const ways = into(graph, node.id)
    if (node.kind !== 'or' || ways.length < 2) continue
    const has = (f: Flow) => (m.on[f.id] ?? 0) > 0
    const full = ways.filter(has)
    if (!full.length) continue
    // a token on a flow, and one at a node, which may leave by any of its flows or by an event attached to it
    const places = [
      ...graph.flows.filter(has).map((f) => paths(graph, f, node.id)),
      ...[...m.rest, ...m.subs].map((r) => onward(graph, r.node).reduce((all, f) => { for (const end of paths(graph, f, node.id)) all.add(end); return all }, new Set<string>())),
    ]
    const waits = places.some((ends) => ways.some((f) => !has(f) && ends.has(f.id)) && !full.some((f) => ends.has(f.id)))
    if (!waits) moves.push(() => { for (const f of full) take(m, f); leave(graph, m, node, game) })
  }
  return moves
}

/** The flows into `gate` at which a token on `from` can arrive without passing it. */
function paths(graph: Graph, from: Flow, gate: string): Set<string> {
  const { ends: known } = at(graph)
  const key = `${from.id} ${gate}`
  const before = known.get(key)
  if (before) return before
  const ends = new Set<string>()
  known.set(key, ends)
  const seen = new Set<string>()
  const walk = (f: Flow): void => {
    if (seen.has(f.id)) return
    seen.add(f.id)
    if (f.to === gate) return void ends.add(f.id)
    onward(graph, f.to).forEach(walk)
  }
  walk(from)
  return ends
}

function take(m: Marking, f: Flow): void {
  m.on[f.id]! -= 1
  if (!m.on[f.id]) delete m.on[f.id]
}

const isEmpty = (m: Marking): boolean => !m.rest.length && !m.subs.length && !Object.keys(m.on).length

function enter(graph: Graph, m: Marking, node: Node, game: Game): void {
  const timers = (): string[] => (node.kind === 'choice' ? targets(graph, node.id).filter((t) => graph.nodes.get(t)!.kind === 'timer') : node.kind === 'timer' ? [node.id] : boundaries(graph, node.id).filter((b) => b.awaits === 'timer').map((b) => b.id))
  switch (node.kind) {
    case 'user':
    case 'choice':
    case 'message':
    case 'timer': return void m.rest.push({ id: '', node: node.id, timers: timers() })
    case 'sub': {
      const inner = empty()
      leave(node.inner!, inner, node.inner!.nodes.get(node.inner!.start)!, game)
      return void m.subs.push({ id: '', node: node.id, timers: timers(), inner })
    }
    case 'end': return
    case 'kill':
      Object.assign(m, empty())
      if (graph.start === 'ns') game.killed = true
      return
    default: leave(graph, m, node, game)
  }
}

function leave(graph: Graph, m: Marking, node: Node, game: Game): void {
  const ways = out(graph, node.id)
  const holds = ways.filter((f) => !f.otherwise && (f.bit === null || (game.v >> f.bit) % 2 === 1))
  const chosen = node.kind === 'xor' ? holds.slice(0, 1) : holds
  const taken = chosen.length ? chosen : ways.filter((f) => f.otherwise)
  if (ways.length && !taken.length) throw new NoWay()
  for (const f of taken) m.on[f.id] = (m.on[f.id] ?? 0) + 1
}

/** Nodes at which tokens wait for ever: nothing else is left at work beside them. */
export function stuckAt(graph: Graph, m: Marking): string[] {
  const own = m.rest.length || m.subs.length ? [] : Object.keys(m.on).map((id) => graph.flows.find((f) => f.id === id)!.to)
  return [...own, ...m.subs.flatMap((s) => stuckAt(graph.nodes.get(s.node)!.inner!, s.inner))]
}

/** Tokens as the engine counts them: on flows, at rest, and one for each subprocess. */
export const weight = (m: Marking): number => m.rest.length + Object.values(m.on).reduce((a, b) => a + b, 0) + m.subs.reduce((sum, s) => sum + 1 + weight(s.inner), 0)

/** The same text for the same marking, whatever the ids and the order. */
export function canonical(m: Marking): string {
  const on = Object.entries(m.on).toSorted(([a], [b]) => a.localeCompare(b)).map(([id, n]) => `${id}:${n}`)
  const rest = m.rest.map((r) => `${r.node}(${r.timers.toSorted().join()})`).toSorted()
  const subs = m.subs.map((s) => `${s.node}(${s.timers.toSorted().join()})[${canonical(s.inner)}]`).toSorted()
  return [...on, ...rest, ...subs].join(' ')
}
