import type { Block } from './random-model.ts'
import { takenBranches } from './random-model.ts'

/** What is left to do of a block, as a term: the oracle rewrites terms and knows no tokens, flows or joins. */
export type Rest =
  | { k: 'done' }
  | { k: 'task'; id: string }
  | { k: 'decide'; id: string; again: () => Rest }
  | { k: 'timed'; id: string; interrupting: boolean; side: () => Rest; fired: boolean }
  | { k: 'then'; first: Rest; next: (() => Rest)[] }
  | { k: 'both'; parts: Rest[] }
  /** a subprocess: over when everything in it is, side ways too */
  | { k: 'scope'; parts: Rest[] }

export type Act = 'finish' | 'again' | 'fire'

const DONE: Rest = { k: 'done' }

export function begin(block: Block): Rest {
  switch (block.k) {
    case 'skip': return DONE
    case 'task': return { k: 'task', id: block.id }
    case 'seq': return inOrder(DONE, block.items.map((item) => () => begin(item)))
    case 'and': return together(block.items.map(begin))
    case 'xor': return begin(block.items[Math.min(block.choice, block.items.length - 1)]!)
    case 'or': return together(takenBranches(block).map((i) => begin(block.items[i]!)))
    case 'sub': return scope([begin(block.body)])
    case 'multi': {
      const rounds = Array.from({ length: block.times }, () => () => scope([begin(block.body)]))
      return block.sequential ? inOrder(DONE, rounds) : together(rounds.map((round) => round()))
    }
    case 'loop': return inOrder(begin(block.body), [() => ({ k: 'decide', id: block.id, again: () => begin(block) })])
    case 'timer': {
      const side = () => inOrder(DONE, block.side.map((item) => () => begin(item)))
      return { k: 'timed', id: block.id, interrupting: block.interrupting, side, fired: false }
    }
  }
}

function inOrder(first: Rest, next: (() => Rest)[]): Rest {
  if (first.k === 'done') return next[0] ? inOrder(next[0](), next.slice(1)) : DONE
  return next.length ? { k: 'then', first, next } : first
}

function together(parts: Rest[]): Rest {
  const open = parts.filter((p) => p.k !== 'done')
  return open.length ? { k: 'both', parts: open } : DONE
}

function scope(parts: Rest[]): Rest {
  const open = parts.filter((p) => p.k !== 'done')
  return open.length ? { k: 'scope', parts: open } : DONE
}

/** Tasks that wait, with what may happen to each. */
export function open(rest: Rest): { id: string; acts: Act[] }[] {
  switch (rest.k) {
    case 'done': return []
    case 'task': return [{ id: rest.id, acts: ['finish'] }]
    case 'decide': return [{ id: rest.id, acts: ['finish', 'again'] }]
    case 'timed': return [{ id: rest.id, acts: rest.fired ? ['finish'] : ['finish', 'fire'] }]
    case 'then': return open(rest.first)
    case 'both':
    case 'scope': return rest.parts.flatMap(open)
  }
}

/** The term after an act; null where the task is not in it. A non-interrupting timer leaves its side way in `aside`. */
export function act(rest: Rest, id: string, what: Act, aside: Rest[]): Rest | null {
  switch (rest.k) {
    case 'done': return null
    case 'task': return rest.id === id ? DONE : null
    case 'decide': return rest.id !== id ? null : what === 'again' ? rest.again() : DONE
    case 'timed':
      if (rest.id !== id) return null
      if (what !== 'fire') return DONE
      if (rest.interrupting) return rest.side()
      aside.push(rest.side())
      return { ...rest, fired: true }
    case 'then': {
      const first = act(rest.first, id, what, aside)
      return first && inOrder(first, rest.next)
    }
    case 'scope': {
      for (const [i, part] of rest.parts.entries()) {
        const side: Rest[] = []
        const changed = act(part, id, what, side)
        if (changed) return scope([...rest.parts.with(i, changed), ...side])
      }
      return null
    }
    case 'both': {
      for (const [i, part] of rest.parts.entries()) {
        const changed = act(part, id, what, aside)
        if (changed) return together(rest.parts.with(i, changed))
      }
      return null
    }
  }
}
