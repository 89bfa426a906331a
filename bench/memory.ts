import { readdirSync, readFileSync } from 'node:fs'
import { parseStat } from './cpu.ts'

/** What a process holds that nobody else does plus its share of what is shared (PSS), kB; 0 when it has gone. */
function pss(pid: number): number {
  try { return Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) } catch { return 0 }
}

/** Resident memory of the program, MB. */
export const programMb = (pid: number): number => {
  try { return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024 } catch { return 0 }
}

/** Memory of a PostgreSQL server, MB: the postmaster and its children, what they share counted once. */
export function serverMb(postmaster: number): number {
  let kb = pss(postmaster)
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    try { if (parseStat(readFileSync(`/proc/${name}/stat`, 'utf8')).parent === postmaster) kb += pss(Number(name)) } catch { /* ended meanwhile */ }
  }
  return kb / 1024
}

/** Least-squares slope of y over x. */
export function slope(points: ReadonlyArray<readonly [x: number, y: number]>): number {
  const mean = (k: 0 | 1): number => points.reduce((s, p) => s + p[k], 0) / points.length
  const mx = mean(0), my = mean(1)
  const over = points.reduce((s, [x]) => s + (x - mx) ** 2, 0)
  return over === 0 ? 0 : points.reduce((s, [x, y]) => s + (x - mx) * (y - my), 0) / over
}
