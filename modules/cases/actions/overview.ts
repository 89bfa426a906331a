import { businessMinutesBetween, defineAction, type Ctx } from '@quancheng/kernel'
import { calendarOf, definitionById, plannedPath, type CompiledProcess } from '@quancheng/process'
import { sql } from 'kysely'
import { AGES, dayMinutes, type Age } from '../rules/ageing.ts'
import { SCOPE } from '../rules/question.ts'
import { ageOf, incidentOn, NODE, STEPS, steplessWhere, stepsWhere, UNASSIGNED } from './places.ts'
import { choose } from './reach.ts'

interface Counted { node: string; name: string; kind: string; open: number; oldest: Date; median: Date; unassigned: number; incident: number; ages: Record<Age, number> }

export interface StepLine {
  node: string; name: string; kind: string; open: number; oldestAt: Date; /** minutes of business time, whole */ oldestMinutes: number; medianMinutes: number
  late: number; warn: number; paused: number; unassigned: number; incident: number; ages: Partial<Record<Age, number>>
}

/** What can be done at a step, as the newest version (or the one asked for) has it: for the acts on many. */
interface NodeActs { nodeId: string; name: string; approval: boolean; outcomes: Array<{ id: string; label: string; danger: boolean; confirm: string | null; requiresComment: boolean }>; pauseReasons: readonly string[] }

/**
 * Where the open cases of a process stand: by step how many, how old, how late. The age at the middle is the age of the one in the middle,
 * because business time never runs backwards: the order of ages is the order of entering.
 */
async function overviewOf(ctx: Ctx, q: { key: string; version?: number | undefined; unitId?: string | undefined }) {
  const c = await choose(ctx, q.key, q.version)
  const age = await ageOf(ctx, c), cal = await calendarOf(ctx), now = ctx.now()
  const { rows } = await sql<Counted>`
    select x.node, max(x.name) as name, max(x.kind) as kind, count(*)::int as open, min(x.entered_at) as oldest, percentile_disc(0.5) within group (order by x.entered_at) as median,
      (count(*) filter (where x.unassigned))::int as unassigned, (count(*) filter (where x.incident))::int as incident,
      json_build_object(${sql.join(AGES.flatMap(a => [sql.lit(a), sql`(count(*) filter (where x.age = ${sql.lit(a)}))::int`]))}) as ages
    from (select ${NODE} as node, s.name, s.kind, s.entered_at, ${age} as age, ${UNASSIGNED} as unassigned, ${incidentOn(true)} as incident from ${STEPS} where ${stepsWhere(ctx, c, q)}) x group by x.node`.execute(ctx.db)
  const minutes = (from: Date): number => Math.round(businessMinutesBetween(cal, from, now))
  const lines = rows.map((r): StepLine => ({
    node: r.node, name: r.name, kind: r.kind, open: r.open, oldestAt: r.oldest, oldestMinutes: minutes(r.oldest), medianMinutes: minutes(r.median), late: r.ages.late + r.ages.twice, warn: r.ages.warn, paused: r.ages.paused,
    unassigned: r.unassigned, incident: r.incident, ages: Object.fromEntries(AGES.filter(a => r.ages[a]).map(a => [a, r.ages[a]])),
  }))
  const { rows: [still] } = await sql<{ open: number; oldest: Date | null; median: Date; incident: number }>`
    select count(*)::int as open, min(i.started_at) as oldest, percentile_disc(0.5) within group (order by i.started_at) as median, (count(*) filter (where ${incidentOn(false)}))::int as incident from process_instance i where ${steplessWhere(ctx, c, q)!}`.execute(ctx.db)
  const shown = await definitionById(ctx, c.ids[0]!)
  const order = shown.process ? [...new Set([...plannedPath(shown.process, {}).map(p => p.nodeId), ...Object.keys(shown.process.nodes)])] : []
  const at = (line: StepLine): number => (order.includes(line.node) ? order.indexOf(line.node) : order.length)
  const sorted = lines.toSorted((a, b) => at(a) - at(b) || a.name.localeCompare(b.name, 'zh'))
  if (still!.oldest) sorted.push({ node: '-', name: '', kind: 'none', open: still!.open, oldestAt: still!.oldest, oldestMinutes: minutes(still!.oldest), medianMinutes: minutes(still!.median), late: 0, warn: 0, paused: 0, unassigned: 0, incident: still!.incident, ages: {} })
  const sum = (k: 'open' | 'late' | 'warn' | 'paused' | 'unassigned' | 'incident'): number => sorted.reduce((n, l) => n + l[k], 0)
  return {
    process: { key: c.key, name: c.name, version: q.version ?? c.version, versions: c.versions, entities: c.kinds.map(e => e.name), free: c.free }, at: now, dayMinutes: dayMinutes(cal), steps: sorted, nodes: actsOf(shown.process),
    totals: { open: sum('open'), late: sum('late'), warn: sum('warn'), paused: sum('paused'), unassigned: sum('unassigned'), incident: sum('incident') },
  }
}

const actsOf = (process: CompiledProcess | null): NodeActs[] => Object.values(process?.nodes ?? {}).flatMap(n => (n.type !== 'userTask' ? [] : [{
  nodeId: n.id, name: n.name, approval: n.task.approval !== null && n.task.approval !== undefined, pauseReasons: n.task.standard?.pauseReasons ?? [],
  outcomes: n.task.outcomes.map(o => ({ id: o.id, label: o.label, danger: o.danger, confirm: o.confirm, requiresComment: o.requiresComment })),
}]))

export const caseSteps = defineAction({
  name: 'caseSteps', label: ['案例在哪些环节', 'Cases by step'], method: 'GET', path: '/api/case-list/steps', permission: 'process:read', scoped: false, readOnly: true, input: SCOPE, run: overviewOf,
})
