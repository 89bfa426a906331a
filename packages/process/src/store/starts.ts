import { fail, schedule, type Ctx } from '@quancheng/kernel'
import { parseDuration } from '../feel/index.ts'
import { wallOffset } from '../feel/zones.ts'
import { cycleOf, type CompiledProcess, type TimerSpec } from '../model/index.ts'
import { begin, prepareStart } from './begin.ts'
import { runningOn } from './begin-on.ts'
import { lookLater } from './beyond.ts'
import { lookedAt } from './condition-starts.ts'
import { definitionByKey } from './definitions.ts'
import { JOB_START } from './job-kinds.ts'
import { beginByEvent } from './record-starts.ts'
import { orAlarm } from './start-alarm.ts'
import { firstDue, nextDue, timerDue, type TimerAsked } from './timers.ts'

/*
 * Processes that begin by themselves: by a message, a signal, a timer, or a condition on records (condition-starts.ts). The newest version is the
 * one that begins; one that runs on records finds or makes its record first (record-starts.ts).
 */

/** A new version is in force: what the last one waited for is taken off, what this one waits for put on. */
export async function deployStarts(ctx: Ctx, key: string, definitionId: string, process: CompiledProcess): Promise<void> {
  const before = await lookedAt(ctx, key)
  ctx.send('delete from process_start where tenant_id = $1 and key = $2', [ctx.tenant.id, key])
  ctx.send("delete from job where tenant_id = $1 and kind = $2 and payload->>'process' = $3 and payload->>'recordId' is null", [ctx.tenant.id, JOB_START, key])
  for (const start of process.starts) {
    const others = start.all && start.triggers.some(t => t.on !== 'timer')
    for (const [index, t] of start.triggers.entries()) {
      // where all must happen, a time alone begins nothing: the case that another trigger begins waits for it
      if (t.on === 'timer' && others) continue
      if (t.on !== 'message' && t.on !== 'signal' && t.on !== 'timer' && t.on !== 'conditional') continue
      const name = t.on === 'timer' || t.on === 'conditional' ? '' : t.name
      ctx.send('insert into process_start (tenant_id, key, node_id, kind, name, definition_id, since, looked_at) values ($1,$2,$3,$4,$5,$6,$7,$7) on conflict do nothing', [ctx.tenant.id, key, start.id, t.on, name, definitionId, t.on === 'conditional' ? before.get(start.id) ?? ctx.now() : null])
      if (t.on === 'timer') await armStart(ctx, key, { id: start.id, index }, t.timer, ctx.now(), undefined)
      if (t.on === 'conditional') lookLater(ctx)
    }
  }
}

interface Armed { id: string; /** of the trigger in its start event */ index: number }

/** `left`: how many more after this one; undefined at the first. */
async function armStart(ctx: Ctx, key: string, start: Armed, spec: TimerSpec, from: Date, left: number | null | undefined): Promise<void> {
  const text = spec.text ?? String(spec.expression?.evaluate({}) ?? '')
  const cycle = spec.kind === 'cycle' ? cycleOf(text) : null
  const duration = parseDuration(cycle ? cycle.interval : spec.kind === 'date' ? 'PT0S' : text)
  const repeat = !cycle ? undefined : left !== undefined ? left : cycle.times === null ? null : cycle.times - 1
  if (!duration || (spec.kind === 'cycle' && !cycle) || (typeof repeat === 'number' && repeat < 0)) return
  const days = Math.floor(duration.ms / 86_400_000)
  const at = spec.kind === 'date' ? text : cycle?.from && left === undefined ? cycle.from : undefined
  const asked: TimerAsked = { clock: spec.clock, months: duration.months, days, minutes: (duration.ms - days * 86_400_000) / 60_000, ...(at === undefined ? {} : { at }) }
  const dueAt = at !== undefined ? await firstDue(ctx, { ...asked, at }, repeat === null) : left === undefined ? await timerDue(ctx, asked, from) : await nextDue(ctx, asked, from, left === null)
  // a date that has passed when the model is deployed does not come again
  if (at !== undefined && !cycle && dueAt < ctx.now()) return
  await schedule(ctx, { kind: JOB_START, key: `${key}/${start.id}${start.index ? `/${start.index}` : ''}`, dueAt, payload: { process: key, nodeId: start.id, ...(start.index ? { trigger: start.index } : {}), due: dueAt.toISOString(), ...(repeat === undefined ? {} : { repeat }) } })
}

