import { newId, schedule, type Ctx } from '@quancheng/kernel'
import type { Effects, InstanceState, NewStep } from '../engine/index.ts'
import { OBSERVER_SERVICE, type EngineObserver } from './env.ts'
import { handlerOf } from './handlers.ts'
import { noteIncidents } from './incidents.ts'
import { JOB_DELIVER, JOB_LOOK, JOB_MATCH, JOB_SERVICE } from './job-kinds.ts'
import { chainOf } from './chain.ts'
import { kept } from './kept.ts'
import type { EngineParts, Loaded, StepData } from './load.ts'

/*
 * What only some models need. A case of tasks, gateways and time limits writes none of this: each part costs a statement where it is used
 * and nothing where it is not.
 */

/** What a new step brings with it that a person's plain task does not. */
export function dataOf(loaded: Loaded, after: InstanceState, step: NewStep): StepData | null {
  const called = step.scopeId === null ? undefined : calledAt(after, step.scopeId)
  const data: StepData = {
    ...(called === undefined ? {} : { called }), ...(step.local && Object.keys(step.local).length ? { local: step.local } : {}), ...(step.people ? { people: step.people } : {}),
    ...(step.handler === null ? {} : { handler: step.handler, input: step.input ?? {} }), ...(step.headers ? { headers: step.headers } : {}),
  }
  return Object.keys(data).length ? data : null
}

/** The called process around a place; undefined: the case's own. */
function calledAt(state: InstanceState, scopeId: string): string | undefined {
  for (let scope = state.scopes?.find(s => s.id === scopeId); scope; scope = state.scopes?.find(s => s.id === scope!.parentId)) if (scope.called !== undefined) return scope.called
  return undefined
}

const changed = (e: Effects): boolean => e.scopes.length + e.scopesGone.length + e.waits.length + e.waitsGone.length + e.undoable.length + e.undoableGone.length + e.phases.length > 0

/** Writes scopes, subscriptions and what else the engine keeps; hands on what was thrown; puts programs to work; tells of what went wrong. */
export async function persistBeyond(ctx: Ctx, loaded: Loaded, effects: Effects, after: InstanceState): Promise<void> {
  const { instance } = loaded
  const over = effects.end !== null
  if (changed(effects) || (over && instance.engine)) {
    const engine: EngineParts | null = over ? null : pick(after)
    ctx.send('update process_instance set engine = $3 where tenant_id = $1 and id = $2', [ctx.tenant.id, instance.id, engine && kept(engine)], 'instance_engine')
    await writeWaits(ctx, loaded, effects, over)
  }
  for (const step of effects.newSteps) {
    if (step.kind === 'service' && handlerOf(ctx.runtime, step.handler ?? '')) await schedule(ctx, { kind: JOB_SERVICE, key: step.id, dueAt: ctx.now(), payload: { stepId: step.id } })
  }
  const observer = ctx.runtime.services.get(OBSERVER_SERVICE) as EngineObserver | undefined
  for (const thrown of effects.thrown) {
    observer?.thrown?.(thrown)
    await schedule(ctx, { kind: JOB_DELIVER, dueAt: ctx.now(), payload: { kind: thrown.kind, name: thrown.name, key: thrown.key, variables: thrown.variables, from: instance.id, ...chainOf(ctx, 1) } })
  }
  if (effects.incidents.length || effects.stuck.length || effects.uncaught.length) await noteIncidents(ctx, { ...instance, label: loaded.fresh?.label ?? instance.label }, effects)
}

function pick({ scopes, waits, undoable, phases }: InstanceState): EngineParts | null {
  const parts = { ...(scopes ? { scopes } : {}), ...(waits ? { waits } : {}), ...(undoable ? { undoable } : {}), ...(phases ? { phases } : {}) }
  return Object.keys(parts).length ? parts : null
}

async function writeWaits(ctx: Ctx, loaded: Loaded, effects: Effects, over: boolean): Promise<void> {
  const known = new Set((loaded.state.waits ?? []).map(w => w.id))
  const now = ctx.now()
  if (over) ctx.send('delete from process_wait where tenant_id = $1 and instance_id = $2', [ctx.tenant.id, loaded.instance.id])
  else if (effects.waitsGone.length) ctx.send('delete from process_wait where tenant_id = $1 and id = any($2)', [ctx.tenant.id, effects.waitsGone])
  if (over) return
  for (const w of effects.waits) {
    if (known.has(w.id) || w.on === 'timer') continue
    ctx.send('insert into process_wait (tenant_id, id, instance_id, kind, name, key, since, looked_at) values ($1,$2,$3,$4,$5,$6,$7,$7)', [ctx.tenant.id, w.id, loaded.instance.id, w.on, w.name, w.key, now])
    // a message may lie there already: whichever of the two commits last finds the other
    if (w.on === 'message') await schedule(ctx, { kind: JOB_MATCH, dueAt: now, payload: { name: w.name } })
    if (w.on === 'conditional' && loaded.instance.entity) lookLater(ctx)
  }
}

/** Records change outside their process too; one standing job a company looks at those for which conditions wait. */
export const LOOK_SECONDS = 15
export function lookLater(ctx: Ctx): void {
  ctx.send('insert into job (tenant_id, id, kind, key, due_at, payload, created_at) values ($1,$2,$3,$4,$5,$6,$7) on conflict (tenant_id, kind, key) where key is not null do nothing',
    [ctx.tenant.id, newId(), JOB_LOOK, 'look', new Date(ctx.now().getTime() + LOOK_SECONDS * 1000), '{}', ctx.now()])
}
