import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accuracyOf } from './accuracy.ts'
import { boosted, fitBooster, quantileOf, randomOf } from './booster.ts'
import { Calibration } from './calibrate.ts'
import { codingOf, Prefix, workloadOf } from './features.ts'
import { predictRows, trainPredictor } from './predictor.ts'
import { rowsOf } from './rows.ts'
import { DAY, MINUTE, type PastCase } from './types.ts'

const MONDAY = Date.parse('2026-01-05T01:00:00Z')

/** A workshop: a request is taken in, inspected by A (slow) or B (fast), repaired, handed over; a case every hour or so. */
function workshop(n: number, o: { seed?: number; slower?: (i: number) => number } = {}): PastCase[] {
  const random = randomOf(o.seed ?? 7)
  return Array.from({ length: n }, (_, i) => {
    let at = MONDAY + i * 70 * MINUTE
    const engineer = random() < 0.5 ? '王检' : '赵修', factor = o.slower?.(i) ?? 1
    const events = [['接待', '李接', 10], ['检验', engineer, 30], ['报价', '李接', 20], ['维修', engineer, (engineer === '王检' ? 4000 : 400) * (0.8 + 0.4 * random()) * factor], ['取机', '李接', 60]] as const
    return { id: `case-${i}`, events: events.map(([activity, resource, minutes]) => { at += minutes * MINUTE; return { activity, resource, at } }) }
  })
}

test('trees find what separates fast from slow, and the value of a leaf is its quantile', () => {
  const random = randomOf(3), n = 2000
  const kind = new Float64Array(n), other = new Float64Array(n), y = new Float64Array(n)
  for (let i = 0; i < n; i++) { kind[i] = i % 2; other[i] = random(); y[i] = (kind[i]! ? 100 : 10) + random() * 10 }
  for (const [quantile, low, high] of [[0.5, 15, 105], [0.8, 18, 108]] as const) {
    const [a, b] = boosted(fitBooster([kind, other], y, { quantile }), [Float64Array.of(0, 1), Float64Array.of(0.5, 0.5)])
    assert.ok(Math.abs(a! - low) < 1.5 && Math.abs(b! - high) < 1.5, `${quantile}: ${a} and ${b}`)
  }
})

test('what is unknown goes its own way, and a booster is plain data that says the same after a journey through JSON', () => {
  const n = 400, x = Float64Array.from({ length: n }, (_, i) => (i % 4 === 0 ? Number.NaN : i % 4)), y = x.map(v => (Number.isNaN(v) ? 50 : v))
  const booster = fitBooster([x], y, { rows: 1, columns: 1 }), columns = [Float64Array.of(Number.NaN, 1, 2, 3)]
  const said = boosted(booster, columns)
  assert.deepEqual([...said].map(Math.round), [50, 1, 2, 3])
  const again = boosted(JSON.parse(JSON.stringify(booster)) as typeof booster, columns)
  assert.deepEqual([...again].map(Math.round), [50, 1, 2, 3])
})

test('the same cases and seed give the same trees', () => {
  const cases = workshop(300)
  assert.deepEqual(trainPredictor(cases), trainPredictor(cases))
})

test('a quantile is the smallest value that the share does not exceed', () => {
  const v = Float64Array.of(5, 1, 4, 2, 3)
  assert.equal(quantileOf(v.slice(), 5, 0.5), 3)
  assert.equal(quantileOf(v.slice(), 5, 0.8), 4)
  assert.equal(quantileOf(v.slice(), 5, 1), 5)
  assert.ok(Number.isNaN(quantileOf(v, 0, 0.5)))
})

