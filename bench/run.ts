import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { createRuntime } from '@quancheng/kernel'
import { openDatabase, type Database } from '../apps/server/src/database.ts'
import { modules } from '../apps/server/src/modules.ts'
import { oneRound, summarise, type Figures, type Operation, type Round } from './drive.ts'
import { load, type Loaded } from './load/index.ts'
import { makeOrganisation, type Organisation } from './load/organisation.ts'
import { operations, peers } from './operations.ts'
import { readOptions, type Options } from './options.ts'
import type { PeerSetting } from './peer.ts'
import { measurePieces } from './pieces.ts'
import { postmasterOf, startProgram, startQuancheng } from './program.ts'
import { machine, markdown, type Report, type SizeResult } from './report.ts'

const say = (line: string): void => { process.stderr.write(`${line}\n`) }

/** What a kept data folder knows of itself, so that a second run need not load again. */
interface Kept { size: number; org: Organisation; loaded: Loaded }

async function prepare(dataDir: string, db: Database, size: number): Promise<Kept> {
  const file = path.join(dataDir, `bench-${size}.json`)
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Kept
  const runtime = createRuntime({ connection: db.app, modules, poolSize: 2 })
  const client = await db.connectOwner()
  try {
    const org = await makeOrganisation(runtime)
    const loaded = await load(client, org, runtime.metadata.base, size, say)
    const sample = { customers: loaded.customers, devices: loaded.devices.filter((_, i) => i % Math.ceil(loaded.devices.length / 5000) === 0) }
    const used = new Map<number, number>()
    const customers = sample.devices.map(d => { const known = used.get(d.customer) ?? used.size; used.set(d.customer, known); return loaded.customers[d.customer]! })
    const kept: Kept = { size, org, loaded: { ...loaded, customers: [...new Set(customers)], devices: sample.devices.map(d => ({ ...d, customer: used.get(d.customer)! })) } }
    writeFileSync(file, JSON.stringify(kept))
    return kept
  } finally { await client.end(); await runtime.close() }
}

/** All operations, in an order in which later ones find what earlier ones made; warm-up first, then the rounds. */
async function measure(all: readonly Operation[], o: Options): Promise<Figures[]> {
  const wanted = all.filter(op => !o.only.length || o.only.some(key => op.key.startsWith(key)))
  let first = 0
  const series = async (callers: number): Promise<Map<Operation, Round>> => {
    const rounds = new Map<Operation, Round>()
    for (const op of wanted) rounds.set(op, await oneRound(op, { callers, requests: o.requests, first, seconds: o.seconds }))
    first += o.requests
    return rounds
  }
  await series(1)
  await series(Math.max(...o.callers))
  const figures: Figures[] = []
  const byCallers: Array<[number, Array<Map<Operation, Round>>]> = []
  for (const callers of o.callers) {
    const rounds: Array<Map<Operation, Round>> = []
    for (let i = 0; i < o.rounds; i++) rounds.push(await series(callers))
    byCallers.push([callers, rounds])
  }
  for (const op of wanted) for (const [callers, rounds] of byCallers) figures.push(summarise(op, callers, rounds.map(r => r.get(op)!)))
  return figures
}

async function runSize(size: number, o: Options, told: (postgres: string) => void): Promise<SizeResult> {
  const dataDir = o.data ? path.join(path.resolve(o.data), String(size)) : mkdtempSync(path.join(os.tmpdir(), 'quancheng-bench-'))
  mkdirSync(dataDir, { recursive: true })
  const began = performance.now()
  const step = (text: string): void => say(`[${((performance.now() - began) / 1000).toFixed(0)} s] ${text}`)
  try {
    step('启动程序（空企业）…')
    const program = await startQuancheng(dataDir, o.profile)
    try {
      let kept: Kept, setting: PeerSetting
      // joins the server that the program started; let go of before anything is measured
      const db = await openDatabase({ port: 0, host: '', dataDir, databaseUrl: null, demo: false, trustProxy: false })
      try {
        const client = await db.connectOwner()
        told((await client.query<{ v: string }>("select current_setting('server_version') as v")).rows[0]!.v)
        await client.end()
        step(`装入 ${size} 个请求…`)
        kept = await prepare(dataDir, db, size)
        setting = { connection: db.app, tenantId: kept.org.tenantId, definitionId: kept.org.definitionId, lineId: kept.org.lineIds[0]!, stations: kept.org.stations.map(s => ({ id: s.id, code: s.code, userId: s.staff.receptionist! })) }
      } finally { await db.close() }
      const postmaster = postmasterOf(dataDir)
      step('测量程序…')
      const figures = await measure(operations(kept.org, kept.loaded, { port: program.port, pid: program.pid, postmaster }), o)
      step('测量对照…')
      const peer = await startProgram('bench/peer.ts', [], { env: { BENCH_PEER: JSON.stringify(setting) }, ready: /http:\/\/localhost:(\d+)/ })
      try { figures.push(...await measure(peers(kept.org, kept.loaded, { port: peer.port, pid: peer.pid, postmaster }), o)) } finally { await peer.stop() }
      step('完成')
      return { size, figures, loaded: kept.loaded }
    } finally { await program.stop() }
  } finally { if (!o.data) rmSync(dataDir, { recursive: true, force: true }) }
}

const o = readOptions(process.argv.slice(2))
const sizes: SizeResult[] = []
let postgres = ''
for (const size of o.sizes) sizes.push(await runSize(size, o, v => { postgres = v }))
const report: Report = {
  machine: machine(postgres), requestsPerRound: o.requests, rounds: o.rounds, pieces: o.pieces ? await measurePieces() : [],
  sizes: sizes.map(s => ({ ...s, loaded: s.loaded && { seconds: s.loaded.seconds, open: s.loaded.open, phases: s.loaded.phases, rows: s.loaded.rows, megabytes: s.loaded.megabytes } })),
}
const file = path.resolve(o.json ?? path.join(import.meta.dirname, 'results', `${report.machine.at.slice(0, 19).replaceAll(':', '')}.json`))
mkdirSync(path.dirname(file), { recursive: true })
writeFileSync(file, `${JSON.stringify(report, null, 1)}\n`)
console.log(markdown(report))
say(`\n${path.relative(process.cwd(), file)}`)
