import type { Runtime } from '@quancheng/kernel'

/*
 * Papers on their way to printers, in this process: one after the other at each printer (it takes one connection), printers beside each other.
 * Nothing here must survive; what is lost with the process comes back by its lease (send.ts).
 */

const lines = new WeakMap<Runtime, { underWay: Map<string, Promise<void>>; last: Map<string, Promise<void>> }>()

function of(runtime: Runtime) {
  let line = lines.get(runtime)
  if (!line) lines.set(runtime, line = { underWay: new Map(), last: new Map() })
  return line
}

/** Is this print sent, or in line for its printer, in this very program? */
export const underWay = (runtime: Runtime, id: string): boolean => of(runtime).underWay.has(id)

/** Runs it after all that was put in line for the same printer before. What it throws is logged. */
export function inLine(runtime: Runtime, printer: string, id: string, run: () => Promise<void>): void {
  const { underWay: busy, last } = of(runtime)
  const turn = async (before: Promise<void> | undefined): Promise<void> => {
    await before
    try { await run() } catch (error) { runtime.log({ level: 'error', msg: 'print', id, error: (error as Error).message }) } finally { busy.delete(id) }
  }
  const mine = turn(last.get(printer)).finally(() => { if (last.get(printer) === mine) last.delete(printer) })
  busy.set(id, mine)
  last.set(printer, mine)
}

/** Resolves when nothing is under way here any more: for tests and an orderly end. */
export async function printersAtRest(runtime: Runtime): Promise<void> {
  const { underWay: busy } = of(runtime)
  while (busy.size) await Promise.all(busy.values())
}
