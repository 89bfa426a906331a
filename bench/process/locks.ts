import { asSystem, withTx, type Ctx } from '@quancheng/kernel'
import { completeTask, deploy, startCase } from '@quancheng/process'
import { lookAtInstance } from '../../packages/process/src/store/load.ts'
import { proceed, proceedHeld } from '../../packages/process/src/store/proceed.ts'
import { cpuOfServer } from '../cpu.ts'
import { median, round } from '../figures.ts'
import { KEY, STEPS, startVariables, stepVariables } from './model.ts'
import type { World } from './side.ts'

/*
 * Row locks or versions: what the store does when several people finish steps of one case at once. The store's own way locks the case first; the
 * other reads without a lock in a snapshot, lets the update of the case fail where another was first (40001), and does the act again.
 */

const HOT = 'bench-hot'
const BRANCHES = 32

const hotModel = (): string => {
  const ids = Array.from({ length: BRANCHES }, (_, i) => `p${i}`)
  const flow = (a: string, b: string): string => `<bpmn:sequenceFlow id="${a}-${b}" sourceRef="${a}" targetRef="${b}"/>`
  return `<?xml version="1.0" encoding="UTF-8"?><bpmn:definitions id="defs" xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:bench"><bpmn:process id="${HOT}" name="并行" isExecutable="true"><bpmn:startEvent id="s"/><bpmn:parallelGateway id="f"/><bpmn:parallelGateway id="j"/><bpmn:endEvent id="e"/>
${ids.map(id => `<bpmn:userTask id="${id}" name="${id}"/>${flow('f', id)}${flow(id, 'j')}`).join('')}${flow('s', 'f')}${flow('j', 'e')}</bpmn:process></bpmn:definitions>`
}

export type Way = 'locks' | 'versions'
interface Tally { retries: number }

const RETRIES = 200

async function finish(w: World, way: Way, caseId: string, stepId: string, variables: Record<string, unknown>, tally: Tally): Promise<string | null> {
  const next = (opened: ReadonlyArray<{ id: string }> | undefined): string | null => opened?.[0]?.id ?? null
  const inTx = <T>(versions: boolean, run: (ctx: Ctx) => Promise<T>): Promise<T> => withTx(w.runtime.pool, { tenantId: w.tenantId }, tx => {
    if (versions) tx.send('set transaction isolation level repeatable read')
    return asSystem(w.runtime, tx, w.tenantId, 'bench', run)
  })
  if (way === 'locks') return inTx(false, async ctx => next((await proceed(ctx, caseId, (p, s, env) => completeTask(p, s, stepId, { variables }, env), { act: 'move' }))?.opened))
  for (let i = 0; i < RETRIES; i++) {
    try {
      return await inTx(true, async ctx => next((await proceedHeld(ctx, await lookAtInstance(ctx, caseId), (p, s, env) => completeTask(p, s, stepId, { variables }, env), { act: 'move' })).opened))
    } catch (error) {
      if ((error as { code?: string }).code !== '40001') throw error
      tally.retries++
    }
  }
  throw new Error('too many retries')
}

export interface LockCost { way: Way; what: 'hot' | 'ordinary'; perSecond: number; cpu: number; retries: number }

async function measured(postmaster: number, acts: number, tally: Tally, run: () => Promise<void>): Promise<Omit<LockCost, 'way' | 'what'>> {
  const node = process.cpuUsage(), db = cpuOfServer(postmaster), began = performance.now()
  await run()
  const wall = performance.now() - began, used = process.cpuUsage(node)
  return { perSecond: acts / wall * 1000, cpu: ((used.user + used.system) / 1000 + cpuOfServer(postmaster) - db) / acts, retries: tally.retries / acts }
}

const workers = async (n: number, run: () => Promise<boolean>): Promise<void> => { await Promise.all(Array.from({ length: n }, async () => { while (await run()); })) }

/** 16 workers on the parallel tasks of two cases. */
async function hot(w: World, way: Way, o: { postmaster: number; callers: number }): Promise<Omit<LockCost, 'way' | 'what'>> {
  const system = <T>(run: (ctx: Ctx) => Promise<T>): Promise<T> => withTx(w.runtime.pool, { tenantId: w.tenantId }, tx => asSystem(w.runtime, tx, w.tenantId, 'bench', run))
  const cases = [await system(ctx => startCase(ctx, HOT)), await system(ctx => startCase(ctx, HOT))]
  const tasks = cases[0]!.next.flatMap((s, i) => [{ id: cases[0]!.caseId, step: s.id }, { id: cases[1]!.caseId, step: cases[1]!.next[i]!.id }])
  const tally: Tally = { retries: 0 }, acts = tasks.length
  const result = await measured(o.postmaster, acts, tally, () => workers(o.callers, async () => {
    const task = tasks.shift()
    if (!task) return false
    await finish(w, way, task.id, task.step, {}, tally)
    return true
  }))
  const [left] = await system(ctx => ctx.query<{ n: number }>("select count(*)::int as n from process_instance where tenant_id = $1 and id = any($2) and state <> 'completed'", [ctx.tenant.id, cases.map(c => c.caseId)]))
  if (left!.n) throw new Error(`${way}: a hot case did not end`)
  return result
}

/** As many workers, each on a case of its own. */
async function ordinary(w: World, way: Way, o: { postmaster: number; callers: number; cases: number }): Promise<Omit<LockCost, 'way' | 'what'>> {
  const system = <T>(run: (ctx: Ctx) => Promise<T>): Promise<T> => withTx(w.runtime.pool, { tenantId: w.tenantId }, tx => asSystem(w.runtime, tx, w.tenantId, 'bench', run))
  const cases: Array<{ id: string; step: string }> = []
  for (let i = 0; i < o.cases; i++) { const c = await system(ctx => startCase(ctx, KEY, { variables: startVariables(i), unitId: w.unitId })); cases.push({ id: c.caseId, step: c.next[0]!.id }) }
  const tally: Tally = { retries: 0 }
  return measured(o.postmaster, o.cases * STEPS, tally, () => workers(o.callers, async () => {
    const c = cases.shift()
    if (!c) return false
    let step: string | null = c.step
    for (let k = 1; k <= STEPS; k++) step = await finish(w, way, c.id, step!, stepVariables(k), tally)
    return true
  }))
}

export async function lockCosts(w: World, o: { postmaster: number; callers: number; rounds: number; cases: number }): Promise<LockCost[]> {
  await withTx(w.runtime.pool, { tenantId: w.tenantId }, tx => asSystem(w.runtime, tx, w.tenantId, 'bench', ctx => deploy(ctx, HOT, hotModel())))
  const all = new Map<string, Array<Omit<LockCost, 'way' | 'what'>>>()
  for (let i = -1; i < o.rounds; i++) {
    for (const what of ['hot', 'ordinary'] as const) for (const way of ['locks', 'versions'] as const) {
      const r = what === 'hot' ? await hot(w, way, o) : await ordinary(w, way, o)
      if (i >= 0) all.set(`${what}/${way}`, [...(all.get(`${what}/${way}`) ?? []), r])
    }
  }
  return [...all].map(([key, rs]) => {
    const [what, way] = key.split('/') as [LockCost['what'], Way]
    const mid = (f: (r: Omit<LockCost, 'way' | 'what'>) => number, digits = 2): number => round(median(rs.map(f)), digits)
    return { what, way, perSecond: mid(r => r.perSecond, 0), cpu: mid(r => r.cpu), retries: mid(r => r.retries) }
  })
}
