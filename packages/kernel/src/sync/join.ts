import { chmod, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import pg from 'pg'
import type { Connection } from '../app.ts'
import type { Runtime } from '../runtime.ts'
import { addressOf, lines, talk, type Link } from './link.ts'
import { catalogFor, planFor } from './node.ts'
import { fill, isStation, prepare, type Joined } from './station-db.ts'

/** What a data folder that is a station's remembers beside its database: where head office is, and the node's secret. */
export interface StationFile extends Link { joined: Joined; ready: boolean }

const fileOf = (dataDir: string): string => path.join(dataDir, 'station.json')

export async function readStation(dataDir: string): Promise<StationFile | null> {
  try { return JSON.parse(await readFile(fileOf(dataDir), 'utf8')) as StationFile } catch (error) { if ((error as { code?: string }).code === 'ENOENT') return null; throw error }
}

async function write(dataDir: string, s: StationFile): Promise<void> {
  const next = `${fileOf(dataDir)}.new`
  await writeFile(next, JSON.stringify(s, null, 1), { mode: 0o600 })
  await chmod(next, 0o600)
  await rename(next, fileOf(dataDir))
}

/**
 * Makes an empty installation a station of head office: shows the code, takes everything over, and says so. Stopped anywhere, it can be run again:
 * the same code is good until head office has heard that everything arrived.
 */
export async function joinHeadOffice(runtime: Runtime, o: { dataDir: string; owner: Connection; url: string; code: string; log: (line: string) => void }): Promise<StationFile> {
  const url = addressOf(o.url), { schema } = await catalogFor(runtime)
  const hello = { version: runtime.version, schema, now: new Date().toISOString() }
  o.log(`正在接入 ${url} …`)
  const a = await talk<Joined & { secret: string; version: string }>({ url, secret: '' }, 'join', { ...hello, code: o.code.trim() })
  const station: StationFile = { url, secret: a.secret, joined: { nodeId: a.nodeId, unitId: a.unitId, unitCode: a.unitCode, tenant: a.tenant }, ready: false }
  await write(o.dataDir, station)
  return finish(runtime, { ...o, station, version: a.version })
}

/** Takes over what is there, if that has not been done; then the station owns its rows. */
export async function finish(runtime: Runtime, o: { dataDir: string; owner: Connection; station: StationFile; version?: string; log: (line: string) => void }): Promise<StationFile> {
  const { station } = o
  if (station.ready) return station
  const catalog = await catalogFor(runtime)
  const hello = { version: runtime.version, schema: catalog.schema, now: new Date().toISOString() }
  const client = new pg.Client(o.owner)
  await client.connect()
  try {
    if (!(await isStation(client))) {
      const rows = await fill(client, catalog, station.joined, lines(station, hello), o.version ?? runtime.version)
      o.log(`已从本部取得 ${rows} 行资料`)
    }
    // before the first write of its own, so that the log is complete
    await prepare(client, planFor(runtime), { first: true })
  } finally { await client.end() }
  await talk(station, 'ready', {})
  const ready = { ...station, ready: true }
  await write(o.dataDir, ready)
  o.log(`本机现在是“${station.joined.unitCode}”的站点节点`)
  return ready
}
