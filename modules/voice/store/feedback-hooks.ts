import type { Change, Ctx } from '@quancheng/kernel'
import { bringKnown } from './known-of.ts'
import { newToken } from './link.ts'

/** What follows for a feedback from where the process has brought it. */
export async function feedbackBefore(ctx: Ctx, c: Change): Promise<void> {
  const d = c.draft, was = c.before
  await bringKnown(ctx, d, was)
  if (d.stage === undefined || !was || d.stage === was.stage) return
  if (d.stage === 'confirm') Object.assign(d, { linkToken: newToken(), confirmedBy: null, confirmedAt: null, confirmedVia: null, confirmWords: null })
  if (d.stage === 'closed') Object.assign(d, { confirmedAt: ctx.now(), confirmedVia: 'agent', endedAt: ctx.now() })
  if (was.stage === 'confirm' && d.stage === 'handle') d.reopens = Number(was.reopens ?? 0) + 1
}
