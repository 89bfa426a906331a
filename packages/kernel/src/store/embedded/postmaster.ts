import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { readFile, readlink } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Launcher } from './account.ts'
import { cleanEnvironment, isAlive, startFailed } from './folder.ts'
import { codeOf } from './problem.ts'
import { linesSince, markLogs } from './server-log.ts'

/** What postmaster.pid says; the server rewrites it as its state changes. */
export interface PostmasterFile {
  pid: number
  port: number
  socketDir: string
  /** starting · ready · standby · stopping */
  status: string
}

export async function readPostmasterFile(pgDir: string): Promise<PostmasterFile | undefined> {
  const text = await readFile(path.join(pgDir, 'postmaster.pid'), 'utf8').catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  })
  if (text === undefined) return undefined
  const lines = text.split('\n').map((line) => line.trim())
  const pid = Math.abs(Number(lines[0]))
  if (!Number.isInteger(pid) || pid === 0) return undefined
  return { pid, port: Number(lines[3] || 0), socketDir: lines[4] ?? '', status: lines[7] || 'starting' }
}

/**
 * Whether `pid` is a postmaster of this folder. After a reboot or in a new container the number in a stale file often
 * belongs to some other process.
 */
export async function isPostmaster(pid: number, pgDir: string): Promise<boolean> {
  if (!isAlive(pid)) return false
  if (process.platform !== 'linux') return true
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  const [, name, state] = /^\d+ \((.*)\) (\S)/s.exec(status) ?? []
  if (name === undefined || state === 'Z' || state === 'X') return false
  if (name !== 'postgres') return false
  const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => undefined) // not readable in some containers
  return cwd === undefined || cwd === pgDir
}

export interface SpawnedServer {
  child: ChildProcess
  pid: number
  file: PostmasterFile
  /** resolves when the process has ended */
  ended: Promise<void>
}

/** Why no server runs after an attempt; `holds`: another one, or a remainder of the killed one, still has the folder. */
export interface Refused {
  holds: boolean
  /** it got as far as its log (or was killed), so nothing is wrong with its settings */
  begun: boolean
  /** the last that it said, in English */
  detail: string
}

/** What PostgreSQL says when the folder or the socket is another server's. */
const held = /lock file ".*" (already exists|is empty)|bogus data in lock file|shared memory block|could not bind|could not create any Unix-domain sockets/

/** A server without its number in postmaster.pid can be found by nobody; this long (ms) it is waited for. */
const lostFor = 15_000
/** After the server's end its log is complete when its collector has ended too; a remainder may keep that waiting, so not longer than this (ms). */
const lastWords = 5000

/**
 * Starts the server and waits until it accepts connections; crash recovery may take minutes, so there is no deadline while
 * it is at work.
 *
 * @param o.takeOver a number in postmaster.pid that is known to be no server of this folder. PostgreSQL takes it for its own then, but
 *   still refuses when some process has the killed server's shared memory.
 * @param o.lostFor ms without a postmaster.pid of its own after which the server is given up; tests only
 * @throws EMBEDDED_START_FAILED when the program could not be run at all
 */
export async function spawnPostmaster(o: {
  launcher: Launcher
  program: string
  pgDir: string
  logDir: string
  settings: Record<string, string>
  takeOver?: number | undefined
  lostFor?: number
}): Promise<SpawnedServer | Refused> {
  const options = Object.entries(o.settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const c = o.launcher.command(o.program, ['-D', o.pgDir, ...options])
  const mark = await markLogs(o.logDir)
  const child = spawn(c.file, c.args, {
    cwd: '/',
    env: { ...cleanEnvironment(), ...(o.takeOver === undefined ? {} : { PG_GRANDPARENT_PID: String(o.takeOver) }) },
    stdio: ['ignore', 'ignore', 'pipe'],
    // its own process group: Ctrl-C in the terminal must reach us only, so that we can finish our work before it stops
    detached: process.platform !== 'win32',
    ...(c.uid === undefined ? {} : { uid: c.uid }),
    ...(c.gid === undefined ? {} : { gid: c.gid }),
  })
  let output = ''
  child.stderr.on('data', (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-4000)
  })
  let over = false
  let failure: Error | undefined
  const ended = new Promise<void>((resolve) => {
    const finish = (error?: Error): void => {
      failure ??= error
      over = true
      resolve()
    }
    child.once('exit', () => finish())
    child.once('error', finish)
  })
  // the log's collector has our end of stderr open until it has written everything
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()))

  let lostSince: number | undefined
  let lost = false
  while (!over) {
    const file = await readPostmasterFile(o.pgDir).catch(() => undefined)
    if (file !== undefined && file.pid === child.pid && file.status === 'ready') {
      if (!o.launcher.diesWithUs) watchdog(file.pid, ended)
      // neither may keep our process alive by itself
      child.unref()
      ;(child.stderr as unknown as { unref(): void }).unref()
      return { child, pid: file.pid, file, ended }
    }
    lostSince = file?.pid === child.pid ? undefined : (lostSince ?? performance.now())
    if (lostSince !== undefined && performance.now() - lostSince > (o.lostFor ?? lostFor)) lost ||= child.kill('SIGQUIT')
    await Promise.race([ended, delay(10)])
  }
  if (failure !== undefined) throw startFailed(failure.message, failure)
  const patience = new AbortController()
  await Promise.race([closed, delay(lastWords, undefined, { signal: patience.signal }).catch(() => undefined)])
  patience.abort()
  const begun = output.includes('redirecting log output') || child.signalCode !== null
  const errors = output.replaceAll(/^.*(redirecting log output to|Future log output will appear).*\n?/gm, '').trim()
  const logged = begun ? await linesSince(o.logDir, mark) : ''
  const detail = [errors, logged, `日志 / log: ${o.logDir}`].filter(Boolean).join('\n')
  return { holds: lost || held.test(detail), begun, detail }
}

/** Stops the server when our end of the pipe closes, which the system does however we die. For systems without setpriv. */
function watchdog(pid: number, ended: Promise<void>): void {
  if (process.platform === 'win32') return // an orphan is adopted by the next start
  const child = spawn('/bin/sh', ['-c', 'read -r _; kill -INT "$1"', 'sh', String(pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  })
  child.on('error', () => undefined)
  child.unref()
  ;(child.stdin as unknown as { unref(): void }).unref()
  void ended.then(() => child.kill('SIGKILL'))
}

/** Fast shutdown: sessions are ended, transactions rolled back, everything flushed. Forced when it takes too long (ms). */
export async function stopPostmaster(server: SpawnedServer, patience = 30_000): Promise<void> {
  server.child.ref()
  for (const [signal, wait] of [['SIGINT', patience], ['SIGQUIT', 10_000], ['SIGKILL', 10_000]] as const) {
    if (server.child.exitCode !== null || server.child.signalCode !== null) return
    try {
      process.kill(server.pid, signal)
    } catch (error) {
      if (codeOf(error) === 'ESRCH') return
      throw error
    }
    const timer = new AbortController()
    const ended = await Promise.race([
      server.ended.then(() => true),
      delay(wait, false, { signal: timer.signal }).catch(() => false),
    ])
    timer.abort()
    if (ended) return
  }
}
