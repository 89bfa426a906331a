import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileCalendar, chinaCalendar } from '@quancheng/kernel'
import { daysOfRule, formatRule, movedRule, parseRule, ruleText } from './rrule.ts'
import { dayNo } from './days.ts'
import { lastEnd, nextAfter, occurrencesIn, skippedDays, type Place, type Series } from './occurrences.ts'

const days = (rule: string, start: string, n: number): string[] => {
  const found: string[] = []
  for (const day of daysOfRule(parseRule(rule)!, start)) { found.push(day); if (found.length === n) break }
  return found
}
const cases: Array<[rule: string, start: string, days: string[], why: string]> = [
  ['FREQ=DAILY;COUNT=3', '2026-12-30', ['2026-12-30', '2026-12-31', '2027-01-01'], 'every day over New Year'],
  ['FREQ=DAILY;INTERVAL=2;UNTIL=20261126', '2026-11-22', ['2026-11-22', '2026-11-24', '2026-11-26'], 'every other day, its last day included'],
  ['FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR;COUNT=4', '2026-11-20', ['2026-11-20', '2026-11-23', '2026-11-24', '2026-11-25'], 'on weekdays'],
  ['FREQ=WEEKLY;COUNT=2', '2026-11-23', ['2026-11-23', '2026-11-30'], 'on the weekday on which it began'],
  ['FREQ=WEEKLY;INTERVAL=2;BYDAY=FR,MO;COUNT=5', '2026-11-25', ['2026-11-27', '2026-12-07', '2026-12-11', '2026-12-21', '2026-12-25'], 'every other week counts from the week of its start, by Mondays'],
  ['FREQ=MONTHLY;COUNT=3', '2026-10-31', ['2026-10-31', '2026-12-31', '2027-01-31'], 'the 31st: months without one are left out'],
  ['FREQ=MONTHLY;BYDAY=2TU;COUNT=3', '2026-11-10', ['2026-11-10', '2026-12-08', '2027-01-12'], 'the second Tuesday'],
  ['FREQ=MONTHLY;BYDAY=-1FR;COUNT=3', '2026-11-27', ['2026-11-27', '2026-12-25', '2027-01-29'], 'the last Friday'],
  ['FREQ=MONTHLY;BYDAY=5MO;COUNT=2', '2026-11-30', ['2026-11-30', '2027-03-29'], 'a fifth Monday, when there is one'],
  ['FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3', '2026-12-31', ['2026-12-31', '2027-01-31', '2027-02-28'], 'the last day of the month'],
  ['FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=1,15;COUNT=4', '2026-11-15', ['2026-11-15', '2027-02-01', '2027-02-15', '2027-05-01'], 'twice a month, every quarter'],
  ['FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13;COUNT=2', '2026-11-13', ['2026-11-13', '2027-08-13'], 'Friday the thirteenth'],
  ['FREQ=YEARLY;COUNT=3', '2024-02-29', ['2024-02-29', '2028-02-29', '2032-02-29'], 'a birthday on 29 February'],
]
for (const [rule, start, expected, why] of cases) test(`${rule}: ${why}`, () => assert.deepEqual(days(rule, start, 20), expected))

test('a rule reads back as it was written; what we do not keep is refused', () => {
  for (const [rule] of cases) assert.equal(formatRule(parseRule(rule)!), rule)
  for (const wrong of ['', 'FREQ=HOURLY', 'FREQ=DAILY;COUNT=0', 'FREQ=DAILY;COUNT=3;UNTIL=20261231', 'FREQ=WEEKLY;BYDAY=XX', 'FREQ=WEEKLY;BYDAY=2MO', 'FREQ=DAILY;UNTIL=20260231', 'FREQ=MONTHLY;BYMONTHDAY=32', 'FREQ=DAILY;BYSETPOS=1', 'FREQ=DAILY;FREQ=WEEKLY', 'FREQ=DAILY;INTERVAL=100000']) assert.equal(parseRule(wrong), null, wrong)
})

test('a rule that never comes true ends instead of looking for ever', () => assert.deepEqual(days('FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=30', '2026-02-01', 5), []))

test('moving the first day turns the rule with it', () => {
  const moved = (rule: string, from: string, to: string): string => formatRule(movedRule(parseRule(rule)!, from, to))
  assert.equal(moved('FREQ=WEEKLY;BYDAY=MO', '2026-11-23', '2026-11-25'), 'FREQ=WEEKLY;BYDAY=WE')
  assert.equal(moved('FREQ=WEEKLY;BYDAY=MO,SU', '2026-11-23', '2026-11-24'), 'FREQ=WEEKLY;BYDAY=TU,MO')
  assert.equal(moved('FREQ=MONTHLY;BYMONTHDAY=23', '2026-11-23', '2026-11-25'), 'FREQ=MONTHLY;BYMONTHDAY=25')
  assert.equal(moved('FREQ=MONTHLY;BYDAY=4MO', '2026-11-23', '2026-11-10'), 'FREQ=MONTHLY;BYDAY=2TU')
})

