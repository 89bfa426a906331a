import { Readable } from 'node:stream'
import { call, defineAction, uploaded, fail, Answer, AppError, requirePermission, type Ctx, type Runtime } from '@quancheng/kernel'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { claim, pause, reassign, release, resume, save, tick } from './acts.ts'
import { approvalActions } from './approval-actions.ts'
import { caseOf } from './case.ts'
import { delegationActions } from './delegation.ts'
import { deploy } from './definitions.ts'
import { candidatesAny, claimAny, completeAny, freeDetail, reassignAny, releaseAny, saveAny, tickAny } from './free.ts'
import { likelyLate } from './prediction-alarm.ts'
import { importLog } from './import-log.ts'
import { migrateActions } from './migrate-actions.ts'
import { operateActions } from './operate-actions.ts'
import { statisticsActions, statisticsRoutes } from './statistics-actions.ts'
import { processes } from './statistics.ts'
import { inbox, taskDetail } from './tasks.ts'

const ID = z.object({ id: z.uuid() })
const FIELDS = z.record(z.string(), z.unknown())

/** A task on a record, else one without. */
const detail = (ctx: Ctx, id: string) => taskDetail(ctx, id).catch((error: unknown) => { if (error instanceof AppError && error.code === 'NOT_FOUND') return freeDetail(ctx, id); throw error })

/** An act on a task answers with the task as it is afterwards. */
const after = async (ctx: Ctx, id: string, run: Promise<void>) => { await run; return detail(ctx, id) }
/** What was handed over may be out of one's reach now. */
const handedOver = async (ctx: Ctx, id: string, run: Promise<void>) => { await run; return detail(ctx, id).catch((error: unknown) => { if (error instanceof AppError && error.status < 500) return { id }; throw error }) }


