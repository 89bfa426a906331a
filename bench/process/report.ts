import type { Machine } from '../report.ts'
import type { LockCost } from './locks.ts'
import { ratioOf, startCpu, stepCpu, stepRate, type Cost, type Round } from './measure.ts'
import type { Changes } from './rows.ts'
import type { Space } from './space.ts'
import type { Worklist } from './worklist.ts'

export interface Comparison { callers: number; costs: Cost[]; rounds: Map<string, Round[]> }
export interface ProcessReport { machine: Machine; cases: number; rounds: number; changes: Record<string, Record<string, Changes>>; comparisons: Comparison[]; locks: LockCost[]; spaces: Space[]; worklists: Worklist[] }

const line = (cells: ReadonlyArray<string | number>): string => `| ${cells.join(' | ')} |`
const table = (head: readonly string[], rows: ReadonlyArray<ReadonlyArray<string | number>>): string => [line(head), line(head.map((_, i) => (i === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n')
const met = (ok: boolean, goal: string): string => `${ok ? '✓' : '✗'} ${goal}`

function costs(c: Comparison): string {
  const rows = c.costs.map(x => [x.label, x.start.toFixed(2), x.node.toFixed(2), x.db.toFixed(2), `**${x.total.toFixed(2)}**`, x.perSecond, x.p50, x.p99])
  const ours = c.rounds.get('ours')!, of = (key: string, f: (r: Round) => number): number => ratioOf(ours, c.rounds.get(key)!, f)
  const hand = of('hand', stepCpu), rate = of('peer', stepRate)
  const ratios = [
    ['一步的 CPU ÷ 手写 step CPU ÷ hand-written', `**${hand}**`, met(hand <= 1.3, '≤ 1.3')], ['一步的 CPU ÷ 手写（一起发） ÷ sent together', of('hand-together', stepCpu), ''], ['开始的 CPU ÷ 手写 start CPU', of('hand', startCpu), ''],
    ['步速 ÷ 手写 rate ÷ hand-written', of('hand', stepRate), ''], ['步速 ÷ bpmn-engine rate', `**${rate}**`, met(rate >= 20, '≥ 20')], ['bpmn-engine 的 CPU ÷ 我们的', ratioOf(c.rounds.get('peer')!, ours, stepCpu), ''],
  ]
  return `### ${c.callers} 个并发 callers\n\n${table(['', '开始 CPU ms', '一步：程序', '一步：数据库', '一步 CPU ms', '步/秒', 'p50 ms', 'p99 ms'], rows)}\n\n${table(['比 ratio', '', '目标 goal'], ratios)}`
}

function changes(all: ProcessReport['changes']): string {
  const tables = [...new Set(Object.values(all).flatMap(c => Object.keys(c)))]
  const cell = (c: Changes | undefined): string => (c ? `${c.inserted} + ${c.updated} − ${c.deleted}` : '–')
  return table(['一个案例改动的行（新增 + 更新 − 删除） rows', ...Object.keys(all)], tables.map(t => [t, ...Object.values(all).map(c => cell(c[t]))]))
}

function spaces(all: readonly Space[]): string {
  const kB = (bytes: number): string => (bytes / 1000).toFixed(1)
  const rows = all.map(s => [s.onRecord.toLocaleString('en'), kB(s.disk), met(s.disk <= 6000, '≤ 6'), kB(s.wal), s.fullPages.toFixed(2), met(s.wal <= 12_000, '≤ 12')])
  const parts = all.at(-1)!.parts.map(p => [p.name, Math.round(p.bytes)])
  return `### 磁盘与 WAL（每个案例 kB） disk and WAL a case\n\n${table(['已有案例 on record', '磁盘 disk', '', 'WAL', '其中整页 full pages', ''], rows)}\n\n${table(['其中（字节/案例） of which', ''], parts)}`
}

const locks = (all: readonly LockCost[]): string => `### 行锁与版本号 row locks and versions\n\n${table(['', '步/秒', 'CPU ms', '每步重来 retries'], all.map(l => [`${l.what === 'hot' ? '两个案例的并行任务' : '各办各的案例'} · ${l.way === 'locks' ? '行锁 row lock' : '版本 versions'}`, l.perSecond, l.cpu.toFixed(2), l.retries]))}`

export function markdown(r: ProcessReport): string {
  const m = r.machine
  return [
    '## 全程 bench:process', `${m.at} · ${m.cores} × ${m.cpu} · ${m.memoryGb} GB · Node ${m.node} · PostgreSQL ${m.postgres} · load ${m.load.join(' ')}\n每轮 ${r.cases} 个案例，${r.rounds} 轮取中位数；比值取各轮之比的中位数。`,
    changes(r.changes), ...r.comparisons.map(costs), ...(r.locks.length ? [locks(r.locks)] : []), ...(r.spaces.length ? [spaces(r.spaces)] : []),
    ...(r.worklists.length ? [`### 待办 worklist\n\n${table(['数据库里的时间 in the database', '行 rows', 'ms'], r.worklists.map(x => [x.label, x.rows, x.ms]))}`] : []),
  ].join('\n\n')
}
