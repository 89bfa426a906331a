import { createApp } from '@quancheng/kernel'
import { ensureWebBuilt } from '../../../scripts/web-build.ts'
import type { Config } from './config.ts'
import { tellAddress } from './demo/address.ts'
import { openDatabase } from './database.ts'
import { demoClock } from './demo/clock/clock.ts'
import { lastMoment } from './demo/clock/guard.ts'
import { demoClockModule, type Woken } from './demo/clock/module.ts'
import { prepareTenants } from './install.ts'
import { modules } from './modules.ts'
import { becomeStation, runStation } from './station.ts'
import { serveWeb } from './web.ts'
import { VERSION } from './version.ts'

export interface Running { address: string; port: number; stop(): Promise<void> }

/** The whole program: database, schema, tenants, web, HTTP, worker. Resolves when it answers. */
export async function start(config: Config, log: (line: string) => void): Promise<Running> {
  const dist = await ensureWebBuilt(log)
  const db = await openDatabase(config, line => log(line))
  try {
    const station = await becomeStation(config, db, log)
    if (station) config = { ...config, demo: false }
    // an installation without the demo has no clock that could be moved
    const clock = config.demo ? demoClock({ notBefore: await lastMoment(db) }) : null
    let worker: Woken | null = null
    const app = await createApp({ connection: db.app, modules: [...modules, demoClockModule(clock, () => worker, config.dataDir)], version: VERSION, trustProxy: config.trustProxy, ...(clock ? { now: clock.now, speed: () => clock.state().speed } : {}) })
    worker = app.worker
    try {
      const loop = station ? await runStation(app.runtime, db, station, log) : null
      const { lines } = station ? { lines: [] } : await prepareTenants(app.runtime, db, { demo: config.demo, log })
      await serveWeb(app.server, dist)
      await app.server.listen({ port: config.port, host: config.host })
      const bound = app.server.server.address()
      const port = typeof bound === 'object' && bound ? bound.port : config.port
      if (config.demo) await tellAddress(app.runtime, `http://localhost:${port}`)
      log('')
      log(`全程 Quancheng ${VERSION} 已启动：http://localhost:${port}`)
      for (const line of lines) log(line)
      log('按 Ctrl+C 停止。')
      return { address: `http://localhost:${port}`, port, stop: async () => { await loop?.stop(); await app.close(); await db.close() } }
    } catch (error) { await app.close(); throw error }
  } catch (error) { await db.close(); throw error }
}
