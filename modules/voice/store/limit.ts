import { known, type Ctx } from '@quancheng/kernel'
import { deadlineOf, minutesUsed, type StandardResolver } from '@quancheng/process'
import { limitFor, type LimitRow } from '../rules/limits.ts'

export const COMPLAINT_PROCESS = 'complaint'
const WARN_PERCENT = 80
/** Steps that all have to be over when the answer is due. */
const UNTIL_ANSWER = new Set(['assign', 'handle', 'reply'])

export const minutesFor = async (ctx: Ctx, of: { category: string; severity: string }): Promise<number> =>
  limitFor(await known(ctx, 'complaint-limits', () => ctx.query<LimitRow & Record<string, unknown>>('select category, severity, minutes from complaint_limit where tenant_id = $1', [ctx.tenant.id])), of)

/** When the answer is due, on the company's calendar. */
export async function answerDue(ctx: Ctx, minutes: number, from: Date): Promise<{ warnAt: Date; dueAt: Date }> {
  const { warnAt, dueAt } = await deadlineOf(ctx, { minutes, clock: 'business', warnPercent: WARN_PERCENT }, from, [])
  return { warnAt, dueAt }
}

/** The steps before the answer share its limit: each has what is left of it (a complaint opened again: all of it), 分派 never more than its own standard. */
export const complaintStandard = (others: StandardResolver | undefined): StandardResolver => async (ctx, o) => {
  const own = o.node.task.standard
  if (o.key !== COMPLAINT_PROCESS || o.entity !== 'complaint' || !own || !UNTIL_ANSWER.has(o.node.id)) return (await others?.(ctx, o)) ?? null
  const limit = Number(o.record.limitMinutes), due = o.record.dueAt
  const left = o.record.stage === 'verdict' || !(due instanceof Date) ? limit : due > ctx.now() ? await minutesUsed(ctx, 'business', ctx.now(), due, []) : 0
  return { ...own, clock: 'business', warnPercent: WARN_PERCENT, minutes: Math.max(1, o.node.id === 'assign' ? Math.min(own.minutes, left) : left) }
}
