import { newId, type Ctx } from '@quancheng/kernel'
import { start, type Effects, type EngineEnv } from '../engine/index.ts'
import { definitionByKey, type Definition } from './definitions.ts'
import { envFor } from './env.ts'
import { engineAct } from './engine-act.ts'
import type { Loaded, OnEnd } from './load.ts'
import { persist, type Opened } from './persist.ts'
import { versionFor } from './unit-version.ts'

export interface Prepared { instanceId: string; definition: Definition; env: EngineEnv; variables: Record<string, unknown>; effects: Effects; stage: string }

/** `at`: one of the process's starts, where a message, signal or timer begins it; `happened`: which of its triggers has. `unitId`: whose case it will be: a unit may still work on an older version. Computes the start of a case before its record is written, so that the record can be stored once, with its first stage. */
export async function prepareStart(ctx: Ctx, key: string, variables: Record<string, unknown> = {}, at: string | null = null, unitId: string | null = null, happened?: number): Promise<Prepared> {
  // what begins by itself begins where the newest version says
  const definition = await definitionByKey(ctx, key, at === null ? await versionFor(ctx, key, unitId) : undefined)
  const env = await envFor(ctx, definition.process!)
  const node = definition.process!.nodes[at ?? definition.process!.startId]
  const given = node?.type === 'startEvent' && node.initiator && ctx.user ? { ...variables, [node.initiator]: ctx.user.username } : variables
  const effects = engineAct(() => start(definition.process!, given, env, { at, ...(happened === undefined ? {} : { happened }) }))
  return { instanceId: newId(), definition, env, variables: given, effects, stage: effects.stage ?? '' }
}

/** Writes the prepared case for a record that was just stored (or for none), in the same transaction. */
export async function begin(ctx: Ctx, p: Prepared, of: { entity: string | null; record: Record<string, unknown> | null; unitId: string | null; label: string; startedBy?: string | null; onEnd?: OnEnd | null }): Promise<{ instanceId: string; opened: Opened[] }> {
  const now = ctx.now()
  const loaded: Loaded = {
    instance: { id: p.instanceId, label: of.label, engine: null, definition_id: p.definition.id, entity: of.entity, record_id: (of.record?.id as string | undefined) ?? null, unit_id: of.unitId, state: 'active', variables: p.variables, joins: [], next_seq: 1, started_at: now, ended_at: null, end_node: null, end_name: null, started_by: of.startedBy ?? null, on_end: of.onEnd ?? null, urged_at: null, urges: 0 },
    definition: p.definition, env: p.env, live: [], votes: [], alarms: [], fresh: { label: of.label }, state: { steps: [], joins: [], variables: p.variables },
  }
  return { instanceId: p.instanceId, opened: await persist(ctx, loaded, p.effects, { finishedBy: ctx.user?.id ?? null, record: of.record ?? {} }) }
}
