import { createTenant, setupTenant, type Ctx } from '@quancheng/kernel'
import type { TestApp } from '@quancheng/kernel/testing'
import { changeVariables, completeTask, startableActivities, type Thrown, type Wait } from '../engine/index.ts'
import { after, instantOf } from '../harness/clock.ts'
import { BpmnError, type Harness, type HarnessIncident, type HarnessOptions, type HarnessState, type HarnessTask } from '../harness/types.ts'
import { ProcessModelError, checkProcesses } from '../model/index.ts'
import { deploy } from '../store/definitions.ts'
import { OBSERVER_SERVICE, type EngineObserver } from '../store/env.ts'
import { startOnDemand } from '../store/free.ts'
import { ProcessHandlerError, registerHandler } from '../store/handlers.ts'
import { lookAtInstance, type StepData } from '../store/load.ts'
import { sendMessage, sendSignal } from '../store/messages.ts'
import { cancelCase, raiseOn } from '../store/operate.ts'
import { proceed } from '../store/proceed.ts'
import { startCase } from '../store/starts.ts'
import { AT_ONCE_SERVICE } from '../store/at-work.ts'
import { settled } from './settled.ts'

type Variables = Record<string, unknown>
interface LiveRow { id: string; instance_id: string; node_id: string; name: string; kind: 'user'; role: string | null; data: StepData; key: string }
interface CaseRow { id: string; key: string; state: string; variables: Variables; engine: { waits?: Wait[] } | null }

let tenants = 0

/** What is published is one process a file: of several, the others are marked as not to be executed. */
const onlyExecutable = (xml: string, id: string): string => xml.replace(/<((?:[\w-]+:)?process)\b([^>]*?)(\/?)>/g, (_, tag: string, attributes: string, end: string) =>
  `<${tag}${attributes.replace(/\sisExecutable\s*=\s*["'][^"']*["']/, '')} isExecutable="${/\sid\s*=\s*["']([^"']*)["']/.exec(attributes)?.[1] === id}"${end}>`)

/**
 * The stranger's harness on the real store: each one is a company of its own in the given application, which needs a worker and a clock.
 * Everything goes through the database, and jobs run as they do in operation.
 */
