import type { CompiledProcess } from '../model/index.ts'

/**
 * The drawn model as a net of places and transitions, to play recorded cases on. It says what the drawing allows, whatever the data of a
 * case were: conditions are choices, timers and messages may come.
 */
export interface Transition {
  /** the node it stands for */
  node: string
  /** it shows in the history; the others (gateways, events, leaving by one of several flows) are silent */
  visible: boolean
  consumes: readonly number[]
  produces: readonly number[]
  /** flows that a token passes by it */
  flows: readonly string[]
  /** an inclusive join: takes a token from each of these places that has one, and needs at least one */
  takes?: readonly number[]
  /** places that lose what is in them: the rest of a process that is terminated, of a scope that is interrupted */
  clears?: readonly number[]
  /** places that must be empty: a subprocess ends when nothing in it goes on */
  empty?: readonly number[]
  /** it adds tokens for nothing, so it fires once where its places are empty */
  once?: boolean
}

export interface Net {
  /** number of places; place 0 holds the token of the start */
  places: number
  transitions: readonly Transition[]
  /** visible transitions by node */
  byNode: ReadonlyMap<string, Transition>
  /** where a case that ended at this node has its token */
  sinks: ReadonlyMap<string, number>
  isSink: readonly boolean[]
  /** places that only allow: a token left there is nothing undone, and none is counted */
  optional: readonly boolean[]
  /** transitions by the places they take from; those that take from none under -1 */
  consumers: ReadonlyMap<number, readonly Transition[]>
  /** silent and in conflict with nothing: firing it at once loses no possibility */
  eager: ReadonlySet<Transition>
}

/** What the net needs to know of a node. Kinds it does not know pass their token on, which is what most of them do. */
interface Node {
  id: string; type: string; incoming: readonly string[]; outgoing: readonly string[]; defaultFlow: string | null; parent: string | null
  attachedTo?: string; interrupting?: boolean; terminate?: boolean; linkTo?: string | null; triggeredByEvent?: boolean; forCompensation?: boolean; inner?: { starts: readonly string[] }
  loop?: unknown; task?: { outcomes?: ReadonlyArray<{ flowId: string | null }> }
}