/** A process begins by its timer, or for a record whose condition has become true; a cycle arms its next, counted from when this one was due. */
export async function startJob(ctx: Ctx, payload: Record<string, unknown>): Promise<void> {
  const key = String(payload.process), at = String(payload.nodeId)
  const definition = await definitionByKey(ctx, key)
  const triggers = definition.process!.starts.find(s => s.id === at)?.triggers ?? []
  const index = payload.trigger === undefined ? triggers.findIndex(t => t.on === 'timer') : Number(payload.trigger), trigger = triggers[index]
  if (!trigger) return
  const now = ctx.now()
  // what `qc:input` of a start may ask for
  const variables = trigger.on === 'timer' ? { now: now.toISOString(), today: dayOf(ctx, now) } : { recordId: payload.recordId }
  if (trigger.on === 'conditional' && await runningOn(ctx, key, definition.process!.binding!.entity, String(payload.recordId))) return
  await orAlarm<unknown>(ctx, definition, () => (definition.process!.binding ? beginByEvent(ctx, definition, { at, happened: index, variables, keep: {} }) : startCase(ctx, key, { at, happened: index })))
  if (trigger.on !== 'timer' || payload.repeat === undefined || payload.repeat === 0) return
  await armStart(ctx, key, { id: at, index }, trigger.timer, new Date(String(payload.due)), payload.repeat === null ? null : Number(payload.repeat) - 1)
}

/** The date on the company's clocks. */
const dayOf = (ctx: Ctx, at: Date): string => new Date(at.getTime() + (wallOffset(ctx.tenant.timeZone, at.getTime()) ?? 0) * 60_000).toISOString().slice(0, 10)

interface Arriving { kind: 'message' | 'signal'; name: string; variables: Record<string, unknown>; key?: string | null }

/** Starts what begins with this message (the first that does) or signal (all that do, but for those whose case waits for it to go on). Answers how many, and the cases. */
export async function beginBy(ctx: Ctx, e: Arriving): Promise<Array<string | null>> {
  const rows = await ctx.query<{ key: string; node_id: string; taken: boolean }>(
    `select key, node_id, exists (select 1 from process_wait w join process_step p on p.tenant_id = w.tenant_id and p.instance_id = w.instance_id and p.node_id = s.node_id and p.kind = 'event' and p.state in ('waiting', 'active')
       join process_instance i on i.tenant_id = w.tenant_id and i.id = w.instance_id join process_definition d on d.tenant_id = i.tenant_id and d.id = i.definition_id and d.key = s.key where w.tenant_id = s.tenant_id and w.kind = s.kind and w.name = s.name) as taken
     from process_start s where tenant_id = $1 and kind = $2 and name = $3 order by key, node_id`, [ctx.tenant.id, e.kind, e.name])
  const begun: Array<string | null> = []
  for (const r of e.kind === 'message' ? rows.slice(0, 1) : rows.filter(x => !x.taken)) begun.push(await beginOne(ctx, r.key, r.node_id, e))
  return begun
}

async function beginOne(ctx: Ctx, key: string, at: string, e: Arriving): Promise<string | null> {
  const definition = await definitionByKey(ctx, key), process = definition.process!
  const happened = Math.max(0, process.starts.find(s => s.id === at)?.triggers.findIndex(t => t.on === e.kind && t.name === e.name) ?? 0)
  if (!process.binding) return (await startCase(ctx, key, { at, happened, variables: e.variables })).caseId
  const run = async (): Promise<string> => (await beginByEvent(ctx, definition, { at, happened, variables: e.variables, key: e.key ?? null })).instanceId
  // a person is told at once; what another process throws has nobody to tell
  return ctx.access.system ? orAlarm(ctx, definition, run) : run()
}

/** Starts a case without a record. */
export async function startCase(ctx: Ctx, key: string, o: { at?: string | null; happened?: number; variables?: Record<string, unknown>; unitId?: string | null; label?: string | null; /** a process that runs on records is refused */ bound?: 'refuse' } = {}) {
  const unitId = o.unitId ?? ctx.user?.unitId ?? null
  const prepared = await prepareStart(ctx, key, o.variables ?? {}, o.at ?? null, unitId, o.happened)
  if (o.bound === 'refuse' && prepared.definition.process!.binding) fail('START_NEEDS_RECORD', { name: prepared.definition.name })
  const { instanceId, opened } = await begin(ctx, prepared, { entity: null, record: null, unitId, label: o.label ?? prepared.definition.name, startedBy: ctx.user?.id ?? null })
  return { caseId: instanceId, process: prepared.definition.process!, next: opened, ended: prepared.effects.end !== null }
}
