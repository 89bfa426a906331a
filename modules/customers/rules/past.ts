import { fail, type Ctx } from '@quancheng/kernel'

/** Clocks of two machines differ by so much. */
const SLACK_MS = 5 * 60_000

/** What is known has happened: a day or a moment still to come is a slip. A consent of tomorrow would outlive its own withdrawal. */
export function requirePast(ctx: Ctx, draft: Record<string, unknown>, field: string, label: string): void {
  const value = draft[field]
  if (value === null || value === undefined) return
  const at = value instanceof Date ? value : new Date(String(value))
  // a day begins earlier here than where its midnight is reckoned
  const limit = ctx.now().getTime() + (/^\d{4}-\d\d-\d\d$/.test(String(value)) ? 14 * 3_600_000 : SLACK_MS)
  if (at.getTime() > limit) fail('INVALID', { summary: `${label}不能在将来`, fields: [{ field, code: 'FUTURE', message: '不能在将来' }] })
}
