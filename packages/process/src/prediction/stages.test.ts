import assert from 'node:assert/strict'
import { test } from 'node:test'
import { trainPredictor } from './predictor.ts'
import { remainingOf, slim } from './live.ts'
import { eventsOf, finishedOf, learn, type LearnJob, type RawCase } from './learn.ts'
import { chanceBeyond, foresee, groupsOf, stageTable, together, type FinishedStage } from './stages.ts'
import { Prefix, workloadOf } from './features.ts'
import { randomOf } from './booster.ts'
import { rowsOf } from './rows.ts'
import { DAY, MINUTE } from './types.ts'

const REPAIR = 'repair|business'
/** P50 120, P80 180 minutes, twenty repairs */
const USUAL = [...Array.from({ length: 9 }, (_, i) => 60 + 5 * i), 120, 130, 140, 150, 160, 170, 180, 200, 220, 240, 300]
const finished = (minutes: readonly number[], group: FinishedStage['group'] = ['NB', 'board', 'HZ01'], stage = REPAIR): FinishedStage[] => minutes.map(m => ({ stage, minutes: m, group }))
const MONDAY = Date.parse('2026-01-05T01:00:00Z')

test('SP-09 the history of a stage gives P50 and P80 and the chance of missing its standard', () => {
  const f = foresee(stageTable(finished(USUAL)), REPAIR, ['NB', 'board', 'HZ01'], 0)!
  assert.deepEqual([f.p50, f.p80, f.n], [120, 180, 20])
  assert.equal(chanceBeyond(f, 150), 7 / 20)
  assert.equal(chanceBeyond(f, 300), 0)
})

test('SP-09 a stage that runs over has only those for examples that also took so long', () => {
  const table = stageTable(finished(USUAL))
  // after 150 minutes 160, 170, 180, 200, 220, 240, 300 are left: the fourth and the sixth of seven
  const f = foresee(table, REPAIR, ['NB', 'board', 'HZ01'], 150)!
  assert.deepEqual([f.p50, f.p80], [200, 240])
  assert.equal(chanceBeyond(f, 180), 4 / 7)
  assert.ok(foresee(table, REPAIR, ['NB', 'board', 'HZ01'], 60)!.p50 >= 120, 'time that passes never makes it end sooner')
  assert.equal(foresee(table, REPAIR, ['NB', 'board', 'HZ01'], 210), null, 'fewer than five took longer: nothing is said')
})

test('with fewer than twenty finished of the same fault and station the wider group speaks, and with fewer than twenty at all nobody', () => {
  const table = stageTable([...finished(USUAL), ...finished(USUAL.map(m => m * 2), ['NB', 'screen', 'NB02']), ...finished(USUAL.slice(0, 5).map(m => m * 9), ['NB', 'screen', 'HZ01'])])
  assert.equal(foresee(table, REPAIR, ['NB', 'board', 'HZ01'], 0)!.parts, 7)
  const screen = foresee(table, REPAIR, ['NB', 'screen', 'HZ01'], 0)!
  assert.deepEqual([screen.parts, screen.n], [3, 25], 'same line and fault, any station')
  assert.equal(foresee(table, REPAIR, ['NB', null, 'GZ05'], 0)!.parts, 1, 'a fault that is not known yet is left out')
  assert.equal(foresee(table, REPAIR, ['PH', 'board', 'GZ05'], 0)!.parts, 2)
  assert.equal(foresee(table, REPAIR, ['PH', 'water', 'GZ05'], 0)!.parts, 0)
  assert.equal(foresee(stageTable(finished(USUAL.slice(1))), REPAIR, ['NB', 'board', 'HZ01'], 0), null)
  assert.equal(foresee(table, 'quality|business', ['NB', 'board', 'HZ01'], 0), null)
  assert.deepEqual(groupsOf('x', ['a', 'b', 'c']).map(g => g.parts), [7, 3, 5, 6, 1, 2, 4, 0])
})

test('a large history is kept in two hundred numbers that say the same to half a percent, and its last few say nothing', () => {
  const many = Array.from({ length: 5000 }, (_, i) => (i * 7919) % 5000)
  const f = foresee(stageTable(finished(many)), REPAIR, ['NB', 'board', 'HZ01'], 0)!
  assert.ok(Math.abs(f.p50 - 2500) <= 50 && Math.abs(f.p80 - 4000) <= 50, `${f.p50} ${f.p80}`)
  assert.equal(f.n, 5000)
  assert.equal(foresee(stageTable(finished(many)), REPAIR, ['NB', 'board', 'HZ01'], 4000)!.p50, 4499)
  assert.equal(foresee(stageTable(finished(many)), REPAIR, ['NB', 'board', 'HZ01'], 4900), null)
})

test('several stages one after the other: every pair of what each may take', () => {
  assert.deepEqual(together([[1, 2], [10, 20]]), [11, 12, 21, 22])
  const long = together([Array.from({ length: 100 }, (_, i) => i), Array.from({ length: 100 }, (_, i) => i)])
  assert.equal(long.length, 100)
  assert.ok(Math.abs(long[49]! - 99) <= 2)
})

