import { fail, type Ctx } from '@quancheng/kernel'
import type { InstanceState, JoinCount } from '../engine/index.ts'
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

export interface Loaded { instance: InstanceRow; definition: Definition; live: StepRow[]; state: InstanceState }

const LIVE = "state in ('waiting', 'active', 'paused')"

/** An instance with its live steps, locked until the act ends: acts on one case follow one another, acts on others don't wait. */
export async function loadInstance(ctx: Ctx, instanceId: string): Promise<Loaded> {
  // sent together, run one after the other: the steps are read when the lock is held
  const [[instance], live] = await Promise.all([
    ctx.query<InstanceRow>('select * from process_instance where tenant_id = $1 and id = $2 for update', [ctx.tenant.id, instanceId], 'instance_lock'),
    ctx.query<StepRow>(`select * from process_step where tenant_id = $1 and instance_id = $2 and ${LIVE} order by seq`, [ctx.tenant.id, instanceId], 'steps_live'),
  ])
  if (!instance) return fail('NOT_FOUND', { id: instanceId })
  return {
    instance, definition: await definitionById(ctx, instance.definition_id), live,
    state: { steps: live.map(s => ({ id: s.id, nodeId: s.node_id, kind: s.kind as 'user', scopeId: null })), joins: instance.joins, variables: instance.variables },
  }
}

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
