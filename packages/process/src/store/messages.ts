import { newId, schedule, type Ctx } from '@quancheng/kernel'
import { changeVariables, deliverMessage, deliverSignal } from '../engine/index.ts'
import { breakChain, chainOf, setChain } from './chain.ts'
import { orIncident } from './job-guard.ts'
import { JOB_DELIVER, JOB_LOOK, JOB_MATCH } from './job-kinds.ts'
import { LOOK_SECONDS } from './beyond.ts'
import { lookAtStarts } from './condition-starts.ts'
import { loadInstance } from './load.ts'
import { caseFree, proceed, proceedHeld } from './proceed.ts'
import { beginBy } from './starts.ts'

/*
 * Messages go to one, signals to all. What an instance throws is a job of its own, so that a case never holds another one; taking it off the
 * list and its effect are one transaction, so it arrives once.
 */

type Variables = Record<string, unknown>
export interface Message { name: string; key: string | null; variables: Variables }
/** `case`: somebody waited for it; `start`: a process began with it; `kept`: nobody yet; null: nobody, and it was not to be kept. */
export interface Delivered { to: 'case' | 'start' | 'kept' | null; caseId: string | null }

/** Minutes for which a message that a process sent is kept when nobody waits for it. */
export const KEEP_MINUTES = 24 * 60
const COME_BACK_MS = 2000
const soon = (ctx: Ctx): Date => new Date(ctx.now().getTime() + COME_BACK_MS)

interface Waiting { instance_id: string; id: string }
const waitersFor = (ctx: Ctx, m: Pick<Message, 'name' | 'key'>, but: readonly string[]): Promise<Array<Waiting & Record<string, unknown>>> =>
  ctx.query<Waiting & Record<string, unknown>>("select id, instance_id from process_wait where tenant_id = $1 and kind = 'message' and name = $2 and (key is null or key = $3) and instance_id <> all($4) order by since, id limit 1", [ctx.tenant.id, m.name, m.key, but])

/** The case that has waited longest for it takes it. 'busy' (only with `free`): somebody acts on that case now. */
async function toCase(ctx: Ctx, m: Message, free: boolean): Promise<string | 'busy' | null> {
  const passed: string[] = []
  for (;;) {
    const [first] = await waitersFor(ctx, m, passed)
    if (!first) return null
    if (free && !(await caseFree(ctx, first.instance_id))) return 'busy'
    const done = await proceed(ctx, first.instance_id, (p, s, env) => deliverMessage(p, s, m, env), { act: 'message', note: { message: m.name }, actor: ctx.user?.id ?? null })
    if (done && !done.ignored) return first.instance_id
    passed.push(first.instance_id)
  }
}

/** Hands a message to whoever waits for it, else starts the process that begins with it, else keeps it for so many minutes (0: not at all). */
export async function sendMessage(ctx: Ctx, m: Message, o: { keepMinutes: number }): Promise<Delivered> {
  const caseId = await toCase(ctx, m, false)
  if (caseId) return { to: 'case', caseId }
  const begun = await beginBy(ctx, { kind: 'message', ...m })
  if (begun.length) return { to: 'start', caseId: begun[0]! }
  return { to: await keep(ctx, m, o.keepMinutes), caseId: null }
}

async function keep(ctx: Ctx, m: Message, minutes: number): Promise<'kept' | null> {
  if (minutes <= 0) return null
  const now = ctx.now()
  ctx.send('delete from process_message where tenant_id = $1 and expires_at < $2', [ctx.tenant.id, now])
  ctx.send('insert into process_message (tenant_id, id, name, key, variables, at, expires_at) values ($1,$2,$3,$4,$5,$6,$7)', [ctx.tenant.id, newId(), m.name, m.key, JSON.stringify(m.variables), now, new Date(now.getTime() + minutes * 60_000)])
  // somebody may have begun to wait meanwhile: whichever of the two commits last finds the other
  await schedule(ctx, { kind: JOB_MATCH, dueAt: now, payload: { name: m.name } })
  return 'kept'
}

/** A message that was kept meets somebody who waits for it. */
export async function matchJob(ctx: Ctx, payload: Variables): Promise<void> {
  const rows = await ctx.query<Message & { id: string }>('select id, name, key, variables from process_message where tenant_id = $1 and name = $2 and expires_at >= $3 order by at, id for update skip locked', [ctx.tenant.id, String(payload.name), ctx.now()])
  for (const m of rows) {
    const taken = await toCase(ctx, m, true)
    if (taken === 'busy') return schedule(ctx, { kind: JOB_MATCH, dueAt: soon(ctx), payload })
    if (taken) await ctx.query('delete from process_message where tenant_id = $1 and id = $2', [ctx.tenant.id, m.id])
  }
}

