import { instantOf, type Ctx } from '@quancheng/kernel'
import { addDays, dayNo } from '../rules/days.ts'
import { wallDay } from '../rules/occurrences.ts'
import type { AgendaSource, Busy, BusyQuery, BusySource } from './sources.ts'

const dayStart = (ctx: Ctx, day: string): Date => new Date(instantOf(ctx.tenant.timeZone, dayNo(day) * 86_400_000))
type Days = { person_id: string; from_day: string; until_day: string; what: string; place: string | null }
const wholeDays = (ctx: Ctx, rows: readonly Days[]): Busy[] => rows.map(r => ({ personId: r.person_id, from: dayStart(ctx, r.from_day), to: dayStart(ctx, addDays(r.until_day, 1)), what: r.what, place: r.place }))
const between = (ctx: Ctx, q: BusyQuery): unknown[] => [ctx.tenant.id, q.personIds, wallDay(q.from, ctx.tenant.timeZone), wallDay(q.to, ctx.tenant.timeZone)]

/** 不在岗, and approved 请假 and 出差 where the installation has those forms. Why somebody is away is theirs: only that they are. */
export const away: BusySource = {
  name: 'schedule.away',
  async busy(ctx, q) {
    if (!q.personIds.length) return []
    const parts = ["select person_id, from_day::text, until_day::text, '不在岗' as what, null as place from absence where tenant_id = $1 and person_id = any($2::uuid[]) and from_day <= $4::date and until_day >= $3::date"]
    if (ctx.entities.find('leaveRequest')) parts.push("select applicant_id, starts_on::text, ends_on::text, '请假', null from leave_request where tenant_id = $1 and applicant_id = any($2::uuid[]) and stage = 'approved' and starts_on <= $4::date and ends_on >= $3::date")
    if (ctx.entities.find('tripRequest')) parts.push("select applicant_id, starts_on::text, ends_on::text, '出差', destination from trip_request where tenant_id = $1 and applicant_id = any($2::uuid[]) and stage = 'approved' and starts_on <= $4::date and ends_on >= $3::date")
    return wholeDays(ctx, await ctx.query<Days & Record<string, unknown>>(parts.join(' union all '), between(ctx, q)))
  },
}

/** 预约: customers hold resources, and so the people whom these stand for. */
export const bookings: BusySource = {
  name: 'schedule.bookings',
  busy: async (ctx, q) => (await ctx.query<{ person_id: string | null; resource_id: string; starts_at: Date; ends_at: Date }>(
    `select r.person_id, b.resource_id, b.starts_at, b.ends_at from booking b join service_resource r on r.tenant_id = b.tenant_id and r.id = b.resource_id
     where b.tenant_id = $1 and b.state in ('booked', 'arrived') and b.starts_at < $3 and b.ends_at > $2 and (r.person_id = any($4::uuid[]) or r.id = any($5::uuid[]))`, [ctx.tenant.id, q.from, q.to, q.personIds, q.resourceIds]))
    .map(r => ({ personId: r.person_id, resourceId: r.resource_id, from: r.starts_at, to: r.ends_at, what: '客户预约' })),
}

/** 我的任务到期: one's own, nobody else's. */
export const tasksDue: AgendaSource = {
  name: 'schedule.tasks', label: ['任务到期', 'Task due'],
  async items(ctx, q) {
    const me = ctx.user?.id
    if (!me || !q.personIds.includes(me)) return []
    const rows = await ctx.query<{ id: string; name: string; title: string; due_at: Date }>(
      `select s.id, s.name, coalesce(d.title, i.label, '') as title, s.due_at from process_step s join process_instance i on i.tenant_id = s.tenant_id and i.id = s.instance_id
         left join search_doc d on d.tenant_id = i.tenant_id and d.entity = i.entity and d.record_id = i.record_id
       where s.tenant_id = $1 and s.assignee_id = $2 and s.state in ('waiting', 'active') and s.kind in ('user', 'vote') and s.due_at >= $3 and s.due_at < $4 order by s.due_at limit 300`, [ctx.tenant.id, me, q.from, q.to])
    return rows.map(r => ({ id: r.id, personId: me, title: r.name === '待办' ? r.title : `${r.name} ${r.title}`.trim(), from: r.due_at, href: `/tasks/${r.id}` }))
  },
}
