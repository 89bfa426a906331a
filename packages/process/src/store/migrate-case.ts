import { elevated, fail, lock, newId, storeChange, type Ctx, type Locked } from '@quancheng/kernel'
import { applyEffects, type InstanceState } from '../engine/index.ts'
import type { MappingAsked, Migration } from '../migration/index.ts'
import { definitionById } from './definitions.ts'
import { envFor } from './env.ts'
import { completeStep } from './complete.ts'
import { caseEnded } from './gate.ts'
import { loadInstance, type EngineParts, type Loaded, type StepRow } from './load.ts'
import { judge, ownersOf, sentence, wayOf, type StoreProblem, type Way } from './migrate-plan.ts'
import { moveSteps } from './migrate-steps.ts'
import { moveTimers, pendingTimers } from './migrate-timers.ts'
import { persist } from './persist.ts'
import { placeOf } from './place.ts'
import { stateOf } from './proceed.ts'

export interface By { id: string | null; name: string }

/** `over`: it ended, or somebody has migrated it meanwhile, so there is nothing to do. */
export type Moved = { how: 'moved' } | { how: 'over' } | { how: 'refused'; problems: readonly StoreProblem[] }

/** Takes one case over, whole, in the caller's transaction: the case is locked first, then its record. A refusal has changed nothing. */
export async function migrateHeld(ctx: Ctx, caseId: string, way: Way, by: By, runId: string | null): Promise<Moved> {
  const loaded = await loadInstance(ctx, caseId)
  const { instance } = loaded
  if (instance.state !== 'active' || instance.definition_id !== way.from.id) return { how: 'over' }
  const entity = instance.entity && instance.record_id ? ctx.entities.find(instance.entity) ?? null : null
  const record: Locked | null = entity ? await lock(elevated(ctx, 'process'), entity, instance.record_id!, 'update') : null
  const before = stateOf(loaded, entity, record?.row ?? null)
  const pending = await pendingTimers(ctx, way, [{ id: caseId, owners: ownersOf(before) }])
  // what the new version may call and decide by is there too
  const env = { ...loaded.env, ...(await envFor(ctx, way.to.process, instance.engine?.scopes)) }
  const judged = await judge(ctx, way, { unitId: instance.unit_id, steps: loaded.live, state: before, env, timers: pending })
  if (!judged.ok) return { how: 'refused', problems: judged.problems }
  const m = judged.migration
  const live = await moveSteps(ctx, loaded, way, m, record?.row ?? {})
  await moveTimers(ctx, caseId, m, pending)
  const state: InstanceState = { ...m.state, variables: instance.variables }
  const engine = partsOf(m.state)
  ctx.send('update process_instance set definition_id = $3, joins = $4, engine = $5 where tenant_id = $1 and id = $2', [ctx.tenant.id, caseId, way.to.id, JSON.stringify(m.state.joins), engine && JSON.stringify(engine)], 'instance_migrate')
  const now: Loaded = { ...loaded, instance: { ...instance, definition_id: way.to.id, joins: [...m.state.joins], engine }, definition: way.to, live, state, env }
  const opened = await persist(ctx, now, m.effects, { finishedBy: null, record: record?.row ?? {} })
  if (entity && record) {
    const stage = stageNow(now, live, record.row, loaded, m)
    const owner = entity.scope?.owner && way.to.process.binding?.stageField && !instance.started_by ? { [entity.scope.owner]: opened.find(o => o.assigneeId)?.assigneeId ?? applied(live, m).find(s => s.assignee_id)?.assignee_id ?? null } : {}
    await storeChange(elevated(ctx, 'process'), entity, instance.record_id!, { ...owner, ...stage, ...placeOf(now, entity, m.effects, opened, record.row, null) }, { act: 'migrate', locked: record, note: noteOf(way, m, by) })
  }
  ctx.send('insert into process_migration_case (tenant_id, id, migration_id, instance_id, from_version, to_version, state, mapping, at, by_id) values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)',
    [ctx.tenant.id, newId(), runId, caseId, way.from.version, way.to.version, 'done', JSON.stringify(way.plan.mapping), ctx.now(), by.id], 'case_migrated')
  if (m.effects.end) await caseEnded(ctx, now, m.effects.end.how === 'completed' ? null : 'reject', completeStep)
  return { how: 'moved' }
}

