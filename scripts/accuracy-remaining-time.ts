import path from 'node:path'
import { parseArgs } from 'node:util'
import { readEventLog } from '../packages/process/src/log/index.ts'
import { accuracyOf, pastCase, type PastCase } from '../packages/process/src/prediction/index.ts'

/**
 * How well the time that remains is foretold on an event log (XES or CSV, gzipped or not), on cases that came after those learned from.
 * `npm run accuracy:remaining-time -- FILE … [--json] [--zone MINUTES]`: for each file what people read, then one line of JSON; only that with --json.
 */
const { values: { json, zone }, positionals: files } = parseArgs({ options: { json: { type: 'boolean' }, zone: { type: 'string', default: '480' } }, allowPositionals: true })
if (files.length === 0) {
  console.error('用法：npm run accuracy:remaining-time -- 日志文件 …  [--json] [--zone 比 UTC 早几分钟，默认 480]')
  process.exit(2)
}

for (const file of files) {
  const cases: PastCase[] = []
  const read = await readEventLog(path.resolve(file), { onCase: c => { cases.push(pastCase(c)) } })
  if (!read.ok) {
    for (const p of read.problems.slice(0, 5)) console.error(`${file}：${p.message}`)
    process.exitCode = 1
    continue
  }
  const before = process.cpuUsage(), began = performance.now()
  const a = accuracyOf(cases, { offset: Number(zone) })
  const cpu = process.cpuUsage(before)
  const out = {
    log: path.basename(file), cases: a.cases, mae: round(a.mae, 3), p80Coverage: round(a.p80Coverage, 4), medianByPrefix: round(a.medianByPrefix, 3), transitionSystem: round(a.transitionSystem, 3),
    seconds: round((performance.now() - began) / 1000, 1), rssMb: Math.round(process.resourceUsage().maxRSS / 1024),
    events: read.counts.events, choice: a.predictor.choice, p80Frozen: round(a.p80Frozen, 4), cpuSeconds: round((cpu.user + cpu.system) / 1e6, 1), predictions: a.rows,
  }
  if (!json) print(out, a.predictor.backtest.error)
  console.log(JSON.stringify(out))
}

function round(x: number, digits: number): number { return Number(x.toFixed(digits)) }

function print(o: { log: string; cases: number; events: number; predictions: number; mae: number; medianByPrefix: number; transitionSystem: number; p80Coverage: number; p80Frozen: number; choice: string; cpuSeconds: number; seconds: number; rssMb: number }, tried: Record<string, number>): void {
  console.log(`\n${o.log}：${o.cases} 个案例，${o.events} 个事件；前 80 % 用来学，后 20 % 的 ${o.predictions} 个时刻用来考（第 2 个事件起）`)
  console.log(`  平均绝对误差（天）  本程序 ${o.mae} · 按事件数的中位数 ${o.medianByPrefix} · 转移系统的中位数 ${o.transitionSystem}`)
  console.log(`  P80 覆盖            ${(o.p80Coverage * 100).toFixed(1)} %（偏移不再更新时 ${(o.p80Frozen * 100).toFixed(1)} %）`)
  console.log(`  选用                ${o.choice}（滚动回测：${Object.entries(tried).map(([c, e]) => `${c} ${e.toFixed(2)}`).join('，')}）`)
  console.log(`  用时                ${o.seconds} 秒，CPU ${o.cpuSeconds} 秒，内存峰值 ${o.rssMb} MB`)
}