/** @param logged ids of nodes of which the history holds steps; they and the user tasks are visible, all else is silent */
export function netOf(process: CompiledProcess, logged: ReadonlySet<string>): Net {
  const nodes = Object.values(process.nodes) as unknown as Node[]
  const known = new Map(nodes.map(n => [n.id, n]))
  const transitions: Transition[] = []
  const names = new Map<string, number>([['start', 0]])
  const place = (name: string): number => {
    const found = names.get(name) ?? names.size
    names.set(name, found)
    return found
  }
  const inner = new Map<string, number[]>()
  const children = (id: string): Node[] => nodes.filter(n => n.parent === id)
  const joins = (n: Node): boolean => n.incoming.length > 1 && /parallelGateway|inclusiveGateway|complexGateway/i.test(n.type)
  const into = (n: Node, flow?: string): number => place(joins(n) && flow ? `flow ${flow}` : `in ${n.id}`)
  const target = (flow: string): number => into(known.get(process.flows[flow]!.target)!, flow)
  const add = (t: Partial<Transition> & { node: string }): void => { transitions.push({ visible: false, consumes: [], produces: [], flows: [], ...t }) }
  /** Leaves a node by every way the drawing allows; without flows the token is used up, at the top by an end of its own. */
  const leave = (n: Node, from: Partial<Transition>): void => {
    const { ways, more } = n.outgoing.length ? waysOut(process, n) : { ways: [[]], more: [] }
    for (const flows of ways) {
      const stray = flows.length === 0 && n.parent === null ? [place(`sink ${n.id}`)] : []
      // which of several ways were taken shows only later: one is taken when it is needed, and leaves the others open until they meet again
      const others = flows.some(flow => more.includes(flow)) ? more.filter(flow => !flows.includes(flow)).map(flow => place(`more ${n.id} ${flow}`)) : []
      add({ node: n.id, ...from, flows, produces: [...(from.produces ?? []), ...flows.map(target), ...stray, ...others] })
    }
    if (more.length > 1) for (const flow of more) add({ node: n.id, consumes: [place(`more ${n.id} ${flow}`)], flows: [flow], produces: [target(flow)] })
  }
  // a process without a start event begins at everything that nothing leads to; one that a message starts, at whatever waits for it
  const begins = process.startId ? [] : process.inner.starts.flatMap(id => known.get(id) ?? [])
  if (begins.length) add({ node: begins[0]!.id, consumes: [0], produces: begins.map(n => into(n)) })
  for (const { id } of process.starts) {
    const n = known.get(id)
    if (n && !/^startEvent$/i.test(n.type) && !begins.includes(n)) add({ node: id, consumes: [0], produces: [into(n)] })
  }
  for (const n of nodes) {
    const inside = children(n.id)
    if (/^startEvent$/i.test(n.type)) { if (n.parent === null) leave(n, { consumes: [0] }); else leave(n, { consumes: [into(n)] }); continue }
    if (n.attachedTo) {
      const host = known.get(n.attachedTo)
      if (!host) continue
      const held = children(host.id).length ? place(`open ${host.id}`) : into(host)
      if (n.interrupting === false) {
        leave(n, { consumes: [held], produces: [held], once: true })
        // the history shows what came of it only later, often when the activity itself is over
        leave(n, { consumes: [place(`late ${n.id}`)] })
      }
      else leave(n, { consumes: [held], clears: inner.get(host.id) ?? innerPlaces(host.id) })
      continue
    }
    if (/^endEvent$/i.test(n.type)) {
      const scope = n.terminate ? { clears: innerPlaces(n.parent) } : {}
      add({ node: n.id, consumes: [into(n)], produces: n.parent === null ? [place(`sink ${n.id}`)] : [], ...scope })
      continue
    }
    if (inside.length) { subprocess(n); continue }
    const visible = n.type === 'userTask' || logged.has(n.id)
    const free = n.incoming.length === 0 && n.parent !== null
    if (n.forCompensation) { if (visible) add({ node: n.id, visible }); continue }
    if (visible) {
      const consumes = joins(n) ? n.incoming.map(target) : [into(n)]
      const several = n.loop
      if (!several && n.outgoing.length && waysOut(process, n).ways.length === 1) leave(n, { visible, consumes, produces: lateOf(n) })
      else {
        const done = place(`out ${n.id}`)
        add({ node: n.id, visible, consumes, produces: [done, ...lateOf(n)] })
        // several at once or one after the other: each leaves a step in the history, the last one leaves the node
        if (several) add({ node: n.id, consumes: [done], produces: [into(n)] })
        leave(n, { consumes: [done] })
      }
      if (free && /adhoc/i.test(known.get(n.parent!)?.type ?? '')) add({ node: n.id, consumes: [place(`open ${n.parent}`)], produces: [place(`open ${n.parent}`), into(n)], once: true })
    } else if (joins(n)) leave(n, /parallel/i.test(n.type) ? { consumes: n.incoming.map(target) } : { takes: n.incoming.map(target), clears: stillOpen(n) })
    else if (n.linkTo && known.has(n.linkTo)) add({ node: n.id, consumes: [into(n)], produces: [into(known.get(n.linkTo)!)] })
    else leave(n, { consumes: [into(n)] })
  }
  /** Ways left open by splits that lead here: once the branches have met, none of them begins any more. */
  function stillOpen(join: Node): number[] {
    const before = new Set([join.id])
    for (const id of before) {
      const host = known.get(id)?.attachedTo
      if (host) before.add(host)
      for (const flow of known.get(id)?.incoming ?? []) before.add(process.flows[flow]!.source)
    }
    return [...before].flatMap(id => { const n = known.get(id)!; const { more } = n.outgoing.length ? waysOut(process, n) : { more: [] }; return more.length > 1 ? more.map(flow => place(`more ${id} ${flow}`)) : [] })
  }
  /** What the events that do not interrupt a node may still do once it is over. */
  function lateOf(host: Node): number[] { return nodes.filter(b => b.attachedTo === host.id && b.interrupting === false).map(b => place(`late ${b.id}`)) }
  /** Goes in with its token, and out when everything in it is done. An event subprocess begins by itself while its scope is on. */
  function subprocess(n: Node): void {
    const open = place(`open ${n.id}`)
    const starts = (n.inner?.starts ?? []).flatMap(id => known.get(id) ?? [])
    const first = /adhoc/i.test(n.type) ? [] : starts
    const within = innerPlaces(n.id)
    if (n.triggeredByEvent) {
      for (const start of starts) add({ node: n.id, produces: [open, into(start)], once: true, ...(start.interrupting === false ? {} : { clears: innerPlaces(n.parent).filter(p => !within.includes(p) && p !== open) }) })
    } else add({ node: n.id, consumes: [into(n)], produces: [open, ...first.map(x => into(x))] })
    // once more, at the same time or afterwards
    if (n.loop) add({ node: n.id, consumes: [open], produces: [open, ...first.map(x => into(x))] })
    if (n.triggeredByEvent) add({ node: n.id, consumes: [open], empty: within })
    else if (logged.has(n.id)) {
      add({ node: n.id, visible: true, consumes: [open], empty: within, produces: [place(`out ${n.id}`), ...lateOf(n)] })
      leave(n, { consumes: [place(`out ${n.id}`)] })
    } else leave(n, { consumes: [open], empty: within, produces: lateOf(n) })
  }
  /** All places of what lies in a scope, at any depth; of the process itself all but the ends. */
  function innerPlaces(scope: string | null): number[] {
    const known = inner.get(scope ?? '')
    if (known) return known
    const places = children2(scope).flatMap(n => [...(joins(n) ? n.incoming.map(f => place(`flow ${f}`)) : [place(`in ${n.id}`)]), place(`out ${n.id}`), place(`open ${n.id}`), ...innerPlaces(n.id)])
    inner.set(scope ?? '', places)
    return places
  }
  function children2(scope: string | null): Node[] { return nodes.filter(n => n.parent === scope && !n.attachedTo) }

  const optional = Array.from(names, ([name]) => /^(late|more) /.test(name))
  const isSink = Array.from(names, ([name]) => name.startsWith('sink '))
  const consumers = new Map<number, Transition[]>()
  for (const t of transitions) for (const p of t.consumes.length || t.takes ? [...t.consumes, ...(t.takes ?? [])] : [-1]) consumers.set(p, [...(consumers.get(p) ?? []), t])
  const eager = new Set(transitions.filter(t => !t.visible && !t.clears && !t.takes && !t.empty && !t.once && t.consumes.length > 0 && t.consumes.every(p => !optional[p] && consumers.get(p)!.length === 1)))
  return {
    places: names.size, transitions, isSink, optional, consumers, eager,
    byNode: new Map(transitions.filter(t => t.visible).map(t => [t.node, t])),
    sinks: new Map([...names].flatMap(([name, p]) => (name.startsWith('sink ') ? [[name.slice(5), p] as const] : []))),
  }
}