function partsOf(s: InstanceState): EngineParts | null {
  const parts = { ...(s.scopes ? { scopes: s.scopes } : {}), ...(s.waits ? { waits: s.waits } : {}), ...(s.undoable ? { undoable: s.undoable } : {}), ...(s.phases ? { phases: s.phases } : {}) }
  return Object.keys(parts).length ? parts : null
}

const applied = (live: readonly StepRow[], m: Migration): StepRow[] => { const left = new Set(applyEffects(m.state, m.effects).steps.map(s => s.id)); return live.filter(s => left.has(s.id)) }

/** The record shows the new version's name for where it showed the old one's. */
function stageNow(now: Loaded, live: readonly StepRow[], row: Record<string, unknown>, before: Loaded, m: Migration): Record<string, unknown> {
  const [was, field] = [before.definition.process!, now.definition.process!.binding?.stageField]
  if (!field) return {}
  const shown = before.live.find(s => s.kind === 'user' && was.nodes[s.node_id]?.stage === row[was.binding?.stageField ?? ''] && m.steps.some(x => x.id === s.id))
  const node = now.definition.process!.nodes[live.find(s => s.id === shown?.id)?.node_id ?? '']
  return node ? { [field]: node.stage } : {}
}

/** A line of the record's history: which versions, who wanted it, and which steps are called something else now. */
function noteOf(way: Way, m: Migration, by: By): Record<string, unknown> {
  const moved = m.steps.filter(s => s.from !== s.to).map(s => ({ from: way.from.process.nodes[s.from]?.name || s.from, to: way.to.process.nodes[s.to]?.name || s.to }))
  return { process: way.from.name, from: `v${way.from.version}`, to: `v${way.to.version}`, by: by.name, ...(moved.length ? { moved } : {}), ...(Object.keys(way.asked).length ? { mapping: way.asked } : {}) }
}

/** One case, by a person, now. Errors: NOT_FOUND, CASE_OVER, MIGRATION_REFUSED with the problems, and those of `wayOf`. */
export async function migrateCase(ctx: Ctx, caseId: string, toVersion: number, asked: MappingAsked): Promise<{ id: string; from: number; to: number }> {
  const [row] = await ctx.query<{ definition_id: string; state: string }>('select definition_id, state from process_instance where tenant_id = $1 and id = $2', [ctx.tenant.id, caseId])
  if (!row) return fail('NOT_FOUND', { id: caseId })
  if (row.state !== 'active') fail('CASE_OVER')
  const { key, version } = await definitionById(ctx, row.definition_id)
  const way = await wayOf(ctx, key, version, toVersion, asked)
  const done = await migrateHeld(ctx, caseId, way, { id: ctx.user?.id ?? null, name: ctx.user?.name ?? '' }, null)
  if (done.how === 'refused') return fail('MIGRATION_REFUSED', { reason: sentence(done.problems), problems: done.problems })
  if (done.how === 'over') return fail('CASE_OVER')
  return { id: caseId, from: version, to: toVersion }
}

export interface CaseMove { at: Date; from: number; to: number; byName: string | null; state: 'done' | 'refused'; problems: StoreProblem[]; migrationId: string | null }

/** From which version to which a case has gone, and where it was refused; the newest first. */
export const movesOfCase = (ctx: Ctx, caseId: string): Promise<CaseMove[]> => ctx.query<CaseMove & Record<string, unknown>>(
  `select c.at, c.from_version as "from", c.to_version as "to", u.name as "byName", c.state, c.problems, c.migration_id as "migrationId" from process_migration_case c left join "user" u on u.tenant_id = c.tenant_id and u.id = c.by_id
   where c.tenant_id = $1 and c.instance_id = $2 order by c.at desc, c.id desc limit 100`, [ctx.tenant.id, caseId])
