import { createApp } from '@quancheng/kernel'
import { ensureWebBuilt } from '../../../scripts/web-build.ts'
import type { Config } from './config.ts'
import { openDatabase } from './database.ts'
import { prepareTenants } from './install.ts'
import { modules } from './modules.ts'
import { serveWeb } from './web.ts'
import { VERSION } from './version.ts'

export interface Running { address: string; port: number; stop(): Promise<void> }

/** The whole program: database, schema, tenants, web, HTTP, worker. Resolves when it answers. */
export async function start(config: Config, log: (line: string) => void): Promise<Running> {
  const dist = await ensureWebBuilt(log)
  const db = await openDatabase(config, line => log(line))
  try {
    const app = await createApp({ connection: db.app, modules, version: VERSION, trustProxy: config.trustProxy })
    try {
      const { lines } = await prepareTenants(app.runtime, db, { demo: config.demo, log })
      await serveWeb(app.server, dist)
      await app.server.listen({ port: config.port, host: config.host })
      const bound = app.server.server.address()
      const port = typeof bound === 'object' && bound ? bound.port : config.port
      log('')
      log(`全程 Quancheng ${VERSION} 已启动：http://localhost:${port}`)
      for (const line of lines) log(line)
      log('按 Ctrl+C 停止。')
      return { address: `http://localhost:${port}`, port, stop: async () => { await app.close(); await db.close() } }
    } catch (error) { await app.close(); throw error }
  } catch (error) { await db.close(); throw error }
}
