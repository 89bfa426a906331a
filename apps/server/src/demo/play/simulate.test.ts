import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ACTS } from './acts.ts'
import { ENDS, type Act, type Scene, type Visitor } from './scene.ts'
import { simulate } from './simulate.ts'

const visitor = (station: string) => (_: unknown, i: number): Visitor => ({ deviceId: `d-${station}-${i}`, customerId: `c-${station}-${i}`, serialNo: `PF${1000 + i}`, lineId: 'l', lineCode: 'NB', lineName: '笔记本', process: 'repair', phone: `1380000${1000 + i}`, name: `客户${i}`, model: '笔记本 X1' })
const station = (code: string) => ({
  code, visitors: Array.from({ length: 120 }, visitor(code)), back: Array.from({ length: 5 }, visitor(`${code}b`)),
  staff: { stationManager: ['m'], receptionist: ['r1', 'r2', 'r3'], inspector: ['i1', 'i2'], engineer: ['e1', 'e2', 'e3', 'e4', 'e5'], qc: ['q1', 'q2'], storekeeper: ['s'] },
  open: (['waiting', 'reception', 'inspect', 'quote', 'repair', 'quality', 'pickup'] as const).map((stage, i) => ({ id: `old-${code}-${i}`, stage, lineName: '笔记本', process: 'repair', owner: null, paused: false, registered: stage !== 'waiting' })),
})
const scene = (seed: number, o: Partial<Scene> = {}): Scene => ({ seed, from: 530, to: 1090, stations: [station('HZ01')], agents: ['a1', 'a2'], shifts: [[540, 720], [810, 1080]], ...o })
const of = (acts: readonly Act[], kind: string): Act[] => acts.filter(a => a.kind === kind)

test('the same seed gives the same day, another one another day', () => {
  assert.deepEqual(simulate(scene(7)), simulate(scene(7)))
  assert.notDeepEqual(simulate(scene(7)), simulate(scene(8)))
})

test('acts come in the order of time, within the day that is played, and each is one that somebody can do', () => {
  const acts = simulate(scene(3))
  assert.ok(acts.length > 200, String(acts.length))
  assert.ok(acts.every((a, i) => i === 0 || acts[i - 1]!.at <= a.at))
  assert.ok(acts.every(a => a.at >= 530 && a.at <= 1090))
  assert.deepEqual([...new Set(acts.map(a => a.kind))].filter(k => !ACTS[k]), [])
})

test('nothing is done to a request after it has ended, but that its customer says how it was', () => {
  for (let seed = 1; seed <= 20; seed++) {
    const ended = new Map<string, number>()
    for (const a of simulate(scene(seed))) {
      if (!a.request) continue
      const end = ended.get(a.request)
      assert.ok(end === undefined || a.kind === 'rate', `${seed}: ${a.request} ${a.kind} after it ended`)
      if ((a.kind === 'finish' && ENDS[String(a.with.outcome)]) || (a.kind === 'answer' && !a.with.accept)) ended.set(a.request, a.at)
    }
    assert.ok(ended.size > 5, `seed ${seed}: ${ended.size}`)
  }
})

test('nobody works before the doors open, over noon but for one clerk, or on two things at a time', () => {
  const acts = simulate(scene(5))
  const claims = of(acts, 'claim')
  assert.ok(claims.every(a => a.at >= 540 && !(a.at > 720 && a.at < 810)), 'the workshop rests over noon')
  assert.deepEqual([...new Set(of(acts, 'call').filter(a => a.at > 721 && a.at < 810).map(a => a.who))].filter(who => who !== 'r1'), [])
  for (const who of new Set(claims.map(a => a.who))) {
    const begun = claims.filter(a => a.who === who).map(a => a.at)
    assert.equal(new Set(begun).size, begun.length, String(who))
  }
})

test('over many days it is what such a station sees: some two dozen people a day, one in sixteen fails the quality check, most accept the estimate', () => {
  const days = Array.from({ length: 60 }, (_, i) => simulate(scene(i + 100)))
  const all = days.flat(), came = days.map(d => new Set(d.filter(a => ['take', 'register', 'accept'].includes(a.kind) && a.request!.startsWith('HZ01-')).map(a => a.request)).size)
  const mean = came.reduce((n, x) => n + x, 0) / came.length
  assert.ok(mean > 20 && mean < 34, `people a day ${mean}`)
  const outcomes = (stage: string): string[] => of(all, 'finish').filter(a => a.with.stage === stage).map(a => String(a.with.outcome))
  const share = (list: readonly string[], x: string): number => list.filter(y => y === x).length / list.length
  assert.ok(Math.abs(share(outcomes('quality'), 'fail') - 0.08) < 0.03, String(share(outcomes('quality'), 'fail')))
  assert.ok(Math.abs(share(outcomes('inspect'), 'quote') - 0.6) < 0.06, String(share(outcomes('inspect'), 'quote')))
  const answers = of(all, 'answer')
  assert.ok(answers.filter(a => a.with.accept).length / answers.length > 0.8)
  assert.ok(of(all, 'receive').length > 60 && of(all, 'skip').length > 10 && of(all, 'rate').some(a => a.with.score === 1))
})

test('played from the afternoon on, nothing of the morning happens; a quieter staff gets less done', () => {
  const afternoon = simulate(scene(9, { from: 840 }))
  assert.ok(afternoon.length > 60 && afternoon.every(a => a.at >= 840))
  const one = { ...station('HZ01'), staff: { ...station('HZ01').staff, inspector: ['i1'], engineer: ['e1'] } }
  const repaired = (acts: readonly Act[]): number => of(acts, 'finish').filter(a => a.with.stage === 'repair').length
  assert.ok(repaired(simulate(scene(9, { stations: [one] }))) < repaired(simulate(scene(9))))
})
