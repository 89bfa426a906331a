/**
 * A station's day in half an hour: so many requests a second whatever the answers take, people's screens listening, one of them asleep. Prints a
 * line a minute and, at the end, whether memory stood still. `node scripts/run.mjs bench:soak --minutes 30 --rate 50`.
 */
import http from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { say, withCompany, type Company } from './company.ts'
import { cpuOf, cpuOfServer } from './cpu.ts'
import { send, type Operation } from './drive.ts'
import { percentile, round } from './figures.ts'
import { programMb, serverMb, slope } from './memory.ts'
import { operations } from './operations.ts'
import { random } from './load/random.ts'
import { machine } from './report.ts'

/** Of a hundred requests. Who comes in is received and leaves again, so that the station at the end is as full as at the start. */
const MIX: Record<string, number> = { create: 6, complete: 6, leave: 6, 'list-member': 22, 'list-region': 5, 'list-region-open': 5, desk: 15, search: 15, tasks: 12, board: 8 }
/** A request is moved on by the one that comes so many turns after it was made: its creation has long been answered. */
const BEHIND = 40

interface Minute { at: number; sent: number; failed: number; p50: number; p95: number; p99: number; late: number; appMb: number; dbMb: number; cpu: number }

const { values: v } = parseArgs({ options: { minutes: { type: 'string', default: '30' }, rate: { type: 'string', default: '50' }, size: { type: 'string', default: '10000' }, listeners: { type: 'string', default: '40' }, data: { type: 'string' } } })
const minutes = Number(v.minutes), rate = Number(v.rate), listeners = Number(v.listeners)

async function soak(c: Company): Promise<void> {
  const { target } = c
  const all = operations(c.kept.org, c.kept.loaded, target)
  const get = (key: string, path: string): Operation => ({ key, label: key, target, status: 200, call: n => ({ method: 'GET', path, token: c.kept.org.stations[n % c.kept.org.stations.length]!.receptionToken }) })
  const stage = all.find(op => op.key === 'stage')!
  all.push({ ...stage, key: 'leave', call: n => { const c = stage.call(n); return { ...c, body: { ...c.body as object, to: '拒修', comment: '客户不修了' } } } })
  all.push(get('tasks', '/api/tasks?box=pool'), get('board', '/api/service/board'))
  const of = new Map(all.map(op => [op.key, op]))
  const turns = new Map<string, number>()
  const r = random(11)
  const draw = Object.entries(MIX).flatMap(([key, n]) => Array.from({ length: n }, () => key))
  const screens = listen(c, listeners)
  const agent = new http.Agent({ keepAlive: true, maxSockets: 64 })
  const refused = new Map<string, number>()
  const done: Minute[] = []
  let times: number[] = [], failed = 0, late = 0, flying = 0
  const one = async (key: string, n: number): Promise<void> => {
    const op = of.get(key)!
    const due = performance.now()
    flying++
    try {
      const a = await send(agent, target.port, op.call(n))
      if (a.status !== op.status) throw new Error(`${a.status} ${a.body.slice(0, 120)}`)
      op.check?.(a, n)
    } catch (error) { failed++; const why = `${key}: ${(error as Error).message}`; refused.set(why, (refused.get(why) ?? 0) + 1) } finally { flying--; times.push(performance.now() - due) }
  }
  c.step(`每秒 ${rate} 个请求，${minutes} 分钟，${listeners} 块屏在听…`)
  const began = performance.now()
  let sent = 0, nextMinute = 1, cpu = cpuOf(target.pid) + cpuOfServer(target.postmaster), at = began
  const open = new Set<Promise<void>>()
  for (;;) {
    const now = performance.now() - began
    if (now >= nextMinute * 60_000) {
      const sorted = times.toSorted((a, b) => a - b), used = cpuOf(target.pid) + cpuOfServer(target.postmaster)
      const m: Minute = { at: nextMinute, sent: times.length, failed, p50: percentile(sorted, 0.5), p95: percentile(sorted, 0.95), p99: percentile(sorted, 0.99), late, appMb: programMb(target.pid), dbMb: serverMb(target.postmaster), cpu: (used - cpu) / (performance.now() - at) }
      done.push(m)
      say(lineOf(m))
      times = []; failed = 0; late = 0; cpu = used; at = performance.now(); nextMinute++
      if (m.at >= minutes) break
    }
    const due = Math.floor(now / 1000 * rate)
    while (sent < due) {
      let key = draw[r.int(0, draw.length - 1)]!
      const turn = turns.get(key) ?? 0
      // the same request is created, received and let go, in this order and with room between
      const before = key === 'complete' ? 'create' : key === 'leave' ? 'complete' : null
      if (before && turn + BEHIND > (turns.get(before) ?? 0)) key = 'list-member'
      turns.set(key, (turns.get(key) ?? 0) + 1)
      if (flying > 500) late++ // the program does not keep up: the request is not even sent
      else { const call = one(key, key === 'list-member' ? sent : turn); open.add(call); void call.then(() => open.delete(call)) }
      sent++
    }
    await delay(5)
  }
  await Promise.all(open)
  agent.destroy()
  await screens.close()
  verdict(done, screens, refused, c)
}

