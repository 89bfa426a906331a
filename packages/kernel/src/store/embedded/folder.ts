import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmod, chown, lchown, lstat, mkdir, readdir, readFile, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Account, Launcher } from './account.ts'
import type { NativeBuild } from './native.ts'
import { codeOf, EmbeddedError } from './problem.ts'

export const superuser = 'postgres'

/** sockaddr_un.sun_path holds 108 bytes on Linux and 104 on macOS, with the closing zero. */
const socketPathLimit = process.platform === 'linux' ? 107 : 103
const socketName = '/.s.PGSQL.5432'

/** Where the server's socket goes: inside the data folder, or for long paths in a short folder named by a hash of it. */
export function socketDirOf(dataDir: string, temporary: string = tmpdir()): string {
  const inside = path.join(dataDir, 'run')
  if (Buffer.byteLength(inside + socketName) <= socketPathLimit) return inside
  return path.join(temporary, `quancheng-${createHash('sha256').update(dataDir).digest('hex').slice(0, 12)}`)
}

/** Creates a folder that only the server's user (and root) may enter. @throws EMBEDDED_FOLDER when it is someone else's */
export async function ownFolder(dir: string, account: Account | undefined): Promise<void> {
  await mkdir(dir, { recursive: true, mode: 0o700 })
  const s = await lstat(dir)
  const uid = account?.uid ?? process.getuid?.()
  if (uid !== undefined && s.uid !== uid) {
    if (account !== undefined && s.isDirectory()) await chown(dir, account.uid, account.gid)
    else throw notOurs(dir)
  }
  if (!s.isDirectory()) throw notOurs(dir)
  if ((s.mode & 0o777) !== 0o700) await chmod(dir, 0o700)
}

/**
 * Makes sure that `pgDir` is a database folder of our major version and belongs to the server's user. A new one is made
 * beside it and renamed, so that two processes starting at once, or one that dies half way, leave no half database.
 */
export async function ensureCluster(o: {
  pgDir: string
  build: NativeBuild
  launcher: Launcher
  password: string
  sync: boolean
  log: (line: string) => void
}): Promise<void> {
  await removeAbandoned(o.pgDir)
  const version = await readFile(path.join(o.pgDir, 'PG_VERSION'), 'utf8').catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined
    throw unreadable(o.pgDir, error)
  })
  if (version === undefined) await createCluster(o)
  else if (version.trim() !== '18') throw otherVersion(o.pgDir, version.trim())
  await giveTo(o.pgDir, o.launcher.account)
}

async function createCluster(o: Parameters<typeof ensureCluster>[0]): Promise<void> {
  try {
    await rmdir(o.pgDir)
  } catch (error) {
    const now = await readdir(o.pgDir).catch((): string[] => [])
    if (now.includes('PG_VERSION')) return // made by another process a moment ago
    if (codeOf(error) !== 'ENOENT') throw notDatabase(o.pgDir, error)
  }
  o.log('正在创建数据库(首次启动)…')
  const fresh = `${o.pgDir}.init-${process.pid}`
  const passwordFile = `${fresh}.password`
  const account = o.launcher.account
  try {
    await ownFolder(fresh, account)
    await writeFile(passwordFile, `${o.password}\n`, { mode: 0o600 })
    if (account !== undefined) await chown(passwordFile, account.uid, account.gid)
    const args = ['-D', fresh, '-U', superuser, '-E', 'UTF8', '-A', 'scram-sha-256', '--pwfile', passwordFile, '--no-instructions']
    await run(o.launcher, o.build.initdb, [...args, ...localeArgs(), ...(o.sync ? [] : ['--no-sync'])])
    await rename(fresh, o.pgDir).catch((error: unknown) => {
      // another process was first; its database is as good as ours
      if (!['ENOTEMPTY', 'EEXIST'].includes(codeOf(error) ?? '')) throw error
    })
  } finally {
    await rm(passwordFile, { force: true })
    await rm(fresh, { recursive: true, force: true })
  }
}

