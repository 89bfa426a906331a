import { addBusinessMinutes, all, type Condition, type Ctx } from '@quancheng/kernel'
import { sql } from 'kysely'
import { chanceBeyond, eventsOf, foresee, quantileAmong, remainingOf, together, type RawCase } from '../prediction/index.ts'
import type { StepState } from './load.ts'
import { aboutJson, aboutOf, caseJson, headsOf, partNames, predictorOf, STAGE, typedBefore, workloadNow, type Head } from './prediction-read.ts'
import { calendarOf, deadlineOf, minutesUsed, type StepPause } from './standard.ts'

/** When a stage is expected to be done, from what the same kind of stage has taken. */
export interface Eta {
  /** half, and four in five, of such stages that have also taken as long as this one already are done by then */
  p50: Date
  p80: Date
  /** finished stages that this rests on, and in what they are the same */
  n: number
  same: string[]
  /** of missing the time standard, percent; null: there is no standard, or it is missed already */
  chance: number | null
  /** the time left is less than P80: 可能超时 (SP-09) */
  likely: boolean
}

/** When a case is expected to end. `n`: ended cases that this rests on. */
export interface CaseEta { p50: Date; p80: Date; n: number }

/** An open step with what is needed to foretell it. */
export interface OpenStep {
  id: string; key: string; stage: string; state: StepState; clock: 'business' | 'clock' | null; entered_at: Date; warn_at: Date | null; due_at: Date | null; pauses: StepPause[]; standard: string | null; about: Record<string, string | null> | null; typed: Record<string, string> | null
  name: string; instance_id: string; unit_id: string | null; case_unit: string | null; assignee_id: string | null; entity: string | null; record_id: string | null; label: string | null
}

/** Open steps of processes that something is known of; `kinds`: kinds of records that they may be on. */
export async function openSteps(ctx: Ctx, kinds: readonly string[], where: readonly Condition[], limit: number): Promise<OpenStep[]> {
  const about = kinds.length ? sql`case i.entity ${sql.join(kinds.map(k => sql`when ${sql.lit(k)} then ${aboutJson(ctx, k)}`), sql` `)} end` : sql`null::json`
  const { rows } = await sql<OpenStep>`
    select s.id, d.key, ${STAGE} as stage, s.state, s.clock, s.entered_at, s.warn_at, s.due_at, s.pauses, s.standard_minutes as standard, ${about} as about, ${typedBefore([...new Set(kinds.flatMap(k => aboutOf(ctx, k).typed))])} as typed,
      s.name, s.instance_id, s.unit_id, i.unit_id as case_unit, s.assignee_id, i.entity, i.record_id, i.label
    from process_step s join process_instance i on i.tenant_id = s.tenant_id and i.id = s.instance_id join process_definition d on d.tenant_id = i.tenant_id and d.id = i.definition_id
    where s.tenant_id = ${ctx.tenant.id} and s.state in ('waiting', 'active', 'paused') and s.kind = 'user' and ${all(where)} order by s.due_at nulls last, s.id limit ${sql.lit(limit)}`.execute(ctx.db)
  return rows
}

/** All kinds of records that modules have named parts for, else any that a step may be on: only those with parts cost a look. */
export const kindsAbout = (ctx: Ctx): string[] => ctx.entities.all().filter(e => { const p = aboutOf(ctx, e.name); return p.constant.length + p.typed.length > 0 }).map(e => e.name)

export async function etaOf(ctx: Ctx, head: Head | undefined, s: OpenStep): Promise<Eta | null> {
  // what waits for a customer or a part ends when they want it
  if (!head || s.state === 'paused') return null
  const parts = aboutOf(ctx, s.entity), clock = s.clock ?? 'business'
  const used = await minutesUsed(ctx, clock, s.entered_at, ctx.now(), s.pauses)
  const f = foresee(head.stages, s.stage, [...parts.constant.map(n => s.about?.[n] ?? null), ...parts.typed.map(n => s.typed?.[n] ?? null), s.case_unit], used)
  if (!f) return null
  const at = async (minutes: number): Promise<Date> => (await deadlineOf(ctx, { minutes, clock, warnPercent: 100 }, s.entered_at, s.pauses)).dueAt
  const standard = s.standard === null ? null : Number(s.standard), before = standard !== null && used < standard && (s.due_at === null || ctx.now() < s.due_at)
  const names = partNames(ctx, s.entity)
  return { p50: await at(f.p50), p80: await at(f.p80), n: f.n, same: names.filter((_, i) => f.parts & (1 << i)), chance: before ? Math.round(100 * chanceBeyond(f, standard)) : null, likely: before && f.p80 > standard }
}

