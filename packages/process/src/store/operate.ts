import { fail, schedule, type Ctx } from '@quancheng/kernel'
import { cancel, changeVariables, escalate, throwError } from '../engine/index.ts'
import { closeIncident } from './incidents.ts'
import { loadInstanceOfStep } from './load.ts'
import { proceed, proceedHeld } from './proceed.ts'

/** Acts of whoever keeps the processes running; the permission is `process:operate`. */

export interface IncidentRow {
  id: string; caseId: string; entity: string | null; recordId: string | null; title: string; process: string; version: number; caseState: string; nodeId: string | null; step: string | null
  kind: string; code: string | null; message: string; attempts: number; at: Date; retryable: boolean; resolvedAt: Date | null; resolvedBy: string | null; note: string | null; variables: Record<string, unknown>
}

export async function incidents(ctx: Ctx, o: { state: 'open' | 'resolved'; after?: string | undefined; limit: number }): Promise<{ items: IncidentRow[]; next: string | null; open: number }> {
  const offset = Math.max(0, Math.trunc(Number(o.after ?? 0)) || 0)
  const rows = await ctx.query<IncidentRow & Record<string, unknown>>(
    `select x.id, x.instance_id as "caseId", i.entity, i.record_id as "recordId", coalesce(i.label, '') as title, d.name as process, d.version, i.state as "caseState", x.node_id as "nodeId", s.name as step,
       x.kind, x.code, x.message, x.attempts, x.at, x.retry is not null and i.state = 'active' as retryable, x.resolved_at as "resolvedAt", u.name as "resolvedBy", x.note, i.variables
     from process_incident x join process_instance i on i.tenant_id = x.tenant_id and i.id = x.instance_id join process_definition d on d.tenant_id = i.tenant_id and d.id = i.definition_id
       left join process_step s on s.tenant_id = x.tenant_id and s.id = x.step_id left join "user" u on u.tenant_id = x.tenant_id and u.id = x.resolved_by
     where x.tenant_id = $1 and (x.resolved_at is null) = $2 order by coalesce(x.resolved_at, x.at) desc, x.id limit $3 offset $4`, [ctx.tenant.id, o.state === 'open', o.limit + 1, offset])
  const [count] = await ctx.query<{ n: number }>('select count(*)::int as n from process_incident where tenant_id = $1 and resolved_at is null', [ctx.tenant.id])
  return { items: rows.slice(0, o.limit), next: rows.length > o.limit ? String(offset + o.limit) : null, open: count!.n }
}

interface Stored { id: string; instance_id: string; step_id: string | null; kind: string; retry: { kind: string; payload: Record<string, unknown> } | null; resolved_at: Date | null }
async function incident(ctx: Ctx, id: string): Promise<Stored> {
  const [row] = await ctx.query<Stored & Record<string, unknown>>('select id, instance_id, step_id, kind, retry, resolved_at from process_incident where tenant_id = $1 and id = $2 for update', [ctx.tenant.id, id])
  if (!row) return fail('NOT_FOUND', { id })
  return row.resolved_at ? fail('INCIDENT_RESOLVED') : row
}

/** Puts what failed on the list again, with the case's variables put right before. */
export async function retryIncident(ctx: Ctx, id: string, o: { note: string | null; variables?: Record<string, unknown> | undefined }): Promise<void> {
  const found = await incident(ctx, id)
  const { retry } = found
  if (!retry) return fail('INCIDENT_FINAL')
  if (o.variables && Object.keys(o.variables).length) await setVariables(ctx, found.instance_id, o.variables)
  if (retry.kind === 'worker') await ctx.query("update process_step set data = data - 'attempts' - 'held' where tenant_id = $1 and id = $2", [ctx.tenant.id, found.step_id])
  else await schedule(ctx, { kind: retry.kind, dueAt: ctx.now(), payload: retry.payload, ...(found.kind === 'service' && found.step_id ? { key: found.step_id } : {}) })
  await closeIncident(ctx, id, o.note)
}

export async function resolveIncident(ctx: Ctx, id: string, note: string, variables?: Record<string, unknown>): Promise<void> {
  const found = await incident(ctx, id)
  if (variables && Object.keys(variables).length) await setVariables(ctx, found.instance_id, variables)
  await closeIncident(ctx, id, note)
}

export async function setVariables(ctx: Ctx, caseId: string, variables: Record<string, unknown>): Promise<void> {
  const done = await proceed(ctx, caseId, (p, s, env) => changeVariables(p, s, variables, env), { act: 'variables', note: { names: Object.keys(variables) }, actor: ctx.user?.id ?? null })
  if (!done) fail('CASE_OVER')
}

export async function cancelCase(ctx: Ctx, caseId: string, reason: string): Promise<void> {
  const done = await proceed(ctx, caseId, (p, s, env) => cancel(p, s, env), { act: 'cancelCase', note: { reason }, actor: ctx.user?.id ?? null })
  if (!done) fail('CASE_OVER')
  const open = await ctx.query<{ id: string }>('select id from process_incident where tenant_id = $1 and instance_id = $2 and resolved_at is null', [ctx.tenant.id, caseId])
  for (const i of open) await closeIncident(ctx, i.id, reason)
}

/** Raises an error or an escalation of the model on a live step, as whoever works on it or keeps the processes running. */
export async function raiseOn(ctx: Ctx, stepId: string, how: 'error' | 'escalate', raise: { code: string; message?: string | undefined; variables?: Record<string, unknown> | undefined }): Promise<{ ended: boolean }> {
  const loaded = await loadInstanceOfStep(ctx, stepId)
  if (!loaded.live.some(s => s.id === stepId)) fail('TASK_DONE', { id: stepId })
  const o = { code: raise.code, ...(raise.message ? { message: raise.message } : {}), ...(raise.variables ? { variables: raise.variables } : {}) }
  const done = await proceedHeld(ctx, loaded, (p, s, env) => (how === 'error' ? throwError : escalate)(p, s, stepId, o, env), { act: how === 'error' ? 'raiseError' : 'escalate', note: { code: raise.code, ...(raise.message ? { message: raise.message } : {}) }, actor: ctx.user?.id ?? null })
  return { ended: done.ended }
}
