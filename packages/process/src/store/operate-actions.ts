import { Answer, defineAction } from '@quancheng/kernel'
import { z } from 'zod'
import { startables, startOnDemand } from './free.ts'
import { sendMessage, sendSignal } from './messages.ts'
import { cancelCase, incidents, raiseOn, resolveIncident, retryIncident } from './operate.ts'
import { startCase } from './starts.ts'
import { claimTasks, completeWork, failWork } from './workers.ts'

const ID = z.object({ id: z.uuid() })
const VARIABLES = z.record(z.string().max(120), z.unknown()).default({})
const NAME = z.string().trim().min(1).max(200)
const OPERATE = { permission: 'process:operate', scoped: false } as const
const WORK = { permission: 'process:work', scoped: false } as const
const KEY = z.union([z.string().max(200), z.number()]).nullish().transform(k => (k === null || k === undefined ? null : String(k)))
const RAISE = ID.extend({ code: z.string().trim().min(1).max(120), message: z.string().max(2000).optional(), variables: z.record(z.string(), z.unknown()).optional() })

export const operateActions = [
  defineAction({
    name: 'sendMessage', label: ['发送消息', 'Send a message'], method: 'POST', path: '/api/messages', ...OPERATE,
    input: z.object({ name: NAME, key: KEY, variables: VARIABLES, keepMinutes: z.number().int().min(0).max(43_200).default(0) }), run: async (ctx, { keepMinutes, ...m }) => { const d = await sendMessage(ctx, m, { keepMinutes }); return { delivered: d.to === 'case' || d.to === 'start', ...d } },
  }),
  defineAction({ name: 'sendSignal', label: ['发送信号', 'Send a signal'], method: 'POST', path: '/api/signals', ...OPERATE, input: z.object({ name: NAME, variables: VARIABLES }), run: async (ctx, b) => new Answer(202, { cases: await sendSignal(ctx, b.name, b.variables) }) }),
  defineAction({ name: 'raiseError', label: ['报告业务错误', 'Raise an error'], method: 'POST', path: '/api/tasks/:id/error', ...OPERATE, input: RAISE, run: (ctx, b) => raiseOn(ctx, b.id, 'error', b) }),
  defineAction({ name: 'escalateTask', label: ['升级', 'Escalate'], method: 'POST', path: '/api/tasks/:id/escalate', ...OPERATE, input: RAISE, run: (ctx, b) => raiseOn(ctx, b.id, 'escalate', b) }),
  defineAction({ name: 'cancelCase', label: ['终止案例', 'Cancel a case'], method: 'POST', path: '/api/cases/:id/cancel', ...OPERATE, input: ID.extend({ reason: z.string().trim().min(1, '请写终止原因').max(400) }), run: async (ctx, b) => { await cancelCase(ctx, b.id, b.reason); return { id: b.id } } }),
  defineAction({ name: 'startables', label: ['可启动的活动', 'Startable activities'], method: 'GET', path: '/api/case-activities/:id', ...OPERATE, readOnly: true, input: ID, run: async (ctx, b) => ({ items: await startables(ctx, b.id) }) }),
  defineAction({ name: 'startActivity', label: ['启动活动', 'Start an activity'], method: 'POST', path: '/api/case-activities/:id', ...OPERATE, input: ID.extend({ scopeId: z.uuid(), nodeId: z.string().max(200) }), run: async (ctx, b) => { await startOnDemand(ctx, b.id, b); return { id: b.id } } }),
  defineAction({
    name: 'startProcess', label: ['启动流程', 'Start a process'], method: 'POST', path: '/api/processes/:key/start', permission: 'process:start', scoped: false, status: 201,
    input: z.object({ key: z.string().max(60), variables: VARIABLES, at: z.string().max(200).nullish(), label: z.string().trim().max(200).optional(), unitId: z.uuid().optional() }),
    run: async (ctx, b) => { const c = await startCase(ctx, b.key, { at: b.at ?? null, variables: b.variables, ...(b.label ? { label: b.label } : {}), ...(b.unitId ? { unitId: b.unitId } : {}), bound: 'refuse' }); return { caseId: c.caseId, next: c.next, ended: c.ended } },
  }),
  defineAction({
    name: 'incidents', label: ['流程异常', 'Process incidents'], method: 'GET', path: '/api/incidents', ...OPERATE, readOnly: true,
    input: z.object({ state: z.enum(['open', 'resolved']).default('open'), after: z.string().optional(), limit: z.coerce.number().int().min(1).max(200).default(50) }), run: (ctx, q) => incidents(ctx, q),
  }),
  defineAction({ name: 'retryIncident', label: ['重试', 'Retry'], method: 'POST', path: '/api/incidents/:id/retry', ...OPERATE, input: ID.extend({ note: z.string().trim().max(400).nullish(), variables: z.record(z.string(), z.unknown()).optional() }), run: async (ctx, b) => { await retryIncident(ctx, b.id, { note: b.note ?? null, variables: b.variables }); return { id: b.id } } }),
  defineAction({ name: 'resolveIncident', label: ['标为已处理', 'Resolve'], method: 'POST', path: '/api/incidents/:id/resolve', ...OPERATE, input: ID.extend({ note: z.string().trim().min(1, '请写处理说明').max(400), variables: z.record(z.string(), z.unknown()).optional() }), run: async (ctx, b) => { await resolveIncident(ctx, b.id, b.note, b.variables); return { id: b.id } } }),
  defineAction({
    name: 'claimServiceTasks', label: ['领取服务任务', 'Claim service tasks'], method: 'POST', path: '/api/service-tasks/claim', ...WORK,
    input: z.object({ topic: NAME, worker: NAME, max: z.number().int().min(1).max(100).default(1), lockSeconds: z.number().int().min(1).max(86_400).default(60) }), run: async (ctx, b) => ({ items: await claimTasks(ctx, b) }),
  }),
  defineAction({ name: 'completeServiceTask', label: ['完成服务任务', 'Complete a service task'], method: 'POST', path: '/api/service-tasks/complete', ...WORK, input: ID.extend({ worker: NAME, variables: VARIABLES }), run: async (ctx, b) => { await completeWork(ctx, b); return { id: b.id } } }),
  defineAction({
    name: 'failServiceTask', label: ['服务任务失败', 'Fail a service task'], method: 'POST', path: '/api/service-tasks/fail', ...WORK,
    input: ID.extend({ worker: NAME, message: z.string().trim().min(1).max(2000), code: z.string().max(120).optional(), retries: z.number().int().min(1).max(100).optional(), variables: z.record(z.string(), z.unknown()).optional() }), run: (ctx, b) => failWork(ctx, b),
  }),
]
