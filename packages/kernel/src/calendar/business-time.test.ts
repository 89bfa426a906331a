import { test } from 'node:test'
import assert from 'node:assert/strict'
import fc from 'fast-check'
import {
  addBusinessMinutes, businessMinutesBetween, chinaCalendar, compileCalendar, dueWithPauses, isWorkday, missingYears, type CalendarSpec,
} from './index.ts'

const china = compileCalendar(chinaCalendar())

/** 'YYYY-MM-DD HH:MM[:SS]' on a Chinese wall. */
const at = (text: string): Date => new Date(`${text.replace(' ', 'T')}+08:00`)
const show = (date: Date): string => new Date(date.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')
const due = (start: string, minutes: number): string => show(addBusinessMinutes(china, at(start), minutes).due)

const vectors: Array<[start: string, minutes: number, due: string, why: string]> = [
  ['2026-09-18 17:00', 240, '2026-09-20 12:00:00', '周五起 4 小时，到调休的周日'],
  ['2026-09-30 16:00', 480, '2026-10-08 16:30:00', '跨国庆'],
  ['2026-02-13 17:30', 240, '2026-02-14 14:00:00', '周五起，到调休的周六'],
  ['2026-02-14 17:00', 120, '2026-02-24 10:00:00', '跨春节'],
  ['2026-04-30 17:30', 60, '2026-05-06 09:30:00', '跨劳动节'],
  ['2026-05-08 16:00', 480, '2026-05-09 16:30:00', '到劳动节调休的周六'],
  ['2025-09-30 17:00', 120, '2025-10-09 10:00:00', '跨 2025 年国庆'],
  ['2025-10-10 17:00', 240, '2025-10-11 12:00:00', '到 2025 年国庆调休的周六'],
  ['2026-11-20 12:30', 30, '2026-11-20 14:00:00', '午休时进入'],
  ['2026-11-21 10:00', 120, '2026-11-23 11:00:00', '周六进入'],
]
vectors.forEach(([start, minutes, expected, why], i) => {
  test(`SP-06 vector ${i + 1}: ${why}，${start} + ${minutes} 分 = ${expected}`, () => {
    const answer = addBusinessMinutes(china, at(start), minutes)
    assert.equal(show(answer.due), expected)
    assert.equal(answer.tentative, false)
  })
})

test('SP-06 vector 11: a due time that falls in 2027 is 暂定, computed with the plain week', () => {
  const answer = addBusinessMinutes(china, at('2026-12-31 17:00'), 120)
  assert.equal(answer.tentative, true)
  assert.equal(show(answer.due), '2027-01-01 10:00:00')
  assert.equal(addBusinessMinutes(china, at('2026-12-31 17:00'), 60).tentative, false, 'the last hour of 2026 is certain')
  assert.equal(addBusinessMinutes(china, at('2027-03-01 10:00'), 0).tentative, true)
})

test('SP-06 vector 12: between 2026-09-30 16:00 and 2026-10-10 10:00 lie 1080 business minutes', () => {
  const [from, to] = [at('2026-09-30 16:00'), at('2026-10-10 10:00')]
  assert.equal(businessMinutesBetween(china, from, to), 1080)
  assert.equal(businessMinutesBetween(china, to, from), -1080)
})

test('SP-06 vector 13: a pause of 180 business minutes moves the due time to 2026-09-20 15:30', () => {
  const pauses = [{ from: at('2026-09-18 17:00'), to: at('2026-09-20 11:00') }]
  assert.equal(show(dueWithPauses(china, at('2026-09-18 16:00'), 240, pauses).due), '2026-09-20 15:30:00')
})

test('SP-06 维修 240 分: warned at 80 % on Sunday 11:12, due at 12:00', () => {
  assert.equal(due('2026-09-18 17:00', 240 * 0.8), '2026-09-20 11:12:00')
  assert.equal(due('2026-09-18 17:00', 240), '2026-09-20 12:00:00')
})

test('SP-06 seconds and half minutes are kept', () => {
  assert.equal(due('2026-11-20 09:02:10', 15), '2026-11-20 09:17:10')
  assert.equal(due('2026-11-20 09:02:10', 0.5), '2026-11-20 09:02:40')
  assert.equal(due('2026-11-20 11:59:50', 1), '2026-11-20 13:30:50')
  assert.equal(businessMinutesBetween(china, at('2026-11-20 11:59:30'), at('2026-11-20 13:30:15')), 0.75)
})

test('SP-06 when 2027 is entered, the same due time is no longer 暂定 and moves past the holiday', () => {
  const spec = chinaCalendar()
  const known = compileCalendar({ ...spec, days: { ...spec.days, '2027-01-01': 'off' }, knownYears: [...spec.knownYears, 2027] })
  const answer = addBusinessMinutes(known, at('2026-12-31 17:00'), 120)
  assert.deepEqual([show(answer.due), answer.tentative], ['2027-01-04 10:00:00', false])
})

test('SP-06 pauses overlap, begin before the start, and come too late: each counts once or not at all', () => {
  const start = at('2026-11-23 09:00')
  const paused = (from: string, to: string | null): { from: Date; to: Date | null } => ({ from: at(from), to: to ? at(to) : null })
  const answer = (pauses: Array<{ from: Date; to: Date | null }>, now?: string): string =>
    show(dueWithPauses(china, start, 60, pauses, now ? at(now) : undefined).due)
  assert.equal(answer([]), '2026-11-23 10:00:00')
  assert.equal(answer([paused('2026-11-23 09:20', '2026-11-23 09:50'), paused('2026-11-23 09:10', '2026-11-23 09:30')]), '2026-11-23 10:40:00')
  assert.equal(answer([paused('2026-11-20 09:00', '2026-11-23 09:15')]), '2026-11-23 10:15:00')
  assert.equal(answer([paused('2026-11-23 10:00', '2026-11-23 11:00')]), '2026-11-23 10:00:00', 'already due: a breach stays a breach')
  assert.equal(answer([paused('2026-11-23 09:30', '2026-11-23 10:00'), paused('2026-11-23 10:10', '2026-11-23 10:40')]), '2026-11-23 11:00:00')
  assert.equal(answer([paused('2026-11-23 09:30', null)], '2026-11-23 14:00'), '2026-11-23 14:30:00')
  assert.throws(() => answer([paused('2026-11-23 09:30', null)]), { code: 'CALENDAR_TIME_INVALID' })
})

test('SP-06 make-up Saturdays are workdays, holidays are not', () => {
  assert.deepEqual(['2026-09-20', '2026-10-01', '2026-11-20', '2026-11-21'].map(d => isWorkday(china, d)), [true, false, true, false])
  assert.throws(() => isWorkday(china, '2026-02-30'), { code: 'CALENDAR_TIME_INVALID' })
})

test('SP-06 the next year is wanted from 1 November on, by the clock on the wall in China', () => {
  const spec = chinaCalendar()
  assert.deepEqual(missingYears(spec, at('2026-10-31 23:59')), [])
  assert.deepEqual(missingYears(spec, at('2026-11-01 00:00')), [2027])
  assert.deepEqual(missingYears(spec, at('2027-01-01 00:00')), [2027])
  assert.deepEqual(missingYears(spec, at('2027-11-01 00:00')), [2027, 2028])
})

test('SP-06 equal to counting minute by minute, in 300 random cases', () => {
  const spec = chinaCalendar()
  const inShift = (date: Date): boolean => {
    const text = show(date)
    const [day, clock] = [text.slice(0, 10), text.slice(11, 16)]
    const weekday = new Date(`${day}T00:00Z`).getUTCDay() || 7
    const works = spec.days[day] ? spec.days[day] === 'work' : spec.workdays.includes(weekday)
    return works && spec.shifts.some(([from, to]) => clock >= from && clock < to)
  }
  const first = at('2025-01-01 00:00').getTime() / 60_000
  fc.assert(fc.property(fc.integer({ min: 0, max: 700 * 1440 }), fc.integer({ min: 1, max: 1500 }), (offset, minutes) => {
    const start = new Date((first + offset) * 60_000)
    const end = new Date(start)
    for (let left = minutes; left > 0; end.setTime(end.getTime() + 60_000)) if (inShift(end)) left -= 1
    assert.equal(show(addBusinessMinutes(china, start, minutes).due), show(end))
    assert.equal(businessMinutesBetween(china, start, end), minutes)
  }), { numRuns: 300 })
})

const plain = (timeZone: string, shifts: CalendarSpec['shifts']): CalendarSpec =>
  ({ timeZone, shifts, workdays: [1, 2, 3, 4, 5, 6, 7], days: {}, knownYears: [2026] })

test('SP-06 in a zone with summer time a shift lasts as long as the clock really ran', () => {
  const night = compileCalendar(plain('America/New_York', [['00:00', '08:00']]))
  const worked = (from: string, to: string): number => businessMinutesBetween(night, new Date(from), new Date(to))
  assert.equal(worked('2026-03-07T05:00Z', '2026-03-08T05:00Z'), 480)
  assert.equal(worked('2026-03-08T05:00Z', '2026-03-09T04:00Z'), 420, 'clocks go forward at 02:00')
  assert.equal(worked('2026-11-01T04:00Z', '2026-11-02T05:00Z'), 540, 'clocks go back at 02:00')
  const inGap = compileCalendar(plain('America/New_York', [['02:30', '03:30']]))
  assert.equal(addBusinessMinutes(inGap, new Date('2026-03-08T05:00Z'), 30).due.toISOString(), '2026-03-08T07:30:00.000Z')
  const office = compileCalendar(plain('Europe/Berlin', [['09:00', '17:00']]))
  assert.equal(addBusinessMinutes(office, new Date('2026-03-28T15:00Z'), 120).due.toISOString(), '2026-03-29T08:00:00.000Z')
})

test('SP-06 a night shift runs over midnight and over New Year, a round-the-clock desk never stops', () => {
  const night = compileCalendar(plain('Asia/Shanghai', [['22:00', '06:00']]))
  assert.equal(show(addBusinessMinutes(night, at('2026-12-31 21:00'), 180).due), '2027-01-01 01:00:00')
  assert.equal(businessMinutesBetween(night, at('2026-06-01 00:00'), at('2026-06-02 00:00')), 480)
  const always = compileCalendar(plain('Asia/Shanghai', [['00:00', '24:00']]))
  assert.equal(show(addBusinessMinutes(always, at('2026-06-01 13:07:08'), 3 * 1440).due), '2026-06-04 13:07:08')
})

test('SP-06 a calendar that makes no sense is refused in plain words', () => {
  const broken: Array<Partial<CalendarSpec>> = [
    { timeZone: 'Asia/Nowhere' }, { shifts: [] }, { shifts: [['9:00', '12:00']] }, { shifts: [['09:00', '25:00']] },
    { shifts: [['09:00', '12:00'], ['11:00', '18:00']] }, { shifts: [['08:00', '12:00'], ['22:00', '09:00']] },
    { workdays: [] }, { workdays: [0] }, { days: { '2026-13-01': 'off' } },
  ]
  for (const change of broken) assert.throws(() => compileCalendar({ ...chinaCalendar(), ...change }), { code: 'CALENDAR_INVALID' }, JSON.stringify(change))
  assert.throws(() => addBusinessMinutes(china, at('2026-01-05 09:00'), -1), { code: 'CALENDAR_TIME_INVALID' })
  assert.throws(() => addBusinessMinutes(china, new Date(Number.NaN), 1), { code: 'CALENDAR_TIME_INVALID' })
  assert.throws(() => addBusinessMinutes(china, at('2026-01-05 09:00'), 1e12), { code: 'CALENDAR_TIME_INVALID' })
})
