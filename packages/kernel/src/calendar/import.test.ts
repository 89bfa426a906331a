import { test } from 'node:test'
import assert from 'node:assert/strict'
import { parseCalendarFile } from './import.ts'

test('SP-06 a year comes in as a plain JSON object', () => {
  const file = parseCalendarFile('\uFEFF{"2027-01-02":"work","2027-01-01":"off","2028-01-01":"休"}')
  assert.deepEqual(file, { days: { '2027-01-01': 'off', '2027-01-02': 'work', '2028-01-01': 'off' }, years: [2027, 2028], problems: [] })
})

test('SP-06 a year comes in as a JSON list, bare or wrapped', () => {
  const list = [{ date: '2027-01-01', type: 'public_holiday', name: '元旦' }, { date: '2027-01-03', type: 'work', name: '补班' }]
  const days = { '2027-01-01': 'off', '2027-01-03': 'work' }
  assert.deepEqual(parseCalendarFile(JSON.stringify(list)).days, days)
  assert.deepEqual(parseCalendarFile(JSON.stringify({ year: 2027, dates: list })).days, days)
  assert.deepEqual(parseCalendarFile('{"days":[{"date":"2027-01-01","isOffDay":true},{"date":"2027-01-03","isOffDay":false}]}').days, days)
})

test('SP-06 each bad entry is named with its row, the good ones still come in', () => {
  const file = parseCalendarFile(JSON.stringify([
    { date: '2027-01-01', type: 'off' }, { date: '2027-02-30', type: 'off' }, { date: '2027-03-01', type: 'maybe' }, { type: 'off' },
    { date: '2027-01-01', type: 'work' },
  ]))
  assert.deepEqual(file.days, { '2027-01-01': 'off' })
  assert.deepEqual(file.problems.map(p => p.row), [2, 3, 4, 5])
  for (const text of ['', 'nonsense', '[]', '{}', '3', 'null', '{"2027-01-01":']) {
    const broken = parseCalendarFile(text)
    assert.deepEqual([broken.days, broken.problems.length], [{}, 1], text)
  }
})

test('SP-06 an ICS calendar: 休 and 班 are taken, several days and folded lines understood, the rest reported by line', () => {
  const file = parseCalendarFile([
    'BEGIN:VCALENDAR', 'VERSION:2.0',
    'BEGIN:VEVENT', 'DTSTART;VALUE=DATE:20271001', 'DTEND;VALUE=DATE:20271004', 'SUMMARY:国庆节（休）', 'END:VEVENT',
    'BEGIN:VEVENT', 'DTSTART;VALUE=DATE:20271009', 'SUMMARY:国庆节 调休', ' （班）', 'END:VEVENT',
    'BEGIN:VEVENT', 'DTSTART;VALUE=DATE:20270214', 'SUMMARY:情人节', 'END:VEVENT',
    'BEGIN:VEVENT', 'SUMMARY:没有日期（休）', 'END:VEVENT',
    'BEGIN:VEVENT', 'DTSTART:20270101T000000', 'RRULE:FREQ=YEARLY', 'SUMMARY:元旦（休）', 'END:VEVENT',
    'END:VCALENDAR', '',
  ].join('\r\n'))
  assert.deepEqual(file.days, { '2027-10-01': 'off', '2027-10-02': 'off', '2027-10-03': 'off', '2027-10-09': 'work' })
  assert.deepEqual(file.years, [2027])
  assert.deepEqual(file.problems.map(p => p.row), [13, 17, 20])
})
