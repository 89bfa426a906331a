import { existsSync } from 'node:fs'
import path from 'node:path'
import { createRuntime, systemAct, type Runtime } from '@quancheng/kernel'
import { finish, joinHeadOffice, readStation, startStation, type Station, type StationFile } from '@quancheng/kernel/install'
import type { Config } from './config.ts'
import type { Database } from './database.ts'
import { modules } from './modules.ts'
import { VERSION } from './version.ts'

/** Is this installation a station of head office, or is it about to be one? Then its log must carry whole rows (docs/adr/0029). */
export const actsAsStation = (config: Config): boolean => (config.join ?? null) !== null || existsSync(path.join(config.dataDir, 'station.json'))

/** PostgreSQL's settings that a station needs; the slot holds the log back while head office is away, however long that is. */
export const STATION_SETTINGS = { wal_level: 'logical', max_replication_slots: '4', max_slot_wal_keep_size: '-1' }

/** Joins if asked to, goes on with a joining that broke off, or finds what was joined; null: this is no station. */
export async function becomeStation(config: Config, db: Database, log: (line: string) => void): Promise<StationFile | null> {
  if (!actsAsStation(config)) return null
  if (!db.server) throw new Error('站点节点要用内置数据库，请不要设置 DATABASE_URL / a station runs its own database: leave DATABASE_URL unset')
  const known = await readStation(config.dataDir)
  if (known?.ready) return known
  const runtime = createRuntime({ connection: db.app, modules, version: VERSION, poolSize: 2 })
  const o = { dataDir: config.dataDir, owner: db.owner, log }
  try {
    if (config.join) return await joinHeadOffice(runtime, { ...o, ...config.join })
    return known ? await finish(runtime, { ...o, station: known }) : null
  } finally { await runtime.close() }
}

/**
 * A station lays no foundations of its own: what the modules would set up comes from head office. When that has been heard, the same program finds
 * it all there and only puts its jobs on the list.
 */
export async function runStation(runtime: Runtime, db: Database, station: StationFile, log: (line: string) => void): Promise<Station> {
  const loop = await startStation(runtime, { owner: db.owner, link: station })
  const tenantId = station.joined.tenant.id
  void loop.heard.then(async () => {
    for (const m of runtime.modules) {
      if (!m.setup) continue
      await systemAct(runtime, tenantId, `setup ${m.name}`, m.setup).catch((error: Error) => { runtime.log({ level: 'warn', msg: 'setup', module: m.name, error: error.message }) })
    }
  })
  log(`站点节点：${station.joined.unitCode}，本部 ${station.url}`)
  return loop
}