/** Steps by id → when each is expected to be done. One question to the database, none where the tenant has learned nothing yet. */
export async function foreseeSteps(ctx: Ctx, ids: readonly (string | null)[]): Promise<ReadonlyMap<string, Eta>> {
  const found = new Map<string, Eta>(), heads = await headsOf(ctx), wanted = ids.filter(id => id !== null)
  if (!wanted.length || ![...heads.values()].some(h => Object.keys(h.stages).length)) return found
  for (const s of await openSteps(ctx, kindsAbout(ctx), [sql<boolean>`s.id = any(${wanted}::uuid[])`], wanted.length)) {
    const eta = await etaOf(ctx, heads.get(s.key), s)
    if (eta) found.set(s.id, eta)
  }
  return found
}

/** Rows of steps with what is expected of each. */
export async function withEta<R extends { id: string; state: string }>(ctx: Ctx, rows: readonly R[]): Promise<(R & { eta: Eta | null })[]> {
  const etas = await foreseeSteps(ctx, rows.filter(r => r.state === 'waiting' || r.state === 'active').map(r => r.id))
  return rows.map(r => ({ ...r, eta: etas.get(r.id) ?? null }))
}

/**
 * When this step and the stages after it are all done, four times in five: what may still be left of the step and what each later stage takes, as
 * if they were independent, in business minutes from now. `n`: the fewest examples of any of them. Null as soon as one of them has too short a history.
 */
export async function foreseeThrough(ctx: Ctx, stepId: string, own: boolean, later: readonly string[]): Promise<{ p80: Date; n: number } | null> {
  const heads = await headsOf(ctx)
  if (!heads.size) return null
  const [s] = await openSteps(ctx, kindsAbout(ctx), [sql<boolean>`s.id = ${stepId}`], 1), head = s && heads.get(s.key)
  if (!head) return null
  const parts = aboutOf(ctx, s.entity), group = [...parts.constant.map(n => s.about?.[n] ?? null), ...parts.typed.map(n => s.typed?.[n] ?? null), s.case_unit]
  const used = own ? await minutesUsed(ctx, s.clock ?? 'business', s.entered_at, ctx.now(), s.pauses) : 0
  const now = own ? [foresee(head.stages, s.stage, group, used)] : []
  const all_ = [...now, ...later.map(node => foresee(head.stages, `${node}|business`, group, 0))]
  if (!all_.length || all_.some(f => f === null)) return null
  const samples = all_.map((f, i) => (own && i === 0 ? f!.left.map(m => m - used) : f!.left))
  return { p80: addBusinessMinutes(await calendarOf(ctx), ctx.now(), quantileAmong(together(samples), 0.8)).due, n: Math.min(...all_.map(f => f!.n)) }
}

/** Open cases by id → when each is expected to end. Processes without a predictor, and cases that have hardly begun, are not in the answer. */
export async function foreseeCases(ctx: Ctx, ids: readonly string[]): Promise<ReadonlyMap<string, CaseEta>> {
  const found = new Map<string, CaseEta>(), heads = await headsOf(ctx)
  const keys = [...heads.values()].filter(h => h.predicts).map(h => h.key)
  if (!ids.length || !keys.length) return found
  const { rows } = await sql<{ id: string; key: string; entity: string | null; text: string }>`
    select i.id, d.key, i.entity, ${caseJson(ctx, kindsAbout(ctx))} as text from process_instance i join process_definition d on d.tenant_id = i.tenant_id and d.id = i.definition_id
    where i.tenant_id = ${ctx.tenant.id} and i.id = any(${[...ids]}::uuid[]) and i.state = 'active' and d.key = any(${keys}::text[])`.execute(ctx.db)
  const now = ctx.now().getTime()
  for (const r of rows) {
    const head = heads.get(r.key)!, predictor = await predictorOf(ctx, head)
    if (!predictor) continue
    const left = remainingOf(predictor, eventsOf(JSON.parse(r.text) as RawCase, aboutOf(ctx, r.entity)), await workloadNow(ctx, r.key), now, head.offset)
    if (left) found.set(r.id, { p50: new Date(now + left.p50 * 60_000), p80: new Date(now + left.p80 * 60_000), n: predictor.trained.cases })
  }
  return found
}

