import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chinaCalendar, compileCalendar, isWorkday } from '@quancheng/kernel'
import { addDays, daysBetween, mondayOf, monthDays, workingDaysLate } from './days.ts'
import { diffLines } from './diff.ts'
import { judgeSignIns, rateOf, type Facts } from './sign-ins.ts'

const cal = compileCalendar(chinaCalendar())
const base: Facts = { from: '', until: '', today: '2026-12-31', isWorkday: d => isWorkday(cal, d), onLeave: () => false, travels: () => false, signedIn: () => false }
const judged = (o: Partial<Facts>) => judgeSignIns({ ...base, ...o })

test('RU-01 2026-09-20 is a make-up workday: no sign-in is counted missing; 2026-10-01 is a holiday: it is not; leave, and days before the account, are left out', () => {
  assert.deepEqual(judged({ from: '2026-09-20', until: '2026-09-20' }), { due: 1, kept: 0, missing: [{ kind: 'day', day: '2026-09-20', short: 1 }] })
  assert.deepEqual(judged({ from: '2026-10-01', until: '2026-10-01' }), { due: 0, kept: 0, missing: [] })
  assert.deepEqual(judged({ from: '2026-09-20', until: '2026-09-20', signedIn: d => d === '2026-09-20' }), { due: 1, kept: 1, missing: [] })
  assert.equal(judged({ from: '2026-09-20', until: '2026-09-20', onLeave: d => d === '2026-09-20' }).due, 0)
  assert.equal(judged({ from: '2026-09-20', until: '2026-09-20', since: '2026-09-21' }).due, 0)
})

test('RU-01 the day that is not over counts against nobody', () => {
  assert.equal(judged({ from: '2026-11-20', until: '2026-11-20', today: '2026-11-20' }).due, 0)
  assert.deepEqual(judged({ from: '2026-11-20', until: '2026-11-20', today: '2026-11-20', signedIn: () => true }), { due: 1, kept: 1, missing: [] })
})

test('RU-02 travel Monday to Friday: sign-ins on Tuesday and Thursday are enough; on Tuesday only, one is missing', () => {
  const trip = (d: string) => d >= '2026-11-16' && d <= '2026-11-20', week = { from: '2026-11-16', until: '2026-11-22', today: '2026-11-23', travels: trip }
  assert.deepEqual(judged({ ...week, signedIn: d => d === '2026-11-17' || d === '2026-11-19' }), { due: 2, kept: 2, missing: [] })
  assert.deepEqual(judged({ ...week, signedIn: d => d === '2026-11-17' }), { due: 2, kept: 1, missing: [{ kind: 'week', day: '2026-11-16', short: 1 }] })
  assert.equal(judged({ ...week, today: '2026-11-20', signedIn: () => false }).due, 0, 'a week that still runs is not judged')
  assert.equal(judged({ ...week, onLeave: d => d > '2026-11-16' }).due, 1, 'no more than the days that were left')
})

test('RU-07 left on Friday 11-20, asked on 11-24: one working day late; on Monday in time', () => {
  const late = (on: string) => workingDaysLate(d => isWorkday(cal, d), '2026-11-20', on)
  assert.deepEqual([late('2026-11-19'), late('2026-11-20'), late('2026-11-23'), late('2026-11-24')], [0, 0, 0, 1])
})

test('RU-10 two versions line by line: what stayed, what went, what came', () => {
  assert.deepEqual(diffLines('一\n二\n三', '一\n二改\n三\n四'), [{ how: 'same', text: '一' }, { how: 'out', text: '二' }, { how: 'in', text: '二改' }, { how: 'same', text: '三' }, { how: 'in', text: '四' }])
  assert.deepEqual(diffLines('甲', '甲'), [{ how: 'same', text: '甲' }])
})

test('days: weeks begin on Monday, months know their length, 11-06 to 11-22 are 16 days; 9 of 10 are 90 %', () => {
  assert.deepEqual([mondayOf('2026-11-22'), addDays('2026-02-28', 1), daysBetween('2026-11-06', '2026-11-22')], ['2026-11-16', '2026-03-01', 16])
  assert.deepEqual(monthDays('2028-02'), { from: '2028-02-01', until: '2028-02-29' })
  assert.deepEqual([rateOf(9, 10), rateOf(1, 3), rateOf(0, 0)], [90, 33.3, null])
})
