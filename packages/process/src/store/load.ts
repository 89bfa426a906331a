import { fail, lockFree, newId, type Ctx, type Locked } from '@quancheng/kernel'
import type { EngineEnv, InstanceState, JoinCount, NewStep, StepKind } from '../engine/index.ts'
import type { CompiledProcess } from '../model/index.ts'
import type { OpenAlarm } from './alarms.ts'
import type { Candidates } from './candidates.ts'
import { definitionById, type Definition } from './definitions.ts'
import { envFor } from './env.ts'
import type { StepPause } from './standard.ts'

/** `queued`: a vote whose turn has not come. */
export type StepState = 'queued' | 'waiting' | 'active' | 'paused' | 'done' | 'cancelled'

/** What has been recorded on a step while it is worked on. `called`: the process (key@version) whose node it is, where it is not the case's own. */
export interface StepData { ticked?: Record<string, { by: string | null; at: string }>; fields?: Record<string, unknown>; comment?: string; passed?: string[]; vote?: VotePlace; for?: string; gate?: Gate; called?: string; local?: NewStep['local']; people?: NewStep['people']; candidates?: Candidates; followUp?: number; handler?: string; input?: NewStep['input']; headers?: NewStep['headers']; attempts?: number; held?: WorkerHold; retries?: number }

/** An outside worker has taken a service task: until then it is theirs. */
export interface WorkerHold { by: string; until: string }

/** Where a vote sits (approval/rules.ts); `by`, `how`: an added signer, and who added them; `from`: handed over. */
export interface VotePlace { seat: number; place: number; by?: string; how?: 'before' | 'after' | 'parallel'; reason?: string; from?: string }

/** A step whose outcome waits for another process to agree: what will be carried out then. */
export interface Gate { caseId: string; process: string; outcome: string; comment?: string; by: string | null; at: string }

export interface StepRow {
  id: string; parent_id: string | null; instance_id: string; seq: number; node_id: string; name: string; kind: string; role: string | null; unit_id: string | null; assignee_id: string | null
  state: StepState; entered_at: Date; started_at: Date | null; finished_at: Date | null; finished_by: string | null; outcome: string | null
  standard_minutes: string | null; warn_percent: number | null; clock: 'business' | 'clock' | null; scope_id: string | null; warn_at: Date | null; due_at: Date | null; tentative: boolean; paused_at: Date | null; pauses: StepPause[]; minutes: string | null; late: boolean | null; data: StepData
}

export interface InstanceRow { id: string; label: string | null; definition_id: string; entity: string | null; record_id: string | null; unit_id: string | null; state: string; variables: Record<string, unknown>; joins: JoinCount[]; engine: EngineParts | null; next_seq: number; started_at: Date; ended_at: Date | null; end_node: string | null; end_name: string | null; started_by: string | null; on_end: OnEnd | null; urged_at: Date | null; urges: number }

/** What only some cases have. */
export type EngineParts = Pick<InstanceState, 'scopes' | 'waits' | 'undoable' | 'phases'>

/** What a case that gates something does when it ends: completes a step, or carries out an act that a module has registered. */
export type OnEnd = { step: string } | { act: string; payload: unknown; by: string | null }

/** `live`: what the engine knows; `votes`: those that can be given now. `alarms`: those that stand open for the case's record; `fresh`: the case is being started, its row is not written yet. */
export interface Loaded { instance: InstanceRow; definition: Definition; live: StepRow[]; votes: StepRow[]; state: InstanceState; env: EngineEnv; alarms?: readonly OpenAlarm[]; /** `alarms` are all there are, also of a case without a record */ allAlarms?: true; fresh?: { label: string } }

const LIVE = "state in ('waiting', 'active', 'paused')"
// the same, said so that no partial index answers it: where nothing is known of the tables yet, one of those looks as good as the case's own
const LIVE_OF_CASE = "state not in ('queued', 'done', 'cancelled')"

