import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { root } from './root.ts'

/** How long each group of test files took when it last ran, in ms, by its name. It lies where installing starts afresh, and only ever decides an order. */
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

/**
 * The longest first, so that the workers end together instead of one of them waiting for a long one that came last. What has never run here
 * may be long: it goes before all others, the larger first.
 */
export function longestFirst<T extends { name: string }>(tests: readonly T[], times: TestTimes, size: (test: T) => number): T[] {
  const known = (test: T): number => times[test.name] ?? Number.POSITIVE_INFINITY
  return tests
    .map((test) => ({ test, time: known(test), size: size(test) }))
    .sort((a, b) => (a.time === b.time ? b.size - a.size || (a.test.name < b.test.name ? -1 : 1) : b.time - a.time))
    .map(({ test }) => test)
}
