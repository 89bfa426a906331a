import { addBusinessMinutes, isElsewhere, schedule, unschedule, type Ctx } from '@quancheng/kernel'
import { calendarOf } from '@quancheng/process'
import { progressOf } from '@quancheng/service'
import { inForce } from './in-force.ts'
import { JOB_LATER } from './jobs.ts'
import { aboutRequest, makeNotices, type About } from './make.ts'

/** The customer is told once the expected time has slipped by more than so many minutes of the station's working time (SP-25). */
export const SLIP_MINUTES = 30

const promiseText = (ctx: Ctx, at: Date): string => new Intl.DateTimeFormat('zh-CN', { timeZone: ctx.tenant.timeZone, month: 'long', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at)

/**
 * Compares what the customer was last told with what is expected now. The first time is only kept; earlier than told is kept too, so that a slip is
 * counted from the best that the customer may have seen. Told at most once a stage: a repair that drags on is not a stream of messages.
 */
export async function watchPromise(ctx: Ctx, about: About): Promise<void> {
  const { templates } = await inForce(ctx)
  if (!templates.some(t => t.event === 'delayed')) return
  const progress = await progressOf(ctx, about.id)
  if (!progress?.expected) { await unschedule(ctx, [JOB_LATER], [about.id]); await ctx.query('delete from notice_promise where tenant_id = $1 and request_id = $2', [ctx.tenant.id, about.id]); return }
  const [kept] = await ctx.query<{ promised: Date }>('select promised from notice_promise where tenant_id = $1 and request_id = $2 for update', [ctx.tenant.id, about.id])
  const calendar = await calendarOf(ctx)
  const slipped = kept !== undefined && progress.expected > addBusinessMinutes(calendar, kept.promised, SLIP_MINUTES).due
  const [step] = await ctx.query<{ id: string; due_at: Date | null }>("select s.id, s.due_at from process_step s join process_instance i on i.tenant_id = s.tenant_id and i.id = s.instance_id where s.tenant_id = $1 and i.entity = 'serviceRequest' and i.record_id = $2 and i.started_by is null and s.kind = 'user' and s.state in ('waiting','active','paused') order by s.seq desc limit 1", [ctx.tenant.id, about.id])
  if (slipped) await makeNotices(ctx, about, { event: 'delayed', occasion: step?.id ?? about.id, values: { 预计时间: promiseText(ctx, progress.expected) } })
  if (!kept || slipped || progress.expected < kept.promised)
    await ctx.query('insert into notice_promise (tenant_id, request_id, promised) values ($1, $2, $3) on conflict (tenant_id, request_id) do update set promised = excluded.promised', [ctx.tenant.id, about.id, progress.expected])
  // told once in this stage; else nothing slips before its time has passed and half an hour more
  if (slipped) return unschedule(ctx, [JOB_LATER], [about.id])
  const from = step?.due_at && step.due_at > ctx.now() ? step.due_at : ctx.now()
  await schedule(ctx, { kind: JOB_LATER, key: about.id, dueAt: addBusinessMinutes(calendar, from, SLIP_MINUTES + 1).due, payload: { requestId: about.id } })
}

export async function laterJob(ctx: Ctx, payload: Record<string, unknown>): Promise<void> {
  const about = await aboutRequest(ctx, String(payload.requestId))
  if (about && !(await isElsewhere(ctx, about.unit_id))) await watchPromise(ctx, about)
}