export async function storeHarness(app: TestApp, xml: string | readonly string[], options: HarnessOptions = {}): Promise<Harness> {
  const tenantId = await createTenant(app.owner, { code: `h${(tenants += 1)}`, name: `h${tenants}` })
  await setupTenant(app.runtime, tenantId)
  const inside = <T>(run: (ctx: Ctx) => Promise<T>): Promise<T> => app.system(run, tenantId)
  const query = async <T>(text: string, values: unknown[] = []): Promise<T[]> => (await app.owner.query(text, [tenantId, ...values])).rows as T[]
  const events: Array<{ nodeId: string; what: 'entered' | 'completed' | 'cancelled' }> = [], sent: Thrown[] = []
  app.clock!.set(instantOf(options.now ?? '2026-01-01T00:00:00Z'))
  const observer: EngineObserver = { trace: e => void events.push(e), thrown: t => void sent.push(t), ...(options.decide ? { decide: options.decide } : {}) }
  app.runtime.services.set(OBSERVER_SERVICE, observer)
  // one after the other, as in memory
  app.runtime.services.set(AT_ONCE_SERVICE, 1)
  for (const [name, program] of Object.entries(options.handlers ?? {})) {
    registerHandler(app.runtime, name, (_, call) => {
      try { return Promise.resolve({ ...program({ ...call.input }, call.variables) }) } catch (error) {
        return Promise.reject(error instanceof BpmnError ? new ProcessHandlerError(error.code, error.code, error.variables) : error as Error)
      }
    }, { retries: 1 })
  }
  const keys: string[] = []
  const outcomes = new Map<string, string[]>()
  // called processes come after their callers in the files; all are there before anything starts
  for (const file of typeof xml === 'string' ? [xml] : xml) {
    const checked = await checkProcesses(file, options.everyProcess ? { everyProcess: true } : {})
    const made = checked.flatMap(c => (c.process ? [c.process] : []))
    for (const c of checked) for (const node of Object.values(c.process?.nodes ?? {})) if (node.type === 'userTask') outcomes.set(node.id, node.task.outcomes.map(o => o.id))
    const [refused] = checked.filter(c => !c.process)
    if (refused) throw new ProcessModelError(refused)
    for (const { id } of made) {
      keys.push(id)
      await inside(ctx => deploy(ctx, id, made.length === 1 && !options.everyProcess ? file : onlyExecutable(file, id)))
    }
  }
  let last: HarnessState = 'none'
  const cases = (): Promise<CaseRow[]> => query<CaseRow>('select i.id, i.state, i.variables, i.engine, d.key from process_instance i join process_definition d on d.tenant_id = i.tenant_id and d.id = i.definition_id where i.tenant_id = $1 order by i.started_at, i.id')
  const caseOf = async (id?: string): Promise<CaseRow | undefined> => (await cases()).find(c => id === undefined || c.id === id)
  const stateOf = (c: CaseRow | undefined): HarnessState => (!c ? 'none' : c.state === 'active' ? 'running' : c.state as HarnessState)
  const settle = async (): Promise<void> => { await settled(app); last = stateOf(await caseOf()) }
  const live = (): Promise<LiveRow[]> => query<LiveRow>("select s.id, s.instance_id, s.node_id, s.name, s.kind, s.role, s.data, d.key from process_step s join process_instance i on i.tenant_id = s.tenant_id and i.id = s.instance_id join process_definition d on d.tenant_id = i.tenant_id and d.id = i.definition_id where s.tenant_id = $1 and s.state in ('waiting','active','paused') and i.state = 'active' order by i.started_at, i.id, s.seq")
  const find = async (wanted: string): Promise<LiveRow | undefined> => { const all = await live(); return all.find(s => s.id === wanted) ?? all.find(s => s.node_id === wanted) }
  const need = async (wanted: string): Promise<LiveRow> => {
    const found = await find(wanted)
    if (!found) throw new Error(`nothing waits at ${wanted}; waiting: ${(await live()).map(s => s.node_id).join(', ') || 'nothing'}`)
    return found
  }
  const startables = () => inside(async ctx => {
    const found: Array<{ scopeId: string; nodeId: string; name: string; ran: boolean; caseId: string; key: string }> = []
    for (const c of await cases()) if (c.state === 'active') { const l = await lookAtInstance(ctx, c.id); found.push(...startableActivities(l.definition.process!, l.state, l.env).map(s => ({ ...s, caseId: c.id, key: c.key }))) }
    return found
  })
  const startAt = async (wanted: string): Promise<void> => {
    const found = (await startables()).find(s => s.nodeId === wanted || `start:${s.scopeId}:${s.nodeId}` === wanted)
    if (!found) throw new Error(`${wanted} cannot be started now`)
    await inside(ctx => startOnDemand(ctx, found.caseId, found))
  }
  const fireUntil = async (until: Date): Promise<void> => {
    for (;;) {
      const [next] = await query<{ due_at: Date }>("select due_at from job where tenant_id = $1 and kind in ('process.timer', 'process.start') and due_at <= $2 and not dead order by due_at limit 1", [until])
      if (!next) break
      if (next.due_at > app.clock!.now) app.clock!.set(next.due_at)
      await settle()
    }
    app.clock!.set(until)
    await settle()
  }

  return {
    async start(variables = {}, { at, process } = {}) {
      const { caseId } = await inside(ctx => startCase(ctx, process ?? keys[0]!, { at: at ?? null, variables }))
      await settle()
      return caseId
    },
    async tasks() {
      const rows = (await live()).filter(s => String(s.kind) !== 'event').map((s): HarnessTask => ({ id: s.id, nodeId: s.node_id, name: s.name, kind: s.kind, instanceId: s.instance_id, processId: s.key, role: s.role, outcomes: outcomes.get(s.node_id) ?? [], handler: s.data.handler ?? null, input: s.data.input ?? null, local: { ...s.data.local }, people: s.data.people ?? null }))
      return [...rows, ...(await startables()).filter(s => !s.ran).map((s): HarnessTask => ({ id: `start:${s.scopeId}:${s.nodeId}`, nodeId: s.nodeId, name: s.name, kind: 'startable', instanceId: s.caseId, processId: s.key, role: null, outcomes: [], handler: null, input: null, local: {}, people: null }))]
    },
    waiting: async () => (await live()).map(s => s.node_id).toSorted(),
    async complete(wanted, variables = {}, outcome = null) {
      let at = wanted
      if (!(await find(wanted)) && (await startables()).some(s => s.nodeId === wanted || `start:${s.scopeId}:${s.nodeId}` === wanted)) {
        await startAt(wanted)
        at = wanted.split(':').at(-1)!
        if (!(await find(at))) return settle()
      }
      const step = await need(at)
      await inside(ctx => proceed(ctx, step.instance_id, (p, s, env) => completeTask(p, s, step.id, { variables, outcome }, env), { act: 'move' }))
      await settle()
    },
    async message(name, { key = null, vars = {} } = {}) {
      const done = await inside(ctx => sendMessage(ctx, { name, key: key === null ? null : String(key), variables: vars }, { keepMinutes: 0 }))
      await settle()
      return done.to !== null
    },
    async signal(name, variables = {}) { const heard = await inside(ctx => sendSignal(ctx, name, variables)); await settle(); return heard },
    async error(wanted, code, variables = {}) { const step = await need(wanted); await inside(ctx => raiseOn(ctx, step.id, 'error', { code: code!, variables })); await settle() },
    async escalate(wanted, code, variables = {}) { const step = await need(wanted); await inside(ctx => raiseOn(ctx, step.id, 'escalate', { code: code!, variables })); await settle() },
    async change(variables, instanceId) {
      for (const c of await cases()) if (c.state === 'active' && (instanceId === undefined || c.id === instanceId)) await inside(ctx => proceed(ctx, c.id, (p, s, env) => changeVariables(p, s, variables, env), { act: 'variables' }))
      await settle()
    },
    async startActivity(nodeId) { await startAt(nodeId); await settle() },
    async cancel(instanceId) { const c = await caseOf(instanceId); if (c) await inside(ctx => cancelCase(ctx, c.id, 'test')); await settle() },
    clock: { now: () => app.clock!.now, set: to => fireUntil(instantOf(to)), advance: by => fireUntil(after(app.clock!.now, by)) },
    executed: (what = 'completed') => events.filter(e => e.what === what).map(e => e.nodeId),
    variables: async id => ({ ...(await caseOf(id))?.variables }),
    get state() { return last },
    stateOf: async id => stateOf(await caseOf(id)),
    instances: async () => (await cases()).map(c => ({ id: c.id, processId: c.key, state: stateOf(c) })),
    incidents: async () => (await query<{ instance_id: string; node_id: string; kind: string; code: string | null; message: string }>('select instance_id, node_id, kind, code, message from process_incident where tenant_id = $1 and code is distinct from \'NO_CANDIDATE\' order by at, id')).map((i): HarnessIncident => ({ kind: i.kind === 'service' ? 'handler' : i.kind as 'error', instanceId: i.instance_id, nodeId: i.node_id, code: i.code, message: i.message })),
    sent: () => sent,
    subscriptions: async () => (await cases()).filter(c => c.state === 'active').flatMap(c => c.engine?.waits ?? []),
    timers: async () => (await query<{ due_at: Date; payload: { nodeId: string; stepId?: string } }>("select due_at, payload from job where tenant_id = $1 and kind in ('process.timer', 'process.start') order by due_at")).map(j => ({ nodeId: j.payload.nodeId, due: j.due_at, timer: { nodeId: j.payload.nodeId, stepId: j.payload.stepId ?? '' } as never })),
  }
}
