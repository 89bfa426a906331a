import { dayOf, elevated, schedule, startOfDay, storeNew, visible, type Ctx } from '@quancheng/kernel'
import { openTodo } from '@quancheng/automation'
import { sql, type RawBuilder } from 'kysely'
import type { CarePurpose, CareWay, Festival, Trigger } from '../rules/choices.ts'
import { addDays, festivalOn, keptOn } from '../rules/days.ts'
import { tellDue, WHY_NOT } from './care-message.ts'

export const JOB_CARE = 'journey.care', JOB_CARE_PLAN = 'journey.carePlan'
const AT_MS = 7 * 3_600_000, DAY_MS = 86_400_000
/** Cases of one transaction; and how far back a day on which nothing ran (the program was off) is made up for. */
const AT_ONCE = 100, BACK_DAYS = 7

export interface Plan { id: string; name: string; trigger: Trigger; festival: Festival | null; monthDay: string | null; days: number; way: CareWay; title: string; text: string | null; by: 'usual' | 'sms' | 'mail'; purpose: CarePurpose; details: string | null; toId: string; kind: string | null; tiers: string[] | null; levelUpTo: number | null; unitId: string | null; since: string }
export interface Due { customerId: string; name: string; unitId: string | null; ownerId: string; occasion: string; on: string; dueOn: string; done: boolean }

export const today = (ctx: Ctx): string => dayOf(ctx.now(), ctx.tenant.timeZone).toISOString().slice(0, 10)

export async function plansOf(ctx: Ctx, id?: string): Promise<Plan[]> {
  return ctx.query<Plan & Record<string, unknown>>(
    `select id, name, trigger, festival, month_day as "monthDay", days, coalesce(way, 'todo') as way, title, text, coalesce(by, 'usual') as by, coalesce(purpose, 'marketing') as purpose, details, to_id as "toId", kind, tiers, level_up_to as "levelUpTo", unit_id as "unitId", to_char(created_at at time zone $2, 'YYYY-MM-DD') as since
     from care_plan where tenant_id = $1 and off is not true ${id ? 'and id = $3' : ''} order by created_at, id ${id ? 'for update' : ''}`, id ? [ctx.tenant.id, ctx.tenant.timeZone, id] : [ctx.tenant.id, ctx.tenant.timeZone])
}

/** Which customer has its day when: rows of (customer_id, on_day, occasion) for days within [from, until]. Null: what it rests on is not installed. */
function occasions(ctx: Ctx, plan: Plan, from: string, until: string): RawBuilder<unknown> | null {
  const tenant = ctx.tenant.id
  if (plan.trigger === 'birthday' || plan.trigger === 'contractDay') {
    const kept = keptOn(from, until), days = sql`unnest(${kept.map(k => k.on)}::date[], ${kept.map(k => k.monthDay)}::text[]) as d(on_day, month_day)`
    if (plan.trigger === 'birthday') return sql`select b.id as customer_id, d.on_day, to_char(d.on_day, 'YYYY') as occasion from customer b join ${days} on to_char(b.birthday, 'MM-DD') = d.month_day and b.birthday < d.on_day where b.tenant_id = ${tenant}`
    return ctx.entities.find('contract') ? sql`select b.customer_id, d.on_day, b.id || '/' || to_char(d.on_day, 'YYYY') as occasion from contract b join ${days} on to_char(b.signed_on, 'MM-DD') = d.month_day and b.signed_on < d.on_day where b.tenant_id = ${tenant} and b.ended_on is null` : null
  }
  if (plan.trigger === 'festival') return sql`select b.id as customer_id, d.on_day, to_char(d.on_day, 'YYYY') as occasion from customer b cross join unnest(${festivalOn(plan.festival!, plan.monthDay, from, until)}::date[]) as d(on_day) where b.tenant_id = ${tenant}`
  if (plan.trigger === 'afterDeal') return ctx.entities.find('salesOrder') ? sql`select b.customer_id, b.ordered_on as on_day, b.id::text as occasion from sales_order b where b.tenant_id = ${tenant} and b.ordered_on between ${from}::date and ${until}::date and b.state in ('confirmed', 'delivering', 'done')` : null
  if (!ctx.entities.find('serviceRequest')) return null
  const start = (day: string): Date => startOfDay(new Date(`${day}T00:00:00Z`), ctx.tenant.timeZone)
  return sql`select b.customer_id, (b.ended_at at time zone ${ctx.tenant.timeZone})::date as on_day, b.id::text as occasion from service_request b where b.tenant_id = ${tenant} and b.customer_id is not null and b.stage = 'collected' and b.ended_at >= ${start(from)} and b.ended_at < ${start(addDays(until, 1))}`
}

/**
 * Whose turn it is by a plan on the days [from, until] (both included), first the earliest; those whom the caller may see. `done`: carried out already;
 * without `withDone` they are left out. Who has nobody of our own is the plan's own person's.
 */
