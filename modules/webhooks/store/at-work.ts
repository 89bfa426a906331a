import type { Runtime } from '@quancheng/kernel'

/** The messages that this program is handing over just now. `idle` resolves when none is left: tests wait for it. */
export interface AtWork { begin(id: string, run: () => Promise<void>): void; ids(): string[]; idle(): Promise<void> }

const all = new WeakMap<Runtime, AtWork>()

export function atWork(runtime: Runtime): AtWork {
  const known = all.get(runtime)
  if (known) return known
  const running = new Map<string, Promise<void>>()
  const made: AtWork = {
    begin(id, run) {
      running.set(id, run().catch(error => { runtime.log({ level: 'error', msg: 'webhook not settled', id, error: (error as Error).message }) }).finally(() => { running.delete(id) }))
    },
    ids: () => [...running.keys()],
    async idle() { while (running.size) await Promise.all(running.values()) },
  }
  all.set(runtime, made)
  return made
}
