/** Reads a year's holidays from a file a person brings: JSON in its usual shapes, or an iCalendar subscription (ICS). */

import { dateText, dayNumber, type DayKind } from './spec.ts'

/** `row` is the entry's place in a JSON file, the line in an ICS file; both from 1. */
export interface CalendarProblem { row: number; message: string }

export interface CalendarFile {
  days: Record<string, DayKind>
  /** Years that have at least one day in the file, in order. Whether a year is complete is for the person to confirm. */
  years: number[]
  problems: CalendarProblem[]
}

interface Entry { row: number; date: string; kind: DayKind | null; shown: string }

/** A holiday longer than this is a slip of the pen in the file. */
const LONGEST_EVENT_DAYS = 31

const KINDS: Record<string, DayKind> = {
  off: 'off', holiday: 'off', public_holiday: 'off', 休: 'off', 休息: 'off', 放假: 'off', 节假日: 'off',
  work: 'work', workday: 'work', transfer_workday: 'work', 班: 'work', 上班: 'work', 补班: 'work', 调休上班: 'work',
}

/** Never throws: what cannot be read is in `problems`, the rest is in `days`. */
export function parseCalendarFile(text: string): CalendarFile {
  const source = text.replace(/^\uFEFF/, '')
  const problems: CalendarProblem[] = []
  const entries = /^\s*BEGIN:VCALENDAR/i.test(source) ? icsEntries(source, problems) : jsonEntries(source, problems)
  const days = new Map<string, DayKind>()
  for (const { row, date, kind, shown } of entries) {
    const earlier = days.get(date)
    if (dayNumber(date) === null) problems.push({ row, message: `日期“${shorten(date)}”不正确，应写成 2027-01-01` })
    else if (!kind) problems.push({ row, message: `${date} 的“${shorten(shown)}”看不出是休还是班，未导入` })
    else if (earlier && earlier !== kind) problems.push({ row, message: `${date} 在文件里既是休又是班，按先出现的导入` })
    else days.set(date, kind)
  }
  if (days.size === 0 && problems.length === 0) problems.push({ row: 1, message: '文件里没有日期' })
  const sorted = [...days].sort(([a], [b]) => (a < b ? -1 : 1))
  return {
    days: Object.fromEntries(sorted),
    years: [...new Set(sorted.map(([date]) => Number(date.slice(0, 4))))],
    problems: problems.sort((a, b) => a.row - b.row),
  }
}

function jsonEntries(source: string, problems: CalendarProblem[]): Entry[] {
  let data: unknown
  try {
    data = JSON.parse(source)
  } catch {
    problems.push({ row: 1, message: '文件既不是 JSON 也不是 ICS 日历' })
    return []
  }
  // Year files often wrap their list: { "year": 2027, "days": [...] } or { "dates": [...] }.
  const wrapped = isRecord(data) ? data['dates'] ?? data['days'] : undefined
  const list = wrapped ?? data
  if (Array.isArray(list)) return list.flatMap((item: unknown, i) => listEntry(item, i + 1, problems))
  if (!isRecord(list)) {
    problems.push({ row: 1, message: 'JSON 应是日期清单，如 {"2027-01-01":"off"}' })
    return []
  }
  return Object.entries(list).map(([date, kind], i) => ({ row: i + 1, date, kind: kindOf(kind), shown: String(kind) }))
}

function listEntry(item: unknown, row: number, problems: CalendarProblem[]): Entry[] {
  if (!isRecord(item) || typeof item['date'] !== 'string') {
    problems.push({ row, message: '缺少日期（date）' })
    return []
  }
  const { date, type, isOffDay } = item
  const kind = typeof isOffDay === 'boolean' ? (isOffDay ? 'off' : 'work') : kindOf(type)
  return [{ row, date: String(date), kind, shown: String(type ?? '') }]
}

function kindOf(value: unknown): DayKind | null {
  return typeof value === 'string' ? KINDS[value.trim().toLowerCase()] ?? null : null
}

function icsEntries(source: string, problems: CalendarProblem[]): Entry[] {
  const entries: Entry[] = []
  let event: Map<string, string> | null = null
  let row = 0
  for (const { line, text } of unfold(source)) {
    if (/^BEGIN:VEVENT\s*$/i.test(text)) {
      event = new Map()
      row = line
    } else if (/^END:VEVENT\s*$/i.test(text)) {
      if (event) entries.push(...eventEntries(event, row, problems))
      event = null
    } else if (event) {
      const match = /^([A-Za-z-]+)(?:;[^:]*)?:(.*)$/.exec(text)
      if (match) event.set(match[1]!.toUpperCase(), match[2]!.trim())
    }
  }
  if (event) problems.push({ row, message: '日历事件没有结束（缺少 END:VEVENT）' })
  return entries
}

function eventEntries(event: Map<string, string>, row: number, problems: CalendarProblem[]): Entry[] {
  const refuse = (message: string): Entry[] => {
    problems.push({ row, message })
    return []
  }
  const summary = event.get('SUMMARY') ?? ''
  const first = icsDay(event.get('DTSTART'))
  if (first === null) return refuse(`“${shorten(summary)}”没有正确的开始日期（DTSTART）`)
  if (event.has('RRULE')) return refuse(`“${shorten(summary)}”是重复事件，请按年逐日列出`)
  // DTEND is the day after the last one (RFC 5545, 3.6.1); without it the event is one day.
  const end = event.has('DTEND') ? icsDay(event.get('DTEND')) : first + 1
  if (end === null || end < first || end - first > LONGEST_EVENT_DAYS) return refuse(`“${shorten(summary)}”的结束日期不正确（DTEND）`)
  const kind = summaryKind(summary)
  const days = Math.max(1, end - first)
  return Array.from({ length: days }, (_, i) => ({ row, date: dateText(first + i), kind, shown: summary }))
}

/** 调休 names the exchange and not which side of it a day is on, so it decides nothing. */
function summaryKind(summary: string): DayKind | null {
  const words = summary.replaceAll('调休', '')
  const work = words.includes('班')
  const off = /休|放假/.test(words)
  return work === off ? null : work ? 'work' : 'off'
}

function icsDay(value: string | undefined): number | null {
  const match = /^(\d{4})(\d{2})(\d{2})(?:T\d{6}Z?)?$/.exec(value ?? '')
  return match ? dayNumber(`${match[1]}-${match[2]}-${match[3]}`) : null
}

/** Long lines continue on the next one after a blank (RFC 5545, 3.1). */
function unfold(source: string): Array<{ line: number; text: string }> {
  const lines: Array<{ line: number; text: string }> = []
  source.split(/\r\n|\n|\r/).forEach((text, i) => {
    const previous = lines.at(-1)
    if (previous && /^[ \t]/.test(text)) previous.text += text.slice(1)
    else lines.push({ line: i + 1, text })
  })
  return lines
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function shorten(text: string): string {
  return text.length > 30 ? `${text.slice(0, 30)}…` : text
}
