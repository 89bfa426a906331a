import { elevated, lock, storeChange, type CompiledEntity, type Ctx, type Locked } from '@quancheng/kernel'
import type { Effects, EngineEnv, InstanceState } from '../engine/index.ts'
import type { CompiledProcess } from '../model/index.ts'
import { completeStep } from './complete.ts'
import { engineAct } from './engine-act.ts'
import { caseEnded } from './gate.ts'
import { plain } from './held.ts'
import { loadInstance, type Loaded, type StepRow } from './load.ts'
import { persist, type Opened } from './persist.ts'
import { placeOf } from './place.ts'
import { engineActOn } from './task-incident.ts'

/*
 * The road of everything that moves a case on and is no person's answer to a task: timers, messages, signals, programs, operators. The
 * case is locked first, then its record, as everywhere.
 */

export interface Proceed {
  /** how the record's history calls it */
  act: string
  note?: Record<string, unknown>
  actor?: string | null
  /** of a timer: when it was due */
  from?: Date | null
  /** a person's answer to this task: what the engine refuses is told to others too */
  step?: StepRow
  /** a step that the act finishes and whose row the caller has written */
  written?: string
  /** what to do with effects that are not wanted after all: false drops them, nothing changes */
  accept?: (effects: Effects) => boolean
  /** the case's record, where the caller has locked it already */
  record?: Locked | null
}

export interface Proceeded { ignored: boolean; ended: boolean; opened: Opened[]; effects: Effects }

/** The state with the record's own values among the variables: conditions read both. */
export function stateOf(loaded: Loaded, entity: CompiledEntity | null, record: Record<string, unknown> | null): InstanceState {
  return entity && record ? { ...loaded.state, variables: { ...loaded.instance.variables, ...plain(entity, record) } } : loaded.state
}

/** Runs the engine on a case that the caller holds, and stores what changed. PROCESS_BROKEN: the engine refuses, nothing has changed. */
export async function proceedHeld(ctx: Ctx, loaded: Loaded, run: (process: CompiledProcess, state: InstanceState, env: EngineEnv) => Effects, o: Proceed): Promise<Proceeded> {
  const { instance } = loaded
  const entity = instance.entity && instance.record_id ? ctx.entities.find(instance.entity) ?? null : null
  const record: Locked | null = o.record ? o.record : entity ? await lock(elevated(ctx, 'process'), entity, instance.record_id!, 'update') : null
  const go = (): Effects => run(loaded.definition.process!, stateOf(loaded, entity, record?.row ?? null), loaded.env)
  const effects = o.step ? await engineActOn(ctx, loaded, o.step, go) : engineAct(go)
  if (effects.ignored || o.accept?.(effects) === false) return { ignored: true, ended: false, opened: [], effects }
  const opened = await persist(ctx, loaded, effects, { finishedBy: o.actor ?? null, record: record?.row ?? {}, from: o.from ?? null, ...(o.written ? { written: o.written } : {}) })
  if (entity && record && touches(effects)) {
    await storeChange(elevated(ctx, 'process'), entity, instance.record_id!, placeOf(loaded, entity, effects, opened, record.row, o.actor ?? null), {
      act: o.act, locked: record, note: { ...o.note, ended: effects.end !== null, next: opened.map(s => s.nodeId) },
    })
  }
  if (effects.end) await caseEnded(ctx, loaded, effects.end.how === 'completed' ? null : 'reject', completeStep)
  return { ignored: false, ended: effects.end !== null, opened, effects }
}

/** A look at conditions that stay false is no event in a record's life. */
const touches = (e: Effects): boolean => e.end !== null || e.newSteps.length + e.finishedSteps.length + e.cancelledSteps.length + e.history.length > 0

/** The same for a case by its id; `ignored` where it is over. */
export async function proceed(ctx: Ctx, instanceId: string, run: (process: CompiledProcess, state: InstanceState, env: EngineEnv) => Effects, o: Proceed): Promise<Proceeded | null> {
  const loaded = await loadInstance(ctx, instanceId)
  return loaded.instance.state === 'active' ? proceedHeld(ctx, loaded, run, o) : null
}

/** Takes the case if nobody holds it. false: somebody acts on it now; a job comes back later, because people never wait for jobs. */
export const caseFree = async (ctx: Ctx, instanceId: string): Promise<boolean> =>
  (await ctx.query('select 1 from process_instance where tenant_id = $1 and id = $2 for update skip locked', [ctx.tenant.id, instanceId], 'case_free')).length > 0
