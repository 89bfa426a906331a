import { readFileSync } from 'node:fs'
import os from 'node:os'
import type { Figures } from './drive.ts'
import type { Loaded } from './load/index.ts'
import type { Piece } from './pieces.ts'

export interface Machine { at: string; cores: number; cpu: string; memoryGb: number; node: string; postgres: string; load: number[] }
export interface SizeResult { size: number; figures: Figures[]; loaded: Pick<Loaded, 'seconds' | 'open' | 'phases' | 'rows' | 'megabytes'> | null }
export interface Report { machine: Machine; requestsPerRound: number; rounds: number; sizes: SizeResult[]; pieces: Piece[] }

export function machine(postgres: string): Machine {
  const cpu = os.cpus()
  return { at: new Date().toISOString(), cores: cpu.length, cpu: cpu[0]?.model.trim() ?? '', memoryGb: Math.round(os.totalmem() / 2 ** 30), node: process.version, postgres, load: loadNow() }
}
const loadNow = (): number[] => { try { return readFileSync('/proc/loadavg', 'utf8').split(' ').slice(0, 3).map(Number) } catch { return os.loadavg() } }

const line = (cells: ReadonlyArray<string | number>): string => `| ${cells.join(' | ')} |`
const table = (head: readonly string[], rows: ReadonlyArray<ReadonlyArray<string | number>>): string => [line(head), line(head.map((_, i) => (i === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n')

const verdict = (f: Figures): string => (f.goal === null ? '' : f.total <= f.goal ? `✓ ≤ ${f.goal}` : `✗ > ${f.goal}`)

function sizeTable(s: SizeResult): string {
  const rows = s.figures.map(f => [f.label, f.callers, f.perSecond, f.p50, f.p95, f.p99, f.app.toFixed(2), f.db.toFixed(2), `**${f.total.toFixed(2)}**`, verdict(f)])
  const l = s.loaded
  const about = l ? `装入用时 ${l.seconds} 秒（${Object.entries(l.phases).map(([k, v]) => `${k} ${v}`).join('，')}）；数据库 ${l.megabytes} MB；未结 ${l.open}；${Object.entries(l.rows).map(([k, v]) => `${k} ${v.toLocaleString('en')}`).join('，')}` : ''
  return `### ${s.size.toLocaleString('en')} 个请求\n\n${about}\n\n${table(['操作 operation', '并发 callers', '次/秒 req/s', 'p50 ms', 'p95 ms', 'p99 ms', 'CPU 程序 app', 'CPU 数据库 db', 'CPU 合计 ms', '目标 goal'], rows)}`
}

/** Total CPU of each operation at two sizes; the goal is that a million costs at most half as much again. */
function growth(a: SizeResult, b: SizeResult): string {
  const rows = b.figures.flatMap(f => {
    const before = a.figures.find(x => x.key === f.key && x.callers === f.callers)
    if (!before) return []
    const ratio = f.total / before.total
    return [[f.label, f.callers, before.total.toFixed(2), f.total.toFixed(2), `**${ratio.toFixed(2)}**`, ratio <= 1.5 ? '✓ ≤ 1.5' : '✗ > 1.5']]
  })
  return `### ${a.size.toLocaleString('en')} → ${b.size.toLocaleString('en')}\n\n${table(['操作 operation', '并发 callers', `CPU ms (${a.size})`, `CPU ms (${b.size})`, '比 ratio', '目标 goal'], rows)}`
}

function scopeCost(s: SizeResult): string {
  const rows = s.figures.filter(f => f.key === 'list-member').flatMap(f => {
    const admin = s.figures.find(x => x.key === 'list-admin' && x.callers === f.callers)
    return admin ? [[s.size.toLocaleString('en'), f.callers, f.total.toFixed(2), admin.total.toFixed(2), `**${(f.total / admin.total).toFixed(2)}**`, f.total <= 2 * admin.total ? '✓ ≤ 2' : '✗ > 2']] : []
  })
  return rows.length ? table(['请求数 size', '并发 callers', '一线 member', '管理员 administrator', '比 ratio', '目标 goal'], rows) : ''
}

export function markdown(r: Report): string {
  const m = r.machine
  const parts = [
    '## 全程 bench',
    `${m.at} · ${m.cores} × ${m.cpu} · ${m.memoryGb} GB · Node ${m.node} · PostgreSQL ${m.postgres} · load ${m.load.join(' ')}\n每轮 ${r.requestsPerRound} 次请求，${r.rounds} 轮取中位数；真实 fsync。`,
    '**看 CPU，不看快慢**：CPU 毫秒是程序进程与全部数据库进程的 user + system 时间，机器忙时也几乎不变；次/秒和 p50–p99 是墙上时间，机器上有别的负载时只是上限。\nTrust the CPU columns; wall times are upper bounds on a machine that does other work.',
    ...r.sizes.map(sizeTable),
    ...r.sizes.slice(1).map((s, i) => growth(r.sizes[i]!, s)),
    `### 数据范围的代价 what the data scope costs\n\n${r.sizes.map(scopeCost).filter(Boolean).join('\n\n')}`,
  ]
  if (r.pieces.length) parts.push(`### 零件 pieces（纯函数，CPU 时间）\n\n${table(['零件 piece', '值 value', ''], r.pieces.map(p => [p.label, p.value.toLocaleString('en'), p.unit]))}`)
  return parts.join('\n\n')
}