/** Tells all cases that listen, each in a job of its own, and begins the processes that start with it. Answers how many. `from`: who threw it has heard it already. */
export async function sendSignal(ctx: Ctx, name: string, variables: Variables, from: string | null = null): Promise<number> {
  const waiting = await ctx.query<{ instance_id: string }>("select instance_id from process_wait where tenant_id = $1 and kind = 'signal' and name = $2 and instance_id is distinct from $3 group by instance_id order by min(since)", [ctx.tenant.id, name, from])
  for (const w of waiting) await schedule(ctx, { kind: JOB_DELIVER, dueAt: ctx.now(), payload: { kind: 'signal', name, variables, to: w.instance_id, ...chainOf(ctx) } })
  return waiting.length + (await beginBy(ctx, { kind: 'signal', name, variables })).length
}

/** What a case threw, and each case that hears a signal. */
export async function deliverJob(ctx: Ctx, payload: Variables): Promise<void> {
  const { kind, name, to, from } = payload as { kind: 'message' | 'signal'; name: string; to?: string; from?: string }
  const variables = (payload.variables ?? {}) as Variables
  setChain(ctx, payload)
  // tried again by a person, it begins anew
  const retry = { kind: JOB_DELIVER, payload: { ...payload, chain: 0, root: undefined } }
  const again = (): Promise<void> => schedule(ctx, { kind: JOB_DELIVER, dueAt: soon(ctx), payload })
  if (to) {
    if (!(await caseFree(ctx, to))) return again()
    return orIncident(ctx, { instanceId: to, nodeId: null }, retry, async () => { await breakChain(ctx, name); await proceed(ctx, to, (p, s, env) => deliverSignal(p, s, { name, variables }, env), { act: 'signal', note: { signal: name } }) })
  }
  // where nobody hears it, the case that threw it is what a person looks at
  await orIncident(ctx, { instanceId: from ?? '', nodeId: null }, retry, async () => {
    await breakChain(ctx, name)
    if (kind === 'signal') { await sendSignal(ctx, name, variables, from ?? null); return }
    const m: Message = { name, key: (payload.key as string | null) ?? null, variables }
    const taken = await toCase(ctx, m, true)
    if (taken === 'busy') return again()
    if (taken || (await beginBy(ctx, { kind: 'message', ...m })).length) return
    await keep(ctx, m, KEEP_MINUTES)
  })
}

/** Conditional events whose record has changed outside its process: at most `LOOK_SECONDS` later they are looked at. */
export async function lookJob(ctx: Ctx): Promise<void> {
  const entities = await ctx.query<{ entity: string }>("select distinct i.entity from process_wait w join process_instance i on i.tenant_id = w.tenant_id and i.id = w.instance_id where w.tenant_id = $1 and w.kind = 'conditional' and i.entity is not null", [ctx.tenant.id])
  for (const { entity: name } of entities) {
    const entity = ctx.entities.find(name)
    if (!entity) continue
    const rows = await ctx.query<{ id: string }>(`select distinct i.id from process_wait w join process_instance i on i.tenant_id = w.tenant_id and i.id = w.instance_id join "${entity.table}" t on t.tenant_id = i.tenant_id and t.id = i.record_id where w.tenant_id = $1 and w.kind = 'conditional' and i.entity = $2 and t.updated_at >= w.looked_at limit 500`, [ctx.tenant.id, name])
    for (const { id } of rows) {
      if (!(await caseFree(ctx, id))) continue
      await ctx.query("update process_wait set looked_at = $3 where tenant_id = $1 and instance_id = $2 and kind = 'conditional'", [ctx.tenant.id, id, ctx.now()])
      const loaded = await loadInstance(ctx, id)
      await orIncident(ctx, { instanceId: id, nodeId: null }, { kind: JOB_LOOK, payload: {} }, async () => { await proceedHeld(ctx, loaded, (p, s, env) => changeVariables(p, s, {}, env), { act: 'condition' }) })
    }
  }
  await lookAtStarts(ctx)
  await schedule(ctx, { kind: JOB_LOOK, key: 'look', dueAt: new Date(ctx.now().getTime() + LOOK_SECONDS * 1000) })
}
