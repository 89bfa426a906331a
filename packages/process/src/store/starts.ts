import { fail, schedule, type Ctx } from '@quancheng/kernel'
import { parseDuration } from '../feel/index.ts'
import { cycleOf, type CompiledProcess, type TimerSpec } from '../model/index.ts'
import { begin, prepareStart } from './begin.ts'
import { JOB_START } from './job-kinds.ts'
import { nextDue, timerDue, type TimerAsked } from './timers.ts'

/*
 * Processes that begin by themselves: by a message, a signal or a timer. They run without a record; the newest version is the one that begins.
 */

/** A new version is in force: what the last one waited for is taken off, what this one waits for put on. */
export async function deployStarts(ctx: Ctx, key: string, definitionId: string, process: CompiledProcess): Promise<void> {
  ctx.send('delete from process_start where tenant_id = $1 and key = $2', [ctx.tenant.id, key])
  ctx.send("delete from job where tenant_id = $1 and kind = $2 and payload->>'process' = $3", [ctx.tenant.id, JOB_START, key])
  for (const start of process.starts) {
    for (const t of start.triggers) {
      if (t.on !== 'message' && t.on !== 'signal' && t.on !== 'timer') continue
      ctx.send('insert into process_start (tenant_id, key, node_id, kind, name, definition_id) values ($1,$2,$3,$4,$5,$6) on conflict do nothing', [ctx.tenant.id, key, start.id, t.on, t.on === 'timer' ? '' : t.name, definitionId])
      if (t.on === 'timer') await armStart(ctx, key, start.id, t.timer, ctx.now(), undefined)
    }
  }
}

/** `left`: how many more after this one; undefined at the first. */
async function armStart(ctx: Ctx, key: string, nodeId: string, spec: TimerSpec, from: Date, left: number | null | undefined): Promise<void> {
  const text = spec.text ?? String(spec.expression?.evaluate({}) ?? '')
  const cycle = spec.kind === 'cycle' ? cycleOf(text) : null
  const duration = parseDuration(cycle ? cycle.interval : spec.kind === 'date' ? 'PT0S' : text)
  const repeat = !cycle ? undefined : left !== undefined ? left : cycle.times === null ? null : cycle.times - 1
  if (!duration || (spec.kind === 'cycle' && !cycle) || (typeof repeat === 'number' && repeat < 0)) return
  const days = Math.floor(duration.ms / 86_400_000)
  const at = spec.kind === 'date' ? text : cycle?.from && left === undefined ? cycle.from : undefined
  const asked: TimerAsked = { clock: spec.clock, months: duration.months, days, minutes: (duration.ms - days * 86_400_000) / 60_000, ...(at === undefined ? {} : { at }) }
  const dueAt = left === undefined ? await timerDue(ctx, asked, from) : await nextDue(ctx, asked, from, left === null)
  // a date that has passed when the model is deployed does not come again
  if (at !== undefined && !cycle && dueAt < ctx.now()) return
  await schedule(ctx, { kind: JOB_START, key: `${key}/${nodeId}`, dueAt, payload: { process: key, nodeId, due: dueAt.toISOString(), ...(repeat === undefined ? {} : { repeat }) } })
}

/** A process begins by its timer; a cycle arms its next, counted from when this one was due. */
export async function startJob(ctx: Ctx, payload: Record<string, unknown>): Promise<void> {
  const key = String(payload.process), nodeId = String(payload.nodeId)
  const { process } = await startCase(ctx, key, { at: nodeId })
  const timer = process.starts.find(s => s.id === nodeId)?.triggers.find(t => t.on === 'timer')
  if (timer?.on !== 'timer' || payload.repeat === undefined || payload.repeat === 0) return
  await armStart(ctx, key, nodeId, timer.timer, new Date(String(payload.due)), payload.repeat === null ? null : Number(payload.repeat) - 1)
}

/** Starts what begins with this message (the first that does) or signal (all). Answers the cases. */
export async function beginBy(ctx: Ctx, kind: 'message' | 'signal', name: string, variables: Record<string, unknown>, one: boolean): Promise<string[]> {
  const rows = await ctx.query<{ key: string; node_id: string }>('select key, node_id from process_start where tenant_id = $1 and kind = $2 and name = $3 order by key, node_id', [ctx.tenant.id, kind, name])
  const begun: string[] = []
  for (const r of one ? rows.slice(0, 1) : rows) begun.push((await startCase(ctx, r.key, { at: r.node_id, variables })).caseId)
  return begun
}

/** Starts a case without a record. */
export async function startCase(ctx: Ctx, key: string, o: { at?: string | null; variables?: Record<string, unknown>; unitId?: string | null; label?: string | null; /** a process that runs on records is refused */ bound?: 'refuse' } = {}) {
  const unitId = o.unitId ?? ctx.user?.unitId ?? null
  const prepared = await prepareStart(ctx, key, o.variables ?? {}, o.at ?? null, unitId)
  if (o.bound === 'refuse' && prepared.definition.process!.binding) fail('START_NEEDS_RECORD', { name: prepared.definition.name })
  const { instanceId, opened } = await begin(ctx, prepared, { entity: null, record: null, unitId, label: o.label ?? prepared.definition.name, startedBy: ctx.user?.id ?? null })
  return { caseId: instanceId, process: prepared.definition.process!, next: opened, ended: prepared.effects.end !== null }
}
