import { elevated, lock, schedule, systemAct, unschedule, type Ctx } from '@quancheng/kernel'
import { completeTask, throwError } from '../engine/index.ts'
import { handlerOf, ProcessHandlerError, type KnownHandler } from './handlers.ts'
import { plain } from './held.ts'
import { raiseIncident } from './incidents.ts'
import { orIncident } from './job-guard.ts'
import { JOB_SERVICE } from './job-kinds.ts'
import { loadInstanceOfStep, loadStep, type Loaded, type StepRow } from './load.ts'
import { atWork, setToWork } from './at-work.ts'
import { proceedHeld } from './proceed.ts'

const BACKOFF_AT_MOST = 3600
/** Seconds until the next try: 5, 20, 80 … an hour at most. */
export const retrySeconds = (attempt: number): number => Math.min(BACKOFF_AT_MOST, 5 * 4 ** (attempt - 1))

const LIVE = new Set(['waiting', 'active', 'paused'])

/** How many tries a task gets: as the model says (header `retries`), else as the program was registered. */
export const retriesOf = (step: StepRow, otherwise: number): number => step.data.retries ?? (Number(step.data.headers?.['retries']) || otherwise)

/**
 * A program is to do a service task. The job only takes a lease (itself, due again when the program should long have answered) and sets the
 * program to work beside the job list, so that a slow system outside holds up neither timers nor alarms. The program runs in a transaction of
 * its own and holds no case; then the case is taken, the task completed and the lease given back. Killed anywhere, the lease comes due and the
 * program is called again with the same key. Failing tries come back later, at last as an incident.
 */
export async function serviceJob(ctx: Ctx, payload: Record<string, unknown>): Promise<void> {
  const stepId = String(payload.stepId), attempt = Number(payload.attempt ?? 0) + 1
  const step = await loadStep(ctx, stepId).catch(() => null)
  if (!step || !LIVE.has(step.state)) return
  const handler = handlerOf(ctx.runtime, step.data.handler ?? '')
  if (!handler) return
  const lease = (tried: number): Promise<void> => schedule(ctx, { kind: JOB_SERVICE, key: stepId, dueAt: new Date(ctx.now().getTime() + (handler.timeoutSeconds + LEASE_SECONDS) * 1000), payload: { stepId, attempt: tried } })
  // it still waits for its turn in this very program
  if (atWork(ctx.runtime, stepId)) return lease(attempt - 1)
  const tries = retriesOf(step, handler.retries)
  if (attempt > tries) return againOrIncident(ctx, step, { message: '程序没有回音', code: null, attempt: attempt - 1, tries })
  await lease(attempt)
  const { runtime, tenant } = ctx
  ctx.afterCommit(() => setToWork(runtime, stepId, async () => {
    const act = <T>(run: (own: Ctx) => Promise<T>): Promise<T> => systemAct(runtime, tenant.id, `service ${step.data.handler}`, run)
    let result: Record<string, unknown> | void
    try { result = await called(ctx, step, handler, attempt) } catch (error) { return act(own => failed(own, step, error as Error, attempt, tries)) }
    return act(own => finishService(own, stepId, result ?? {}))
  }))
}

/** Seconds beyond its allowed time after which a program that has not answered counts as lost. */
const LEASE_SECONDS = 30

async function called(ctx: Ctx, step: StepRow, handler: KnownHandler, attempt: number): Promise<Record<string, unknown> | void> {
  const signal = AbortSignal.timeout(handler.timeoutSeconds * 1000)
  const late = new Promise<never>((_, reject) => signal.addEventListener('abort', () => { reject(new Error(`没有在 ${handler.timeoutSeconds} 秒内完成`)) }, { once: true }))
  return Promise.race([late, systemAct(ctx.runtime, ctx.tenant.id, `service ${step.data.handler}`, async own => {
    const [of] = await own.query<{ entity: string | null; record_id: string | null; variables: Record<string, unknown> }>('select entity, record_id, variables from process_instance where tenant_id = $1 and id = $2', [own.tenant.id, step.instance_id])
    const entity = of?.entity ? own.entities.find(of.entity) : null
    const row = entity ? (await lock(elevated(own, 'process'), entity, of!.record_id!, 'read', { forUpdate: false })).row : null
    const record = entity && row ? plain(entity, row) : null
    return handler.run(own, { key: step.id, input: { ...step.data.local, ...step.data.input }, headers: step.data.headers ?? {}, variables: { ...of?.variables, ...record, ...step.data.local }, entity: of?.entity ?? null, record, caseId: step.instance_id, attempt })
  })])
}

async function failed(ctx: Ctx, step: StepRow, error: Error, attempt: number, tries: number): Promise<void> {
  if (error instanceof ProcessHandlerError && await raiseInModel(ctx, step.id, error.code, error.message, error.variables)) return unschedule(ctx, [JOB_SERVICE], [step.id])
  await againOrIncident(ctx, step, { message: error.message, code: error instanceof ProcessHandlerError ? error.code : null, attempt, tries })
}

/** An error that the model catches goes its way there; false: it does not. */
export async function raiseInModel(ctx: Ctx, stepId: string, code: string, message: string, variables: Record<string, unknown>, loaded?: Loaded): Promise<boolean> {
  const held = loaded ?? await loadInstanceOfStep(ctx, stepId)
  if (!held.live.some(s => s.id === stepId)) return true
  const done = await proceedHeld(ctx, held, (p, s, env) => throwError(p, s, stepId, { code, message, variables }, env), { act: 'serviceError', note: { code, message }, accept: e => !e.incidents.length })
  return !done.ignored
}

/** One try has failed: the next is put on the list, or a person is asked. */
export async function againOrIncident(ctx: Ctx, step: StepRow, o: { message: string; code: string | null; attempt: number; tries: number }): Promise<void> {
  if (o.attempt < o.tries) return schedule(ctx, { kind: JOB_SERVICE, key: step.id, dueAt: new Date(ctx.now().getTime() + retrySeconds(o.attempt) * 1000), payload: { stepId: step.id, attempt: o.attempt } })
  await unschedule(ctx, [JOB_SERVICE], [step.id])
  const [of] = await ctx.query<{ id: string; entity: string | null; record_id: string | null; unit_id: string | null; label: string | null }>('select id, entity, record_id, unit_id, label from process_instance where tenant_id = $1 and id = $2', [ctx.tenant.id, step.instance_id])
  await raiseIncident(ctx, of!, { kind: 'service', stepId: step.id, nodeId: step.node_id, code: o.code, message: `“${step.name}”没有办成：${o.message}`, attempts: o.attempt, retry: { kind: JOB_SERVICE, payload: { stepId: step.id } } })
}

/** The work is done: the case goes on from the task. A task that is over meanwhile changes nothing. */
export async function finishService(ctx: Ctx, stepId: string, variables: Record<string, unknown>): Promise<void> {
  const loaded = await loadInstanceOfStep(ctx, stepId)
  const step = loaded.live.find(s => s.id === stepId)
  await unschedule(ctx, [JOB_SERVICE], [stepId])
  if (!step) return
  await orIncident(ctx, { instanceId: loaded.instance.id, stepId, nodeId: step.node_id, kind: 'service' }, { kind: JOB_SERVICE, payload: { stepId } }, async () => {
    await proceedHeld(ctx, loaded, (p, s, env) => completeTask(p, s, stepId, { variables }, env), { act: 'service', note: { step: step.name }, actor: ctx.user?.id ?? null })
  })
}
