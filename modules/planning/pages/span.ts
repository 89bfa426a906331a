import { shiftPeriod } from '../rules/period.ts'
import { tl } from './texts.ts'

/** `2026-11` → 2026年11月, `2026-Q4` → 2026年第4季度 */
export const periodText = (period: string): string => (period.length === 4 ? tl('yearOf', { y: period }) : period.includes('Q') ? tl('quarterOf', { y: period.slice(0, 4), q: period.slice(6) }) : tl('monthOf', { y: period.slice(0, 4), m: Number(period.slice(5)) }))
export const before = (period: string): string => shiftPeriod(period, -1)
export const after = (period: string): string => shiftPeriod(period, 1)
