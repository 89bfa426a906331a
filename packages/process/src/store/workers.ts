import { fail, type Ctx } from '@quancheng/kernel'
import { handlerNames } from './handlers.ts'
import { loadInstanceOfStep, loadStep, type Loaded, type StepRow } from './load.ts'
import { finishService, raiseInModel, retriesOf, retrySeconds } from './service-job.ts'
import { raiseIncident } from './incidents.ts'

/*
 * Workers outside the server do service tasks of which no program here has the name: they take some for a while, then complete or fail each.
 * Taking is SKIP LOCKED, so many may ask at once; whose time is over loses the task to the next.
 */

export interface ServiceTask { id: string; caseId: string; nodeId: string; name: string; topic: string; input: unknown; headers: unknown; variables: Record<string, unknown>; entity: string | null; recordId: string | null; lockedUntil: string; attempt: number }

export async function claimTasks(ctx: Ctx, o: { topic: string; worker: string; max: number; lockSeconds: number }): Promise<ServiceTask[]> {
  if (handlerNames(ctx.runtime).includes(o.topic)) return []
  const until = new Date(ctx.now().getTime() + o.lockSeconds * 1000).toISOString()
  const rows = await ctx.query<StepRow & { variables: Record<string, unknown>; entity: string | null; record_id: string | null }>(
    `with free as (select s.id from process_step s where s.tenant_id = $1 and s.kind = 'service' and s.state in ('waiting', 'active') and s.data->>'handler' = $2
       and coalesce((s.data->'held'->>'until')::timestamptz, '-infinity') <= $3 and not exists (select 1 from process_incident x where x.tenant_id = s.tenant_id and x.step_id = s.id and x.resolved_at is null)
       order by s.entered_at, s.id limit $4 for update of s skip locked)
     update process_step s set state = 'active', started_at = coalesce(s.started_at, $3), data = s.data || jsonb_build_object('held', jsonb_build_object('by', $5::text, 'until', $6::text))
     from free, process_instance i where s.tenant_id = $1 and s.id = free.id and i.tenant_id = s.tenant_id and i.id = s.instance_id
     returning s.*, i.variables, i.entity, i.record_id`, [ctx.tenant.id, o.topic, ctx.now(), o.max, o.worker, until])
  return rows.map(s => ({ id: s.id, caseId: s.instance_id, nodeId: s.node_id, name: s.name, topic: o.topic, input: { ...s.data.local, ...s.data.input }, headers: s.data.headers ?? {}, variables: s.variables, entity: s.entity, recordId: s.record_id, lockedUntil: until, attempt: (s.data.attempts ?? 0) + 1 }))
}

/** The case and the task, still this worker's. A worker whose time is over may finish as long as nobody else has taken the task. */
async function theirs(ctx: Ctx, id: string, worker: string): Promise<{ loaded: Loaded; step: StepRow }> {
  const loaded = await loadInstanceOfStep(ctx, id)
  const step = loaded.live.find(s => s.id === id && s.kind === 'service')
  if (!step) { const row = await loadStep(ctx, id); return fail('TASK_DONE', { id, name: row.name }) }
  if (step.data.held?.by !== worker) return fail('SERVICE_TASK_LOST', { id })
  return { loaded, step }
}

export async function completeWork(ctx: Ctx, o: { id: string; worker: string; variables: Record<string, unknown> }): Promise<void> {
  await theirs(ctx, o.id, o.worker)
  await finishService(ctx, o.id, o.variables)
}

/** `code`: an error of the model, where it catches it; else one more failed try, after the last of which a person is asked. */
export async function failWork(ctx: Ctx, o: { id: string; worker: string; message: string; code?: string | undefined; retries?: number | undefined; variables?: Record<string, unknown> | undefined }): Promise<{ incident: boolean }> {
  const { loaded, step } = await theirs(ctx, o.id, o.worker)
  if (o.code && await raiseInModel(ctx, step.id, o.code, o.message, o.variables ?? {}, loaded)) return { incident: false }
  const attempts = (step.data.attempts ?? 0) + 1
  const over = attempts >= retriesOf(step, o.retries ?? 3)
  const until = new Date(ctx.now().getTime() + (over ? 0 : retrySeconds(attempts) * 1000)).toISOString()
  await ctx.query("update process_step set state = 'waiting', data = data || $3 where tenant_id = $1 and id = $2", [ctx.tenant.id, step.id, JSON.stringify({ attempts, held: { by: '', until } })])
  if (over) await raiseIncident(ctx, loaded.instance, { kind: 'service', stepId: step.id, nodeId: step.node_id, code: o.code ?? null, message: `“${step.name}”没有办成：${o.message}`, attempts, retry: { kind: 'worker', payload: { stepId: step.id } } })
  return { incident: over }
}