test('nothing that happens later changes what is predicted now, nor attributes that are written when all is over', () => {
  const [c] = workshop(1)
  const coding = codingOf(workshop(50), 480), quiet = workloadOf(new Float64Array(), new Float64Array())
  const row = (events: PastCase['events']) => { const p = new Prefix(); for (const e of events.slice(0, 2)) p.add(e); return p.row(coding, quiet(events[1]!.at)) }
  const later = c!.events.map((e, i) => (i < 2 ? e : { ...e, at: e.at + 9 * DAY, activity: '别的' }))
  assert.deepEqual(row(c!.events), row(later))
  const told = workshop(50).map((k, i) => ({ ...k, events: k.events.map(e => ({ ...e, attributes: { 'Variant index': String(i % 5), enddate: `2026-0${1 + (i % 5)}`, fault: i % 2 ? '屏' : '板' } })) }))
  assert.deepEqual(Object.keys(codingOf(told, 480).attributes), ['fault'])
})

test('the workload at a moment counts what had begun and ended by then', () => {
  const day = (d: number) => MONDAY + d * DAY
  const at = workloadOf(Float64Array.of(day(0), day(1), day(9)), Float64Array.of(day(2), day(8)))
  assert.deepEqual(at(day(1)), { open: 2, begun: 2, ended: 0 })
  assert.deepEqual(at(day(9)), { open: 1, begun: 1, ended: 1 }, 'a week later the first two are no longer new')
})

test('the median by number of events is what a pocket calculator gives', () => {
  // ten cases of three events; the first eight are learned from. After the 2nd event 1, 2 … 8 days remained: the median is 4.5
  const cases: PastCase[] = Array.from({ length: 10 }, (_, i) => {
    const begin = MONDAY + i * DAY
    return { id: String(i), events: [{ activity: 'a', resource: null, at: begin }, { activity: 'b', resource: null, at: begin + MINUTE }, { activity: 'c', resource: null, at: begin + MINUTE + (i + 1) * DAY }] }
  })
  const a = accuracyOf(cases)
  // 9 and 10 days remained for the last two: errors of 4.5 and 5.5
  assert.equal(a.rows, 2)
  assert.equal(a.medianByPrefix, 5)
  assert.equal(a.predictor.choice, 'length', 'ten cases are too few to choose by')
  assert.equal(a.mae, 5)
})

test('who repairs is known from the inspection on, and the prediction uses it: less than half the error of the usual time', () => {
  const a = accuracyOf(workshop(1500))
  assert.equal(a.predictor.choice, 'trees')
  assert.ok(a.mae < a.medianByPrefix / 2, `${a.mae} against ${a.medianByPrefix}`)
  assert.ok(a.p80Coverage > 0.75 && a.p80Coverage < 0.85, String(a.p80Coverage))
  const p = JSON.parse(JSON.stringify(a.predictor)) as typeof a.predictor
  const fresh = workshop(40, { seed: 99 }), rows = rowsOf(fresh, p.coding, workloadOf(new Float64Array(), new Float64Array()))
  const { p50, p80 } = predictRows(p, rows)
  assert.ok(p50.every((v, i) => v >= 0 && p80[i]! >= v), 'four in five never take less time than half of them')
})

test('when the workshop becomes three times slower, P80 becomes true again as the outcomes come in', () => {
  const a = accuracyOf(workshop(3000, { slower: i => (i < 2500 ? 1 : 3) }))
  assert.ok(a.p80Frozen < 0.6, `the trained quantile fails: ${a.p80Frozen}`)
  assert.ok(a.p80Coverage > a.p80Frozen + 0.1, `${a.p80Coverage} against ${a.p80Frozen}`)
})

test('an outcome counts when its time was up, not before', () => {
  const c = new Calibration(0.8, 0, 0.1)
  c.predicted(MONDAY, 2, 5)
  c.predicted(MONDAY, 1, 0.5)
  c.until(MONDAY + 0.9 * DAY)
  assert.equal(c.offset, 0)
  c.until(MONDAY + DAY)
  assert.ok(Math.abs(c.offset + 0.02) < 1e-12, 'the one that held lowers it by γ(1 − q)')
  c.until(MONDAY + 3 * DAY)
  assert.ok(Math.abs(c.offset - 0.06) < 1e-12, 'the one that was missed raises it by γq')
})
