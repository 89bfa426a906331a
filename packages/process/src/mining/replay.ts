import type { Net, Transition } from './net.ts'

/** Tokens by place. */
export type Marking = Uint8Array

/** A search never looks at more markings than this, and all searches of one question together not at more than `BUDGET`. */
const STATES = 3_000
export const BUDGET = 1_500_000
/** More tokens in one place than this are no process but a runaway. */
const CROWD = 4

export interface Purse { left: number }

export function enabled(m: Marking, t: Transition): boolean {
  for (const p of t.consumes) if (m[p] === 0) return false
  if (t.takes && !t.takes.some(p => m[p]! > 0)) return false
  if (t.empty?.some(p => m[p]! > 0)) return false
  return !t.once || t.produces.every(p => m[p] === 0 || t.consumes.includes(p))
}

/** Tokens of one or many cases: produced, consumed, missing, remaining. */
export interface Tokens { produced: number; consumed: number; missing: number; remaining: number }

/** Moves the tokens; what is not there is taken all the same and counted as missing. */
export function fire(net: Net, m: Marking, t: Transition, tokens?: Tokens): void {
  const take = (p: number): void => {
    if (net.optional[p]) { m[p] = 0; return }
    if (tokens) tokens.consumed++
    if (m[p]! > 0) m[p]!--
    else if (tokens) tokens.missing++
  }
  t.consumes.forEach(take)
  if (t.takes) {
    const there = t.takes.filter(p => m[p]! > 0);
    (there.length ? there : t.takes.slice(0, 1)).forEach(take)
  }
  for (const p of t.clears ?? []) {
    if (tokens && !net.optional[p]) tokens.consumed += m[p]!
    m[p] = 0
  }
  for (const p of t.produces) {
    m[p] = net.optional[p] ? 1 : Math.min(255, m[p]! + 1)
    if (tokens && !net.optional[p]) tokens.produced++
  }
}

const keyOf = (m: Marking): string => String.fromCharCode(...m)

/** Everything silent that competes with nothing happens at once; returns what was fired. */
export function settle(net: Net, m: Marking, tokens?: Tokens): Transition[] {
  const fired: Transition[] = []
  for (let again = true; again && fired.length < 1000;) {
    again = false
    for (const t of net.eager) {
      if (!enabled(m, t)) continue
      fire(net, m, t, tokens)
      fired.push(t)
      again = true
    }
  }
  return fired
}

/** What could fire in this marking. */
function possible(net: Net, m: Marking): Transition[] {
  const found = new Set<Transition>()
  const look = (p: number): void => { for (const t of net.consumers.get(p) ?? []) if (enabled(m, t)) found.add(t) }
  look(-1)
  for (let p = 0; p < m.length; p++) if (m[p]! > 0) look(p)
  return [...found]
}

interface Visited { m: Marking; by: Transition | null; from: Visited | null; cost: number }

/**
 * The cheapest way from a marking to one that satisfies `goal`: silent transitions cost nothing, visible ones what `price` says (null: not
 * allowed). A 0-1 search with bounds; null where there is none within them.
 */
export function wayTo(net: Net, from: Marking, goal: (m: Marking) => boolean, purse: Purse, price: (t: Transition) => 0 | 1 | null = () => null, most = 3): Transition[] | null {
  // queues[c]: found at the cost c
  const queues: Visited[][] = Array.from({ length: most + 1 }, () => [])
  const best = new Map<string, number>()
  const start = from.slice()
  queues[0]!.push({ m: start, by: null, from: null, cost: 0 })
  best.set(keyOf(start), 0)
  let states = 0
  for (const queue of queues) {
    for (let head = 0; head < queue.length; head++) {
      const at = queue[head]!
      if (best.get(keyOf(at.m))! < at.cost) continue
      if (goal(at.m)) return wayOf(at)
      if (++states > STATES || --purse.left < 0) return null
      for (const t of possible(net, at.m)) {
        const step = t.visible ? price(t) : 0
        if (step === null || at.cost + step > most) continue
        const m = at.m.slice()
        fire(net, m, t)
        if (t.produces.some(p => m[p]! > CROWD)) continue
        const key = keyOf(m), cost = at.cost + step
        if ((best.get(key) ?? Infinity) <= cost) continue
        best.set(key, cost)
        queues[cost]!.push({ m, by: t, from: at, cost })
      }
    }
  }
  return null
}

function wayOf(end: Visited): Transition[] {
  const way: Transition[] = []
  for (let at: Visited | null = end; at?.by; at = at.from) way.push(at.by)
  return way.reverse()
}

/** Has the case come to its end (the given one, if known), and is nothing left elsewhere? */
export function atEnd(net: Net, endNode: string): (m: Marking) => boolean {
  const sink = net.sinks.get(endNode)
  return m => {
    let ended = sink !== undefined && m[sink]! > 0
    for (let p = 0; p < m.length; p++) {
      if (m[p] === 0 || net.optional[p]) continue
      if (!net.isSink[p]) return false
      if (sink === undefined) ended = true
    }
    return ended
  }
}

/**
 * Token replay: plays the completed activities of one case on the net, taking silent transitions where they are needed, and
 * counts the tokens. Fitness is f = ½(1 − m/c) + ½(1 − r/p) (Rozinat & van der Aalst, Conformance checking of processes based on monitoring
 * real behavior, Information Systems 33 (2008) 64–95). An activity that the model does not have counts as a transition that stands alone:
 * one token missing before it and one remaining behind it.
 */
export function replayTokens(net: Net, trace: readonly string[], endNode: string, purse: Purse): Tokens {
  const tokens: Tokens = { produced: 1, consumed: 0, missing: 0, remaining: 0 }
  const m = new Uint8Array(net.places)
  m[0] = 1
  settle(net, m, tokens)
  for (const node of trace) {
    const t = net.byNode.get(node)
    if (!t) {
      tokens.produced++
      tokens.consumed++
      tokens.missing++
      tokens.remaining++
      continue
    }
    if (!enabled(m, t)) for (const silent of wayTo(net, m, x => enabled(x, t), purse) ?? []) fire(net, m, silent, tokens)
    fire(net, m, t, tokens)
    settle(net, m, tokens)
  }
  const sink = net.sinks.get(endNode)
  const way = wayTo(net, m, atEnd(net, endNode), purse) ?? (sink === undefined ? null : wayTo(net, m, x => x[sink]! > 0, purse)) ?? []
  for (const silent of way) fire(net, m, silent, tokens)
  let ends = 0
  for (let p = 0; p < m.length; p++) {
    if (net.isSink[p]) ends += m[p]!
    else if (!net.optional[p]) tokens.remaining += m[p]!
  }
  // the environment takes the token of the end, whether it is there or not
  tokens.consumed += Math.max(1, ends)
  if (ends === 0) tokens.missing++
  return tokens
}

/** 0…1; 1 where every token came and went as drawn. */
export const fitnessOf = ({ produced, consumed, missing, remaining }: Tokens): number => (consumed && produced ? 0.5 * (1 - missing / consumed) + 0.5 * (1 - remaining / produced) : 1)
