import { globSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import path from 'node:path'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'
import { startEmbedded } from '../packages/kernel/src/store/embedded/index.ts'
import { printCheck, runChecks } from './check.ts'
import { ensureChromium } from './chromium.ts'
import { root } from './root.ts'
import { entryOf, groupsOf, runsAlone, sizeOf, type TestGroup } from './test-groups.ts'
import { keepTestTimes, longestFirst, readTestTimes } from './test-times.ts'
import { ensureWebBuilt } from './web-build.ts'

/*
 * npm test [-- part-of-a-path …] [--name=pattern] [--no-check] [--no-e2e]
 *
 * Checks, tests and journeys side by side, on one database server for the whole run: QC_TEST_PG holds its address as JSON (host,
 * port, user, password; user is a superuser, and each test makes databases of its own), journeys on one like it (QC_E2E_PG). QC_TEST_PG
 * given from outside is used for all.
 * A browser waits most of the time and a test computes: together they fill the processors; when the tests are done, one more journey at a
 * time takes their place. Test files of a package share processes (test-groups.ts). What each of them says is printed whole.
 * What failed is named once more at the end. The last line is `N passed, N failed`; types, lint and house rules count as one test each.
 */

const unitTests = ['packages', 'modules', 'apps', 'scripts'].map((dir) => `${dir}/**/*.test.ts`)
const journeys = ['e2e/**/*.test.ts']
/** What hangs must not hang the run, in ms. Journeys load a company and open every page at both widths, on slow machines too. */
const timeout = 10 * 60_000
/** Test processes at a time: as many as there are processors, and no more than the database server takes connections for. */
const unitsAtOnce = Math.min(Math.max(availableParallelism(), 2), 8)
/** Journeys at a time, each with a program and a browser. */
const journeysAtOnce = 2

interface Count {
  passed: number
  failed: number
  skipped: number
}

const options = process.argv.slice(2).filter((arg) => arg.startsWith('--'))
const filters = process.argv.slice(2).filter((arg) => !arg.startsWith('--'))
const namePattern = options.find((option) => option.startsWith('--name='))?.slice('--name='.length)
const total: Count = { passed: 0, failed: 0, skipped: 0 }

/** Where in the output to look. */
const failures: string[] = []

const times = readTestTimes()
const units = find(unitTests)
const browser = options.includes('--no-e2e') ? [] : find(journeys)

const sideBySide = browser.length > 0 && units.length > 0 && process.env['QC_TEST_PG'] === undefined
// A long transaction anywhere on a server holds back what stations may be told (the oldest running transaction counts), and loading the
// journeys' company is one: side by side they need a server each.
const stops = [await startDatabase('QC_TEST_PG'), ...(sideBySide ? [await startDatabase('QC_E2E_PG')] : [])]
const stop = async (): Promise<void> => { await Promise.all(stops.map(async (each) => each())) }
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void stop().finally(() => process.exit(130))
  })
}
try {
  const checks = filters.length === 0 && !options.includes('--no-check') ? runChecks(() => undefined) : Promise.resolve([])
  const tests = longestFirst(groupsOf(units, runsAlone), times, sizeOf)
  const visits = longestFirst(browser.map((file) => ({ name: file, files: [file] })), times, sizeOf)
  const ready = visits.length > 0 ? makeReadyForJourneys() : Promise.resolve(false)
  const testing = Promise.all(Array.from({ length: unitsAtOnce }, async () => work(tests)))
  await Promise.all([
    testing,
    ready.then(async (can) => {
      if (!can) return
      const alone = testing.then(async () => work(visits))
      await Promise.all([alone, ...Array.from({ length: journeysAtOnce }, async () => work(visits))])
    }),
  ])
  for (const result of await checks) {
    printCheck(result)
    count({ passed: Number(result.ok), failed: Number(!result.ok), skipped: 0 })
  }
  if (units.length + browser.length === 0) {
    console.log(`没有匹配的测试 / no test matches: ${filters.join(' ')}`)
    count({ passed: 0, failed: 1, skipped: 0 })
  }
} finally {
  if (namePattern === undefined) keepTestTimes(times)
  await stop()
}
for (const each of failures) console.log(`✖ ${each}`)
if (total.skipped > 0) console.log(`${total.skipped} skipped`)
console.log(`${total.passed} passed, ${total.failed} failed`)
process.exit(total.failed === 0 ? 0 : 1)

