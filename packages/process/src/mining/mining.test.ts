import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { END, START, activityTimes, caseTimes, directlyFollows, filterDfg, logHistogram, quantile, summarise, variants } from './index.ts'
import type { ActivityRow, Dfg } from './index.ts'

const at = (minute: number) => new Date(Date.UTC(2024, 2, 5, 8, minute))
/** One row: case, activity, entered, started (or null), finished (or null), in minutes. */
type Short = [caseId: string, activity: string, entered: number, started: number | null, finished: number | null]
const rows = (...list: Short[]): ActivityRow[] => list.map(([caseId, activity, entered, started, finished]) => ({
  caseId, activity, enteredAt: at(entered), startedAt: started === null ? null : at(started), finishedAt: finished === null ? null : at(finished),
}))
const edges = (dfg: Dfg) => dfg.edges.map(e => `${e.from}>${e.to} ${e.count}/${e.cases} ${e.medianMinutes}`)

const REPAIRS = rows(
  ['1', '受理', 0, 1, 2], ['1', '维修', 2, 5, 10], ['1', '维修', 10, 12, 20], ['1', '结案', 20, 21, 22],
  ['2', '受理', 0, 0, 4], ['2', '维修', 4, 10, 14], ['2', '结案', 14, 20, 20],
  ['3', '受理', 0, 0, 6], ['3', '维修', 6, 8, null],
)

test('the graph counts what came directly after what, in how many cases, after how many minutes', () => {
  const dfg = directlyFollows(REPAIRS)
  assert.deepEqual([dfg.cases, dfg.instances], [3, 9])
  assert.deepEqual(edges(dfg), [
    `${START}>受理 3/3 null`, '受理>维修 3/3 3', `结案>${END} 2/2 null`, '维修>结案 2/2 3.5', '维修>维修 1/1 2',
  ])
  assert.deepEqual(dfg.nodes.map(n => [n.kind, n.activity, n.count, n.cases, n.medianMinutes, n.p80Minutes]), [
    ['start', START, 3, 3, null, null],
    ['activity', '维修', 4, 3, 10, 10],
    ['activity', '受理', 3, 3, 4, 5.2],
    ['activity', '结案', 2, 2, 4, 5.2],
    ['end', END, 2, 2, null, null],
  ])
})

test('a case that still works on something has not ended', () => {
  assert.equal(directlyFollows(rows(['1', 'a', 0, 0, 1], ['1', 'b', 1, 1, null])).edges.some(e => e.to === END), false)
})

test('order is by completion, rows may come mixed, and overlapping work waits no negative time', () => {
  const dfg = directlyFollows(rows(['1', 'c', 0, 3, 9], ['2', 'a', 0, 0, 1], ['1', 'b', 0, 1, 4], ['1', 'a', 0, 0, 2]))
  assert.deepEqual(edges(dfg), [`${START}>a 2/2 null`, `a>${END} 1/1 null`, 'a>b 1/1 0', 'b>c 1/1 0', `c>${END} 1/1 null`])
})

test('waiting, working and total time are told apart', () => {
  const repair = (measure: 'waiting' | 'working' | 'total') => activityTimes(REPAIRS, { measure }).find(t => t.activity === '维修')!
  assert.deepEqual([repair('waiting').count, repair('waiting').median], [4, 2.5])
  assert.deepEqual([repair('working').count, repair('working').median], [3, 5])
  assert.deepEqual([repair('total').count, repair('total').instances, repair('total').median, repair('total').max], [3, 4, 10, 10])
})

test('in a log of completions the first activity of a case has no known time, and does not count as zero', () => {
  const log = rows(['1', 'a', 0, null, 0], ['1', 'b', 0, null, 30], ['2', 'a', 0, null, 0], ['2', 'a', 0, null, 50]).map(row => ({ ...row, basis: 'complete-only' as const }))
  const times = activityTimes(log)
  assert.deepEqual(times.map(t => [t.activity, t.instances, t.count, t.median]), [['a', 3, 1, 50], ['b', 1, 1, 30]])
})

test('activities are ranked by the time they take altogether', () => {
  assert.deepEqual(activityTimes(REPAIRS).map(t => [t.activity, t.mean! * t.count]), [['维修', 28], ['受理', 12], ['结案', 8]])
})

test('the time of a case runs from its first entry to its last completion, open cases aside', () => {
  const times = caseTimes(REPAIRS)
  assert.deepEqual([times.cases, times.count, times.min, times.max, times.mean], [3, 2, 20, 22, 21])
})

test('variants are the different ways, the most frequent first, with their shares', () => {
  const way = (caseId: string, path: string): Short[] => [...path].map((activity, i) => [caseId, activity, i, i, i + 1])
  const found = variants(rows(...way('1', 'abc'), ...way('2', 'acb'), ...way('3', 'abc'), ...way('4', 'ab')), 2)
  assert.deepEqual([found.cases, found.total], [4, 3])
  assert.deepEqual(found.variants, [
    { rank: 1, activities: ['a', 'b', 'c'], cases: 2, exampleCase: '1', share: 0.5, cumulativeShare: 0.5, medianMinutes: 3 },
    { rank: 2, activities: ['a', 'b'], cases: 1, exampleCase: '4', share: 0.25, cumulativeShare: 0.75, medianMinutes: 2 },
  ])
})

test('names with separators in them never run together into one variant', () => {
  const found = variants(rows(['1', 'a,b', 0, 0, 1], ['2', 'a', 0, 0, 1], ['2', 'b', 1, 1, 2]))
  assert.equal(found.total, 2)
})