/** The sets of flows by which a token may leave a node; `more`: flows of which any may be taken besides, if one of them is. */
function waysOut(process: CompiledProcess, n: Node): { ways: string[][]; more: string[] } {
  const out = [...n.outgoing]
  const only = (ways: string[][]) => ({ ways, more: [] })
  if (/exclusiveGateway|eventBasedGateway|eventGateway/i.test(n.type)) return only(out.map(flow => [flow]))
  if (/parallelGateway/i.test(n.type)) return only([out])
  if (/inclusiveGateway|complexGateway/i.test(n.type)) return { ways: out.map(flow => [flow]), more: out.filter(flow => flow !== n.defaultFlow) }
  const chosen = (n.task?.outcomes ?? []).flatMap(o => (o.flowId && out.includes(o.flowId) ? [[o.flowId]] : []))
  const conditional = out.filter(flow => process.flows[flow]!.condition && flow !== n.defaultFlow)
  if (conditional.length === 0) return only(unique([out, ...chosen]))
  const always = out.filter(flow => !process.flows[flow]!.condition && flow !== n.defaultFlow)
  const otherwise = n.defaultFlow ? [[...always, n.defaultFlow]] : always.length ? [always] : []
  return { ways: unique([...conditional.map(flow => [...always, flow]), ...otherwise, ...chosen]), more: conditional }
}

const unique = (ways: string[][]): string[][] => [...new Map(ways.map(way => [way.join('\n'), way])).values()]
