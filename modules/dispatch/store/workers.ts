import { dayOf, type Ctx } from '@quancheng/kernel'
import { DEFAULT_LIMIT, kilometres, type Worker } from '../rules/choose.ts'

export interface Place { latitude: number; longitude: number }
export interface PersonAtWork { id: string; name: string; roles: string[]; open: number; paused: number; limit: number; skills: Array<{ skillId: string; name: string; level: number }>; absent: string | null; place: Place | null }

/** Whether this installation has leave forms. */
export const hasLeaves = (ctx: Ctx): boolean => ctx.entities.find('leaveRequest') !== undefined

interface Raw { id: string; name: string; roles: string[]; open: number; paused: number; limit: number | null; latitude: string | null; longitude: string | null; skills: PersonAtWork['skills'] | null; away: string | null; leave: string | null }

/**
 * Holders of roles who belong to a unit or to one above it, with what they know and what they have in hand. What waits for parts or the customer
 * (paused) is on the shelf, not in hand. Whoever is on approved leave, or entered as absent, is not there.
 */
export async function peopleAt(ctx: Ctx, unitId: string, roles: readonly string[]): Promise<PersonAtWork[]> {
  const today = dayOf(ctx.now(), ctx.tenant.timeZone).toISOString().slice(0, 10)
  const leaves = hasLeaves(ctx)
  const rows = await ctx.query<Raw & Record<string, unknown>>(
    `select u.id, u.name, h.codes as roles, w.open, w.paused, p.max_open as limit, p.latitude, p.longitude, k.skills,
       (select coalesce(a.reason || '，', '') || '到 ' || to_char(a.until_day, 'MM-DD') from absence a where a.tenant_id = u.tenant_id and a.person_id = u.id and a.from_day <= $4::date and a.until_day >= $4::date order by a.until_day desc limit 1) as away,
       ${leaves ? `(select '请假到 ' || to_char(l.ends_on, 'MM-DD') from leave_request l where l.tenant_id = u.tenant_id and l.applicant_id = u.id and l.stage = 'approved' and l.starts_on <= $4::date and l.ends_on >= $4::date order by l.ends_on desc limit 1)` : 'null'} as leave
     from "user" u
     join lateral (select array_agg(r.code) as codes from role r where r.tenant_id = u.tenant_id and r.code = any($3::text[]) and not r.off and (r.id = any(u.role_ids)
       or exists (select 1 from role_group g where g.tenant_id = u.tenant_id and g.id = any(u.group_ids) and r.id = any(g.role_ids)))) h on h.codes is not null
     left join work_profile p on p.tenant_id = u.tenant_id and p.person_id = u.id
     left join lateral (select json_agg(json_build_object('skillId', s.id, 'name', s.name, 'level', ps.level) order by ps.level desc, s.name) as skills from person_skill ps join skill s on s.tenant_id = ps.tenant_id and s.id = ps.skill_id and not coalesce(s.off, false)
       where ps.tenant_id = u.tenant_id and ps.person_id = u.id) k on true
     left join lateral (select (count(*) filter (where s.state <> 'paused'))::int as open, (count(*) filter (where s.state = 'paused'))::int as paused from process_step s
       where s.tenant_id = u.tenant_id and s.assignee_id = u.id and s.state in ('waiting','active','paused') and s.kind = 'user') w on true
     where u.tenant_id = $1 and not coalesce(u.off, false) and exists (select 1 from unit_closure c where c.tenant_id = u.tenant_id and c.ancestor_id = u.unit_id and c.descendant_id = $2)
     order by u.name limit 200`, [ctx.tenant.id, unitId, roles, today], leaves ? 'dispatch_people_leave' : 'dispatch_people')
  return rows.map(r => ({
    id: r.id, name: r.name, roles: r.roles, open: r.open, paused: r.paused, limit: r.limit ?? DEFAULT_LIMIT, skills: r.skills ?? [], absent: r.away ?? r.leave,
    place: r.latitude !== null && r.longitude !== null ? { latitude: Number(r.latitude), longitude: Number(r.longitude) } : null,
  }))
}

/** As the rule weighs them, for work that is done at a place (on site), or here (null). */
export const asWorker = (p: PersonAtWork, at: Place | null): Worker => ({
  id: p.id, name: p.name, open: p.open, limit: p.limit, skills: Object.fromEntries(p.skills.map(s => [s.skillId, s.level])), absent: p.absent, km: at && p.place ? kilometres(p.place, at) : null,
})

/** Where the work is done: at the customer's, if they have an appointment on site. */
export async function placeOfWork(ctx: Ctx, requestId: string): Promise<Place | null> {
  const [row] = await ctx.query<{ latitude: string; longitude: string }>(
    "select latitude, longitude from booking where tenant_id = $1 and request_id = $2 and service = 'onSite' and state in ('booked', 'arrived') and latitude is not null and longitude is not null order by starts_at desc limit 1", [ctx.tenant.id, requestId], 'dispatch_place')
  return row ? { latitude: Number(row.latitude), longitude: Number(row.longitude) } : null
}
