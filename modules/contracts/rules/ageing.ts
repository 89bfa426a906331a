import { fenOf, yuanOf } from '@quancheng/kernel'

export const BUCKETS = ['notDue', 'd30', 'd60', 'd90', 'over'] as const
export type Bucket = (typeof BUCKETS)[number]
export const BUCKET_LABELS = { notDue: ['未到期', 'Not due'], d30: ['0–30 天', '0–30 days'], d60: ['31–60 天', '31–60 days'], d90: ['61–90 天', '61–90 days'], over: ['90 天以上', 'Over 90 days'] } as const

const DAY = 86_400_000
/** Whole days from one calendar day (`2026-08-31`) to another. */
export const daysBetween = (from: string, to: string): number => Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY)
export const addDays = (day: string, days: number): string => new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10)

/** How long a sum has been due: due 08-31, today 11-22 → 83 days → 61–90. On the day itself it is due, and not late yet. */
export function ageOf(dueOn: string, today: string): { days: number; bucket: Bucket } {
  const days = daysBetween(dueOn, today)
  return { days, bucket: days < 0 ? 'notDue' : days <= 30 ? 'd30' : days <= 60 ? 'd60' : days <= 90 ? 'd90' : 'over' }
}

/** The days that lie in a bucket today, both included; what a list is filtered with, so that a figure and its rows are the same thing. */
export function bucketDays(bucket: Bucket, today: string): { from: string | null; to: string | null } {
  const back = (n: number): string => addDays(today, -n)
  return { notDue: { from: addDays(today, 1), to: null }, d30: { from: back(30), to: today }, d60: { from: back(60), to: back(31) }, d90: { from: back(90), to: back(61) }, over: { from: null, to: back(91) } }[bucket]
}

export interface OpenSum { key: string; name: string; dueOn: string; open: string }
export type Ageing = Record<Bucket, string> & { key: string; name: string; total: string; count: number }

/** Open sums of many, by whose they are; the largest first. */
export function ageingOf(sums: readonly OpenSum[], today: string): Ageing[] {
  const by = new Map<string, { name: string; count: number; fen: Record<Bucket, bigint> }>()
  for (const s of sums) {
    let row = by.get(s.key)
    if (!row) by.set(s.key, row = { name: s.name, count: 0, fen: { notDue: 0n, d30: 0n, d60: 0n, d90: 0n, over: 0n } })
    row.fen[ageOf(s.dueOn, today).bucket] += fenOf(s.open)
    row.count++
  }
  const totalOf = (fen: Record<Bucket, bigint>): bigint => BUCKETS.reduce((n, b) => n + fen[b], 0n)
  return [...by].toSorted(([, a], [, b]) => (totalOf(b.fen) > totalOf(a.fen) ? 1 : totalOf(b.fen) < totalOf(a.fen) ? -1 : a.name.localeCompare(b.name, 'zh')))
    .map(([key, r]) => ({ key, name: r.name, count: r.count, total: yuanOf(totalOf(r.fen)), notDue: yuanOf(r.fen.notDue), d30: yuanOf(r.fen.d30), d60: yuanOf(r.fen.d60), d90: yuanOf(r.fen.d90), over: yuanOf(r.fen.over) }))
}