/**
 * Locks cases until the act ends, with their live steps and their record's open alarms: acts on one case follow one another, acts on
 * others don't wait. The three questions are sent together and run one after the other, so the later ones see what the first waited for; the
 * steps are locked too, because a clock that raises an alarm holds its step, not the case.
 */
interface Cases { /** on process_instance */ cases: string; /** their ids, as `= …`, known before a row is read: the plan is an index scan whatever is known of the tables' sizes */ ids: string; /** their record */ record: string }
const recordOf = (id: string): string => `(select record_id::text from process_instance where tenant_id = $1 and id = ${id})`
const OF_STEP = '(select instance_id from process_step where tenant_id = $1 and id = $2)'
const OF_RECORD = "record_id = $2 and entity = $3 and state = 'active'"
const BY = {
  id: { cases: 'id = $2', ids: '= $2', record: recordOf('$2') },
  step: { cases: `id = ${OF_STEP}`, ids: `= ${OF_STEP}`, record: recordOf(OF_STEP) },
  record: { cases: OF_RECORD, ids: `= any(array(select id from process_instance where tenant_id = $1 and ${OF_RECORD}))`, record: '$2' },
} as const

async function hold(ctx: Ctx, which: Cases, values: readonly unknown[], name: string): Promise<Loaded[]> {
  const all = [ctx.tenant.id, ...values]
  const [instances, live, alarms] = await Promise.all([
    ctx.query<InstanceRow>(`select * from process_instance where tenant_id = $1 and ${which.cases} order by started_at, id for update`, all, `hold_${name}`),
    ctx.query<StepRow>(`select * from process_step where tenant_id = $1 and instance_id ${which.ids} and ${LIVE_OF_CASE} order by seq for update`, all, `hold_steps_${name}`),
    ctx.query<OpenAlarm>(`select id, step_key, kind, raised_at from alarm where tenant_id = $1 and record_id = ${which.record} and closed_at is null`, [ctx.tenant.id, values[0]], `hold_alarms_${name}`),
  ])
  return Promise.all(instances.map(instance => asLoaded(ctx, instance, live.filter(s => s.instance_id === instance.id), alarms)))
}

/**
 * Many cases at once, each locked until the act ends like one that is loaded alone; a case that somebody holds is not waited for. `held`: those,
 * by id; what is in neither is gone. Their steps are held only by clocks (visits.ts), who wait for nobody.
 */
export async function loadFree(ctx: Ctx, ids: readonly string[]): Promise<{ cases: Map<string, Loaded>; held: Set<string> }> {
  const instances = await ctx.query<InstanceRow>('select * from process_instance where tenant_id = $1 and id = any($2) order by id for update skip locked', [ctx.tenant.id, ids], 'free_cases')
  const mine = instances.map(i => i.id)
  const [live, alarms, there] = await Promise.all([
    ctx.query<StepRow>(`select * from process_step where tenant_id = $1 and instance_id = any($2) and ${LIVE} order by id for update`, [ctx.tenant.id, mine], 'free_steps'),
    // a case without a record has its alarms by its steps
    ctx.query<OpenAlarm & { of: string }>(`select id, record_id as of, step_key, kind, raised_at from alarm where tenant_id = $1 and record_id = any($2) and closed_at is null union all
      select a.id, s.instance_id::text, a.step_key, a.kind, a.raised_at from process_step s join alarm a on a.tenant_id = s.tenant_id and a.step_key = s.id::text and a.closed_at is null where s.tenant_id = $1 and s.instance_id = any($3) and s.${LIVE}`,
    [ctx.tenant.id, instances.flatMap(i => i.record_id ?? []), instances.filter(i => !i.record_id).map(i => i.id)], 'free_alarms'),
    mine.length < ids.length ? ctx.query<{ id: string }>('select id from process_instance where tenant_id = $1 and id = any($2) and id <> all($3)', [ctx.tenant.id, ids, mine], 'held_cases') : [],
  ])
  const locked = alarms.length ? await lockFree(ctx, ctx.entities.get('alarm'), alarms.map(a => a.id)) : new Map<string, Locked>()
  for (const a of alarms) { const found = locked.get(a.id); if (found) a.locked = found }
  const steps = Map.groupBy(live, s => s.instance_id), open = Map.groupBy(alarms, a => a.of)
  const cases = new Map<string, Loaded>()
  for (const i of instances) cases.set(i.id, await asLoaded(ctx, i, (steps.get(i.id) ?? []).toSorted((a, b) => a.seq - b.seq), open.get(i.record_id ?? i.id) ?? []))
  for (const c of cases.values()) c.allAlarms = true
  return { cases, held: new Set(there.map(r => r.id)) }
}