function find(patterns: string[]): string[] {
  return globSync(patterns, { cwd: root, exclude: (file) => /(^|[\\/])(node_modules|dist)$/.test(file) })
    .filter((file) => filters.length === 0 || filters.some((part) => file.split(path.sep).join('/').includes(part.replace(/^\.\//, ''))))
    .sort()
}

/** Its address is put where tests look for it; a server given from outside is used as it is. */
async function startDatabase(variable: 'QC_TEST_PG' | 'QC_E2E_PG'): Promise<() => Promise<void>> {
  if (process.env[variable] !== undefined) return async () => undefined
  const folder = await mkdtemp(path.join(tmpdir(), 'quancheng-test-'))
  const { host, port, user, password, stop: stopServer } = await startEmbedded({
    dataDir: folder,
    log: console.log,
    // the data lives as long as the run: durability would only cost time
    settings: { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off', max_connections: '300' },
  })
  process.env[variable] = JSON.stringify({ host, port, user, password })
  let stopped: Promise<void> | undefined
  return () =>
    (stopped ??= stopServer().then(async () => {
      await rm(folder, { recursive: true, force: true })
    }))
}

/** A browser and the pages to open in it; false, counted and said, where there can be none. */
async function makeReadyForJourneys(): Promise<boolean> {
  try {
    process.env['CHROMIUM_PATH'] = ensureChromium(console.log)
    await ensureWebBuilt(console.log)
    return true
  } catch (error) {
    console.log(error instanceof Error ? error.message : String(error))
    failures.push('journeys: no browser or no pages')
    count({ passed: 0, failed: browser.length, skipped: 0 })
    return false
  }
}

/** Takes one after the other until none is left. */
async function work(queue: TestGroup[]): Promise<void> {
  for (let group = queue.shift(); group !== undefined; group = queue.shift()) count(await runGroup(group))
}

/** Runs the files of a group in one process and prints what they said when it has ended. */
async function runGroup(group: TestGroup): Promise<Count> {
  const counted: Count = { passed: 0, failed: 0, skipped: 0 }
  const began = performance.now()
  const folder = await mkdtemp(path.join(tmpdir(), 'quancheng-test-'))
  const entry = path.join(folder, 'entry.mjs')
  await writeFile(entry, entryOf(group))
  let successful = true
  const stream = run({
    files: [group.files.length === 1 ? path.join(root, group.files[0] ?? '') : entry],
    timeout,
    execArgv: ['--disable-warning=ExperimentalWarning'],
    ...(namePattern === undefined ? {} : { testNamePatterns: [namePattern] }),
  })
  stream.on('test:fail', ({ name, file, nesting, todo, skip }) => {
    if (nesting === 0 && todo === undefined && skip === undefined) failures.push(`${group.files.length === 1 || file === undefined || file === entry ? group.name : path.relative(root, file)}: ${name}`)
  })
  stream.on('test:summary', (summary) => {
    const { tests, passed, skipped, todo } = summary.counts
    counted.passed = passed
    counted.skipped = skipped + todo
    counted.failed = tests - passed - skipped - todo // cancelled ones too
    successful = summary.success
  })
  let said = ''
  for await (const chunk of stream.compose(spec)) said += (chunk as Buffer).toString()
  process.stdout.write(said.replaceAll(/^ℹ (tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) .*\n/gm, ''))
  await rm(folder, { recursive: true, force: true })
  times[group.name] = Math.round(performance.now() - began)
  // what fails outside its tests (in a hook, by its exit code) counts too
  if (!successful && counted.failed === 0) counted.failed = 1
  return counted
}

function count(more: Count): void {
  total.passed += more.passed
  total.failed += more.failed
  total.skipped += more.skipped
}
