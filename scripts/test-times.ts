import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { root } from './root.ts'

/** How long each test file took when it last ran, in ms, by its path in the repository. It lies where installing starts afresh, and only ever decides an order. */
export type TestTimes = Record<string, number>

const file = path.join(root, 'node_modules', '.cache', 'quancheng-test-times.json')

export function readTestTimes(): TestTimes {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as TestTimes
  } catch {
    return {} // the first run here
  }
}

export function keepTestTimes(times: TestTimes): void {
  try {
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(file, JSON.stringify(times))
  } catch {
    // node_modules is read-only: the next run goes by name again
  }
}

/** The longest first, so that the workers end together instead of one of them waiting for a long file that came last; a new file counts as long. */
export function longestFirst(files: readonly string[], times: TestTimes): string[] {
  const of = (each: string): number => times[each] ?? Number.MAX_SAFE_INTEGER
  return files.toSorted((a, b) => of(b) - of(a) || (a < b ? -1 : 1))
}
