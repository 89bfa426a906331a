import { readFile, stat } from 'node:fs/promises'
import { accessSync, constants } from 'node:fs'
import path from 'node:path'
import { EmbeddedError } from './problem.ts'

/** An operating-system user. PostgreSQL wants one with a passwd entry, and never root. */
export interface Account {
  name: string
  uid: number
  gid: number
}

/** How a PostgreSQL program is started here: as whom, and through which wrapper. */
export interface Launcher {
  /** the account the files must belong to; undefined: we are an ordinary user and run as ourselves */
  account: Account | undefined
  command(program: string, args: string[]): { file: string; args: string[]; uid?: number; gid?: number }
  /** the kernel stops the server when we die (Linux); otherwise the supervisor must arrange for it */
  diesWithUs: boolean
}

/** Bit numbers in /proc/self/status CapEff, from linux/capability.h. */
const capability = { dac_override: 1n, dac_read_search: 2n, setpcap: 8n }

/**
 * @param folder the PostgreSQL data folder (may not exist yet); the user who owns it keeps it
 * @param paths everything the server must reach: programs, data, socket, log
 * @throws EMBEDDED_UNREACHABLE when we are root and no way leads the unprivileged user to those paths
 */
export async function chooseLauncher(folder: string, paths: string[]): Promise<Launcher> {
  const setpriv = process.platform === 'linux' ? findProgram('setpriv') : undefined
  if (process.getuid?.() !== 0) return ordinaryUser(setpriv)

  const account = await serverAccount(folder)
  const blocked = await firstBlocked(paths, account)
  if (setpriv === undefined) {
    if (blocked !== undefined) throw unreachable(blocked, account)
    return {
      account,
      diesWithUs: false,
      command: (program, args) => ({ file: program, args, uid: account.uid, gid: account.gid }),
    }
  }
  const wrapper = ['--reuid', String(account.uid), '--regid', String(account.gid), '--clear-groups', '--pdeathsig', 'INT']
  if (blocked !== undefined) {
    const grant = await searchCapability()
    if (grant === undefined) throw unreachable(blocked, account)
    // access(2) drops capabilities of a non-root user unless no_setuid_fixup is set, and PostgreSQL asks access(2)
    // whether it may execute itself
    wrapper.push('--inh-caps', `-all,+${grant}`, '--ambient-caps', `-all,+${grant}`, '--securebits', '+no_setuid_fixup')
  } else {
    wrapper.push('--inh-caps', '-all')
  }
  return { account, diesWithUs: true, command: (program, args) => ({ file: setpriv, args: [...wrapper, ...unlessOrphan(), program, ...args] }) }
}

/**
 * The kernel tells a process of its parent's death only after setpriv has asked for it. When we were killed before that, the
 * parent is another by now, and the program must not begin: nobody would ever stop it.
 */
function unlessOrphan(): string[] {
  const shell = findProgram('sh')
  return shell === undefined ? [] : [shell, '-c', '[ "$PPID" = "$0" ] && exec "$@"', String(process.pid)]
}

function ordinaryUser(setpriv: string | undefined): Launcher {
  if (setpriv === undefined) return { account: undefined, diesWithUs: false, command: (file, args) => ({ file, args }) }
  return {
    account: undefined,
    diesWithUs: true,
    command: (program, args) => ({ file: setpriv, args: ['--pdeathsig', 'INT', ...unlessOrphan(), program, ...args] }),
  }
}

/** The owner of an existing folder stays; a new one goes to `postgres`, or where there is none to `nobody`. */
async function serverAccount(folder: string): Promise<Account> {
  const accounts = parsePasswd(await readFile('/etc/passwd', 'utf8').catch(() => ''))
  const owner = await stat(folder).then((s) => s.uid, () => 0)
  const found =
    (owner === 0 ? undefined : accounts.find((a) => a.uid === owner)) ??
    accounts.find((a) => a.name === 'postgres' && a.uid !== 0) ??
    accounts.find((a) => a.name === 'nobody' && a.uid !== 0)
  if (found !== undefined) return found
  throw new EmbeddedError(
    'EMBEDDED_UNREACHABLE',
    'PostgreSQL 不能以 root 运行,而本机没有 postgres 或 nobody 用户。请用普通用户启动,或设置 DATABASE_URL。',
    'PostgreSQL refuses to run as root, and this machine has neither a postgres nor a nobody user. Start as an ordinary user, or set DATABASE_URL.',
  )
}

export function parsePasswd(text: string): Account[] {
  const accounts: Account[] = []
  for (const line of text.split('\n')) {
    const [name, , uid, gid] = line.split(':')
    if (!name || uid === undefined || gid === undefined || !/^\d+$/.test(uid) || !/^\d+$/.test(gid)) continue
    accounts.push({ name, uid: Number(uid), gid: Number(gid) })
  }
  return accounts
}

/** The first folder above one of `paths` that `account` may not pass; undefined when all are open. */
async function firstBlocked(paths: string[], account: Account): Promise<string | undefined> {
  for (const each of paths) {
    for (let dir = path.resolve(each); ; dir = path.dirname(dir)) {
      const s = await stat(dir).catch(() => undefined)
      if (s?.isDirectory() === true && !mayPass(s, account)) return dir
      if (dir === path.dirname(dir)) break
    }
  }
  return undefined
}

/** Whether the permission bits let `account` (with no supplementary groups) search the folder. */
export function mayPass(folder: { mode: number; uid: number; gid: number }, account: Account): boolean {
  if (folder.uid === account.uid) return (folder.mode & 0o100) !== 0
  if (folder.gid === account.gid) return (folder.mode & 0o010) !== 0
  return (folder.mode & 0o001) !== 0
}

/** The smallest capability we hold and can hand on that passes closed folders. */
async function searchCapability(): Promise<'dac_read_search' | 'dac_override' | undefined> {
  const status = await readFile('/proc/self/status', 'utf8').catch(() => '')
  const held = BigInt(`0x${/^CapEff:\s*([0-9a-f]+)$/m.exec(status)?.[1] ?? '0'}`)
  const has = (bit: bigint): boolean => ((held >> bit) & 1n) === 1n
  if (!has(capability.setpcap)) return undefined
  if (has(capability.dac_read_search)) return 'dac_read_search'
  return has(capability.dac_override) ? 'dac_override' : undefined
}

function unreachable(dir: string, account: Account): EmbeddedError {
  return new EmbeddedError(
    'EMBEDDED_UNREACHABLE',
    `PostgreSQL 不能以 root 运行,改用的用户 ${account.name} 又进不了目录 ${dir}。请执行 chmod o+x ${dir},或把项目与数据放到其他目录,或用普通用户启动,或设置 DATABASE_URL。`,
    `PostgreSQL refuses to run as root, and the user ${account.name} used instead may not enter ${dir}. Run chmod o+x ${dir}, move the project and its data elsewhere, start as an ordinary user, or set DATABASE_URL.`,
  )
}

export function findProgram(name: string): string | undefined {
  for (const dir of [...(process.env['PATH'] ?? '').split(path.delimiter), '/usr/bin', '/bin']) {
    if (!path.isAbsolute(dir)) continue
    const file = path.join(dir, name)
    try {
      accessSync(file, constants.X_OK)
      return file
    } catch {
      // not in this folder
    }
  }
  return undefined
}