const raw = (o: Partial<RawCase> & Pick<RawCase, 'steps'>): RawCase => ({ s: MONDAY, e: null, whole: false, unit: 'HZ01', about: { line: 'NB' }, ...o })
const PARTS = { constant: ['line'], typed: ['fault'] }

test('what a step brings is known from it on and not before; what is true from the beginning comes with the first', () => {
  const c = raw({ steps: [['inspect', 'w', MONDAY, MONDAY + 10, 30, 'inspect|business', { fault: 'board' }], ['repair', 'z', MONDAY + 10, MONDAY + 90, 80, REPAIR, null]] })
  assert.deepEqual([...finishedOf(c, PARTS)].map(f => f.group), [['NB', null, 'HZ01'], ['NB', 'board', 'HZ01']])
  assert.deepEqual(eventsOf(c, PARTS).map(e => e.attributes), [{ unit: 'HZ01', line: 'NB', fault: 'board' }, {}])
  assert.equal(eventsOf({ ...c, e: MONDAY + 90_000 }, PARTS).length, 3, 'what ends by something else than its last step ends then')
})

/** Two thousand cases of four steps; the second takes a day at A, an hour at B. */
function cases(n: number, o: { from?: number; slower?: number } = {}): RawCase[] {
  const random = randomOf(5)
  return Array.from({ length: n }, (_, i) => {
    const s = MONDAY + (i + (o.from ?? 0)) * 60 * MINUTE, unit = random() < 0.5 ? 'A' : 'B'
    let at = s
    const steps = ([['take', 10], ['inspect', 30], ['repair', (unit === 'A' ? 1440 : 60) * (0.8 + 0.4 * random()) * (o.slower ?? 1)], ['hand', 20]] as const).map(([node, minutes]): RawCase['steps'] extends (infer S)[] | null ? S : never => { const from = at; at += minutes * MINUTE; return [node, null, from, at, minutes, `${node}|business`, null] })
    return { s, e: at, whole: true, unit, about: { line: 'NB' }, steps }
  })
}
const job = (c: readonly RawCase[], o: Partial<LearnJob> = {}): LearnJob => ({ cases: c.map(x => JSON.stringify(x)), parts: PARTS, offset: 480, now: MONDAY + 100 * DAY, keep: null, p80Offset: 0, calibratedAt: 0, trainedAt: 0, ...o })

test('a running case is told what training told of such a case: the same columns, and from the last event on', () => {
  const past = cases(400).map((c, i) => ({ id: String(i), events: eventsOf(c, PARTS) }))
  const p = trainPredictor(past), one = past[7]!, load = workloadOf(new Float64Array(), new Float64Array())
  const prefix = new Prefix()
  for (const e of one.events.slice(0, 2)) prefix.add(e)
  assert.deepEqual(prefix.row(p.coding, load(one.events[1]!.at)), rowsOf([one], p.coding, load).columns.map(c => c[0]))
})

test('what remains of a running case is less with every minute, and never ends before now; silence when it outlasts what is known', () => {
  const learned = learn(job(cases(400)))
  const p = JSON.parse(learned.predictor!) as ReturnType<typeof slim>, load = workloadOf(new Float64Array(), new Float64Array())
  const c = cases(1)[0]!, events = eventsOf({ ...c, unit: 'A', e: null, steps: c.steps!.slice(0, 2) }, PARTS), last = events[1]!.at
  const at = (minutes: number) => remainingOf(p, events, load, last + minutes * MINUTE)
  const now = at(0)!
  assert.ok(now.p50 > 0.7 * 1440 && now.p50 < 1.4 * 1440 && now.p80 >= now.p50, JSON.stringify(now))
  const later = at(300)!
  assert.ok(Math.abs(later.p50 + 300 - now.p50) < 60, JSON.stringify(later))
  assert.ok(at(1500) === null || at(1500)!.p50 > 0)
  assert.equal(at(1_000_000), null)
  assert.equal(remainingOf(p, events.slice(0, 1), load, last), null, 'one event says nothing')
})

test('a night keeps the predictor and moves P80 by the outcomes since it was trained, of open cases too', () => {
  const first = learn(job(cases(400)))
  assert.equal(first.ended, 400)
  const trainedAt = MONDAY + 20 * DAY, now = MONDAY + 60 * DAY, after = { keep: first.predictor, trainedAt, calibratedAt: trainedAt, now }
  const slower = learn(job(cases(200, { from: 500, slower: 3 }), after))
  assert.equal(slower.predictor, null, 'it is kept')
  assert.ok(slower.calibrated! > 0.2, `three times slower: ${slower.calibrated}`)
  const open = cases(200, { from: 500 }).map(c => ({ ...c, e: null, whole: false, steps: c.steps!.slice(0, 2) }))
  assert.ok(learn(job(open, after)).calibrated! > 0.2, 'cases that are still open have missed it')
  assert.equal(learn(job(cases(200, { from: 500 }), { ...after, calibratedAt: now })).calibrated, 0, 'each outcome is taken once')
  assert.equal(learn(job(cases(19))).predictor, null, 'nineteen cases are no history')
})
