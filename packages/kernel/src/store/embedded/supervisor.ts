import { mkdir, realpath } from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import type { Launcher } from './account.ts'
import { chooseLauncher } from './account.ts'
import { ensureCluster, ownFolder, socketDirOf, startFailed, superuser } from './folder.ts'
import { endOrphans, leftoversOf } from './leftovers.ts'
import type { NativeBuild } from './native.ts'
import { findNative, prepareNative } from './native.ts'
import type { SpawnedServer } from './postmaster.ts'
import { isPostmaster, readPostmasterFile, spawnPostmaster, stopPostmaster } from './postmaster.ts'
import { codeOf, EmbeddedError } from './problem.ts'
import { secretOf } from './secrets.ts'
import { serverSettings } from './settings.ts'

/**
 * A running PostgreSQL. `host`, `port`, `user` and `password` never change; `pid` and `owned` do when the server had to be
 * started again, so read them when needed.
 */
export interface EmbeddedServer {
  /** the folder of the socket, as libpq and `pg` take it (127.0.0.1 on Windows) */
  readonly host: string
  readonly port: number
  /** the superuser; the application should connect as a role that cannot bypass row-level security */
  readonly user: string
  readonly password: string
  readonly pid: number
  /** false: started by another process, and left alone by `stop()` */
  readonly owned: boolean
  /** Stops an owned server (fast shutdown) and the supervision. May be called twice. */
  stop(): Promise<void>
}

export interface StartOptions {
  /** the server's data goes to `<dataDir>/pg`, its log to `<dataDir>/log`, its password to `<dataDir>/secrets.json` */
  dataDir: string
  log?: (line: string) => void
  /** further PostgreSQL settings; `fsync: 'off'` (tests only) also makes the first start faster */
  settings?: Record<string, string>
  /** another PostgreSQL build than that of the npm package */
  nativeDir?: string
}

/** How long (ms) another process may hold the folder without serving it. */
const patience = 60_000
/** How long (ms) a start after a crash is tried anew when the server fails of something else than its settings. */
const crashPatience = 10_000
const defaultPort = 5432

interface Place {
  pgDir: string
  logDir: string
  socketDir: string
  port: number
  build: NativeBuild
  launcher: Launcher
  password: string
  settings: Record<string, string> | undefined
}

/** The server we found or made: ours with its process, or someone's with a connection that tells us when it goes. */
type Hold = { owned: true; server: SpawnedServer } | { owned: false; pid: number; watch: pg.Client; gone: Promise<void> }

/**
 * Starts the PostgreSQL of a data folder, or joins the one that another process runs there already.
 *
 * From then on the server is kept there until `stop()`: when its process dies it is started again (after 0.1 s, and up to
 * 30 s when it keeps failing); when a joined server goes because its owner ended, this process starts it and becomes the
 * owner. Open connections break in both cases; the same address works again, so a pool recovers by itself and only
 * long-lived connections (LISTEN) must be made anew. A server whose owner is killed stops by itself.
 *
 * @throws EmbeddedError with a stable code and what to do, in Chinese and English
 */
export async function startEmbedded(o: StartOptions): Promise<EmbeddedServer> {
  const log = o.log ?? ((): void => undefined)
  const place = await prepare(o, log)
  const stopping = new AbortController()
  let hold = await claim(place, stopping.signal)
  // a joined server may listen elsewhere (another TMPDIR); the address given out must stay true
  const address = { host: place.socketDir, port: place.port }

  const supervise = async (): Promise<void> => {
    let failures = 0
    while (!stopping.signal.aborted) {
      const since = Date.now()
      await (hold.owned ? hold.server.ended : hold.gone)
      if (stopping.signal.aborted) return
      if (hold.owned) log('数据库进程意外结束,正在重新启动…')
      if (Date.now() - since > 60_000) failures = 0
      for (;;) {
        await delay(Math.min(30_000, 100 * 2 ** failures), undefined, { signal: stopping.signal, ref: false })
        failures += 1
        try {
          hold = await claim(place, stopping.signal)
          log(hold.owned ? '数据库已重新启动。' : '已连接到数据库。')
          break
        } catch (error) {
          if (stopping.signal.aborted) return
          log(error instanceof Error ? error.message : String(error))
        }
      }
    }
  }
  const supervision = supervise().catch((error: unknown) => {
    if (!stopping.signal.aborted) throw error
  })

  let stopped: Promise<void> | undefined
  const stop = async (): Promise<void> => {
    stopping.abort()
    if (hold.owned) await stopPostmaster(hold.server)
    else await hold.watch.end().catch(() => undefined)
    await supervision
    // a restart that was under way when stop() came has ended by now, perhaps with a server
    if (hold.owned) await stopPostmaster(hold.server)
  }
  return {
    ...address,
    user: superuser,
    password: place.password,
    get pid() {
      return hold.owned ? hold.server.pid : hold.pid
    },
    get owned() {
      return hold.owned
    },
    stop: () => (stopped ??= stop()),
  }
}