test('quantiles interpolate as percentile_cont does', () => {
  const table: Array<[number[], number, number | null]> = [
    [[], 0.5, null], [[7], 0.95, 7], [[1, 2], 0.5, 1.5], [[1, 2, 3, 4], 0.8, 3.4000000000000004], [[1, 2, 3, 4, 5], 0.25, 2], [[10, 20], 0.95, 19.5],
  ]
  for (const [values, p, expected] of table) assert.equal(quantile(values, p), expected)
  assert.deepEqual(summarise([3, 1, 2]), { count: 3, min: 1, p25: 1.5, median: 2, p75: 2.5, p80: 2.6, p95: 2.9, max: 3, mean: 2 })
  assert.deepEqual(summarise([]), { count: 0, min: null, p25: null, median: null, p75: null, p80: null, p95: null, max: null, mean: null })
})

test('the histogram has the same borders for all, no gaps, and loses no value', () => {
  assert.deepEqual(logHistogram([0, 1, 5, 99, 100], 1), [
    { fromMinutes: 0, toMinutes: 1 / 60, count: 1 }, { fromMinutes: 1, toMinutes: 10, count: 2 }, { fromMinutes: 10, toMinutes: 100, count: 1 }, { fromMinutes: 100, toMinutes: 1000, count: 1 },
  ])
  assert.deepEqual(logHistogram([]), [])
  fc.assert(fc.property(fc.array(fc.double({ min: 0, max: 1e7, noNaN: true })), values => {
    const bins = logHistogram(values)
    for (const [i, bin] of bins.entries()) {
      assert.equal(bin.count, values.filter(v => v >= bin.fromMinutes && v < bin.toMinutes).length)
      if (i > 1) assert.equal(bin.fromMinutes, bins[i - 1]!.toMinutes)
    }
    assert.equal(bins.reduce((sum, bin) => sum + bin.count, 0), values.length)
  }))
})

const walk = (dfg: Dfg, root: string, forward: boolean): Set<string> => {
  const reached = new Set([root])
  for (const node of reached) for (const e of dfg.edges) if ((forward ? e.from : e.to) === node) reached.add(forward ? e.to : e.from)
  return reached
}
const log = fc.array(fc.array(fc.constantFrom(...'abcdefgh'), { minLength: 1, maxLength: 7 }), { minLength: 1, maxLength: 12 })
  .map(cases => rows(...cases.flatMap((path, c) => path.map((activity, i): Short => [String(c), activity, i, i, i + 1]))))
const share = fc.double({ min: 0, max: 1, noNaN: true })

test('a filtered graph never cuts an activity off from the start or the end, and changes no figure', () => {
  fc.assert(fc.property(log, share, share, (list, activities, paths) => {
    const whole = directlyFollows(list)
    const part = filterDfg(whole, { activities, paths })
    const [from, to] = [walk(part, START, true), walk(part, END, false)]
    for (const node of part.nodes) {
      assert.ok(from.has(node.activity), `${node.activity} is not reached from the start`)
      assert.ok(to.has(node.activity), `${node.activity} does not reach the end`)
    }
    for (const node of part.nodes) assert.ok(whole.nodes.includes(node))
    for (const edge of part.edges) assert.ok(whole.edges.includes(edge))
    const wanted = Math.max(1, Math.ceil((whole.nodes.length - 2) * activities - 1e-9))
    assert.deepEqual(whole.nodes.slice(1, -1).slice(0, wanted).filter(node => !part.nodes.includes(node)), [])
  }), { numRuns: 500 })
})

test('a filter of everything keeps everything, and one of nothing keeps the main road', () => {
  const whole = directlyFollows(rows(
    ['1', 'a', 0, 0, 1], ['1', 'b', 1, 1, 2], ['1', 'c', 2, 2, 3], ['2', 'a', 0, 0, 1], ['2', 'b', 1, 1, 2], ['2', 'c', 2, 2, 3], ['3', 'a', 0, 0, 1], ['3', 'c', 1, 1, 2], ['3', 'a', 2, 2, 3],
  ))
  assert.deepEqual(filterDfg(whole, {}), whole)
  assert.deepEqual(filterDfg(whole, { paths: 0 }).edges.map(e => `${e.from}>${e.to}`), [`${START}>a`, 'a>b', 'b>c', `c>${END}`])
  assert.deepEqual(filterDfg(whole, { activities: 0, paths: 0 }).edges.map(e => `${e.from}>${e.to}`), [`${START}>a`, `a>${END}`])
})

test('the strongest way in and out of every activity stays', () => {
  fc.assert(fc.property(log, list => {
    const whole = directlyFollows(list)
    const part = filterDfg(whole, { paths: 0 })
    for (const node of whole.nodes) {
      const into = whole.edges.find(e => e.to === node.activity && e.from !== node.activity)
      const out = whole.edges.find(e => e.from === node.activity && e.to !== node.activity)
      for (const edge of [into, out]) if (edge) assert.ok(part.edges.includes(edge))
    }
  }))
})

test('the order of rows of different cases does not change the graph', () => {
  fc.assert(fc.property(log, list => {
    const turned = [...Map.groupBy(list, row => row.caseId)].toReversed().flatMap(([, of]) => of)
    assert.deepEqual(directlyFollows(turned), directlyFollows(list))
  }))
})

test('an activity that bears the name of an artificial node is refused', () => {
  assert.throws(() => directlyFollows(rows(['1', START, 0, 0, 1])), RangeError)
})
