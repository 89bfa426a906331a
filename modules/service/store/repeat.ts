import type { Ctx } from '@quancheng/kernel'
import { REPEAT_DAYS, type Repeat } from '../rules/repeat.ts'

/**
 * The repair that a device is back from: the last pick-up of the same serial number at any station, at most 30 calendar days before. Days are
 * those of the tenant's calendar. `startedAt`: when it came back.
 */
export async function repeatOf(ctx: Ctx, serialNo: string, startedAt: Date, exceptId: string | null): Promise<Repeat | null> {
  const [was] = await ctx.query<{ id: string; number: string; days: number; engineer: string | null }>(
    `select t.id, t.number, (($3::timestamptz at time zone $5)::date - (t.ended_at at time zone $5)::date) as days,
       (select s.finished_by from process_step s join process_instance i on i.tenant_id = s.tenant_id and i.id = s.instance_id
        where i.tenant_id = t.tenant_id and i.entity = 'serviceRequest' and i.record_id = t.id and i.started_by is null and s.node_id = 'repair' and s.state = 'done' order by s.finished_at desc limit 1) as engineer
     from service_request t where t.tenant_id = $1 and t.serial_no = $2 and t.stage = 'collected' and t.ended_at <= $3 and t.id is distinct from $4::uuid order by t.ended_at desc limit 1`,
    [ctx.tenant.id, serialNo, startedAt, exceptId, ctx.tenant.timeZone])
  return was && was.days <= REPEAT_DAYS ? { requestId: was.id, number: was.number, days: was.days, engineerId: was.engineer } : null
}

export interface RepeatFields { repeatOfId: string | null; repeatDays: number | null; repeatEngineerId: string | null }

export async function repeatFields(ctx: Ctx, serialNo: string | null, startedAt: Date, exceptId: string | null): Promise<RepeatFields> {
  const was = serialNo ? await repeatOf(ctx, serialNo, startedAt, exceptId) : null
  return { repeatOfId: was?.requestId ?? null, repeatDays: was?.days ?? null, repeatEngineerId: was?.engineerId ?? null }
}
