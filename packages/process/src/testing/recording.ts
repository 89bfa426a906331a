import * as all from '../harness/index.ts'
import type { Harness, HarnessOptions } from '../harness/index.ts'

/** What a scenario did in memory: its models, and every act in order (questions change nothing and are left out). */
export interface Recorded { xml: string | readonly string[]; options: HarnessOptions; acts: Array<{ on: 'harness' | 'clock'; name: string; args: unknown[]; threw: boolean }> }
export const recorded: Recorded[] = []

const ACTS = new Set(['start', 'complete', 'message', 'signal', 'error', 'escalate', 'change', 'startActivity', 'cancel'])

function watched<T extends object>(target: T, on: 'harness' | 'clock', names: ReadonlySet<string>, acts: Recorded['acts']): T {
  return new Proxy(target, {
    get(of, name) {
      const value = Reflect.get(of, name) as unknown
      if (on === 'harness' && name === 'clock') return watched(value as object, 'clock', new Set(['set', 'advance']), acts)
      if (typeof value !== 'function' || typeof name !== 'string' || !names.has(name)) return value
      return (...args: unknown[]) => {
        const act = { on, name, args: structuredClone(args), threw: false }
        acts.push(act)
        try { return (value as (...a: unknown[]) => unknown).apply(of, args) as unknown } catch (error) { act.threw = true; throw error }
      }
    },
  })
}

/** The harness in memory, remembering what is done with it. */
export async function harness(xml: string | readonly string[], options: HarnessOptions = {}) {
  const made = await all.harness(xml, options)
  const acts: Recorded['acts'] = []
  recorded.push({ xml, options, acts })
  return watched(made as Harness & typeof made, 'harness', ACTS, acts)
}
export * from '../harness/index.ts'