const lineOf = (m: Minute): string => `第 ${m.at} 分钟：${m.sent} 个，失败 ${m.failed}，没发出 ${m.late}，p50 ${round(m.p50, 1)} p95 ${round(m.p95, 1)} p99 ${round(m.p99, 1)} ms，程序 ${m.appMb.toFixed(0)} MB，数据库 ${m.dbMb.toFixed(0)} MB，${(m.cpu * 100).toFixed(0)} % 个核`

interface Screens { told: number; lost: number; close(): Promise<void> }

/** Screens that listen for changes; the last one opens its line and then never reads, as a laptop with its lid shut. */
function listen(c: Company, count: number): Screens {
  const agent = new http.Agent({ keepAlive: false, maxSockets: Infinity })
  const screens: Screens = { told: 0, lost: 0, close: async () => { closing = true; agent.destroy(); await delay(50) } }
  let closing = false
  for (let i = 0; i < count; i++) {
    const req = http.get({ agent, host: '127.0.0.1', port: c.target.port, path: '/api/events', headers: { authorization: `Bearer ${c.kept.org.stations[i % c.kept.org.stations.length]!.receptionToken}` } }, res => {
      if (i === count - 1) { res.pause(); res.on('close', () => {}); return }
      res.on('data', (d: Buffer) => { screens.told += d.toString().split('event: change').length - 1 })
      res.on('close', () => { if (!closing) screens.lost++ })
    })
    req.on('error', () => { if (!closing && i !== count - 1) screens.lost++ })
  }
  return screens
}

function verdict(all: readonly Minute[], screens: Screens, refused: ReadonlyMap<string, number>, c: Company): void {
  // the first third is the program filling its caches
  const kept = all.slice(Math.floor(all.length / 3))
  const perHour = (f: (m: Minute) => number): number => slope(kept.map(m => [m.at / 60, f(m)] as const))
  const total = (f: (m: Minute) => number): number => all.reduce((s, m) => s + f(m), 0)
  const mean = (list: readonly Minute[], f: (m: Minute) => number): number => list.reduce((s, m) => s + f(m), 0) / list.length
  const [first, last] = [kept.slice(0, 5), kept.slice(-5)]
  console.log([
    `机器：${JSON.stringify(machine(c.postgres))}`,
    `${all.length} 分钟，共 ${total(m => m.sent)} 个请求（每秒 ${(total(m => m.sent) / all.length / 60).toFixed(1)}），失败 ${total(m => m.failed)}，没发出 ${total(m => m.late)}；屏收到 ${screens.told} 次变更，断线 ${screens.lost}`,
    `p50 ${round(mean(all, m => m.p50), 1)}、p95 ${round(mean(all, m => m.p95), 1)}、p99 ${round(mean(all, m => m.p99), 1)} ms（每分钟的平均）；CPU ${(mean(all, m => m.cpu) * 100).toFixed(0)} % 个核`,
    `程序内存：后三分之二的头五分钟 ${mean(first, m => m.appMb).toFixed(0)} MB，末五分钟 ${mean(last, m => m.appMb).toFixed(0)} MB，斜率每小时 ${perHour(m => m.appMb).toFixed(0)} MB`,
    `数据库内存：${mean(first, m => m.dbMb).toFixed(0)} → ${mean(last, m => m.dbMb).toFixed(0)} MB，斜率每小时 ${perHour(m => m.dbMb).toFixed(0)} MB`,
    ...[...refused].map(([why, n]) => `  失败 ${n} 次：${why}`),
  ].join('\n'))
}

await withCompany(Number(v.size), { data: v.data ?? null, profile: null }, soak)
