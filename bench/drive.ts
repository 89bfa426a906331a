import http from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { cpuOf, cpuOfServer } from './cpu.ts'
import { median, percentile, round } from './figures.ts'

export interface Call { method: 'GET' | 'POST'; path: string; token?: string; body?: unknown }
export interface Answer { status: number; body: string }

/** Where requests go, and whose CPU time counts. */
export interface Target { port: number; pid: number; postmaster: number }

export interface Operation {
  key: string
  label: string
  /** the n-th request of the run */
  call(n: number): Call
  status: number
  /** looks at every answer; throws when it is not what was asked for */
  check?(a: Answer, n: number): void
  target: Target
  /** what one request may cost, CPU ms in all */
  goal?: number
}

export interface Figures {
  key: string
  label: string
  callers: number
  perSecond: number
  p50: number
  p95: number
  p99: number
  /** CPU ms per request */
  app: number
  db: number
  total: number
  goal: number | null
  requests: number
  rounds: number[]
}

/** One request over a kept-alive connection, with its answer as text. */
export function send(agent: http.Agent, port: number, c: Call): Promise<Answer> {
  const body = c.body === undefined ? null : JSON.stringify(c.body)
  return new Promise((resolve, reject) => {
    const req = http.request({
      agent, host: '127.0.0.1', port, method: c.method, path: c.path,
      headers: { ...(c.token ? { authorization: `Bearer ${c.token}` } : {}), ...(body ? { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) } : {}) },
    }, res => {
      const parts: Buffer[] = []
      res.on('data', (d: Buffer) => parts.push(d))
      res.on('end', () => resolve({ status: res.statusCode ?? 0, body: Buffer.concat(parts).toString() }))
      res.on('error', reject)
    })
    req.on('error', reject)
    req.end(body ?? undefined)
  })
}

export interface Round { times: number[]; seconds: number; app: number; db: number }

/** What a commit leaves for the background (wake-ups, notices) belongs to the request that caused it. */
const SETTLE_MS = 120

/** A fixed number of requests, each caller sending its next when it has its answer. */
export async function oneRound(op: Operation, o: { callers: number; requests: number; first: number; seconds: number }): Promise<Round> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: o.callers })
  const times: number[] = []
  let next = 0
  const app = cpuOf(op.target.pid), db = cpuOfServer(op.target.postmaster)
  const began = performance.now()
  const caller = async (): Promise<void> => {
    while (next < o.requests && (o.seconds === 0 || performance.now() - began < o.seconds * 1000)) {
      const n = o.first + next++
      const call = op.call(n)
      const sent = performance.now()
      const a = await send(agent, op.target.port, call)
      times.push(performance.now() - sent)
      if (a.status !== op.status) throw new Error(`${op.key}: ${call.method} ${call.path} → ${a.status} ${a.body.slice(0, 500)}`)
      op.check?.(a, n)
    }
  }
  try { await Promise.all(Array.from({ length: o.callers }, caller)) } finally { agent.destroy() }
  const seconds = (performance.now() - began) / 1000
  await delay(SETTLE_MS)
  return { times, seconds, app: cpuOf(op.target.pid) - app, db: cpuOfServer(op.target.postmaster) - db }
}

/** Rounds → one line of the table: medians of the rounds' figures, percentiles over all their requests. */
export function summarise(op: Operation, callers: number, rounds: readonly Round[]): Figures {
  const times = rounds.flatMap(r => r.times).toSorted((a, b) => a - b)
  const each = (f: (r: Round) => number): number => median(rounds.map(f))
  const app = each(r => r.app / r.times.length), db = each(r => r.db / r.times.length)
  return {
    key: op.key, label: op.label, callers, perSecond: round(each(r => r.times.length / r.seconds), 1),
    p50: round(percentile(times, 0.5), 1), p95: round(percentile(times, 0.95), 1), p99: round(percentile(times, 0.99), 1),
    app: round(app), db: round(db), total: round(app + db), goal: op.goal ?? null, requests: times.length, rounds: rounds.map(r => round((r.app + r.db) / r.times.length)),
  }
}
