import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { COMPLETE_ONLY, addCase, bytesOf, caseTable, everyCase, type CaseTable, type NewStep } from './case-table.ts'
import { activityTimes, caseTimes, directlyFollows, variants, type ActivityRow, type Measure } from './index.ts'
import { mine } from './mine.ts'

const minute = fc.integer({ min: 0, max: 40 }).map(n => n * 60_000)
const maybe = fc.option(minute, { nil: NaN })
const step: fc.Arbitrary<NewStep> = fc.record({
  activity: fc.constantFrom('受理', '检验', '维修', '质检', '取机'), nodeId: fc.constantFrom('n1', 'n2'), role: fc.constantFrom('', 'engineer'), who: fc.constantFrom('', '李', '王', '赵'),
  entered: minute, started: maybe, finished: maybe, flags: fc.constantFrom(0, COMPLETE_ONLY),
})
/** What happens to a history: a case is written, for the first time or again with other steps. */
const writing = fc.record({ id: fc.integer({ min: 0, max: 7 }).map(n => `case-${n}`), steps: fc.array(step, { minLength: 1, maxLength: 6 }) })

const date = (ms: number): Date | null => (Number.isNaN(ms) ? null : new Date(ms))
const rowsOf = (cases: Map<string, NewStep[]>): ActivityRow[] => [...cases].toSorted(([a], [b]) => (a < b ? -1 : 1)).flatMap(([caseId, steps]) => steps.map(s => ({
  caseId, activity: s.activity, resource: s.who || null, enteredAt: new Date(s.entered), startedAt: date(s.started), finishedAt: date(s.finished), ...(s.flags ? { basis: 'complete-only' as const } : {}),
})))
const put = (t: CaseTable, id: string, steps: NewStep[]): void => addCase(t, { id, started: steps[0]!.entered, ended: NaN, version: 1, endNode: '', whole: false }, steps)

test('the figures of the columns are those of the rows, however often cases were written again in between', () => {
  fc.assert(fc.property(fc.array(writing, { maxLength: 30 }), fc.constantFrom<Measure>('total', 'waiting', 'working'), (writings, measure) => {
    const table = caseTable()
    const cases = new Map<string, NewStep[]>()
    for (const { id, steps } of writings) {
      put(table, id, steps)
      cases.set(id, steps)
    }
    const rows = rowsOf(cases)
    const mined = mine(table, everyCase(table), { measure, top: 3 })
    assert.deepEqual(mined.dfg, directlyFollows(rows, { measure }))
    assert.deepEqual(mined.times, activityTimes(rows, { measure }))
    assert.deepEqual(mined.caseTimes, caseTimes(rows))
    assert.deepEqual(mined.variants, variants(rows, 3))
    assert.deepEqual([mined.counts.cases, mined.counts.steps, mined.counts.people], [cases.size, rows.length, new Set(rows.map(r => r.resource).filter(Boolean)).size])
  }), { numRuns: 400 })
})

test('a selection gives the figures of its cases only', () => {
  fc.assert(fc.property(fc.array(writing, { minLength: 1, maxLength: 15 }), fc.integer({ min: 1, max: 255 }), (writings, mask) => {
    const table = caseTable()
    const cases = new Map<string, NewStep[]>()
    for (const { id, steps } of writings) { put(table, id, steps); cases.set(id, steps) }
    const chosen = everyCase(table).filter(slot => mask & (1 << slot % 8))
    const ids = new Set([...chosen].map(slot => table.ids[slot]!))
    const rows = rowsOf(new Map([...cases].filter(([id]) => ids.has(id))))
    assert.deepEqual(mine(table, chosen).dfg, directlyFollows(rows))
  }))
})

test('a case written ten thousand times takes the room of one', () => {
  const table = caseTable()
  const steps: NewStep[] = Array.from({ length: 5 }, (_, i) => ({ activity: `a${i}`, nodeId: '', role: '', who: '', entered: i, started: i, finished: i + 1, flags: 0 }))
  for (let i = 0; i < 10_000; i++) put(table, 'one', steps)
  assert.equal(table.ids.length, 1)
  assert.ok(table.steps < 10_000, `${table.steps} steps are held for five`)
  assert.ok(bytesOf(table) < 1_000_000, `${bytesOf(table)} bytes`)
})
