import { visible, type Ctx } from '@quancheng/kernel'
import { sql } from 'kysely'
import { addDays } from '../rules/days.ts'

/** Roles whose holders are bound by the rules of use: those who work in a block. Management reads; the administrator serves. */
export const BOUND_ROLES = ['sales', 'blockLead', 'blockAdmin'] as const

export interface Person { id: string; name: string; unitId: string; unitName: string; since: string }

/** Everybody bound by the rules whose use the caller may look at (`user:usage`), oneself within `self`; `unitId`: that unit and below. */
export async function boundPeople(ctx: Ctx, o: { unitId?: string | undefined; personId?: string | undefined } = {}): Promise<Person[]> {
  const seen = visible(ctx, ctx.entities.get('user'), 't', 'usage')
  if (!seen) return []
  const { rows } = await sql<Person>`
    select t.id, t.name, t.unit_id as "unitId", coalesce(n.name, '') as "unitName", (t.created_at at time zone ${ctx.tenant.timeZone})::date::text as since
    from "user" t left join unit n on n.tenant_id = t.tenant_id and n.id = t.unit_id
    where ${seen} and not coalesce(t.off, false) and exists (select 1 from role r where r.tenant_id = t.tenant_id and r.code = any(${[...BOUND_ROLES]}) and (r.id = any(t.role_ids)
      or exists (select 1 from role_group g where g.tenant_id = t.tenant_id and g.id = any(t.group_ids) and r.id = any(g.role_ids))))
      ${o.unitId ? sql`and exists (select 1 from unit_closure c where c.tenant_id = t.tenant_id and c.ancestor_id = ${o.unitId} and c.descendant_id = t.unit_id)` : sql``} ${o.personId ? sql`and t.id = ${o.personId}` : sql``}
    order by n.name, t.name, t.id`.execute(ctx.db)
  return rows
}

/** Days by person. */
export type DaysOf = ReadonlyMap<string, ReadonlySet<string>>
const NONE: ReadonlySet<string> = new Set()
export const has = (days: DaysOf, id: string, day: string): boolean => (days.get(id) ?? NONE).has(day)

export async function signInDays(ctx: Ctx, ids: readonly string[], from: string, until: string): Promise<DaysOf> {
  const rows = await ctx.query<{ user_id: string; day: string }>('select user_id, day::text from sign_in_day where tenant_id = $1 and user_id = any($2::uuid[]) and day >= $3 and day <= $4', [ctx.tenant.id, ids, from, until])
  const days = new Map<string, Set<string>>()
  for (const r of rows) (days.get(r.user_id) ?? days.set(r.user_id, new Set()).get(r.user_id)!).add(r.day)
  return days
}

/** Approved leave and absence, and approved travel, where the installation has them. The caller may look at these people: that they were away, not why. */
export async function awayDays(ctx: Ctx, ids: readonly string[], from: string, until: string): Promise<{ leave: DaysOf; trips: DaysOf }> {
  const parts: Array<['leave' | 'trips', string]> = []
  if (ctx.entities.find('leaveRequest')) parts.push(['leave', "select applicant_id as who, starts_on::text as a, ends_on::text as b from leave_request where tenant_id = $1 and applicant_id = any($2::uuid[]) and stage = 'approved' and starts_on <= $4 and ends_on >= $3"])
  if (ctx.entities.find('absence')) parts.push(['leave', 'select person_id as who, from_day::text as a, until_day::text as b from absence where tenant_id = $1 and person_id = any($2::uuid[]) and from_day <= $4 and until_day >= $3'])
  if (ctx.entities.find('tripRequest')) parts.push(['trips', "select applicant_id as who, starts_on::text as a, ends_on::text as b from trip_request where tenant_id = $1 and applicant_id = any($2::uuid[]) and stage = 'approved' and starts_on <= $4 and ends_on >= $3"])
  const found = { leave: new Map<string, Set<string>>(), trips: new Map<string, Set<string>>() }
  for (const [kind, text] of parts) for (const r of await ctx.query<{ who: string; a: string; b: string }>(text, [ctx.tenant.id, ids, from, until])) {
    const days = found[kind].get(r.who) ?? found[kind].set(r.who, new Set()).get(r.who)!
    for (let day = r.a < from ? from : r.a; day <= r.b && day <= until; day = addDays(day, 1)) days.add(day)
  }
  return found
}
