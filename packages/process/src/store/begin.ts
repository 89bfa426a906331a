import { newId, type Ctx } from '@quancheng/kernel'
import { start, type Effects } from '../engine/index.ts'
import { definitionByKey, type Definition } from './definitions.ts'
import { engineAct } from './engine-act.ts'
import type { Loaded } from './load.ts'
import { persist, type Opened } from './persist.ts'

export interface Prepared { instanceId: string; definition: Definition; variables: Record<string, unknown>; effects: Effects; stage: string }

/** Computes the start of a case before its record is written, so that the record can be stored once, with its first stage. */
export async function prepareStart(ctx: Ctx, key: string, variables: Record<string, unknown> = {}): Promise<Prepared> {
  const definition = await definitionByKey(ctx, key)
  const effects = engineAct(() => start(definition.process!, variables, { newId }))
  return { instanceId: newId(), definition, variables, effects, stage: effects.stage ?? '' }
}

/** Writes the prepared case for a record that was just stored, in the same transaction. */
export async function begin(ctx: Ctx, p: Prepared, of: { entity: string; record: Record<string, unknown>; unitId: string | null; label: string }): Promise<{ instanceId: string; opened: Opened[] }> {
  const now = ctx.now()
  const loaded: Loaded = {
    instance: { id: p.instanceId, definition_id: p.definition.id, entity: of.entity, record_id: of.record.id as string, unit_id: of.unitId, state: 'active', variables: p.variables, joins: [], next_seq: 1, started_at: now, ended_at: null, end_node: null, end_name: null },
    definition: p.definition, live: [], alarms: [], fresh: { label: of.label }, state: { steps: [], joins: [], variables: p.variables },
  }
  return { instanceId: p.instanceId, opened: await persist(ctx, loaded, p.effects, { finishedBy: ctx.user?.id ?? null, record: of.record }) }
}
