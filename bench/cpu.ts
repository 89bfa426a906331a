import { readdirSync, readFileSync } from 'node:fs'

/** Clock ticks a second of /proc; 100 on every Linux that Node runs on. */
const TICKS = 100

interface Times { parent: number; own: number; children: number }

/** Fields of /proc/<pid>/stat. The name in brackets may hold anything, so counting starts after the last bracket. */
export function parseStat(text: string): Times {
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ').map(Number)
  return { parent: fields[1]!, own: fields[11]! + fields[12]!, children: fields[13]! + fields[14]! }
}

const statOf = (pid: number): Times | null => {
  try { return parseStat(readFileSync(`/proc/${pid}/stat`, 'utf8')) } catch { return null }
}

/** CPU time (ms, user and system) that one process has used. */
export const cpuOf = (pid: number): number => (statOf(pid)?.own ?? 0) * (1000 / TICKS)

/**
 * CPU time (ms) of a PostgreSQL server: the postmaster, every process it has now (back ends, WAL writer, checkpointer, autovacuum), and
 * those that have ended, whose time the postmaster inherits.
 */
export function cpuOfServer(postmaster: number): number {
  const own = statOf(postmaster)
  let ticks = own ? own.own + own.children : 0
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const s = statOf(Number(name))
    if (s?.parent === postmaster) ticks += s.own
  }
  return ticks * (1000 / TICKS)
}
