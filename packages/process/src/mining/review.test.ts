import assert from 'node:assert/strict'
import { test } from 'node:test'
import { JUDGED, LATE, addCase, caseTable, everyCase, type CaseTable } from './case-table.ts'
import { heatOf } from './heat.ts'
import { review } from './review.ts'

const DAY = 1440
/** activity, person, role, entered, started, finished (minutes since Thursday 1970-01-01), flags */
type Short = [activity: string, who: string, role: string, entered: number, started: number, finished: number, flags?: number]
const put = (t: CaseTable, id: string, started: number, ended: number, ...steps: Short[]): void => addCase(t, { id, started: started * 60_000, ended: ended * 60_000, version: 1, endNode: '', whole: true },
  steps.map(([activity, who, role, e, s, f, flags]) => ({ activity, nodeId: `n-${activity}`, role, who, entered: e * 60_000, started: s * 60_000, finished: f * 60_000, flags: flags ?? 0 })))
/** Weeks of UTC. */
const mondayOf = (ms: number): string => new Date(Math.floor((ms / 86_400_000 + 3) / 7) * 7 * 86_400_000 - 3 * 86_400_000).toISOString().slice(0, 10)

const t = caseTable()
put(t, '1', 0, 40, ['受理', '李', 'desk', 0, 5, 10], ['维修', '王', 'repair', 10, 20, 30, JUDGED], ['维修', '王', 'repair', 30, 30, 36, JUDGED + LATE], ['质检', '李', 'qc', 36, 38, 40])
put(t, '2', 8 * DAY, 30 * DAY, ['受理', '李', 'desk', 8 * DAY, 8 * DAY, 8 * DAY + 1], ['维修', '赵', 'repair', 8 * DAY + 1, 8 * DAY + 3, 30 * DAY, JUDGED])
put(t, '3', 8 * DAY, NaN, ['受理', '', 'desk', 8 * DAY, NaN, NaN])
const found = review(t, everyCase(t), mondayOf)

test('throughput: begun, ended and still open, week by week, empty weeks too', () => {
  assert.deepEqual(found.weeks.map(w => [w.week, w.started, w.ended, w.open]), [
    ['1969-12-29', 1, 1, 0], ['1970-01-05', 2, 0, 2], ['1970-01-12', 0, 0, 2], ['1970-01-19', 0, 0, 2], ['1970-01-26', 0, 1, 1],
  ])
})

test('rework is what a case does again, and whether anything lay in between', () => {
  assert.deepEqual(found.rework, { cases: 1, share: 1 / 3, activities: [{ activity: '维修', cases: 1, again: 1, directly: 1 }] })
})

test('hand-overs count the change of hands, not the steps of one person', () => {
  assert.deepEqual(found.handOvers, { total: 3, perCase: 1, pairs: [{ from: '李', to: '王', count: 1 }, { from: '李', to: '赵', count: 1 }, { from: '王', to: '李', count: 1 }], people: ['李', '王', '赵'] })
})

test('the load of roles and people, with waiting and working told apart', () => {
  assert.deepEqual(found.roles.map(r => [r.role, r.steps, r.cases, r.people, r.open]), [['desk', 3, 3, 1, 1], ['repair', 3, 2, 2, 0], ['qc', 1, 1, 1, 0]])
  assert.deepEqual(found.people.map(p => [p.person, p.steps]), [['李', 3], ['王', 2], ['赵', 1]])
  assert.equal(found.time.steps, 6)
  assert.equal(found.time.waitingMinutes, 5 + 10 + 0 + 2 + 0 + 2)
})

test('the dotted chart holds every completion of the last cases', () => {
  assert.deepEqual([found.dots.cases, found.dots.points.length, found.dots.activities], [3, 6, ['受理', '维修', '质检']])
})

test('heat: per node how often, how long, and how many of those with a due time came late', () => {
  const repair = heatOf(t, everyCase(t)).find(n => n.nodeId === 'n-维修')!
  assert.deepEqual([repair.name, repair.steps, repair.cases, repair.judged, repair.late, repair.open], ['维修', 3, 2, 3, 1, 0])
  assert.deepEqual([repair.waiting.median, repair.waiting.count, repair.working.median], [2, 3, 10])
  const desk = heatOf(t, everyCase(t)).find(n => n.nodeId === 'n-受理')!
  assert.deepEqual([desk.open, desk.waiting.count], [1, 2])
  const shares = heatOf(t, everyCase(t)).reduce((sum, n) => sum + n.waiting.share, 0)
  assert.ok(Math.abs(shares - 1) < 1e-9)
})

test('nothing gives nothing', () => {
  const empty = caseTable()
  assert.deepEqual([review(empty, everyCase(empty), mondayOf).weeks, heatOf(empty, everyCase(empty))], [[], []])
})
