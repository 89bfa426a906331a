import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { readFile, readlink } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Launcher } from './account.ts'
import { cleanEnvironment, isAlive, startFailed } from './folder.ts'
import { codeOf } from './problem.ts'

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
  // setpriv is what we start; it becomes postgres within a millisecond
  if (name !== 'postgres' && name !== 'setpriv') return false
  const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => undefined) // not readable in some containers
  return cwd === undefined || name === 'setpriv' || cwd === pgDir
}

export interface SpawnedServer {
  child: ChildProcess
  pid: number
  file: PostmasterFile
  /** resolves when the process has ended */
  ended: Promise<void>
}

/**
 * Starts the server and waits until it accepts connections; crash recovery may take minutes, so there is no deadline while
 * it is at work. Returns `busy` when another server (or a remainder of the killed one) still holds the folder.
 */
export async function spawnPostmaster(o: {
  launcher: Launcher
  program: string
  pgDir: string
  logDir: string
  settings: Record<string, string>
}): Promise<SpawnedServer | 'busy'> {
  const options = Object.entries(o.settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const c = o.launcher.command(o.program, ['-D', o.pgDir, ...options])
  const child = spawn(c.file, c.args, {
    cwd: '/',
    env: cleanEnvironment(),
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

  while (!over) {
    const file = await readPostmasterFile(o.pgDir).catch(() => undefined)
    if (file !== undefined && file.pid === child.pid && file.status === 'ready') {
      if (!o.launcher.diesWithUs) watchdog(file.pid, ended)
      // neither may keep our process alive by itself
      child.unref()
      ;(child.stderr as unknown as { unref(): void }).unref()
      return { child, pid: file.pid, file, ended }
    }
    await Promise.race([ended, delay(10)])
  }
  await delay(20) // the last of stderr
  if (failure !== undefined) throw startFailed(failure.message, failure)
  if (/lock file ".*" already exists|shared memory block|could not bind|bogus data in lock file/.test(output)) return 'busy'
  throw startFailed(`${output.trim()}\n日志 / log: ${o.logDir}`)
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