export const processActions = [
  ...approvalActions,
  ...delegationActions,
  ...operateActions,
  ...migrateActions,
  defineAction({
    name: 'tasks', label: ['我的任务', 'My tasks'], method: 'GET', path: '/api/tasks', permission: null, readOnly: true,
    input: z.object({ box: z.enum(['mine', 'pool', 'done']).default('mine'), unitId: z.uuid().optional(), after: z.string().optional(), limit: z.coerce.number().int().min(1).max(200).default(50) }),
    run: (ctx, q) => inbox(ctx, q),
  }),
  defineAction({ name: 'task', label: ['任务', 'Task'], method: 'GET', path: '/api/tasks/:id', permission: null, readOnly: true, input: ID, run: (ctx, { id }) => detail(ctx, id) }),
  defineAction({ name: 'taskCandidates', label: ['可办理人', 'Candidates'], method: 'GET', path: '/api/tasks/:id/candidates', permission: null, readOnly: true, input: ID, run: async (ctx, { id }) => ({ items: await candidatesAny(ctx, id) }) }),
  defineAction({ name: 'claimTask', label: ['接手任务', 'Take a task'], method: 'POST', path: '/api/tasks/:id/claim', relay: true, permission: null, input: ID, run: (ctx, { id }) => after(ctx, id, claimAny(ctx, id, () => claim(ctx, id))) }),
  defineAction({ name: 'releaseTask', label: ['退回任务池', 'Release a task'], method: 'POST', path: '/api/tasks/:id/release', permission: null, input: ID, run: (ctx, { id }) => after(ctx, id, releaseAny(ctx, id, () => release(ctx, id))) }),
  defineAction({
    name: 'reassignTask', label: ['转交任务', 'Hand over a task'], method: 'POST', path: '/api/tasks/:id/reassign', relay: true, permission: null,
    input: ID.extend({ assigneeId: z.uuid(), reason: z.string().trim().min(1, '请写转交原因').max(200) }), run: (ctx, b) => handedOver(ctx, b.id, reassignAny(ctx, b.id, b.assigneeId, () => reassign(ctx, b.id, b.assigneeId, b.reason), b.reason)),
  }),
  defineAction({ name: 'tickTask', label: ['勾选事项', 'Tick'], method: 'POST', path: '/api/tasks/:id/tick', permission: null, input: ID.extend({ item: z.string().max(80), ticked: z.boolean().default(true) }), run: (ctx, b) => after(ctx, b.id, tickAny(ctx, b.id, { item: b.item, on: b.ticked }, () => tick(ctx, b.id, b.item, b.ticked))) }),
  defineAction({ name: 'saveTask', label: ['暂存', 'Save'], method: 'POST', path: '/api/tasks/:id/save', permission: null, input: ID.extend({ fields: FIELDS }), run: (ctx, b) => after(ctx, b.id, saveAny(ctx, b.id, b.fields, () => save(ctx, b.id, b.fields))) }),
  defineAction({ name: 'pauseTask', label: ['暂停计时', 'Pause'], method: 'POST', path: '/api/tasks/:id/pause', permission: null, input: ID.extend({ reason: z.string().max(60) }), run: (ctx, b) => after(ctx, b.id, pause(ctx, b.id, b.reason)) }),
  defineAction({ name: 'resumeTask', label: ['恢复计时', 'Resume'], method: 'POST', path: '/api/tasks/:id/resume', permission: null, input: ID, run: (ctx, { id }) => after(ctx, id, resume(ctx, id)) }),
  defineAction({
    name: 'completeTask', label: ['完成任务', 'Complete a task'], method: 'POST', path: '/api/tasks/:id/complete', relay: true, permission: null,
    input: ID.extend({ outcome: z.string().max(80).optional(), to: z.string().max(80).optional(), fields: FIELDS.optional(), ticked: z.array(z.string().max(80)).max(200).optional(), comment: z.string().max(4000).optional() }),
    run: (ctx, { id, ...input }) => completeAny(ctx, id, input),
  }),
  defineAction({ name: 'case', label: ['流程进展', 'Case'], method: 'GET', path: '/api/cases/:entity/:recordId', permission: null, readOnly: true, input: z.object({ entity: z.string(), recordId: z.uuid() }), run: (ctx, b) => caseOf(ctx, b.entity, b.recordId) }),
  defineAction({ name: 'processes', label: ['查看流程', 'Processes'], method: 'GET', path: '/api/processes', permission: 'process:read', scoped: false, readOnly: true, run: async ctx => ({ items: await processes(ctx) }) }),
  ...statisticsActions,
  defineAction({ name: 'likelyLate', label: ['可能超时', 'Likely late'], method: 'GET', path: '/api/likely-late', permission: 'alarm:read', readOnly: true, input: z.object({ unitId: z.uuid().optional(), limit: z.coerce.number().int().min(1).max(200).default(100) }), run: likelyLate }),
  defineAction({
    name: 'deployProcess', label: ['发布流程', 'Deploy a process'], method: 'POST', path: '/api/processes/:key/deploy', permission: 'process:deploy', scoped: false,
    input: z.object({ key: z.string().regex(/^[a-z][a-z0-9-]{1,60}$/), xml: z.string().max(2_000_000) }), run: (ctx, b) => deploy(ctx, b.key, b.xml),
  }),
]

/** Routes that carry files: a model out, an event log in. */
export function processRoutes(app: FastifyInstance, runtime: Runtime): void {
  app.get('/api/processes/:key/xml', (req, reply) => call(runtime, req, reply, { readOnly: true }, async ctx => {
    const { key } = req.params as { key: string }
    const version = Number((req.query as { version?: string }).version) || null
    const [row] = await ctx.query<{ xml: string | null }>('select xml from process_definition where tenant_id = $1 and key = $2 and ($3::int is null or version = $3) order by version desc limit 1', [ctx.tenant.id, key, version])
    if (!row?.xml) return fail('PROCESS_UNKNOWN', { key })
    reply.header('content-type', 'application/xml; charset=utf-8')
    return row.xml
  }))
  statisticsRoutes(app, runtime)
  app.post('/api/event-logs', async (req, reply) => {
    const file = await uploaded(runtime, req, 64 * 1024 * 1024)
    const q = req.query as { name?: string; check?: string }
    return call(runtime, req, reply, { status: 201 }, async ctx => {
      requirePermission(ctx.access, 'eventLog:import')
      const result = await importLog(ctx, Readable.from([file.content]), { name: q.name?.trim() || file.name, check: q.check === '1' })
      if (result.problemCount) return new Answer(422, { ...new AppError('LOG_REFUSED', { count: result.problemCount }).body(ctx.locale), ...result })
      return q.check === '1' ? new Answer(200, result) : result
    })
  })
}