export async function dueOf(ctx: Ctx, plan: Plan, from: string, until: string, o: { limit: number; withDone?: boolean }): Promise<Due[]> {
  const source = occasions(ctx, plan, addDays(from, -plan.days), addDays(until, -plan.days)), may = visible(ctx, ctx.entities.get('customer'), 'c')
  if (!source || !may) return []
  const done = sql`exists (select 1 from care_act a where a.tenant_id = c.tenant_id and a.plan_id = ${plan.id} and a.customer_id = c.id and a.occasion = o.occasion)`
  const active = (column: string): RawBuilder<unknown> => sql`(select u.id from "user" u where u.tenant_id = c.tenant_id and u.id = ${sql.ref(`c.${column}`)} and u.off is not true)`
  const { rows } = await sql<Due>`
    select c.id as "customerId", c.name, c.unit_id as "unitId", coalesce(${active('service_owner_id')}, ${active('owner_id')}, ${plan.toId}::uuid) as "ownerId", o.occasion, to_char(o.on_day, 'YYYY-MM-DD') as "on",
      to_char(o.on_day + ${plan.days}::int, 'YYYY-MM-DD') as "dueOn", ${done} as done
    from (${source}) o join customer c on c.tenant_id = ${ctx.tenant.id} and c.id = o.customer_id
    where ${may} and c.merged_into_id is null and c.standing is distinct from 'former'
      and (${plan.kind}::text is null or c.kind = ${plan.kind}) and (${plan.tiers?.length ? plan.tiers : null}::text[] is null or c.tier = any(${plan.tiers}::text[])) and (${plan.levelUpTo}::int is null or c.level <= ${plan.levelUpTo})
      and (${plan.unitId}::uuid is null or exists (select 1 from unit_closure u where u.tenant_id = c.tenant_id and u.ancestor_id = ${plan.unitId} and u.descendant_id = c.unit_id)) ${o.withDone ? sql`` : sql`and not ${done}`}
    order by o.on_day, c.name, c.id limit ${sql.lit(o.limit)}`.execute(ctx.db)
  return rows
}

const dayWords = (day: string): string => `${Number(day.slice(5, 7))} 月 ${Number(day.slice(8))} 日`
export const filled = (text: string, due: Pick<Due, 'name' | 'on'>): string => text.replaceAll('{客户}', due.name).replaceAll('{日期}', dayWords(due.on))

/** One plan, as of a day: whoever is due and has not been seen to gets a to-do made, or is told. Run again it does nothing. Answers how many. */
export async function carryOut(ctx: Ctx, planId: string, day: string): Promise<number> {
  // the plan's row is the gate: two that run at once come one after the other
  const [plan] = await plansOf(ctx, planId)
  if (!plan) return 0
  const sys = elevated(ctx, '客户关怀'), back = addDays(day, -BACK_DAYS)
  const due = await dueOf(sys, plan, plan.since > back ? plan.since : back, day, { limit: AT_ONCE })
  for (const d of due) {
    const told = plan.way === 'message' ? await tellDue(ctx, plan, d, filled(plan.text ?? '', d)) : null
    const note = (values: Record<string, unknown>): Promise<unknown> => storeNew(sys, ctx.entities.get('careAct'), { planId: plan.id, customerId: d.customerId, occasion: d.occasion, onDay: d.on, dueOn: d.dueOn, ownerId: d.ownerId, ...values })
    if (told && 'id' in told) { await note({ outcome: 'message', noticeId: told.id }); continue }
    if (told && told.no !== 'nowhere') { await note({ outcome: 'skipped', reason: WHY_NOT[told.no] }); continue }
    const { id } = await openTodo(ctx, { title: filled(plan.title, d).slice(0, 120), details: plan.details, toId: d.ownerId, minutes: 450, unitId: d.unitId, about: { entity: 'customer', recordId: d.customerId, label: `客户 ${d.name}` }, source: plan.name })
    await note({ outcome: 'todo', todoId: id, reason: told ? WHY_NOT.nowhere : null })
  }
  if (due.length === AT_ONCE) await schedule(ctx, { kind: JOB_CARE_PLAN, dueAt: ctx.now(), payload: { id: plan.id, day } })
  return due.length
}

/** Every morning at seven: one job a plan, so that one that fails holds up no other. */
export async function careJob(ctx: Ctx): Promise<void> {
  await planCare(ctx)
  for (const plan of await plansOf(ctx)) await schedule(ctx, { kind: JOB_CARE_PLAN, key: `${plan.id}/${today(ctx)}`, dueAt: ctx.now(), payload: { id: plan.id, day: today(ctx) } })
}
export async function carePlanJob(ctx: Ctx, payload: Record<string, unknown>): Promise<void> { await carryOut(ctx, String(payload.id), String(payload.day)) }

export async function planCare(ctx: Ctx): Promise<void> {
  const midnight = startOfDay(dayOf(ctx.now(), ctx.tenant.timeZone), ctx.tenant.timeZone).getTime()
  await schedule(ctx, { kind: JOB_CARE, key: 'day', dueAt: new Date(ctx.now().getTime() < midnight + AT_MS ? midnight + AT_MS : midnight + DAY_MS + AT_MS) })
}
