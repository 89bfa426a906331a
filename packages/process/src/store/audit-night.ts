import { dayOf, defineAction, schedule, startOfDay, verifyChains, verifyRecords, type Broken, type Ctx } from '@quancheng/kernel'
import { closeAlarms, raiseAlarm } from './alarms.ts'
import { administrators } from './incidents.ts'

export const JOB_AUDIT = 'process.auditNight'
const DAY_MS = 86_400_000
/** Half past three, tenants a minute apart: after the learning, before anybody comes to work. */
const AT_MS = 3.5 * 3_600_000
/** Entries that one visit walks through (about half a second): what is due meanwhile waits no longer than that. */
const PART = 20_000
const KEPT_BROKEN = 100
const KEPT_NIGHTS = 400
/** The alarm is one however many nights find the same. */
const ALARM_KEY = 'audit-night'

interface Walk { begunAt: string; from: [string, string, number]; entries: number; faults: number; broken: Broken[] }

async function scheduleNight(ctx: Ctx): Promise<void> {
  const today = startOfDay(dayOf(ctx.now(), ctx.tenant.timeZone), ctx.tenant.timeZone).getTime(), at = AT_MS + (ctx.tenant.no % 60) * 60_000
  await schedule(ctx, { kind: JOB_AUDIT, key: 'night', dueAt: new Date(ctx.now().getTime() < today + at ? today + at : today + DAY_MS + at) })
}

/** At start: the next night, unless one is on the list already. */
export async function beginAuditNights(ctx: Ctx): Promise<void> {
  const there = await ctx.query("select 1 from job where tenant_id = $1 and kind = $2 and key = 'night' and not dead", [ctx.tenant.id, JOB_AUDIT])
  if (!there.length) await scheduleNight(ctx)
}

/** Walks through the whole log, a part a visit; at the end it writes down what it found, and tells the administrators of what does not fit (SP-23). */
export async function auditNight(ctx: Ctx, payload: Record<string, unknown>): Promise<void> {
  const walk = (payload as { walk?: Walk }).walk
  if (!walk) await scheduleNight(ctx)
  const part = await verifyChains(ctx, {}, walk?.from ?? null, PART)
  const broken = [...(walk?.broken ?? []), ...part.broken], begunAt = walk?.begunAt ?? ctx.now().toISOString()
  const entries = (walk?.entries ?? 0) + part.rows, faults = (walk?.faults ?? 0) + part.broken.length
  if (part.next) return schedule(ctx, { kind: JOB_AUDIT, key: 'walk', dueAt: ctx.now(), payload: { walk: { begunAt, from: [...part.next], entries, faults, broken: broken.slice(0, KEPT_BROKEN) } } })
  const records = await verifyRecords(ctx)
  await settle(ctx, { begunAt, entries, faults: faults + records.length, broken: [...broken, ...records].slice(0, KEPT_BROKEN) })
}

async function settle(ctx: Ctx, o: Omit<Walk, 'from'>): Promise<void> {
  await ctx.query('insert into audit_night (tenant_id, begun_at, ended_at, entries, faults, broken) values ($1, $2, $3, $4, $5, $6) on conflict (tenant_id, begun_at) do update set ended_at = excluded.ended_at, entries = excluded.entries, faults = excluded.faults, broken = excluded.broken',
    [ctx.tenant.id, o.begunAt, ctx.now(), o.entries, o.faults, JSON.stringify(o.broken)])
  await ctx.query('delete from audit_night where tenant_id = $1 and begun_at < (select begun_at from audit_night where tenant_id = $1 order by begun_at desc offset $2 limit 1)', [ctx.tenant.id, KEPT_NIGHTS - 1])
  if (!o.faults) return closeAlarms(ctx, [ALARM_KEY], ['audit'])
  await raiseAlarm(ctx, { kind: 'audit', title: `日志核对：有 ${o.faults} 处不一致，可能被改动过，请到“操作日志”查看`, entity: null, recordId: null, stepKey: ALARM_KEY, stage: null, unitId: null, ownerId: null, recipientIds: await administrators(ctx), count: o.faults })
}

/** What the last nights found, the newest first. */
export const auditNights = defineAction({
  name: 'auditNights', label: ['每晚核对', 'Nightly checks'], method: 'GET', path: '/api/audit/nights', permission: 'audit:read', scoped: false, readOnly: true,
  run: async ctx => ({ items: await ctx.query('select begun_at as "begunAt", ended_at as "endedAt", entries::int as entries, faults, broken from audit_night where tenant_id = $1 order by begun_at desc limit 30', [ctx.tenant.id]) }),
})
