import type { Change, Ctx } from '@quancheng/kernel'
import { bringKnown } from './known-of.ts'
import { answerDue, minutesFor } from './limit.ts'
import { newToken } from './link.ts'

type Values = Record<string, unknown>

/** What follows from the words that were typed, and from where the process has brought the complaint. */
export async function complaintBefore(ctx: Ctx, c: Change): Promise<void> {
  const d = c.draft, was = c.before
  await bringKnown(ctx, d, was)
  const now = { ...was, ...d } as Values
  const classed = (d.category !== undefined && d.category !== was?.category) || (d.severity !== undefined && d.severity !== was?.severity)
  if (c.act !== 'remove' && (c.act === 'create' || classed) && now.category && !was?.answeredAt) {
    const minutes = await minutesFor(ctx, { category: String(now.category), severity: String(now.severity ?? 'normal') })
    // opened again, its time began then; classified otherwise, it still began with the first word
    if (!was?.reopens) Object.assign(d, { limitMinutes: minutes, ...(await answerDue(ctx, minutes, now.receivedAt as Date)) })
  }
  if (d.stage !== undefined && was && d.stage !== was.stage) await comeTo(ctx, d, was, String(d.stage))
}

const answered = (ctx: Ctx, was: Values): Values => ({ answeredAt: ctx.now(), answeredLate: was.answeredLate === true || (was.dueAt instanceof Date && ctx.now() > was.dueAt) })

async function comeTo(ctx: Ctx, d: Values, was: Values, stage: string): Promise<void> {
  if (stage === 'verdict') Object.assign(d, answered(ctx, was), { linkToken: newToken(), verdict: null, verdictAt: null, verdictVia: null, verdictWords: null })
  if (was.stage === 'verdict') {
    Object.assign(d, { verdict: stage === 'closed' ? 'satisfied' : stage === 'unanswered' ? 'none' : 'unsatisfied', verdictAt: ctx.now(), verdictVia: 'agent' })
    // not content: it is open again, and the whole time limit begins anew
    if (stage === 'handle') Object.assign(d, { reopens: Number(was.reopens ?? 0) + 1, answeredAt: null, ...(await answerDue(ctx, Number(was.limitMinutes), ctx.now())) })
  }
  if (stage === 'dropped') Object.assign(d, answered(ctx, was))
  if (['closed', 'unanswered', 'dropped'].includes(stage)) d.endedAt = ctx.now()
}
