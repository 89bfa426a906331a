import { existsSync } from 'node:fs'
import path from 'node:path'

/** What an installation is told from outside; documented in the README. */
export interface Config {
  port: number
  host: string
  dataDir: string
  databaseUrl: string | null
  demo: boolean
  trustProxy: boolean
  /** become a station of this head office, with this code; once, on a new data folder */
  join?: { url: string; code: string } | null | undefined
}

export const root = path.join(import.meta.dirname, '..', '..', '..')

export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const port = Number(env.PORT ?? 3000)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`PORT 应为 0–65535 的整数，现在是“${env.PORT}” / PORT must be a port number`)
  return {
    port, host: env.HOST ?? '0.0.0.0',
    dataDir: path.resolve(env.QUANCHENG_DATA ?? path.join(root, 'data')),
    databaseUrl: env.DATABASE_URL?.trim() || null,
    demo: !/^(off|0|false|no)$/i.test(env.QUANCHENG_DEMO ?? 'on'),
    trustProxy: /^(on|1|true|yes)$/i.test(env.QUANCHENG_TRUST_PROXY ?? ''),
  }
}

export const webDist = (): string => path.join(root, 'apps', 'web', 'dist')
export const hasWeb = (): boolean => existsSync(path.join(webDist(), 'index.html'))
