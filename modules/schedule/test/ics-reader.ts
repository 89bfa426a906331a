import assert from 'node:assert/strict'

/*
 * A calendar program, as small as it can be: reads an iCalendar object by the grammar of RFC 5545 and says when things happen. It shares no
 * code with what writes the feed: days are found by looking at every one of them.
 */
interface Line { name: string; params: Record<string, string>; value: string }
interface Component { name: string; lines: Line[]; inside: Component[] }

/** 3.1: CRLF, at most 75 octets, folded by one blank; NAME;PARAM=VALUE:VALUE. */
function linesOf(text: string): Line[] {
  assert.ok(text.endsWith('\r\n') && !/[^\r]\n|\r[^\n]/.test(text), 'every line ends with CRLF')
  const raw = text.slice(0, -2).split('\r\n')
  for (const line of raw) assert.ok(Buffer.byteLength(line) <= 75, `${Buffer.byteLength(line)} octets: ${line}`)
  return raw.join('\r\n').replaceAll(/\r\n[ \t]/g, '').split('\r\n').map(line => {
    const m = /^([A-Z0-9-]+)((?:;[A-Z0-9-]+=(?:"[^"]*"|[^";:,]*))*):(.*)$/s.exec(line)
    assert.ok(m, `no content line: ${line}`)
    assert.ok([...m[3]!].every(c => c >= ' ' || c === '\t'), 'no control characters')
    return { name: m[1]!, params: Object.fromEntries(m[2]!.split(';').filter(Boolean).map(p => p.split('=') as [string, string])), value: m[3]! }
  })
}

/** 3.6: components one in another. */
export function readIcs(text: string): Component {
  const root: Component = { name: '', lines: [], inside: [] }, open = [root]
  for (const line of linesOf(text)) {
    if (line.name === 'BEGIN') { const next = { name: line.value, lines: [], inside: [] }; open.at(-1)!.inside.push(next); open.push(next) }
    else if (line.name === 'END') assert.equal(open.pop()!.name, line.value)
    else open.at(-1)!.lines.push(line)
  }
  assert.deepEqual([open.length, root.lines.length, root.inside.length, root.inside[0]?.name], [1, 0, 1, 'VCALENDAR'])
  return root.inside[0]!
}

const one = (c: Component, name: string): Line => { const all = c.lines.filter(l => l.name === name); assert.equal(all.length, 1, `${c.name} has ${all.length} ${name}`); return all[0]! }
const maybe = (c: Component, name: string): Line | undefined => { assert.ok(c.lines.filter(l => l.name === name).length <= 1); return c.lines.find(l => l.name === name) }
const DAY = 86_400_000
const plain = (text: string): string => text.replaceAll('\\n', '\n').replaceAll(/\\([\\;,])/g, '$1')
/** Wall-clock milliseconds of `20261005T090000` or `20261005`. */
const wall = (text: string): number => { const m = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2}))?$/.exec(text); assert.ok(m, text); return Date.UTC(+m[1]!, +m[2]! - 1, +m[3]!, +(m[4] ?? 0), +(m[5] ?? 0), +(m[6] ?? 0)) }

function fits(rule: Map<string, string>, start: number, at: number): boolean {
  const a = new Date(start), b = new Date(at), every = Number(rule.get('INTERVAL') ?? 1), weekday = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'][b.getUTCDay()]!, size = new Date(Date.UTC(b.getUTCFullYear(), b.getUTCMonth() + 1, 0)).getUTCDate(), day = b.getUTCDate()
  const byDay = rule.get('BYDAY')?.split(','), byMonthDay = rule.get('BYMONTHDAY')?.split(',').map(Number), months = (b.getUTCFullYear() - a.getUTCFullYear()) * 12 + b.getUTCMonth() - a.getUTCMonth()
  const monday = (n: number): number => Math.floor((Math.floor(n / DAY) + 3) / 7)
  const nth = (text: string): boolean => { const m = /^(-?\d)?(..)$/.exec(text)!; return m[2] === weekday && (!m[1] || (Number(m[1]) > 0 ? Math.ceil(day / 7) === Number(m[1]) : Math.ceil((size - day + 1) / 7) === -Number(m[1]))) }
  const dayFits = (byDay?.some(nth) ?? true) && (byMonthDay?.some(n => n === day || size + 1 + n === day) ?? true)
  switch (rule.get('FREQ')) {
    case 'DAILY': return Math.round((at - start) / DAY) % every === 0 && dayFits
    case 'WEEKLY': return (monday(at) - monday(start)) % every === 0 && (byDay ? dayFits : a.getUTCDay() === b.getUTCDay())
    case 'MONTHLY': return months % every === 0 && (byDay || byMonthDay ? dayFits : a.getUTCDate() === day)
    default: return months % (12 * every) === 0 && a.getUTCDate() === day
  }
}

/** Everything that happens from one day up to another, `2026-10-05T09:00 早会`, in order. */
export function happenings(calendar: Component, fromDay: string, toDay: string): string[] {
  const [low, high] = [Date.parse(`${fromDay}T00:00:00Z`), Date.parse(`${toDay}T00:00:00Z`)], zones = new Set(calendar.inside.filter(c => c.name === 'VTIMEZONE').map(z => one(z, 'TZID').value)), out: Array<[number, string]> = []
  const events = calendar.inside.filter(c => c.name === 'VEVENT'), replaced = new Set(events.flatMap(e => { const id = maybe(e, 'RECURRENCE-ID'); return id ? [`${one(e, 'UID').value}/${wall(id.value)}`] : [] }))
  for (const e of events) {
    const begin = one(e, 'DTSTART'), start = wall(begin.value), title = plain(one(e, 'SUMMARY').value), rule = maybe(e, 'RRULE')
    one(e, 'DTSTAMP')
    assert.ok(begin.params['VALUE'] === 'DATE' || zones.has(begin.params['TZID']!), 'a zone that is in the file')
    assert.ok(wall(one(e, 'DTEND').value) > start)
    if (!rule) { out.push([start, title]); continue }
    const parts = new Map(rule.value.split(';').map(p => p.split('=') as [string, string])), off = new Set(e.lines.filter(l => l.name === 'EXDATE').flatMap(l => l.value.split(',')).map(wall))
    const until = parts.get('UNTIL'), last = until ? wall(until.replace('Z', '')) + (until.endsWith('Z') ? 8 * 3_600_000 : 0) : Infinity
    for (let at = start, n = 0; at < high && at <= last && n < Number(parts.get('COUNT') ?? Infinity); at += DAY) {
      if (!fits(parts, start, at)) continue
      n += 1
      if (!off.has(at) && !replaced.has(`${one(e, 'UID').value}/${at}`)) out.push([at, title])
    }
  }
  return out.filter(([at]) => at >= low && at < high).toSorted((a, b) => a[0] - b[0] || (a[1] < b[1] ? -1 : 1)).map(([at, title]) => `${new Date(at).toISOString().slice(0, 16)} ${title}`)
}
