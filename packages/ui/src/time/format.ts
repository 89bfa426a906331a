import { locale } from '../core/i18n.ts'
import { presentTime } from './clock.ts'

/** Times are shown in the tenant's zone, wherever the browser stands. */
let zone = 'Asia/Shanghai'
let cache = new Map<string, Intl.DateTimeFormat>()

export function setTimeZone(timeZone: string): void {
  zone = timeZone
  cache = new Map()
}

export function timeZone(): string {
  return zone
}

type Parts = { year: string, month: string, day: string, hour: string, minute: string, second: string }

/** Calendar parts of an instant in the tenant's zone, two digits each. */
export function zoned(at: Date | string): Parts {
  let format = cache.get('parts')
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23',
    })
    cache.set('parts', format)
  }
  const parts: Record<string, string> = {}
  for (const { type, value } of format.formatToParts(typeof at === 'string' ? new Date(at) : at)) parts[type] = value
  return parts as Parts
}

/** 2026-11-22 */
export function dateText(at: Date | string): string {
  const p = zoned(at)
  return `${p.year}-${p.month}-${p.day}`
}

/** 2026-11-22 09:02 */
export function dateTimeText(at: Date | string): string {
  const p = zoned(at)
  return `${p.year}-${p.month}-${p.day} ${p.hour}:${p.minute}`
}

/** Shortest text that is not ambiguous: 09:02 today, 11-20 09:02 this year, otherwise with the year. */
export function shortText(at: Date | string, now: Date = presentTime()): string {
  const p = zoned(at), n = zoned(now)
  if (p.year === n.year && p.month === n.month && p.day === n.day) return `${p.hour}:${p.minute}`
  if (p.year === n.year) return `${p.month}-${p.day} ${p.hour}:${p.minute}`
  return `${p.year}-${p.month}-${p.day}`
}

/** 3 分钟前, 2 小时后; beyond a week there is no relative text (empty). */
export function relativeText(at: Date | string, now: Date = presentTime()): string {
  const minutes = Math.round(((typeof at === 'string' ? new Date(at) : at).getTime() - now.getTime()) / 60_000)
  const size = Math.abs(minutes)
  const zh = locale() === 'zh'
  if (size < 1) return zh ? '刚刚' : 'just now'
  const amount = size < 60 ? (zh ? `${size} 分钟` : `${size} min`)
    : size < 24 * 60 ? (zh ? `${Math.round(size / 60)} 小时` : `${Math.round(size / 60)} h`)
      : size < 7 * 24 * 60 ? (zh ? `${Math.round(size / 1440)} 天` : `${Math.round(size / 1440)} d`) : ''
  if (!amount) return ''
  return minutes < 0 ? (zh ? amount + '前' : amount + ' ago') : zh ? amount + '后' : 'in ' + amount
}

/** Working minutes as people say them: 45 分钟, 2 小时 5 分, 3 天 4 小时. A day here has 24 hours. */
export function durationText(minutes: number): string {
  const zh = locale() === 'zh'
  const sign = minutes < 0 ? '-' : ''
  const total = Math.abs(Math.round(minutes))
  if (Math.abs(minutes) > 0 && total === 0) return zh ? '不到 1 分钟' : '< 1 min'
  const days = Math.floor(total / 1440), hours = Math.floor((total % 1440) / 60), rest = total % 60
  if (days > 0) return sign + (zh ? `${days} 天${hours ? ` ${hours} 小时` : ''}` : `${days} d${hours ? ` ${hours} h` : ''}`)
  if (hours > 0) return sign + (zh ? `${hours} 小时${rest ? ` ${rest} 分` : ''}` : `${hours} h${rest ? ` ${rest} min` : ''}`)
  return sign + (zh ? `${rest} 分钟` : `${rest} min`)
}
