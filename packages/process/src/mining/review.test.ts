import assert from 'node:assert/strict'
import { test } from 'node:test'
import { COMPLETE_ONLY, JUDGED, LATE, addCase, caseTable, everyCase, type CaseTable } from './case-table.ts'
import { dotted } from './dotted.ts'
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
  assert.deepEqual([found.rework.cases, found.rework.share, found.rework.activities, found.rework.loops], [1, 1 / 3, [{ activity: '维修', cases: 1, again: 1, directly: 1, minutes: 6 }], [{ from: '维修', to: '维修', times: 1, cases: 1 }]])
  assert.equal(found.rework.minutes, 6)
  assert.equal(found.rework.timeShare, 6 / (10 + 20 + 6 + 4 + 1 + 22 * DAY - 1))
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

test('rework by way of another activity is a loop from there back', () => {
  const back = caseTable()
  put(back, '1', 0, 60, ['维修', '王', 'r', 0, 0, 10], ['质检', '李', 'q', 10, 15, 20], ['维修', '王', 'r', 20, 30, 45], ['质检', '李', 'q', 45, 50, 60])
  const { rework } = review(back, everyCase(back), mondayOf)
  assert.deepEqual(rework.loops, [{ from: '维修', to: '质检', times: 1, cases: 1 }, { from: '质检', to: '维修', times: 1, cases: 1 }])
  assert.deepEqual(rework.activities.map(a => [a.activity, a.again, a.directly, a.minutes]), [['维修', 1, 0, 25], ['质检', 1, 0, 15]])
  assert.equal(rework.timeShare, 40 / 60)
})

test('waiting against working, activity by activity; a log of completions tells the sojourn only', () => {
  assert.deepEqual(found.time.activities.find(a => a.activity === '质检'), { activity: '质检', steps: 1, known: 1, waiting: 2, working: 2, sojourn: 4, measured: 1 })
  const log = caseTable()
  addCase(log, { id: 'x', started: 0, ended: 60_000, version: 1, endNode: '', whole: true }, [0, 30].map((minute, i) => ({ activity: i ? 'b' : 'a', nodeId: '', role: '', who: '', entered: 0, started: NaN, finished: minute * 60_000, flags: COMPLETE_ONLY })))
  assert.deepEqual(review(log, everyCase(log), mondayOf).time.activities, [{ activity: 'b', steps: 1, known: 0, waiting: 0, working: 0, sojourn: 30, measured: 1 }, { activity: 'a', steps: 1, known: 0, waiting: 0, working: 0, sojourn: 0, measured: 0 }])
})

test('the dotted chart holds every completion of the latest cases, in columns', () => {
  const dots = dotted(t, everyCase(t), 10)
  assert.deepEqual([dots.total, dots.shown, dots.activities, dots.first], [3, 3, ['受理', '维修', '质检'], [0, 4, 6, 6]])
  assert.deepEqual([dots.starts, dots.lasts], [[0, 8 * DAY * 60, 8 * DAY * 60], [2400, 22 * DAY * 60, null]])
  assert.deepEqual([dots.at.slice(0, 4), dots.activity.slice(0, 4)], [[600, 1800, 2160, 2400], [0, 1, 1, 2]])
  const one = dotted(t, everyCase(t), 1)
  assert.deepEqual([one.total, one.shown, one.slots], [3, 1, [2]], 'the latest stays')
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