async function prepare(o: StartOptions, log: (line: string) => void): Promise<Place> {
  await mkdir(o.dataDir, { recursive: true })
  const dataDir = await realpath(o.dataDir)
  const pgDir = path.join(dataDir, 'pg')
  const logDir = path.join(dataDir, 'log')
  const socketDir = socketDirOf(dataDir)
  const build = await prepareNative(await realpath(o.nativeDir ?? (await findNative())), path.join(dataDir, 'pg-native-18'))
  const launcher = await chooseLauncher(pgDir, [dataDir, path.dirname(socketDir), path.dirname(build.postgres)])
  const password = await secretOf(dataDir, 'postgresPassword')
  await ensureCluster({ pgDir, build, launcher, password, sync: o.settings?.['fsync'] !== 'off', log })
  if (process.platform !== 'win32') await ownFolder(socketDir, launcher.account)
  await ownFolder(logDir, launcher.account)
  const windows = process.platform === 'win32'
  const port = windows ? await freePort() : defaultPort
  return { pgDir, logDir, socketDir: windows ? '127.0.0.1' : socketDir, port, build, launcher, password, settings: o.settings }
}

/**
 * Joins the running server or starts one; waits for one that is starting or stopping, and tries again while remains of a
 * killed one are in the way. Updates the address in `place`.
 */
async function claim(place: Place, signal: AbortSignal): Promise<Hold> {
  const deadline = performance.now() + patience
  const clearLeftovers = leftoversOf(place.pgDir)
  let silentSince: number | undefined
  let afterCrash = false
  let failedSince: number | undefined
  let said = ''
  while (!signal.aborted) {
    const file = await readPostmasterFile(place.pgDir)
    const running = file !== undefined && (await isPostmaster(file.pid, place.pgDir))
    const silent = silentSince !== undefined && performance.now() - silentSince > 3000
    // PostgreSQL's own locks decide in the end, so trying to start does no harm when we misjudge
    if (!running || silent) {
      afterCrash ||= file !== undefined
      if (!running) await clearLeftovers(place.socketDir, place.port)
      const server = await spawnPostmaster({
        launcher: place.launcher,
        program: place.build.postgres,
        pgDir: place.pgDir,
        logDir: place.logDir,
        settings: serverSettings({ socketDir: place.socketDir, logDir: place.logDir, port: place.port, extra: place.settings }),
        // where we cannot see what a process is, one that has not answered for so long is as good as none
        takeOver: !running || process.platform !== 'linux' ? file?.pid : undefined,
      })
      if ('child' in server) return { owned: true, server }
      said = server.detail
      if (said.includes('shared memory block')) await endOrphans(place.pgDir)
      if (!server.holds) {
        failedSince ??= performance.now()
        if (!afterCrash || !server.begun || performance.now() - failedSince > crashPatience) throw startFailed(said)
      }
      await delay(100)
    } else if (file.status === 'ready') {
      const joined = await join(place, file.socketDir || place.socketDir, file.port, file.pid)
      if (joined !== undefined) return joined
      silentSince ??= performance.now()
    } else {
      silentSince = undefined
    }
    if (performance.now() > deadline) {
      throw startFailed(`${place.pgDir}: 另一个数据库进程占用了这个目录 / another server holds the folder (pid ${file?.pid ?? '?'})\n${said}`)
    }
    await delay(30, undefined, { signal }).catch(() => undefined)
  }
  throw startFailed('已停止 / stopped')
}

async function join(place: Place, host: string, port: number, pid: number): Promise<Hold | undefined> {
  const watch = new pg.Client({
    host,
    port,
    user: superuser,
    password: place.password,
    database: 'postgres',
    application_name: 'quancheng-watch',
    connectionTimeoutMillis: 5000,
  })
  const gone = new Promise<void>((resolve) => {
    watch.once('end', resolve)
    watch.on('error', () => resolve())
  })
  try {
    await watch.connect()
  } catch (error) {
    if (codeOf(error) === '28P01') throw wrongPassword(place.pgDir, error)
    return undefined
  }
  ;(watch as unknown as { unref(): void }).unref() // in pg, but not in its types
  place.socketDir = host
  place.port = port
  return { owned: false, pid, watch, gone }
}

function wrongPassword(pgDir: string, cause: unknown): EmbeddedError {
  return new EmbeddedError(
    'EMBEDDED_PASSWORD',
    `secrets.json 中的密码与数据库 ${pgDir} 不符。请把与这份数据一起的 secrets.json 放回原处。`,
    `The password in secrets.json is not that of the database ${pgDir}. Put back the secrets.json that belongs to this data.`,
    cause,
  )
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : defaultPort
}
