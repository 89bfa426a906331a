/** Sums over requests as the database gives them; null where there were none. Minutes, and money in yuan. */
export interface Sums { requests: number; minutes: number | null; p50: number | null; p80: number | null; onTime: number; cameBack: number; labour: number | null; labourCost: number | null; partsCost: number | null; unrated: number | null }

export interface Figures {
  requests: number
  /** minutes of all stages of a request together, each on its own clock; the time a customer takes to come is left out */
  minutes: number; p50: number | null; p80: number | null
  /** requests none of whose stages was late, and their share in percent */
  onTime: number; onTimeRate: number | null
  /** requests whose device came back within the days of 返修, and their share in percent */
  cameBack: number; cameBackRate: number | null
  /** business minutes that somebody had a step in hand; of them without a rate */
  labourMinutes: number; unratedMinutes: number
  labourCost: string; partsCost: string; cost: string; costPerRequest: string | null
}

const money = (n: number): string => (Math.round(n * 100) / 100).toFixed(2)
const percent = (part: number, of: number): number | null => (of === 0 ? null : Math.round((1000 * part) / of) / 10)
const round = (n: number | null): number | null => (n === null ? null : Math.round(n * 100) / 100)

/** Cost per request = (labour + parts) ÷ requests (AN-05). */
export function figuresOf(s: Sums): Figures {
  const labour = s.labourCost ?? 0, parts = s.partsCost ?? 0
  return {
    requests: s.requests, minutes: round(s.minutes) ?? 0, p50: round(s.p50), p80: round(s.p80), onTime: s.onTime, onTimeRate: percent(s.onTime, s.requests), cameBack: s.cameBack, cameBackRate: percent(s.cameBack, s.requests),
    labourMinutes: round(s.labour) ?? 0, unratedMinutes: round(s.unrated) ?? 0, labourCost: money(labour), partsCost: money(parts), cost: money(labour + parts), costPerRequest: s.requests ? money((labour + parts) / s.requests) : null,
  }
}
