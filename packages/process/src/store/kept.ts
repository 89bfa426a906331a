import { fail } from '@quancheng/kernel'

/** Characters of what a case keeps, its variables and what the engine remembers each: nobody fills the disk by one case. */
const CASE_LIMIT = 4_000_000

/** As JSON; CASE_TOO_LARGE, and nothing is stored. */
export function kept(what: unknown): string {
  const text = JSON.stringify(what)
  return text.length <= CASE_LIMIT ? text : fail('CASE_TOO_LARGE', { limit: CASE_LIMIT / 1_000_000, size: (text.length / 1_000_000).toFixed(1) })
}
