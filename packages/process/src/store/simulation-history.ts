import { AppError, businessMinutesBetween, type CompiledCalendar, type Ctx } from '@quancheng/kernel'
import type { CompiledProcess } from '../model/index.ts'
import { quantile } from '../mining/index.ts'
import { roleOf, type Distribution } from '../simulation/index.ts'
import { calendarOf } from './standard.ts'
import { look, type Looked } from './statistics.ts'
import { idText } from './statistics-load.ts'

/** What the company's own record says, where it says enough. */
export interface SimulationHistory {
  cases: number
  from: string | null
  /** cases per working hour */
  perHour: number | null
  /** minutes of work by node, and on how many completions that rests */
  durations: Record<string, { distribution: Distribution; count: number }>
  /** how often a case comes to a node, on average */
  visits: Record<string, number>
  outcomes: Record<string, Record<string, number>>
  /** active people who hold a role */
  people: Record<string, number>
}

const DAYS = 90
/** Fewer say nothing. */
const ENOUGH = 5
const CASES = 2_000
const OF_NODE = 500

/** From the last 90 days, of cases that the caller may see (of the unit and those below it, where one is given). */
export async function simulationHistory(ctx: Ctx, key: string, process: CompiledProcess, o: { unitId?: string | undefined } = {}): Promise<SimulationHistory> {
  const roles = rolesOf(process), everybody = await peopleOf(ctx, roles, o.unitId)
  const since = new Date(ctx.now().getTime() - DAYS * 86_400_000)
  const seen = await look(ctx, key, { from: since.toISOString().slice(0, 10), unitId: o.unitId }).catch((error: unknown) => {
    // never published, or cases of records that the caller may not see: then the model alone speaks
    if (error instanceof AppError && (error.code === 'PROCESS_UNKNOWN' || error.code === 'FORBIDDEN')) return null
    throw error
  })
  if (!seen?.slots.length) return { cases: 0, from: null, perHour: null, durations: {}, visits: {}, outcomes: {}, people: everybody }
  const calendar = await calendarOf(ctx)
  const started = seen.slots.reduce((first, slot) => Math.min(first, seen.table.caseStarted[slot]!), Infinity)
  const hours = businessMinutesBetween(calendar, new Date(started), ctx.now()) / 60
  const newest = [...seen.slots].sort((a, b) => seen.table.caseStarted[b]! - seen.table.caseStarted[a]!).slice(0, CASES)
  const ids = newest.map(slot => idText(seen.table.ids[slot]!))
  return {
    cases: seen.slots.length, from: new Date(started).toISOString(), perHour: seen.slots.length >= ENOUGH && hours > 1 ? seen.slots.length / hours : null,
    durations: await durationsOf(ctx, ids, process, calendar), visits: visitsOf(seen, newest), outcomes: await outcomesOf(ctx, ids),
    // arrivals of one station and the people of all would not go together; who is only found elsewhere (head office) is counted there
    people: { ...everybody, ...await peopleOf(ctx, roles, o.unitId, ids) },
  }
}

const rolesOf = (process: CompiledProcess): string[] => [...new Set(Object.values(process.nodes).flatMap(n => (n.type === 'userTask' ? [roleOf(n.task)] : [])))]

interface Done { node_id: string; started_at: Date; finished_at: Date; pauses: { from: string; to: string | null }[] }