/** C.UTF-8 everywhere: sorts by code point, the same on all machines, and lets pg_trgm see Chinese (with C it does not). */
function localeArgs(): string[] {
  if (process.platform === 'linux') return ['--locale=C.UTF-8']
  const base = process.platform === 'darwin' ? 'en_US.UTF-8' : 'C'
  return [`--locale=${base}`, '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
}

/** Removes what an initdb left whose process died. */
async function removeAbandoned(pgDir: string): Promise<void> {
  const parent = path.dirname(pgDir)
  for (const name of await readdir(parent)) {
    const pid = new RegExp(`^${path.basename(pgDir)}\\.init-(\\d+)`).exec(name)?.[1]
    if (pid === undefined || isAlive(Number(pid))) continue
    await rm(path.join(parent, name), { recursive: true, force: true })
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
}

/** A folder that came from elsewhere (copied, restored as root) may belong to another user. */
async function giveTo(dir: string, account: Account | undefined): Promise<void> {
  if (account === undefined || (await stat(dir)).uid === account.uid) return
  const walk = async (folder: string): Promise<void> => {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      const each = path.join(folder, entry.name)
      if (entry.isDirectory()) await walk(each)
      else await lchown(each, account.uid, account.gid)
    }
    await chown(folder, account.uid, account.gid) // last, so that an interrupted walk starts again
  }
  await walk(dir)
}

function run(launcher: Launcher, program: string, args: string[]): Promise<void> {
  const c = launcher.command(program, args)
  return new Promise((resolve, reject) => {
    const options = { cwd: '/', env: cleanEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] as ['ignore', 'pipe', 'pipe'] }
    const child = spawn(c.file, c.args, {
      ...options,
      ...(c.uid === undefined ? {} : { uid: c.uid }),
      ...(c.gid === undefined ? {} : { gid: c.gid }),
    })
    let output = ''
    const collect = (chunk: Buffer): void => {
      output = (output + chunk.toString()).slice(-4000)
    }
    child.stdout.on('data', collect)
    child.stderr.on('data', collect)
    child.on('error', (error) => reject(startFailed(error.message, error)))
    child.on('close', (code) => (code === 0 ? resolve() : reject(startFailed(output.trim()))))
  })
}

/** PG* variables of the caller must not reach the server, and its messages must be English because we read some. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { LC_ALL: 'C', TZ: 'UTC' }
  for (const name of ['PATH', 'SystemRoot', 'TEMP', 'TMP']) if (process.env[name] !== undefined) env[name] = process.env[name]
  return env
}

export function startFailed(detail: string, cause?: unknown): EmbeddedError {
  return new EmbeddedError(
    'EMBEDDED_START_FAILED',
    '内置数据库没有启动成功。',
    `The embedded database did not start:\n${detail}`,
    cause,
  )
}

function notOurs(dir: string): EmbeddedError {
  return new EmbeddedError(
    'EMBEDDED_FOLDER',
    `目录 ${dir} 不属于当前用户,不能用于内置数据库。请换一个数据目录,或用它的所有者启动。`,
    `The folder ${dir} belongs to another user. Choose another data folder, or start as its owner.`,
  )
}

function unreadable(dir: string, cause: unknown): EmbeddedError {
  return new EmbeddedError(
    'EMBEDDED_FOLDER',
    `无法读取数据库目录 ${dir}。如果它由其他用户(例如 root)创建,请用同一用户启动,或改变它的所有者。`,
    `The database folder ${dir} cannot be read. If another user (root, perhaps) made it, start as that user or change its owner.`,
    cause,
  )
}

function notDatabase(dir: string, cause: unknown): EmbeddedError {
  return new EmbeddedError(
    'EMBEDDED_FOLDER',
    `目录 ${dir} 不是空的,也不是数据库。请移走它或换一个数据目录。`,
    `The folder ${dir} is neither empty nor a database. Move it away or choose another data folder.`,
    cause,
  )
}

function otherVersion(dir: string, version: string): EmbeddedError {
  return new EmbeddedError(
    'EMBEDDED_VERSION',
    `数据库目录 ${dir} 属于 PostgreSQL ${version},而内置的是 18。请用旧版本程序备份,再用新版本恢复到空目录。`,
    `The database folder ${dir} is of PostgreSQL ${version}; the embedded one is 18. Back up with the old release and restore with this one into an empty folder.`,
  )
}
