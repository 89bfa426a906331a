import { gzipSync } from 'node:zlib'
import { addBusinessMinutes, chinaCalendar, compileCalendar } from '@quancheng/kernel'
import { compileFeel, directlyFollows, readEventLog, toActivityInstances } from '@quancheng/process'
import { searchDocument } from '../packages/kernel/src/search/search.ts'
import { compiledEntities } from '../apps/server/src/migrations.ts'
import { random } from './load/random.ts'
import { FAULTS, given, surname } from './load/words.ts'

export interface Piece { label: string; value: number; unit: string }

/** Runs for about a second of CPU time; µs of CPU per call. */
function cpuPerCall(run: (n: number) => unknown): number {
  for (let i = 0; i < 3000; i++) run(i)
  let calls = 0
  const before = process.cpuUsage()
  const began = performance.now()
  while (performance.now() - began < 700) for (let i = 0; i < 200; i++) run(calls++)
  const used = process.cpuUsage(before)
  return (used.user + used.system) / calls
}

const perSecond = (micros: number): number => Math.round(1_000_000 / micros)

function syntheticLog(events: number): Buffer {
  const r = random(65)
  const names = ['Register', 'Check', 'Quote', 'Repair', 'Test', 'Inform', 'Pick up', 'Close']
  const lines = ['case:concept:name,concept:name,time:timestamp,org:resource']
  for (let c = 0; lines.length <= events; c++) {
    let at = Date.UTC(2026, 0, 1) + c * 300_000
    for (let i = 0; i < r.int(5, 8) && lines.length <= events; i++) { at += r.int(1, 90) * 60_000; lines.push(`c${c},${names[i]!},${new Date(at).toISOString()},person ${r.int(1, 40)}`) }
  }
  return gzipSync(lines.join('\n'))
}

/** What needs no database: the parts of which a request is made. */
export async function measurePieces(): Promise<Piece[]> {
  const condition = compileFeel('=quotedAmount > 500 and customerAnswer = "agreed" and list contains(["gold", "diamond"], tier)')
  const scope = { quotedAmount: 820, customerAnswer: 'agreed', tier: 'gold' }
  const calendar = compileCalendar(chinaCalendar())
  const from = Date.UTC(2026, 1, 3, 1)
  const request = compiledEntities().find(e => e.name === 'serviceRequest')!
  const row = (n: number): Record<string, unknown> => ({ number: `HZ01-20261122-${n % 10_000}`, customerName: surname(n) + given(n * 3) + given(n * 7), phone: `138${String(n).padStart(8, '0')}`, model: '启明 N16 Pro', serialNo: `PF${n.toString(36)}`, faultDescription: FAULTS[n % FAULTS.length] })
  const EVENTS = 65_000
  const log = syntheticLog(EVENTS)
  const before = process.cpuUsage()
  const read = await readEventLog([log])
  if (!read.ok || read.counts.events !== EVENTS) throw new Error(`the synthetic log was not read: ${JSON.stringify(read.problems[0] ?? read.counts)}`)
  const map = directlyFollows(read.cases.flatMap(c => toActivityInstances(c).map(a => ({ caseId: c.id, ...a }))))
  const used = process.cpuUsage(before)
  return [
    { label: 'FEEL 条件求值 FEEL evaluations', value: perSecond(cpuPerCall(() => condition.evaluate(scope))), unit: '/s' },
    { label: '工作时间加法（2–960 分钟） calendar additions', value: perSecond(cpuPerCall(n => addBusinessMinutes(calendar, new Date(from + (n % 300) * 3_600_000), 2 + (n * 13) % 958))), unit: '/s' },
    { label: '一个请求的搜索词 search row of a request', value: Math.round(cpuPerCall(n => searchDocument(request, row(n)))), unit: 'µs' },
    { label: `读 ${EVENTS.toLocaleString('en')} 个事件的日志并算出流向图（${map.edges.length} 条边） read a log and its map`, value: Math.round((used.user + used.system) / 10_000) / 100, unit: 's' },
  ]
}
