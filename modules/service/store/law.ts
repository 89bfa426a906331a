import { dayOf, elevated, schedule, startOfDay, storeChange, unitsElsewhere, type Ctx } from '@quancheng/kernel'
import { closeAlarms, holdersAbove, raiseAlarm, type StepPause } from '@quancheng/process'
import { EXCLUDED, repairDays, RIGHTS, rightsDue, type LawRuleRow, type Rest, type Right } from '../rules/law.ts'

export const JOB_LAW = 'service.law'
const DAY_MS = 86_400_000
/** how long after local midnight the day is looked at */
const MINUTES_AFTER_MIDNIGHT = 5

export const nextLook = (ctx: Ctx): Date => new Date(startOfDay(new Date(dayOf(ctx.now(), ctx.tenant.timeZone).getTime() + DAY_MS), ctx.tenant.timeZone).getTime() + MINUTES_AFTER_MIDNIGHT * 60_000)
export const scheduleLaw = (ctx: Ctx, dueAt: Date): Promise<void> => schedule(ctx, { kind: JOB_LAW, key: 'day', dueAt })

/** The whole days of a rest: from the midnight after it began (or its own, if it began there) to the last one that ended within it. */
function restOf(p: StepPause, zone: string): Rest {
  const from = new Date(p.from), begins = dayOf(from, zone), to = p.to ? new Date(p.to) : null
  const firstWhole = startOfDay(begins, zone).getTime() === from.getTime() ? begins.getTime() : begins.getTime() + DAY_MS
  return { firstWhole, lastWhole: to ? dayOf(to, zone).getTime() - DAY_MS : Number.POSITIVE_INFINITY, reason: p.reason }
}

interface Open { id: string; number: string; unit_id: string; owner_id: string | null; started_at: Date; product_line_id: string; law_rights: Right[] | null; pauses: StepPause[] }

/** Days in repair of one request by each cause, as the law counts them on this day. */
export function daysInRepair(ctx: Ctx, r: Pick<Open, 'started_at' | 'pauses'>): { own: number; parts: number } {
  const zone = ctx.tenant.timeZone, handedIn = dayOf(r.started_at, zone).getTime(), today = dayOf(ctx.now(), zone).getTime()
  const rests = r.pauses.map(p => restOf(p, zone))
  return { own: repairDays(handedIn, today, rests, EXCLUDED.own), parts: repairDays(handedIn, today, rests, EXCLUDED.parts) }
}

const PAUSES = `coalesce((select jsonb_agg(p) from process_instance i join process_step s on s.tenant_id = i.tenant_id and s.instance_id = i.id cross join lateral jsonb_array_elements(s.pauses) p
  where i.tenant_id = t.tenant_id and i.entity = 'serviceRequest' and i.record_id = t.id and i.started_by is null), '[]'::jsonb) as pauses`

/** Once a day: who has come to have a right is marked once, and the station's manager told. What was picked up is not counted any more. */
export async function lookAtLaw(ctx: Ctx): Promise<void> {
  await scheduleLaw(ctx, nextLook(ctx))
  const rules = await ctx.query<LawRuleRow>('select id, "right", cause, days, product_line_id as "productLineId" from law_rule where tenant_id = $1 and not coalesce(off, false)', [ctx.tenant.id])
  if (!rules.length) return
  const least = Math.min(...rules.map(r => r.days))
  const open = await ctx.query<Open>(
    `select t.id, t.number, t.unit_id, t.owner_id, t.started_at, t.product_line_id, t.law_rights, ${PAUSES} from service_request t
     where t.tenant_id = $1 and t.ended_at is null and t.product_line_id = any($2) and t.started_at < $3 and t.unit_id <> all($4) order by t.id`,
    [ctx.tenant.id, [...new Set(rules.map(r => r.productLineId))], new Date(ctx.now().getTime() - (least - 1) * DAY_MS), [...await unitsElsewhere(ctx)]])
  for (const r of open) {
    const days = daysInRepair(ctx, r), had = new Set(r.law_rights ?? [])
    const due = rightsDue(rules.filter(x => x.productLineId === r.product_line_id), cause => days[cause]).filter(x => !had.has(x.right))
    if (due.length) await mark(ctx, r, due)
  }
}

async function mark(ctx: Ctx, r: Open, due: ReadonlyArray<LawRuleRow & { inRepair: number }>): Promise<void> {
  const rights = [...new Set([...(r.law_rights ?? []), ...due.map(d => d.right)])]
  await storeChange(elevated(ctx, '三包计时'), ctx.entities.get('serviceRequest'), r.id, { lawRights: rights }, { act: 'lawRight', note: { rights: due.map(d => `${RIGHTS[d.right][0]}（第 ${d.inRepair} 天）`) } })
  for (const right of new Set(due.map(d => d.right))) {
    const most = Math.max(...due.filter(d => d.right === right).map(d => d.inRepair))
    await raiseAlarm(ctx, {
      kind: 'notice', title: `${r.number} 送修第 ${most} 天：${RIGHTS[right][0]}`, entity: 'serviceRequest', recordId: r.id, stepKey: `law/${r.id}/${right}`, stage: null, unitId: r.unit_id, ownerId: r.owner_id,
      recipientIds: await holdersAbove(ctx, r.unit_id, 'stationManager'),
    })
  }
}

/** The device is out of the house: nothing is to be decided any more. Asks nothing of a request that had no right. */
export const closeLaw = (ctx: Ctx, id: string, rights: readonly string[] | null): Promise<void> | undefined => (rights?.length ? closeAlarms(ctx, rights.map(r => `law/${id}/${r}`), ['notice']) : undefined)
