import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { createRuntime, tenantIds, type Runtime } from '@quancheng/kernel'
import { openDatabase } from '../apps/server/src/database.ts'
import { prepareTenants } from '../apps/server/src/install.ts'
import { modules } from '../apps/server/src/modules.ts'
import { PEER_TABLE, peerSide } from './process/bpmn-engine.ts'
import { handSide } from './process/hand.ts'
import { lockCosts } from './process/locks.ts'
import { costOf, interleaved } from './process/measure.ts'
import { ourSide, storeSide } from './process/ours.ts'
import { markdown, type Comparison, type ProcessReport } from './process/report.ts'
import { changesOf } from './process/rows.ts'
import { makeWorld, otherPool, type Side, type World } from './process/side.ts'
import { loadCases, spaceOf } from './process/space.ts'
import { worklists } from './process/worklist.ts'
import { postmasterOf } from './program.ts'
import { machine } from './report.ts'

/*
 * What a step of a process costs, against bpmn-engine and against a hand-written transaction; what a case takes of disk and WAL; a list of tasks among
 * many; row locks against versions. All in this one program, on the real database, round by round in turn.
 */
const { values: v } = parseArgs({ options: {
  size: { type: 'string', default: '1000,100000' }, callers: { type: 'string', default: '1,16' }, cases: { type: 'string', default: '100' }, rounds: { type: 'string', default: '5' }, open: { type: 'string', default: '50000' },
  only: { type: 'string', default: '' }, json: { type: 'string' },
} })
const numbers = (text: string): number[] => text.split(',').map(x => Number(x.replaceAll('_', '')))
const sizes = numbers(v.size), callers = numbers(v.callers), cases = Number(v.cases), rounds = Number(v.rounds), open = Number(v.open)
const wanted = (section: string): boolean => !v.only || v.only.split(',').includes(section)

const began = performance.now()
const say = (line: string): void => { process.stderr.write(`[${((performance.now() - began) / 1000).toFixed(0)} s] ${line}\n`) }
/** of bpmn-engine a tenth as many cases: it is that much slower, and a round should not be its alone */
const PEER_SHARE = 0.1

async function compare(w: World, postmaster: number): Promise<Comparison[]> {
  const found: Comparison[] = []
  const pool = otherPool(w)
  try {
    const own = [ourSide(w), storeSide(w), handSide(w, pool), handSide(w, pool, true)] as Side[]
    const peer = await peerSide(pool) as Side
    for (const n of callers) {
      const all = await interleaved([...own.map(side => ({ side, share: 1 })), { side: peer, share: PEER_SHARE }], { postmaster, callers: n, cases, rounds, tell: say })
      found.push({ callers: n, costs: [...own, peer].map(s => costOf(s, n, all.get(s.key)!)), rounds: all })
    }
  } finally { await pool.end() }
  return found
}

async function main(runtime: Runtime, w: World, owner: Awaited<ReturnType<Awaited<ReturnType<typeof openDatabase>>['connectOwner']>>, postmaster: number): Promise<ProcessReport> {
  await owner.query(`${PEER_TABLE}; grant select, insert, update on bench_peer to public`)
  const { rows: [server] } = await owner.query<{ v: string }>("select current_setting('server_version') || ', wal_level ' || current_setting('wal_level') as v")
  const report: ProcessReport = { machine: machine(server!.v), cases, rounds, changes: {}, comparisons: [], locks: [], spaces: [], worklists: [] }
  const pool = otherPool(w)
  try { for (const side of [ourSide(w), handSide(w, pool)] as Side[]) report.changes[side.key] = await changesOf(owner, side) } finally { await pool.end() }
  // an empty database is planned for as one; a thousand cases and their statistics come first
  await owner.query('truncate process_instance, process_step, job')
  await loadCases(owner, w, { size: 1000, open: 100 })
  if (wanted('cost')) { say('每步的代价…'); report.comparisons = await compare(w, postmaster) }
  if (wanted('locks')) { say('行锁与版本号…'); report.locks = await lockCosts(w, { postmaster, callers: Math.max(...callers), rounds, cases }) }
  if (wanted('space')) {
    for (const size of sizes) {
      const loaded = Math.min(open, size / 2)
      say(`装入 ${size} 个案例…`)
      await owner.query('truncate process_instance, process_step, job')
      await loadCases(owner, w, { size, open: loaded })
      say('磁盘与 WAL…')
      report.spaces.push(await spaceOf(owner, ourSide(w) as Side, { onRecord: size, cases: 1000, first: size }))
      if (size === Math.max(...sizes)) { say('待办…'); report.worklists = await worklists(w) }
    }
  }
  void runtime
  return report
}

const dataDir = mkdtempSync(path.join(os.tmpdir(), 'quancheng-bench-'))
try {
  const db = await openDatabase({ port: 0, host: '', dataDir, databaseUrl: null, demo: false, trustProxy: false })
  const runtime = createRuntime({ connection: db.app, modules, poolSize: 16 })
  const owner = await db.connectOwner()
  try {
    await prepareTenants(runtime, db, { demo: false, log: () => {} })
    const [tenant] = await tenantIds(runtime)
    const report = await main(runtime, await makeWorld(runtime, db.app, tenant!.id), owner, postmasterOf(dataDir))
    const file = path.resolve(v.json ?? path.join(import.meta.dirname, 'results', `process-${report.machine.at.slice(0, 19).replaceAll(':', '')}.json`))
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(file, `${JSON.stringify({ ...report, comparisons: report.comparisons.map(({ callers: n, costs }) => ({ callers: n, costs })) }, null, 1)}\n`)
    console.log(markdown(report))
    say(path.relative(process.cwd(), file))
  } finally { await owner.end(); await runtime.close(); await db.close() }
} finally { rmSync(dataDir, { recursive: true, force: true }) }