/** Work lasts from the beginning to the completion, in working time and without the pauses: the night between is nobody's work. */
async function durationsOf(ctx: Ctx, ids: string[], process: CompiledProcess, calendar: CompiledCalendar): Promise<SimulationHistory['durations']> {
  const rows = await ctx.query<Done & Record<string, unknown>>(
    `select node_id, started_at, finished_at, pauses from (select s.*, row_number() over (partition by node_id order by finished_at desc) as nth from process_step s
       where tenant_id = $1 and instance_id = any($2::uuid[]) and kind = 'user' and state = 'done' and started_at is not null and finished_at is not null) s where nth <= ${OF_NODE}`, [ctx.tenant.id, ids])
  const minutes = new Map<string, number[]>()
  for (const r of rows) {
    if (process.nodes[r.node_id]?.type !== 'userTask') continue
    const all = minutes.get(r.node_id) ?? []
    all.push(workedMinutes(calendar, r))
    minutes.set(r.node_id, all)
  }
  return Object.fromEntries([...minutes].flatMap(([node, all]) => {
    if (all.length < ENOUGH) return []
    const sorted = Float64Array.from(all).sort(), median = Math.max(0.5, quantile(sorted, 0.5)!)
    return [[node, { count: all.length, distribution: { kind: 'lognormal' as const, median: round(median), p80: round(Math.max(median, quantile(sorted, 0.8)!)) } }]]
  }))
}

function workedMinutes(calendar: CompiledCalendar, { started_at: from, finished_at: to, pauses }: Done): number {
  const paused = pauses.reduce((sum, p) => {
    const a = new Date(Math.max(Date.parse(p.from), from.getTime())), b = new Date(Math.min(p.to ? Date.parse(p.to) : to.getTime(), to.getTime()))
    return b > a ? sum + businessMinutesBetween(calendar, a, b) : sum
  }, 0)
  return Math.max(0, businessMinutesBetween(calendar, from, to) - paused)
}

function visitsOf({ table: t }: Looked, slots: readonly number[]): Record<string, number> {
  const counts = new Map<string, number>()
  for (const slot of slots) {
    for (let i = t.first[slot]!; i < t.first[slot]! + t.length[slot]!; i++) {
      const node = t.nodes.list[t.labelNode[t.label[i]!]!]!
      counts.set(node, (counts.get(node) ?? 0) + 1)
    }
  }
  return Object.fromEntries([...counts].map(([node, n]) => [node, n / slots.length]))
}

const round = (minutes: number): number => Math.round(minutes * 10) / 10

async function outcomesOf(ctx: Ctx, ids: string[]): Promise<SimulationHistory['outcomes']> {
  const rows = await ctx.query<{ node_id: string; outcome: string; n: number }>(
    "select node_id, outcome, count(*)::int as n from process_step where tenant_id = $1 and instance_id = any($2::uuid[]) and kind = 'user' and state = 'done' and outcome is not null group by 1, 2", [ctx.tenant.id, ids])
  const found: SimulationHistory['outcomes'] = {}
  for (const r of rows) (found[r.node_id] ??= {})[r.outcome] = r.n
  return Object.fromEntries(Object.entries(found).filter(([, of]) => Object.values(of).reduce((a, b) => a + b, 0) >= ENOUGH))
}

/** `cases`: only people of the units to which these belong. Roles that nobody holds are left out. */
async function peopleOf(ctx: Ctx, roles: string[], unitId: string | undefined, cases: string[] | null = null): Promise<Record<string, number>> {
  const rows = await ctx.query<{ code: string; n: number }>(
    `select r.code, count(distinct u.id)::int as n from role r join "user" u on u.tenant_id = r.tenant_id and not u.off
       and (r.id = any(u.role_ids) or exists (select 1 from role_group g where g.tenant_id = u.tenant_id and g.id = any(u.group_ids) and r.id = any(g.role_ids)))
     where r.tenant_id = $1 and not r.off and r.code = any($2)
       and ($3::uuid is null or exists (select 1 from unit_closure c where c.tenant_id = u.tenant_id and c.ancestor_id = $3 and c.descendant_id = u.unit_id))
       and ($4::uuid[] is null or u.unit_id in (select i.unit_id from process_instance i where i.tenant_id = $1 and i.id = any($4)))
     group by r.code`, [ctx.tenant.id, roles, unitId ?? null, cases])
  return Object.fromEntries(rows.map(r => [r.code, r.n]))
}
