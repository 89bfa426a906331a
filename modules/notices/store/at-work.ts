import type { Runtime } from '@quancheng/kernel'

/** The messages that this program is handing over just now. `idle` resolves when none is left: tests wait for it. */
export interface AtWork { begin(id: string, run: () => Promise<void>): void; has(id: string): boolean; idle(): Promise<void> }

/** So many at once: a slow gateway must not take all connections. */
const HANDS = 4

const all = new WeakMap<Runtime, AtWork>()

export function atWork(runtime: Runtime): AtWork {
  const known = all.get(runtime)
  if (known) return known
  const running = new Map<string, Promise<void>>()
  let busy = 0
  const turn: Array<() => void> = []
  const withHand = async (run: () => Promise<void>): Promise<void> => {
    if (busy >= HANDS) await new Promise<void>(resolve => { turn.push(resolve) })
    else busy++
    try { await run() } finally { const next = turn.shift(); if (next) next(); else busy-- }
  }
  const made: AtWork = {
    begin(id, run) {
      const work = withHand(run).catch(error => { runtime.log({ level: 'error', msg: 'notice not settled', id, error: (error as Error).message }) }).finally(() => { running.delete(id) })
      running.set(id, work)
    },
    has: id => running.has(id),
    async idle() { while (running.size) await Promise.all(running.values()) },
  }
  all.set(runtime, made)
  return made
}