test('in words', () => {
  const text = (rule: string): string => ruleText(parseRule(rule)!)
  assert.deepEqual([text('FREQ=WEEKLY;BYDAY=MO'), text('FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE'), text('FREQ=MONTHLY;BYDAY=2TU'), text('FREQ=MONTHLY;BYMONTHDAY=15;COUNT=5'), text('FREQ=DAILY;UNTIL=20261231')],
    ['每周一', '每 2 周的周一、周三', '每月第 2 个周二', '每月 15 日，共 5 次', '每天，到 2026-12-31'])
})

const china = compileCalendar(chinaCalendar())
const shanghai: Place = { timeZone: 'Asia/Shanghai', off: day => china.days.get(dayNo(day)) === 'off' }
const series = (start: string, end: string, rule: string | null, o: Partial<Series> = {}): Series => ({ startsAt: new Date(start), endsAt: new Date(end), rule, skipHolidays: false, exDays: null, ...o })

test('CA-01 weekly on Monday at 09:00, skipping 放假: 2026-10-05 is skipped', () => {
  const weekly = series('2026-09-21T01:00:00Z', '2026-09-21T02:00:00Z', 'FREQ=WEEKLY;BYDAY=MO', { skipHolidays: true })
  const found = occurrencesIn(weekly, shanghai, new Date('2026-09-20T16:00:00Z'), new Date('2026-10-19T16:00:00Z'))
  assert.deepEqual(found.map(o => o.from.toISOString()), ['2026-09-21T01:00:00.000Z', '2026-09-28T01:00:00.000Z', '2026-10-12T01:00:00.000Z', '2026-10-19T01:00:00.000Z'])
  assert.deepEqual(skippedDays(weekly, shanghai, '2026-12-31'), ['2026-10-05'])
  assert.equal(occurrencesIn({ ...weekly, skipHolidays: false }, shanghai, new Date('2026-10-04T16:00:00Z'), new Date('2026-10-05T16:00:00Z')).length, 1)
})

test('a day that was taken out has counted', () => {
  const s = series('2026-11-23T01:00:00Z', '2026-11-23T02:00:00Z', 'FREQ=WEEKLY;COUNT=3', { exDays: ['2026-11-30'] })
  assert.deepEqual(occurrencesIn(s, shanghai, new Date('2026-11-01'), new Date('2027-01-31')).map(o => o.day), ['2026-11-23', '2026-12-07'])
  assert.equal(lastEnd(s, 'Asia/Shanghai')!.toISOString(), '2026-12-07T02:00:00.000Z')
})

test('where clocks change, nine stays nine on the wall, and an event over the change lasts as the wall says', () => {
  const berlin: Place = { timeZone: 'Europe/Berlin', off: () => false }
  const s = series('2026-10-24T07:00:00Z', '2026-10-24T08:00:00Z', 'FREQ=DAILY;COUNT=3')
  assert.deepEqual(occurrencesIn(s, berlin, new Date('2026-10-01'), new Date('2026-11-30')).map(o => o.from.toISOString()), ['2026-10-24T07:00:00.000Z', '2026-10-25T08:00:00.000Z', '2026-10-26T08:00:00.000Z'])
  const allDay = series('2026-10-23T22:00:00Z', '2026-10-24T22:00:00Z', 'FREQ=DAILY;COUNT=2')
  assert.deepEqual(occurrencesIn(allDay, berlin, new Date('2026-10-01'), new Date('2026-11-30'))[1], { day: '2026-10-25', from: new Date('2026-10-24T22:00:00Z'), to: new Date('2026-10-25T23:00:00Z') })
})

test('what began before the window and still lasts is in it; what ends as it opens is not', () => {
  const night = series('2026-11-22T14:00:00Z', '2026-11-22T18:00:00Z', 'FREQ=DAILY')
  assert.deepEqual(occurrencesIn(night, shanghai, new Date('2026-11-24T18:00:00Z'), new Date('2026-11-25T15:00:00Z')).map(o => o.day), ['2026-11-25'])
  assert.deepEqual(occurrencesIn(night, shanghai, new Date('2026-11-24T17:59:00Z'), new Date('2026-11-25T14:00:00Z')).map(o => o.day), ['2026-11-24'])
})

test('the next time after a moment: never the one under way, none when the series is over', () => {
  const s = series('2026-11-23T01:00:00Z', '2026-11-23T02:00:00Z', 'FREQ=WEEKLY;COUNT=2')
  assert.equal(nextAfter(s, shanghai, new Date('2026-11-23T01:30:00Z'))!.day, '2026-11-30')
  assert.equal(nextAfter(s, shanghai, new Date('2026-11-30T01:00:00Z')), null)
})
