import assert from 'node:assert/strict'
import { test } from 'node:test'
import { escapeText, fold, icsOf, type IcsEvent } from './ics.ts'
import { zoneLines } from './timezone.ts'

const event = (o: Partial<IcsEvent>): IcsEvent => ({
  uid: 'a@b', sequence: 0, changedAt: new Date('2026-11-22T01:02:03Z'), title: '周例会', note: null, place: null, startsAt: new Date('2026-09-21T01:00:00Z'), endsAt: new Date('2026-09-21T02:00:00Z'), allDay: false,
  rule: null, exDays: [], recurrence: null, reminderMinutes: null, visibility: 'public', free: false, url: null, ...o,
})
const linesOf = (...events: IcsEvent[]): string[] => icsOf({ name: '李接', timeZone: 'Asia/Shanghai', events }).replaceAll('\r\n ', '').split('\r\n')

test('CA-04 lines end with CRLF and are folded at 75 octets, never inside a character', () => {
  const text = icsOf({ name: '李接', timeZone: 'Asia/Shanghai', events: [event({ title: '很长的标题'.repeat(30), note: `x${'😀'.repeat(40)}` })] })
  assert.ok(text.endsWith('END:VCALENDAR\r\n'))
  assert.ok(!/[^\r]\n/.test(text), 'no bare line feed')
  for (const line of text.split('\r\n')) { assert.ok(Buffer.byteLength(line) <= 75, line); assert.ok(!line.includes('\ufffd')) }
  assert.ok(text.replaceAll('\r\n ', '').includes(`SUMMARY:${'很长的标题'.repeat(30)}`))
  assert.equal(fold('a'.repeat(75)), 'a'.repeat(75))
  assert.equal(fold('a'.repeat(76)), `${'a'.repeat(75)}\r\n a`)
})

test('CA-04 what has a meaning in the format is escaped; a line break cannot begin a property of its own', () => {
  assert.equal(escapeText('a;b,c\\d\ne\r\nf\rg\u0007'), 'a\\;b\\,c\\\\d\\ne\\nf\\ng')
  assert.ok(!linesOf(event({ title: '会议\r\nATTACH:http://x' })).some(l => l.startsWith('ATTACH')))
})

test('CA-04 a series: its rule, its end in UTC, the days left out at its own time of day', () => {
  const l = linesOf(event({ rule: 'FREQ=WEEKLY;BYDAY=MO;UNTIL=20261231', exDays: ['2026-10-05'], reminderMinutes: 15 }))
  for (const line of ['DTSTART;TZID=Asia/Shanghai:20260921T090000', 'DTEND;TZID=Asia/Shanghai:20260921T100000', 'RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20261231T155959Z', 'EXDATE;TZID=Asia/Shanghai:20261005T090000', 'TRIGGER:-PT15M', 'DTSTAMP:20261122T010203Z']) assert.ok(l.includes(line), line)
})

test('CA-04 a whole day is a date, not a time; one moved day of a series names the day that it replaces', () => {
  const day = linesOf(event({ allDay: true, startsAt: new Date('2026-11-22T16:00:00Z'), endsAt: new Date('2026-11-24T16:00:00Z'), rule: 'FREQ=DAILY;UNTIL=20261201', exDays: ['2026-11-30'] }))
  for (const line of ['DTSTART;VALUE=DATE:20261123', 'DTEND;VALUE=DATE:20261125', 'RRULE:FREQ=DAILY;UNTIL=20261201', 'EXDATE;VALUE=DATE:20261130']) assert.ok(day.includes(line), line)
  assert.ok(!day.includes('BEGIN:VTIMEZONE'))
  assert.ok(linesOf(event({ recurrence: { day: '2026-09-28', at: new Date('2026-09-28T01:00:00Z'), allDay: false } })).includes('RECURRENCE-ID;TZID=Asia/Shanghai:20260928T090000'))
})

test('CA-04 the zone: China is one line, a zone with summer time has each of its changes', () => {
  assert.deepEqual(zoneLines('Asia/Shanghai', 2026, 2028), ['BEGIN:VTIMEZONE', 'TZID:Asia/Shanghai', 'BEGIN:STANDARD', 'DTSTART:19700101T000000', 'TZOFFSETFROM:+0800', 'TZOFFSETTO:+0800', 'END:STANDARD', 'END:VTIMEZONE'])
  const berlin = zoneLines('Europe/Berlin', 2026, 2026).join('|')
  assert.ok(berlin.includes('BEGIN:DAYLIGHT|DTSTART:20260329T020000|TZOFFSETFROM:+0100|TZOFFSETTO:+0200|END:DAYLIGHT|BEGIN:STANDARD|DTSTART:20261025T030000|TZOFFSETFROM:+0200|TZOFFSETTO:+0100'), berlin)
})

test('CA-04 the same events give the same bytes', () => assert.equal(icsOf({ name: 'x', timeZone: 'Asia/Shanghai', events: [event({})] }), icsOf({ name: 'x', timeZone: 'Asia/Shanghai', events: [event({})] })))