/** A case as it stands, without locks: for looking. */
export async function lookAtInstance(ctx: Ctx, instanceId: string): Promise<Loaded> {
  const [instance] = await ctx.query<InstanceRow>('select * from process_instance where tenant_id = $1 and id = $2', [ctx.tenant.id, instanceId])
  if (!instance) return fail('NOT_FOUND', { id: instanceId })
  const live = await ctx.query<StepRow>(`select * from process_step where tenant_id = $1 and instance_id = $2 and ${LIVE} order by seq`, [ctx.tenant.id, instanceId])
  return asLoaded(ctx, instance, live, [])
}

async function asLoaded(ctx: Ctx, instance: InstanceRow, own: readonly StepRow[], alarms: readonly OpenAlarm[]): Promise<Loaded> {
  const steps = own.filter(s => s.kind !== 'vote')
  const definition = await definitionById(ctx, instance.definition_id)
  return {
    instance, definition, env: definition.process ? await envFor(ctx, definition.process, instance.engine?.scopes) : { newId }, live: steps, votes: own.filter(s => s.kind === 'vote'), alarms,
    state: { steps: steps.map(s => ({ id: s.id, nodeId: s.node_id, kind: s.kind as StepKind, scopeId: s.scope_id })), joins: instance.joins, variables: instance.variables, ...instance.engine },
  }
}

/** The process whose node a step is: the case's own, or one that it called. */
export const processOfStep = (loaded: Loaded, data: Pick<StepData, 'called'>): CompiledProcess => (data.called === undefined ? null : loaded.env.processOf?.(data.called)) ?? loaded.definition.process!

export async function loadInstance(ctx: Ctx, instanceId: string): Promise<Loaded> {
  const [loaded] = await hold(ctx, BY.id, [instanceId], 'id')
  return loaded ?? fail('NOT_FOUND', { id: instanceId })
}

/** The case that a step belongs to. */
export async function loadInstanceOfStep(ctx: Ctx, stepId: string): Promise<Loaded> {
  const [loaded] = await hold(ctx, BY.step, [stepId], 'step')
  return loaded ?? fail('NOT_FOUND', { id: stepId })
}

/** The running cases of a record, oldest first. */
export const loadInstancesOf = (ctx: Ctx, entity: string, recordId: string): Promise<Loaded[]> =>
  hold(ctx, BY.record, [recordId, entity], 'record')

/** A step by id, without a lock. */
export async function loadStep(ctx: Ctx, id: string): Promise<StepRow> {
  const [row] = await ctx.query<StepRow>('select * from process_step where tenant_id = $1 and id = $2', [ctx.tenant.id, id], 'step_by_id')
  return row ?? fail('NOT_FOUND', { id })
}

/** The case that a record's stage follows: the running one, else the last. One that somebody applied for beside it comes second. */
export async function runningInstance(ctx: Ctx, entity: string, recordId: string): Promise<string | null> {
  const [row] = await ctx.query<{ id: string }>("select id from process_instance where tenant_id = $1 and record_id = $3 and entity = $2 order by (state = 'active') desc, (started_by is null) desc, started_at desc limit 1", [ctx.tenant.id, entity, recordId], 'instance_of_record')
  return row?.id ?? null
}
