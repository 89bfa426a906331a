import { FEEL_LIMITS, FeelError } from './errors.ts'

/** `results`: what was kept of results so far, against FEEL_LIMITS.results. */
export interface ResultMeter { results?: number }

/** Counts one value that is kept; a text counts by its length. FEEL_TOO_COMPLEX beyond what the calls that share a meter may keep. */
export function countResult(value: unknown, meter: ResultMeter): void {
  meter.results = (meter.results ?? 0) + 1 + (typeof value === 'string' ? value.length >> 4 : 0)
  if (meter.results > FEEL_LIMITS.results) throw new FeelError('FEEL_TOO_COMPLEX', '表达式的结果太大')
}

/** Counts all that a value is when it is written out: a few lists of lists, shared in memory, can stand for millions of values. */
export function measure(value: unknown, meter: ResultMeter): void {
  countResult(value, meter)
  if (typeof value !== 'object' || value === null) return
  if (Array.isArray(value)) for (const item of value) measure(item, meter)
  else if (Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null) for (const item of Object.values(value)) measure(item, meter)
}
