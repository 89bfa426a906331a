import { AppError, fail, type Ctx } from '@quancheng/kernel'
import { ProcessError, type InstanceState } from '../engine/index.ts'
import { migrateState, planMigration, type Migrated, type MappingAsked, type MigrationPlan, type MigrationProblem, type PendingTimer } from '../migration/index.ts'
import type { CompiledProcess } from '../model/index.ts'
import { definitionByKey, type Definition } from './definitions.ts'
import type { Loaded, StepRow } from './load.ts'
import { versionFor } from './unit-version.ts'
import './migrate-errors.ts'

/** A way from one version to another, for as many cases as there are. */
export interface Way { from: Definition & { process: CompiledProcess }; to: Definition & { process: CompiledProcess }; plan: MigrationPlan; asked: MappingAsked }

async function modelOf(ctx: Ctx, key: string, version: number): Promise<Way['from']> {
  const d = await definitionByKey(ctx, key, version).catch((error: unknown) => (error instanceof AppError && error.code === 'PROCESS_UNKNOWN' ? null : Promise.reject(error)))
  return d?.process ? { ...d, process: d.process } : fail('PROCESS_UNKNOWN', { key: `${key} v${version}` })
}

/** Errors: PROCESS_UNKNOWN, MIGRATION_SAME, MIGRATION_ENTITY, MIGRATION_NODE_UNKNOWN. */
export async function wayOf(ctx: Ctx, key: string, fromVersion: number, toVersion: number, asked: MappingAsked = {}): Promise<Way> {
  if (fromVersion === toVersion) fail('MIGRATION_SAME')
  const from = await modelOf(ctx, key, fromVersion), to = await modelOf(ctx, key, toVersion)
  if ((from.process.binding?.entity ?? null) !== (to.process.binding?.entity ?? null)) fail('MIGRATION_ENTITY')
  try { return { from, to, asked, plan: planMigration(from.process, to.process, asked) } } catch (error) {
    if (error instanceof ProcessError && error.code === 'NODE_UNKNOWN') return fail('MIGRATION_NODE_UNKNOWN', { reason: error.message, ...error.params })
    throw error
  }
}

/** What else than its state decides whether a case can go. */
export interface CaseFacts { unitId: string | null; steps: ReadonlyArray<Pick<StepRow, 'id' | 'node_id' | 'data' | 'kind'>>; state: InstanceState; env: Loaded['env']; timers: readonly PendingTimer[] }

export type StoreProblem = Omit<MigrationProblem, 'code'> & { code: string }

/**
 * One case's migration, worked out and not stored: the dry run and the real one both ask here. The version that head office has set for the
 * case's unit is kept to: elsewhere than there its cases do not go.
 */
export async function judge(ctx: Ctx, way: Way, c: CaseFacts): Promise<Migrated | { ok: false; problems: StoreProblem[] }> {
  const set = await versionFor(ctx, way.from.key, c.unitId)
  if (set !== undefined && set !== way.to.version) return { ok: false, problems: [{ code: 'UNIT_VERSION', severity: 'refuse', nodeId: '', toId: null, message: `本部给这个单位定的是第 ${set} 版（标准推行），不能迁移到第 ${way.to.version} 版` }] }
  const gates = c.steps.flatMap((s): StoreProblem[] => {
    if (!s.data.gate || s.data.called !== undefined) return []
    const b = way.to.process.nodes[way.plan.mapping[s.node_id] ?? '']
    const kept = b?.type === 'userTask' && b.task.outcomes.some(o => o.id === s.data.gate!.outcome && o.gate !== null)
    return kept ? [] : [{ code: 'GATE_MISSING', severity: 'refuse', nodeId: s.node_id, toId: b?.id ?? null, message: `“${way.from.process.nodes[s.node_id]?.name ?? s.node_id}”正在等审批，新版本里没有它等着办理的那个结果` }]
  })
  if (gates.length) return { ok: false, problems: gates }
  try { return migrateState(way.from.process, way.to.process, way.plan, c.state, { ...c.env, timers: c.timers }) } catch (error) {
    if (error instanceof ProcessError) return { ok: false, problems: [{ code: error.code, severity: 'refuse', nodeId: String(error.params['nodeId'] ?? ''), toId: null, message: error.message }] }
    throw error
  }
}

/** Who can own timers in a case: steps, scopes, subscriptions. */
export const ownersOf = (s: InstanceState): string[] => [...s.steps.map(x => x.id), ...(s.scopes ?? []).map(x => x.id), ...(s.waits ?? []).filter(w => w.on === 'timer').map(w => w.id)]

export const sentence = (problems: readonly { message: string }[]): string => problems.map(p => p.message).join('；')
