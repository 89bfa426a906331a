import type { Ctx } from '@quancheng/kernel'
import type { InstanceState, StepKind } from '../engine/index.ts'
import { ownPlaces } from '../migration/problems.ts'
import { envFor } from './env.ts'
import type { InstanceRow, StepRow } from './load.ts'
import { judge, ownersOf, type StoreProblem, type Way } from './migrate-plan.ts'
import { pendingTimers } from './migrate-timers.ts'

/** cases looked at in one question */
const AT_ONCE = 500
/** cases tried in one dry run; the run itself has no such limit */
export const TRIED_AT_MOST = 20_000
/** refused cases that are named; the others are counted */
export const NAMED_AT_MOST = 200

export interface RefusedCase { caseId: string; label: string; entity: string | null; recordId: string | null; problems: readonly StoreProblem[] }
export interface DryRun {
  running: number; tried: number; can: number; cannot: number
  /** cases by the node they are at, of the old version; a case on several branches counts at each */
  nodes: Record<string, { cases: number; refused: number }>
  problems: Array<StoreProblem & { cases: number }>
  refused: RefusedCase[]
}

type Row = Pick<InstanceRow, 'id' | 'label' | 'entity' | 'record_id' | 'unit_id' | 'variables' | 'joins' | 'engine'>

/** Tries the migration of all that run on the old version, or of these cases, as they stand: nothing is locked, nothing is written. */
export async function dryRun(ctx: Ctx, way: Way, cases: readonly string[] | null): Promise<DryRun> {
  const of = [ctx.tenant.id, way.from.id, cases]
  const [count] = await ctx.query<{ n: number }>("select count(*)::int as n from process_instance where tenant_id = $1 and definition_id = $2 and state = 'active' and ($3::uuid[] is null or id = any($3))", of)
  const result: DryRun = { running: count!.n, tried: 0, can: 0, cannot: 0, nodes: {}, problems: [], refused: [] }
  const met = new Map<string, StoreProblem & { cases: number }>()
  for (let after = '00000000-0000-0000-0000-000000000000'; result.tried < TRIED_AT_MOST;) {
    const rows = await ctx.query<Row & Record<string, unknown>>(`select id, label, entity, record_id, unit_id, variables, joins, engine from process_instance
      where tenant_id = $1 and definition_id = $2 and state = 'active' and ($3::uuid[] is null or id = any($3)) and id > $4 order by id limit ${AT_ONCE}`, [...of, after])
    if (!rows.length) break
    after = rows.at(-1)!.id
    const steps = Map.groupBy(await ctx.query<StepRow>("select * from process_step where tenant_id = $1 and instance_id = any($2) and state in ('waiting', 'active', 'paused') and kind <> 'vote' order by seq", [ctx.tenant.id, rows.map(r => r.id)]), s => s.instance_id)
    const states = rows.map((r): InstanceState => ({ steps: (steps.get(r.id) ?? []).map(s => ({ id: s.id, nodeId: s.node_id, kind: s.kind as StepKind, scopeId: s.scope_id })), joins: r.joins, variables: r.variables, ...r.engine }))
    const timers = Map.groupBy(await pendingTimers(ctx, way, rows.map((r, i) => ({ id: r.id, owners: ownersOf(states[i]!) }))), t => t.caseId)
    for (const [i, r] of rows.entries()) {
      const state = states[i]!
      const env = await envFor(ctx, way.to.process, r.engine?.scopes)
      const judged = await judge(ctx, way, { unitId: r.unit_id, steps: steps.get(r.id) ?? [], state, env, timers: timers.get(r.id) ?? [] })
      tally(result, met, way, r, state, judged.ok ? [] : judged.problems)
    }
  }
  result.problems = [...met.values()].toSorted((a, b) => b.cases - a.cases)
  return result
}

function tally(result: DryRun, met: Map<string, StoreProblem & { cases: number }>, way: Way, r: Row, state: InstanceState, problems: readonly StoreProblem[]): void {
  result.tried += 1
  if (problems.length) result.cannot += 1
  else result.can += 1
  for (const nodeId of placesOf(way, state)) {
    const at = (result.nodes[nodeId] ??= { cases: 0, refused: 0 })
    at.cases += 1
    if (problems.length) at.refused += 1
  }
  for (const p of problems) {
    const key = `${p.code}/${p.nodeId}/${p.toId ?? ''}/${p.message}`
    const seen = met.get(key)
    if (seen) seen.cases += 1
    else met.set(key, { ...p, cases: 1 })
  }
  if (problems.length && result.refused.length < NAMED_AT_MOST) result.refused.push({ caseId: r.id, label: r.label ?? '', entity: r.entity, recordId: r.record_id, problems })
}

/** Nodes of the case's own process at which it has tokens; what is inside a called process is at the call. */
function placesOf(way: Way, state: InstanceState): Set<string> {
  const own = ownPlaces(state), places = new Set<string>()
  for (const s of state.steps) if (own(s.scopeId)) places.add(s.nodeId)
  for (const s of state.scopes ?? []) if (s.kind === 'call' && own(s.parentId)) places.add(s.nodeId)
  for (const j of state.joins) if (j.count > 0 && own(j.scopeId)) places.add(j.nodeId)
  return new Set([...places].filter(id => way.from.process.nodes[id]))
}
