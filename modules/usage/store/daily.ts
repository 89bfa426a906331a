import { openTodo } from '@quancheng/automation'
import { elevated, schedule, type Ctx } from '@quancheng/kernel'
import { absentOn, makeNotice, unitRules } from './notices.ts'
import { followUps, type FollowUp } from './follow-ups.ts'
import { dayStart, today } from './today.ts'
import { addDays, mondayOf } from '../rules/days.ts'

export const JOB_DAILY = 'usage.daily'
const AT_MS = 8 * 3_600_000
const TODO_MINUTES = 2250
/** what the reminders are called among the to-dos: while one is open, its owner gets no other */
export const REMINDER = '月度跟进'

export const planDaily = async (ctx: Ctx, day = today(ctx)): Promise<void> => {
  const at = new Date(dayStart(ctx, day).getTime() + AT_MS)
  await schedule(ctx, { kind: JOB_DAILY, key: 'daily', dueAt: at > ctx.now() ? at : new Date(dayStart(ctx, addDays(day, 1)).getTime() + AT_MS) })
}

/** At eight: on the 1st the notice of the month, on Mondays a to-do for everybody who has deals without an action this month. */
export async function dailyJob(ctx: Ctx): Promise<void> {
  const day = today(ctx)
  await planDaily(ctx, addDays(day, 1))
  if (day.endsWith('-01')) await monthlyNotice(ctx, addDays(day, -1))
  if (day === mondayOf(day)) await remindOwners(ctx)
}

async function monthlyNotice(ctx: Ctx, day: string): Promise<void> {
  const roots = await ctx.query<{ id: string }>("select id from unit where tenant_id = $1 and parent_id is null and not coalesce(off, false) order by code", [ctx.tenant.id])
  for (const { id } of roots) {
    const [there] = await ctx.query("select 1 from notice_list where tenant_id = $1 and unit_id = $2 and on_day = $3 and kind = 'monthly'", [ctx.tenant.id, id, day])
    if (!there && (await absentOn(ctx, day, id)).length) await makeNotice(ctx, { day, unitId: id, kind: 'monthly' })
  }
}

/** A to-do for each owner with deals or leads without an action this month, unless theirs of last week is still open. */
export async function remindOwners(ctx: Ctx): Promise<number> {
  const sys = elevated(ctx, '月度跟进提醒'), ruleFor = await unitRules(ctx)
  const waiting = new Set((await ctx.query<{ owner_id: string }>("select owner_id from todo where tenant_id = $1 and source = $2 and stage = 'todo'", [ctx.tenant.id, REMINDER])).map(r => r.owner_id))
  const open = Map.groupBy((await followUps(sys, today(ctx).slice(0, 7))).filter(f => f.actions === 0), f => f.ownerId)
  let n = 0
  for (const [ownerId, list] of open) {
    const first = list[0]!
    if (waiting.has(ownerId) || !(await ruleFor(first.unitId)).remind) continue
    await openTodo(sys, { title: `本月还没有跟进：${list.length} 条`, details: list.slice(0, 20).map(sayDeal).join('\n'), toId: ownerId, minutes: TODO_MINUTES, unitId: first.unitId, about: { entity: first.kind, recordId: first.id, label: first.name }, source: REMINDER })
    n++
  }
  return n
}

const sayDeal = (f: FollowUp): string => `${f.kind === 'lead' ? '线索' : '商机'} ${f.number} ${f.name}`
