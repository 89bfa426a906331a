import { globSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import path from 'node:path'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'
import { startEmbedded } from '../packages/kernel/src/store/embedded/index.ts'
import { printCheck, runChecks } from './check.ts'
import { ensureChromium } from './chromium.ts'
import { root } from './root.ts'
import { keepTestTimes, longestFirst, readTestTimes } from './test-times.ts'
import { ensureWebBuilt } from './web-build.ts'

/*
 * npm test [-- part-of-a-path …] [--name=pattern] [--no-check] [--no-e2e]
 *
 * Checks, tests and journeys side by side, on one database server for the whole run: QC_TEST_PG holds its address as JSON (host,
 * port, user, password; user is a superuser, and each test makes databases of its own), journeys on one like it (QC_E2E_PG). QC_TEST_PG
 * given from outside is used for all.
 * A browser waits most of the time and a test computes: together they fill the processors. What each of them says is printed whole.
 * The last line is `N passed, N failed`; types, lint and house rules count as one test each.
 */

const unitTests = ['packages', 'modules', 'apps', 'scripts'].map((dir) => `${dir}/**/*.test.ts`)
const journeys = ['e2e/**/*.test.ts']
/** A file that hangs must not hang the run, in ms. Journeys load a company and open every page at both widths, on slow machines too. */
const unitTimeout = 3 * 60_000
const journeyTimeout = 10 * 60_000
/** Test files at a time: as many as there are processors, and no more than the database server takes connections for. */
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
  const journeysSaid: string[] = []
  let print = (text: string): void => void journeysSaid.push(text)
  const journeysRun = browser.length > 0 ? runJourneys((text) => { print(text) }) : Promise.resolve()
  if (units.length > 0) count(await runFiles(units, unitsAtOnce, unitTimeout, (text) => process.stdout.write(text)))
  for (const result of await checks) {
    printCheck(result)
    count({ passed: Number(result.ok), failed: Number(!result.ok), skipped: 0 })
  }
  print = (text) => void process.stdout.write(text)
  for (const text of journeysSaid) print(text)
  await journeysRun
  if (units.length + browser.length === 0) {
    console.log(`没有匹配的测试 / no test matches: ${filters.join(' ')}`)
    count({ passed: 0, failed: 1, skipped: 0 })
  }
} finally {
  if (namePattern === undefined) keepTestTimes(times)
  await stop()
}
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
    settings: { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off', max_connections: '200' },
  })
  process.env[variable] = JSON.stringify({ host, port, user, password })
  let stopped: Promise<void> | undefined
  return () =>
    (stopped ??= stopServer().then(async () => {
      await rm(folder, { recursive: true, force: true })
    }))
}

async function runJourneys(say: (text: string) => void): Promise<void> {
  try {
    process.env['CHROMIUM_PATH'] = ensureChromium((line) => { say(`${line}\n`) })
    await ensureWebBuilt((line) => { say(`${line}\n`) })
  } catch (error) {
    say(`${error instanceof Error ? error.message : String(error)}\n`)
    count({ passed: 0, failed: browser.length, skipped: 0 })
    return
  }
  count(await runFiles(browser, journeysAtOnce, journeyTimeout, say))
}

/** Runs each file in a process of its own, the longest first. */
async function runFiles(files: string[], concurrency: number, timeout: number, say: (text: string) => void): Promise<Count> {
  const counted: Count = { passed: 0, failed: 0, skipped: 0 }
  let successful = true
  const stream = run({
    files: longestFirst(files, times).map((file) => path.join(root, file)),
    concurrency,
    timeout,
    execArgv: ['--disable-warning=ExperimentalWarning'],
    ...(namePattern === undefined ? {} : { testNamePatterns: [namePattern] }),
  })
  stream.on('test:summary', (summary) => {
    if (summary.file !== undefined) {
      times[path.relative(root, summary.file).split(path.sep).join('/')] = Math.round(summary.duration_ms)
      return // one file's; the last one is of all
    }
    const { tests, passed, skipped, todo } = summary.counts
    counted.passed = passed
    counted.skipped = skipped + todo
    counted.failed = tests - passed - skipped - todo // cancelled ones too
    successful = summary.success
  })
  for await (const chunk of stream.compose(spec)) say((chunk as Buffer).toString())
  // a file that fails outside its tests (in a hook, by its exit code) counts too
  if (!successful && counted.failed === 0) counted.failed = 1
  return counted
}

function count(more: Count): void {
  total.passed += more.passed
  total.failed += more.failed
  total.skipped += more.skipped
}
