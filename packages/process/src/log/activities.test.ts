import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { toActivityInstances, toLogCase } from './activities.ts'
import { lifecycleOf } from './lifecycle.ts'
import type { LogEvent } from './types.ts'

const at = (minute: number) => new Date(Date.UTC(2024, 2, 5, 8, minute))
/** `minute activity transition resource [instance]` */
function events(...texts: string[]): { events: LogEvent[] } {
  return {
    events: texts.map((text, i) => {
      const [minute, activity, raw, resource, instance] = text.split(' ')
      const lifecycleRaw = raw === '-' ? null : raw!.replaceAll('_', ' ')
      return { activity: activity!, resource: resource ?? null, lifecycle: lifecycleOf(lifecycleRaw), lifecycleRaw, at: at(Number(minute)), line: i + 1, attributes: instance ? { 'concept:instance': instance } : {} }
    }),
  }
}
const minute = (date: Date | null) => (date ? Math.round((date.getTime() - at(0).getTime()) / 60_000) : '-')
const brief = (log: { events: LogEvent[] }) => toActivityInstances(log).map(i => `${i.seq} ${i.activity} ${minute(i.enteredAt)}→${minute(i.startedAt)}→${minute(i.finishedAt)} ${i.resource ?? '-'} ${i.basis}`)

test('a start and a completion make one instance, entered when the one before was completed', () => {
  assert.deepEqual(brief(events('0 受理 complete a', '5 维修 start b', '9 维修 complete b', '12 结案 complete a')), [
    '1 受理 0→-→0 a complete-only',
    '2 维修 0→5→9 b start-complete',
    '3 结案 9→-→12 a complete-only',
  ])
})

test('in a log of completions the time of an activity is the time since the event before', () => {
  assert.deepEqual(brief(events('0 受理 - a', '7 维修 - b')), ['1 受理 0→-→0 a complete-only', '2 维修 0→-→7 b complete-only'])
})

test('repeated work is paired oldest first, but a completion prefers the start of the same person', () => {
  assert.deepEqual(brief(events('0 维修 start a', '1 维修 start b', '2 维修 start c', '3 维修 complete b', '4 维修 complete x', '5 维修 complete c')), [
    '1 维修 0→1→3 b start-complete',
    '2 维修 0→0→4 x start-complete',
    '3 维修 0→2→5 c start-complete',
  ])
})

test('a named instance decides over person and order, and two names never pair', () => {
  assert.deepEqual(brief(events('0 维修 start a i1', '1 维修 start a i2', '3 维修 complete a i2', '4 维修 complete a i9')), [
    '1 维修 0→0→- a start-complete',
    '2 维修 0→1→3 a start-complete',
    '3 维修 3→-→4 a complete-only',
  ])
})

test('a start without completion stays open, also when it is aborted', () => {
  assert.deepEqual(brief(events('0 维修 start a', '4 受理 complete b')), ['1 维修 0→0→- a start-complete', '2 受理 0→-→4 b complete-only'])
  assert.deepEqual(brief(events('0 维修 start a', '4 维修 withdraw a')), ['1 维修 0→0→- a start-complete'])
})

test('schedule, assign, suspend and resume are steps within an activity, not activities', () => {
  assert.deepEqual(brief(events('0 维修 schedule a', '1 维修 assign a', '2 维修 start a', '3 维修 suspend a', '4 维修 resume a', '5 维修 COMPLETE a')), ['1 维修 0→2→5 a start-complete'])
})

test('statuses outside the standard model are completions each', () => {
  assert.equal(brief(events('0 Accepted In_Progress a', '3 Accepted Assigned a', '4 Completed Closed b')).length, 3)
})

test('a case without events has no instances', () => {
  assert.deepEqual(toActivityInstances({ events: [] }), [])
})

test('instances written as events and read back are the same, for any work of any overlap', () => {
  const instance = fc.record({ activity: fc.constantFrom('a', 'b'), resource: fc.constantFrom('x', 'y', null), from: fc.nat(50), spent: fc.nat(50), kind: fc.constantFrom('both', 'start', 'finish') })
  fc.assert(fc.property(fc.array(instance, { maxLength: 12 }), list => {
    const given = list.map(({ activity, resource, from, spent, kind }) => ({ activity, resource, startedAt: kind === 'finish' ? null : at(from), finishedAt: kind === 'start' ? null : at(from + spent) }))
    const back = toActivityInstances(toLogCase('1', given)).map(({ activity, resource, startedAt, finishedAt }) => ({ activity, resource, startedAt, finishedAt }))
    const key = (rows: unknown[]) => rows.map(row => JSON.stringify(row)).sort()
    assert.deepEqual(key(back), key(given))
  }))
})
