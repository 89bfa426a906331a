import { instantOf } from '@quancheng/kernel'
import { addDays, dayNo } from './days.ts'
import { formatRule, parseRule } from './rrule.ts'
import { wallOf } from './occurrences.ts'
import { wallText, zoneLines } from './timezone.ts'

/** What becomes a VEVENT. `uid` is the same for a series and the days of it that were moved; `recurrence` is the day that such a one replaces. */
export interface IcsEvent {
  uid: string; sequence: number; changedAt: Date; title: string; note: string | null; place: string | null; startsAt: Date; endsAt: Date; allDay: boolean
  rule: string | null; exDays: readonly string[]; recurrence: { day: string; at: Date; allDay: boolean } | null; reminderMinutes: number | null; visibility: 'private' | 'busy' | 'public'; free: boolean; url: string | null
}
export interface IcsCalendar { name: string; timeZone: string; events: readonly IcsEvent[] }

/** RFC 5545, 3.3.11. */
export const escapeText = (s: string): string => s.replaceAll('\\', '\\\\').replaceAll(';', '\\;').replaceAll(',', '\\,').replaceAll(/\r\n|\r|\n/g, '\\n').replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '')

/** RFC 5545, 3.1: no line above 75 octets, cut between characters and never inside one. */
export function fold(line: string): string {
  const parts: string[] = []
  let now = '', size = 0
  for (const c of line) {
    const n = Buffer.byteLength(c)
    if (size + n > 75) { parts.push(now); now = ' '; size = 1 }
    now += c
    size += n
  }
  return [...parts, now].join('\r\n')
}

const plain = (day: string): string => day.replaceAll('-', '')
const utc = (at: Date): string => `${wallText(at.getTime())}Z`

function lines(e: IcsEvent, timeZone: string): string[] {
  const day = (at: Date): string => new Date(wallOf(at, timeZone)).toISOString().slice(0, 10), wall = (at: Date): string => wallText(wallOf(at, timeZone))
  const at = (name: string, when: Date): string => (e.allDay ? `${name};VALUE=DATE:${plain(day(when))}` : `${name};TZID=${timeZone}:${wall(when)}`)
  // the time of day that one day of the series would have had
  const clock = wallOf(e.startsAt, timeZone) - dayNo(day(e.startsAt)) * 86_400_000, onDay = (d: string): string => wallText(dayNo(d) * 86_400_000 + clock)
  const rule = e.rule ? parseRule(e.rule) : null
  // UNTIL of a timed series is in UTC (3.3.10): the end of its last day
  const until = rule?.until ? (e.allDay ? plain(rule.until) : utc(new Date(instantOf(timeZone, dayNo(addDays(rule.until, 1)) * 86_400_000) - 1000))) : null
  const out = ['BEGIN:VEVENT', `UID:${e.uid}`, `SEQUENCE:${e.sequence}`, `DTSTAMP:${utc(e.changedAt)}`, `LAST-MODIFIED:${utc(e.changedAt)}`, at('DTSTART', e.startsAt), at('DTEND', e.endsAt)]
  if (e.recurrence) out.push(e.recurrence.allDay ? `RECURRENCE-ID;VALUE=DATE:${plain(e.recurrence.day)}` : `RECURRENCE-ID;TZID=${timeZone}:${wall(e.recurrence.at)}`)
  if (rule) out.push(`RRULE:${formatRule({ ...rule, until: null })}${until ? `;UNTIL=${until}` : ''}`)
  if (rule && e.exDays.length) out.push(e.allDay ? `EXDATE;VALUE=DATE:${e.exDays.map(plain).join(',')}` : `EXDATE;TZID=${timeZone}:${e.exDays.map(onDay).join(',')}`)
  out.push(`SUMMARY:${escapeText(e.title)}`)
  if (e.place) out.push(`LOCATION:${escapeText(e.place)}`)
  if (e.note) out.push(`DESCRIPTION:${escapeText(e.note)}`)
  if (e.url) out.push(`URL:${e.url}`)
  out.push(`CLASS:${e.visibility === 'public' ? 'PUBLIC' : e.visibility === 'busy' ? 'CONFIDENTIAL' : 'PRIVATE'}`, `TRANSP:${e.free ? 'TRANSPARENT' : 'OPAQUE'}`)
  if (e.reminderMinutes !== null) out.push('BEGIN:VALARM', 'ACTION:DISPLAY', `DESCRIPTION:${escapeText(e.title)}`, `TRIGGER:-PT${e.reminderMinutes}M`, 'END:VALARM')
  return [...out, 'END:VEVENT']
}

/** An iCalendar object (RFC 5545): the same events give the same bytes, so that its hash says whether anything has changed. */
export function icsOf(c: IcsCalendar): string {
  const years = c.events.flatMap(e => [e.startsAt.getUTCFullYear(), e.endsAt.getUTCFullYear()]), first = Math.min(...years, 2026) - 1, last = Math.max(...years, 2026) + 3
  const timed = c.events.some(e => !e.allDay)
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Quancheng//Schedule 1.0//ZH', 'CALSCALE:GREGORIAN', 'METHOD:PUBLISH', `X-WR-CALNAME:${escapeText(c.name)}`, `X-WR-TIMEZONE:${c.timeZone}`, 'REFRESH-INTERVAL;VALUE=DURATION:PT1H', 'X-PUBLISHED-TTL:PT1H',
    ...(timed ? zoneLines(c.timeZone, first, last) : []), ...c.events.flatMap(e => lines(e, c.timeZone)), 'END:VCALENDAR'].map(line => `${fold(line)}\r\n`).join('')
}
