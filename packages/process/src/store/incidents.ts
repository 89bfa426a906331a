import { newId, type Ctx } from '@quancheng/kernel'
import type { Effects } from '../engine/index.ts'
import { closeAlarms, holdersAbove, raiseAlarm } from './alarms.ts'
import type { InstanceRow } from './load.ts'

/** `stuck`: tokens that can never go on; `error`: nothing caught it, the case has failed; `service`: a program or outside worker gave up; `job`: a timer or message that the engine refuses; `task`: a person's answer that it refuses. */
export type IncidentKind = 'stuck' | 'error' | 'service' | 'job' | 'task'

export interface NewIncident { kind: IncidentKind; stepId?: string | null; nodeId: string | null; code?: string | null; message: string; attempts?: number; retry?: { kind: string; payload: Record<string, unknown> } | null }

type Of = Pick<InstanceRow, 'id' | 'entity' | 'record_id' | 'unit_id'> & { label?: string | null }

export const administrators = async (ctx: Ctx): Promise<string[]> =>
  (await ctx.query<{ id: string }>("select u.id from \"user\" u join role r on r.tenant_id = u.tenant_id and r.code = 'admin' and not r.off and r.id = any(u.role_ids) where u.tenant_id = $1 and not u.off", [ctx.tenant.id])).map(a => a.id)

/** Notes what a person must put right, once, and tells the station's manager and the administrators. */
export async function raiseIncident(ctx: Ctx, of: Of, i: NewIncident): Promise<string> {
  const [open] = await ctx.query<{ id: string }>('select id from process_incident where tenant_id = $1 and instance_id = $2 and kind = $3 and node_id is not distinct from $4 and step_id is not distinct from $5 and resolved_at is null', [ctx.tenant.id, of.id, i.kind, i.nodeId, i.stepId ?? null])
  const message = i.message.slice(0, 2000)
  if (open) {
    await ctx.query('update process_incident set message = $3, code = $4, attempts = attempts + $5, retry = $6 where tenant_id = $1 and id = $2', [ctx.tenant.id, open.id, message, i.code ?? null, i.attempts ?? 0, i.retry ? JSON.stringify(i.retry) : null])
    return open.id
  }
  const id = newId()
  await ctx.query('insert into process_incident (tenant_id, id, instance_id, step_id, node_id, kind, code, message, attempts, retry, at) values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)',
    [ctx.tenant.id, id, of.id, i.stepId ?? null, i.nodeId, i.kind, i.code ?? null, message, i.attempts ?? 0, i.retry ? JSON.stringify(i.retry) : null, ctx.now()])
  await raiseAlarm(ctx, {
    kind: 'incident', title: `${of.label ?? ''} 流程异常：${message}`.trim().slice(0, 200), entity: of.entity, recordId: of.record_id, stepKey: id, stage: null, unitId: of.unit_id, ownerId: null,
    recipientIds: [...(await holdersAbove(ctx, of.unit_id, 'stationManager')), ...(await administrators(ctx))],
  })
  return id
}

/** What the engine says went wrong along the way. */
export async function noteIncidents(ctx: Ctx, of: Of, effects: Pick<Effects, 'incidents' | 'stuck' | 'uncaught'>): Promise<void> {
  for (const i of effects.incidents) await raiseIncident(ctx, of, { kind: 'error', nodeId: i.nodeId, code: i.code, message: i.message })
  for (const s of effects.stuck) await raiseIncident(ctx, of, { kind: 'stuck', nodeId: s.nodeId, message: `“${s.name}”还缺分支，走不下去` })
  for (const u of effects.uncaught) ctx.runtime.log({ level: 'warn', msg: 'escalation not caught', tenant: ctx.tenant.id, case: of.id, node: u.nodeId, code: u.code })
}

export async function closeIncident(ctx: Ctx, id: string, note: string | null): Promise<void> {
  await ctx.query('update process_incident set resolved_at = $3, resolved_by = $4, note = $5 where tenant_id = $1 and id = $2 and resolved_at is null', [ctx.tenant.id, id, ctx.now(), ctx.user?.id ?? null, note])
  await closeAlarms(ctx, [id], ['incident'])
}
