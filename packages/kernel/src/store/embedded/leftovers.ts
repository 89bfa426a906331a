import { readdir, readFile, readlink, rm } from 'node:fs/promises'
import path from 'node:path'
import { isPostmaster, readPostmasterFile } from './postmaster.ts'

/*
 * What a killed server leaves: postmaster.pid in its folder, a lock beside its socket, and for a while its number, as a dead process that
 * nobody has collected yet. PostgreSQL refuses to start when a number in one of the two files is alive as a process of its own user, be it
 * a dead one not collected or another program that was given the number since; and when a file is empty, because the kill came between
 * making and writing it. Sessions in the middle of a long query do not notice its death either, and keep its shared memory.
 */

/** A postmaster.pid may have no number in it for this long, in ms; a server that lives writes it in the instant it makes the file. */
const blankFor = 2000

/**
 * For somebody who wants to start a server in a folder, again and again: removes what would stop it. To be called when nobody was found
 * serving the folder. A postmaster.pid with a number in it stays: see `takeOver` of spawnPostmaster.
 */
export function leftoversOf(pgDir: string): (socketDir: string, port: number) => Promise<void> {
  let blankSince: number | undefined
  return async (socketDir, port) => {
    blankSince = (await isBlank(pgDir)) ? (blankSince ?? performance.now()) : undefined
    if (blankSince !== undefined && performance.now() - blankSince > blankFor) await rm(path.join(pgDir, 'postmaster.pid'), { force: true })
    if (process.platform !== 'win32') await clearSocketLock(path.join(socketDir, `.s.PGSQL.${port}.lock`), pgDir)
  }
}

async function isBlank(pgDir: string): Promise<boolean> {
  const there = await readFile(path.join(pgDir, 'postmaster.pid')).then(() => true, () => false)
  return there && (await readPostmasterFile(pgDir)) === undefined
}

/** The socket's folder is this database's alone, so whoever holds the data folder may have it; a server that lost this file goes on all the same. */
async function clearSocketLock(file: string, pgDir: string): Promise<void> {
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (text === undefined) return
  const pid = Math.abs(Number(text.split('\n')[0]))
  if (Number.isInteger(pid) && pid > 0 && (await isPostmaster(pid, pgDir))) return
  await rm(file, { force: true })
}

/**
 * Ends the sessions of a server of this folder that is dead; those of a living one have it as their parent. Nobody can answer for their
 * transactions any more, so nothing is lost. Where the system does not show processes, they end by themselves with their queries.
 */
export async function endOrphans(pgDir: string): Promise<void> {
  if (process.platform !== 'linux') return
  const ours = new Map<number, { parent: number; title: string }>()
  for (const name of await readdir('/proc')) {
    const stat = /^\d+$/.test(name) ? await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '') : ''
    const parent = /^\d+ \(postgres\) [^ZX] (\d+)/.exec(stat)?.[1]
    if (parent === undefined || (await readlink(`/proc/${name}/cwd`).catch(() => '')) !== pgDir) continue
    ours.set(Number(name), { parent: Number(parent), title: await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '') })
  }
  for (const [pid, { parent, title }] of ours) {
    if (ours.has(parent) || !title.startsWith('postgres: ')) continue // a session of a living server, or that server
    try {
      process.kill(pid, 'SIGQUIT') // heard in the middle of a query, unlike its server's death
    } catch {
      // it has ended by itself
    }
  }
}
