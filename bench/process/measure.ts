import { setTimeout as delay } from 'node:timers/promises'
import { cpuOfServer } from '../cpu.ts'
import { median, percentile, round } from '../figures.ts'
import { STEPS } from './model.ts'
import type { Side } from './side.ts'

/** One phase of a round: CPU ms in all, wall ms, and how long each act took. */
export interface Phase { acts: number; node: number; db: number; wall: number; times: number[] }
export interface Round { start: Phase; step: Phase }

/** What a commit leaves for the background belongs to the acts before it. */
const SETTLE_MS = 120

async function phase(postmaster: number, callers: number, cases: number, run: (n: number, timed: <T>(act: Promise<T>) => Promise<T>) => Promise<void>): Promise<Phase> {
  const times: number[] = []
  const timed = async <T>(act: Promise<T>): Promise<T> => { const at = performance.now(); const result = await act; times.push(performance.now() - at); return result }
  let next = 0
  const node = process.cpuUsage(), db = cpuOfServer(postmaster), began = performance.now()
  await Promise.all(Array.from({ length: callers }, async () => { while (next < cases) await run(next++, timed) }))
  const wall = performance.now() - began
  await delay(SETTLE_MS)
  const used = process.cpuUsage(node)
  return { acts: times.length, node: (used.user + used.system) / 1000, db: cpuOfServer(postmaster) - db, wall, times }
}

/** Starts so many cases, then takes each through its steps; a caller sends its next act when it has its answer. */
export async function oneRound(side: Side, o: { postmaster: number; callers: number; cases: number; first: number }): Promise<Round> {
  const runs: unknown[] = []
  const start = await phase(o.postmaster, o.callers, o.cases, async (n, timed) => { runs[n] = await timed(side.start(o.first + n)) })
  const step = await phase(o.postmaster, o.callers, o.cases, async (n, timed) => { for (let k = 1; k <= STEPS; k++) runs[n] = await timed(side.step(runs[n], k)) })
  return { start, step }
}

export interface Cost { key: string; label: string; callers: number; /** CPU ms an act */ start: number; node: number; db: number; total: number; /** acts a second */ perSecond: number; p50: number; p99: number; rounds: number[] }

const each = (rounds: readonly Round[], of: (r: Round) => number): number => median(rounds.map(of))
const cpu = (p: Phase): number => (p.node + p.db) / p.acts

export function costOf(side: Side, callers: number, rounds: readonly Round[]): Cost {
  const times = rounds.flatMap(r => r.step.times).toSorted((a, b) => a - b)
  return {
    key: side.key, label: side.label, callers, start: round(each(rounds, r => cpu(r.start))), node: round(each(rounds, r => r.step.node / r.step.acts)), db: round(each(rounds, r => r.step.db / r.step.acts)),
    total: round(each(rounds, r => cpu(r.step))), perSecond: Math.round(each(rounds, r => r.step.acts / r.step.wall * 1000)), p50: round(percentile(times, 0.5)), p99: round(percentile(times, 0.99)), rounds: rounds.map(r => round(cpu(r.step))),
  }
}

/** The median over the rounds of one side's figure through another's of the same round: what else the machine did then weighs on both. */
export const ratioOf = (a: readonly Round[], b: readonly Round[], of: (r: Round) => number): number => round(median(a.map((r, i) => of(r) / of(b[i]!))))
export const stepCpu = (r: Round): number => cpu(r.step)
export const startCpu = (r: Round): number => cpu(r.start)
export const stepRate = (r: Round): number => r.step.acts / r.step.wall

/** All sides in turn, so that the machine's other work falls on each alike; the first round warms up and is not counted. */
export async function interleaved(sides: ReadonlyArray<{ side: Side; share: number }>, o: { postmaster: number; callers: number; cases: number; rounds: number; tell: (line: string) => void }): Promise<Map<string, Round[]>> {
  const all = new Map<string, Round[]>(sides.map(s => [s.side.key, []]))
  let first = 0
  for (let i = -1; i < o.rounds; i++) {
    for (const { side, share } of sides) {
      const cases = Math.max(o.callers, Math.round(o.cases * share))
      const r = await oneRound(side, { postmaster: o.postmaster, callers: o.callers, cases, first })
      first += cases
      if (i >= 0) all.get(side.key)!.push(r)
    }
    o.tell(`  ${o.callers} 个并发，第 ${i + 1}/${o.rounds} 轮`)
  }
  return all
}
