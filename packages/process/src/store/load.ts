import { fail, type Ctx } from '@quancheng/kernel'
import type { InstanceState, JoinCount } from '../engine/index.ts'
import type { OpenAlarm } from './alarms.ts'
import { definitionById, type Definition } from './definitions.ts'
import type { StepPause } from './standard.ts'

export type StepState = 'waiting' | 'active' | 'paused' | 'done' | 'cancelled'

/** What has been recorded on a step while it is worked on. */
export interface StepData { ticked?: Record<string, { by: string | null; at: string }>; fields?: Record<string, unknown>; comment?: string; passed?: string[] }

export interface StepRow {
  id: string; instance_id: string; seq: number; node_id: string; name: string; kind: string; role: string | null; unit_id: string | null; assignee_id: string | null
  state: StepState; entered_at: Date; started_at: Date | null; finished_at: Date | null; finished_by: string | null; outcome: string | null
  standard_minutes: string | null; warn_percent: number | null; clock: 'business' | 'clock' | null; warn_at: Date | null; due_at: Date | null; tentative: boolean; paused_at: Date | null; pauses: StepPause[]; minutes: string | null; late: boolean | null; data: StepData
}

export interface InstanceRow { id: string; definition_id: string; entity: string | null; record_id: string | null; unit_id: string | null; state: string; variables: Record<string, unknown>; joins: JoinCount[]; next_seq: number; started_at: Date; ended_at: Date | null; end_node: string | null; end_name: string | null }

/** `alarms`: those that stand open for the case's record; `fresh`: the case is being started, its row is not written yet. */
export interface Loaded { instance: InstanceRow; definition: Definition; live: StepRow[]; state: InstanceState; alarms?: readonly OpenAlarm[]; fresh?: { label: string } }

const LIVE = "state in ('waiting', 'active', 'paused')"

/**
 * Locks cases until the act ends, with their live steps and their record's open alarms: acts on one case follow one another, acts on
 * others don't wait. The three questions are sent together and run one after the other, so the later ones see what the first waited for; the
 * steps are locked too, because a clock that raises an alarm holds its step, not the case.
 */
async function hold(ctx: Ctx, cases: string, values: readonly unknown[], name: string): Promise<Loaded[]> {
  const all = [ctx.tenant.id, ...values]
  const [instances, live, alarms] = await Promise.all([
    ctx.query<InstanceRow>(`select * from process_instance where tenant_id = $1 and ${cases} order by started_at, id for update`, all, `hold_${name}`),
    ctx.query<StepRow>(`select * from process_step where tenant_id = $1 and instance_id in (select id from process_instance where tenant_id = $1 and ${cases}) and ${LIVE} order by seq for update`, all, `hold_steps_${name}`),
    ctx.query<OpenAlarm>(`select id, step_key, kind, raised_at from alarm where tenant_id = $1 and record_id in (select record_id::text from process_instance where tenant_id = $1 and ${cases}) and closed_at is null`, all, `hold_alarms_${name}`),
  ])
  return Promise.all(instances.map(async instance => {
    const steps = live.filter(s => s.instance_id === instance.id)
    return {
      instance, definition: await definitionById(ctx, instance.definition_id), live: steps, alarms,
      state: { steps: steps.map(s => ({ id: s.id, nodeId: s.node_id, kind: s.kind as 'user', scopeId: null })), joins: instance.joins, variables: instance.variables },
    }
  }))
}

export async function loadInstance(ctx: Ctx, instanceId: string): Promise<Loaded> {
  const [loaded] = await hold(ctx, 'id = $2', [instanceId], 'id')
  return loaded ?? fail('NOT_FOUND', { id: instanceId })
}

/** The case that a step belongs to. */
export async function loadInstanceOfStep(ctx: Ctx, stepId: string): Promise<Loaded> {
  const [loaded] = await hold(ctx, 'id = (select instance_id from process_step where tenant_id = $1 and id = $2)', [stepId], 'step')
  return loaded ?? fail('NOT_FOUND', { id: stepId })
}

/** The running cases of a record, oldest first. */
export const loadInstancesOf = (ctx: Ctx, entity: string, recordId: string): Promise<Loaded[]> =>
  hold(ctx, "record_id = $2 and entity = $3 and state = 'active'", [recordId, entity], 'record')

/** A step by id, without a lock. */
export async function loadStep(ctx: Ctx, id: string): Promise<StepRow> {
  const [row] = await ctx.query<StepRow>('select * from process_step where tenant_id = $1 and id = $2', [ctx.tenant.id, id], 'step_by_id')
  return row ?? fail('NOT_FOUND', { id })
}

/** The running instance of a record, if there is one. */
export async function runningInstance(ctx: Ctx, entity: string, recordId: string): Promise<string | null> {
  const [row] = await ctx.query<{ id: string }>("select id from process_instance where tenant_id = $1 and record_id = $3 and entity = $2 order by (state = 'active') desc, started_at desc limit 1", [ctx.tenant.id, entity, recordId], 'instance_of_record')
  return row?.id ?? null
}
