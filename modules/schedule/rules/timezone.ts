import { offsetAt } from '@quancheng/kernel'

/** VTIMEZONE (RFC 5545, 3.6.5), worked out from the zone data that the program carries: its offset at the start, then each change. */
const DAY = 86_400_000
const two = (n: number): string => String(n).padStart(2, '0')
export const offsetText = (ms: number): string => { const m = Math.abs(Math.round(ms / 60_000)); return `${ms < 0 ? '-' : '+'}${two(Math.floor(m / 60))}${two(m % 60)}` }
export const wallText = (wall: number): string => new Date(wall).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')

function changesBetween(timeZone: string, from: number, to: number): Array<{ at: number; before: number; after: number }> {
  const found: Array<{ at: number; before: number; after: number }> = []
  for (let at = from, offset = offsetAt(timeZone, from); at < to; at += DAY) {
    const next = offsetAt(timeZone, at + DAY)
    if (next === offset) continue
    let low = at, high = at + DAY
    while (high - low > 1000) { const middle = Math.floor((low + high) / 2000) * 1000; if (offsetAt(timeZone, middle) === offset) low = middle; else high = middle }
    found.push({ at: high, before: offset, after: next })
    offset = next
  }
  return found
}

/** Lines of the component for [fromYear, toYear]. China has had one offset since 1991, so one line says it all. */
export function zoneLines(timeZone: string, fromYear: number, toYear: number): string[] {
  const from = Date.UTC(fromYear, 0, 1), base = offsetAt(timeZone, from), changes = changesBetween(timeZone, from, Date.UTC(toYear + 1, 0, 1))
  const usual = Math.min(base, ...changes.map(c => c.after))
  const part = (kind: 'STANDARD' | 'DAYLIGHT', wall: number, before: number, after: number): string[] => [`BEGIN:${kind}`, `DTSTART:${wallText(wall)}`, `TZOFFSETFROM:${offsetText(before)}`, `TZOFFSETTO:${offsetText(after)}`, `END:${kind}`]
  return ['BEGIN:VTIMEZONE', `TZID:${timeZone}`, ...part(base > usual ? 'DAYLIGHT' : 'STANDARD', Date.UTC(1970, 0, 1), base, base), ...changes.flatMap(c => part(c.after > usual ? 'DAYLIGHT' : 'STANDARD', c.at + c.before, c.before, c.after)), 'END:VTIMEZONE']
}
