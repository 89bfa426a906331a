import type { Runtime } from '@quancheng/kernel'

/*
 * Programs of service tasks at work in this server process: some at once, the others in line. Nothing here must survive; what is lost with the
 * process comes back by its lease (service-job.ts).
 */

const AT_ONCE = 8
/** How many at once, where it is not the usual number; registered in `runtime.services`. */
export const AT_ONCE_SERVICE = 'process.servicesAtOnce'

interface Line { running: Map<string, Promise<void>>; waiting: Array<() => void>; free: number; begun: number }
const lines = new WeakMap<Runtime, Line>()

function lineOf(runtime: Runtime): Line {
  let line = lines.get(runtime)
  if (!line) lines.set(runtime, line = { running: new Map(), waiting: [], begun: 0, free: (runtime.services.get(AT_ONCE_SERVICE) as number | undefined) ?? AT_ONCE })
  return line
}

export const atWork = (runtime: Runtime, id: string): boolean => lineOf(runtime).running.has(id)

/** Runs it as soon as there is room. What it throws is logged: the lease brings the task back. */
export function setToWork(runtime: Runtime, id: string, run: () => Promise<void>): void {
  const line = lineOf(runtime)
  const turn = async (): Promise<void> => {
    if (line.free > 0) line.free--
    else await new Promise<void>(resolve => { line.waiting.push(resolve) })
    try { await run() } catch (error) { runtime.log({ level: 'error', msg: 'service task', id, error: (error as Error).message }) } finally {
      line.running.delete(id)
      const next = line.waiting.shift()
      if (next) next()
      else line.free++
    }
  }
  line.begun++
  line.running.set(id, turn())
}

/** Resolves when no program is at work here any more: for tests and an orderly end. */
export async function allAtRest(runtime: Runtime): Promise<void> {
  const line = lineOf(runtime)
  while (line.running.size) await Promise.all(line.running.values())
}
/** How many programs have been set to work here so far. */
export const begunSoFar = (runtime: Runtime): number => lineOf(runtime).begun
