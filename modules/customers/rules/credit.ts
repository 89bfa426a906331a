import { fenOf, yuanOf } from '@quancheng/kernel'

/** One sum that fell due. Days are YYYY-MM-DD, amounts decimal text in yuan. */
export interface Due { dueOn: string; settledOn: string | null; amount: string; received: string }

export type Grade = 'A' | 'B' | 'C' | 'D'
export interface Standing { grade: Grade | null; /** 0 to 100; null: nothing fell due yet */ score: number | null; /** share of the money that was paid by its day, 0 to 1 */ onTime: number | null; /** days that the oldest unpaid sum is late */ oldestDays: number; /** all that fell due */ volume: string; overdue: string; /** the limit that the record speaks for; a person decides */ proposed: string }

const days = (from: string, to: string): number => Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)

/**
 * The payment record of the sums that fell due up to a day. Score = 70 × share of the money that came in time + 30 − 1 a day that the oldest
 * unpaid sum is late (30 at most); A from 85, B from 70, C from 50, D below, and D in any case when something is unpaid for more than 90 days.
 * The proposed limit is the mean of a month's volume over the last twelve months, times 3, 2, 1 and 0 by grade, in whole thousands. Weights are ours.
 */
export function standingOf(record: readonly Due[], today: string): Standing {
  const due = record.filter(d => d.dueOn <= today)
  const sum = (list: readonly Due[], of: (d: Due) => bigint): bigint => list.reduce((n, d) => n + of(d), 0n)
  const unpaid = due.filter(d => !d.settledOn && d.dueOn < today && fenOf(d.received) < fenOf(d.amount))
  const volume = sum(due, d => fenOf(d.amount)), late = sum(unpaid, d => fenOf(d.amount) - fenOf(d.received))
  const oldestDays = Math.max(0, ...unpaid.map(d => days(d.dueOn, today)))
  if (volume === 0n) return { grade: null, score: null, onTime: null, oldestDays: 0, volume: '0.00', overdue: '0.00', proposed: '0.00' }
  // what falls due today and is unpaid is neither in time nor late
  const judged = due.filter(d => d.settledOn || d.dueOn < today), base = sum(judged, d => fenOf(d.amount))
  const inTime = sum(judged.filter(d => d.settledOn !== null && d.settledOn <= d.dueOn), d => fenOf(d.amount))
  const onTime = base === 0n ? 1 : Number((inTime * 10_000n) / base) / 10_000
  const score = Math.round(70 * onTime + 30 - Math.min(30, oldestDays))
  const grade: Grade = oldestDays > 90 || score < 50 ? 'D' : score >= 85 ? 'A' : score >= 70 ? 'B' : 'C'
  const year = sum(due.filter(d => days(d.dueOn, today) <= 365), d => fenOf(d.amount)), times = { A: 3n, B: 2n, C: 1n, D: 0n }[grade]
  return { grade, score, onTime, oldestDays, volume: yuanOf(volume), overdue: yuanOf(late), proposed: yuanOf(((year * times) / 12n / 100_000n) * 100_000n) }
}

export interface CreditAnswer { /** null: no limit was set, and nothing is refused */ limit: string | null; open: string; /** by how much it would be too much, `0.00` when it is not */ over: string }

/** CU-08: limit 100,000, open 95,000, another 10,000: over by 5,000. */
export function overCredit(limit: string | null, open: string, amount: string): CreditAnswer {
  if (limit === null) return { limit, open, over: '0.00' }
  const over = fenOf(open) + fenOf(amount) - fenOf(limit)
  return { limit, open, over: yuanOf(over > 0n ? over : 0n) }
}
