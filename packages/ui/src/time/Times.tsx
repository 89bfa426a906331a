import { useSyncExternalStore } from 'react'
import { useLocale, pick } from '../core/i18n.ts'
import type { Lateness as LatenessValue } from '../core/types.ts'
import { Icon } from '../icons.tsx'
import { onClock, presentMs, tickMs } from './clock.ts'
import { dateTimeText, durationText, relativeText, shortText } from './format.ts'

let minute = presentMs()
const watchers = new Set<() => void>()
let ticking: ReturnType<typeof setInterval> | undefined

/** The present time, new every 30 s: relative texts stay true without each having a timer of its own. */
export function useNow(): Date {
  return new Date(useSyncExternalStore(watch, () => minute))
}

const tick = (): void => { minute = presentMs(); for (const each of watchers) each() }
const start = (): void => { ticking = setInterval(tick, tickMs()) }
onClock(() => { tick(); if (ticking !== undefined) { clearInterval(ticking); start() } })

function watch(watcher: () => void): () => void {
  watchers.add(watcher)
  if (ticking === undefined) start()
  return () => {
    watchers.delete(watcher)
    if (watchers.size === 0) { clearInterval(ticking); ticking = undefined }
  }
}

/** An instant. `form` both (default): relative with the absolute time beside it; the full time is always in the tooltip. */
export function When({ at, form = 'both' }: { at: string | null | undefined, form?: 'both' | 'relative' | 'absolute' }) {
  useLocale()
  const now = useNow()
  if (!at) return <span className="qc-faint">—</span>
  const relative = form === 'absolute' ? '' : relativeText(at, now)
  const absolute = form === 'relative' && relative ? '' : shortText(at, now)
  return (
    <time dateTime={at} title={dateTimeText(at)} className="qc-when">
      {relative}{relative && absolute ? <span className="qc-faint"> {absolute}</span> : absolute}
    </time>
  )
}

/** Working minutes, e.g. 2 小时 5 分. */
export function Duration({ minutes }: { minutes: number | null | undefined }) {
  useLocale()
  if (minutes === null || minutes === undefined) return <span className="qc-faint">—</span>
  return <span className="qc-number">{durationText(minutes)}</span>
}

const words = {
  ok: ['剩 {d}', '{d} left'],
  warn: ['仅剩 {d}', 'only {d} left'],
  late: ['已超 {d}', '{d} late'],
} as const

/** How a promise stands. Never by colour alone: late carries a sign, and the words say it. */
export function Lateness({ lateness, dueAt, minutesLeft, tentative }:
  { lateness: LatenessValue, dueAt?: string | null, minutesLeft?: number | null, tentative?: boolean }) {
  useLocale()
  const now = useNow()
  if (!dueAt && (minutesLeft === null || minutesLeft === undefined)) return null
  const left = minutesLeft ?? (new Date(dueAt!).getTime() - now.getTime()) / 60_000
  return (
    <span className={`qc-late qc-late-${lateness}`} title={dueAt ? dateTimeText(dueAt) : undefined}>
      {lateness !== 'ok' && <Icon name={lateness === 'late' ? 'warn' : 'clock'} size={13} />}
      {pick(words[lateness]).replace('{d}', durationText(Math.abs(left)))}{tentative ? pick(['（暂定）', ' (tentative)']) : ''}
    </span>
  )
}
