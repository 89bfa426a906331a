import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { createRuntime } from '@quancheng/kernel'
import { openDatabase, type Database } from '../apps/server/src/database.ts'
import { modules } from '../apps/server/src/modules.ts'
import { load, type Loaded } from './load/index.ts'
import { makeOrganisation, type Organisation } from './load/organisation.ts'
import { postmasterOf, startQuancheng } from './program.ts'
import type { PeerSetting } from './peer.ts'
import type { Target } from './drive.ts'

export const say = (line: string): void => { process.stderr.write(`${line}\n`) }

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

/** The running product with its requests loaded: what a measurement needs to know of it. */
export interface Company { kept: Kept; setting: PeerSetting; target: Target; postgres: string; step(text: string): void }

/** Starts the program on a folder of its own (or a kept one), loads `size` requests, lets `use` measure, stops it all and clears up. */
export async function withCompany<T>(size: number, o: { data: string | null; profile: string | null }, use: (c: Company) => Promise<T>): Promise<T> {
  const dataDir = o.data ? path.join(path.resolve(o.data), String(size)) : mkdtempSync(path.join(os.tmpdir(), 'quancheng-bench-'))
  mkdirSync(dataDir, { recursive: true })
  const began = performance.now()
  const step = (text: string): void => say(`[${((performance.now() - began) / 1000).toFixed(0)} s] ${text}`)
  try {
    step('启动程序（空企业）…')
    const program = await startQuancheng(dataDir, o.profile)
    try {
      // joins the server that the program started; let go of before anything is measured
      const db = await openDatabase({ port: 0, host: '', dataDir, databaseUrl: null, demo: false, trustProxy: false })
      let company: Company
      try {
        const client = await db.connectOwner()
        const postgres = (await client.query<{ v: string }>("select current_setting('server_version') as v")).rows[0]!.v
        await client.end()
        step(`装入 ${size} 个请求…`)
        const kept = await prepare(dataDir, db, size)
        const setting = { connection: db.app, tenantId: kept.org.tenantId, definitionId: kept.org.definitionId, lineId: kept.org.lineIds[0]!, stations: kept.org.stations.map(s => ({ id: s.id, code: s.code, userId: s.staff.receptionist! })) }
        company = { kept, setting, postgres, step, target: { port: program.port, pid: program.pid, postmaster: postmasterOf(dataDir) } }
      } finally { await db.close() }
      return await use(company)
    } finally { await program.stop() }
  } finally { if (!o.data) rmSync(dataDir, { recursive: true, force: true }) }
}
