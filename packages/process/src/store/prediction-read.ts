import { known, pick, type Ctx, type Runtime } from '@quancheng/kernel'
import { sql, type RawBuilder } from 'kysely'
import { workloadOf, type Parts, type Predictor, type StageTable, type Workload } from '../prediction/index.ts'

/*
 * What has been learned, and the reading that learning and foretelling share. Nothing here is asked by an act that writes: what a tenant has
 * learned is known by its metadata version, which each night raises once.
 */

const SERVICE = 'process.prediction'

/**
 * What cases of a record are told apart by, beside their unit: `constant` fields are what the record is about from its beginning, `typed` ones count
 * from the step on that has brought them. Together at most three: each doubles the groups.
 */
export function registerAbout(runtime: Runtime, entity: string, parts: Parts): void {
  const all = (runtime.services.get(SERVICE) as Map<string, Parts> | undefined) ?? new Map<string, Parts>()
  runtime.services.set(SERVICE, all.set(entity, parts))
}

const NONE: Parts = { constant: [], typed: [] }
export const aboutOf = (ctx: Ctx, entity: string | null): Parts => (entity === null ? undefined : (ctx.runtime.services.get(SERVICE) as Map<string, Parts> | undefined)?.get(entity)) ?? NONE

/** The parts of a group by name, for people: 产品线、故障代码、服务站. */
export function partNames(ctx: Ctx, entity: string | null): string[] {
  const parts = aboutOf(ctx, entity), e = entity ? ctx.entities.find(entity) : undefined
  const label = (name: string): string => { const field = e?.fields.get(name); return field ? pick(field.label, ctx.locale) : name }
  return [...parts.constant, ...parts.typed].map(label).concat(e?.scope?.unit ? label(e.scope.unit) : ctx.locale === 'en' ? 'unit' : '单位')
}

/** A process that something has been learned of. */
export interface Head { key: string; version: number; stages: StageTable; cases: number; predicts: boolean; offset: number }

const NO_HEADS: ReadonlyMap<string, Head> = new Map()

/** By process key; asked once for each state of the tenant's reference data, not by each act. */
export const headsOf = (ctx: Ctx): Promise<ReadonlyMap<string, Head>> => known(ctx, 'prediction', async () => {
  const rows = await ctx.query<Head>('select key, version, stages, cases, predictor is not null as predicts, p80_offset as "offset" from process_prediction where tenant_id = $1', [ctx.tenant.id], 'prediction_heads')
  return rows.length ? new Map(rows.map(r => [r.key, r])) : NO_HEADS
})

/** Characters of predictors in memory; parsed they take about as many bytes again. */
const MEMORY = 64_000_000
const parsed = new Map<string, { predictor: Predictor; size: number }>()

/** The predictor of a process as it is in force, from memory if it has been asked for before. */
export async function predictorOf(ctx: Ctx, head: Head): Promise<Predictor | null> {
  if (!head.predicts) return null
  const key = `${ctx.tenant.id}/${head.key}/${head.version}`, hit = parsed.get(key)
  if (hit) { parsed.delete(key); parsed.set(key, hit); return hit.predictor }
  const [row] = await ctx.query<{ predictor: string | null }>('select predictor from process_prediction where tenant_id = $1 and key = $2 and version = $3', [ctx.tenant.id, head.key, head.version], 'prediction_of')
  if (!row?.predictor) return null
  for (const old of parsed.keys()) if (old.startsWith(`${ctx.tenant.id}/${head.key}/`)) parsed.delete(old)
  const predictor = { ...(JSON.parse(row.predictor) as Predictor), offset: head.offset }
  parsed.set(key, { predictor, size: row.predictor.length })
  let size = 0
  for (const p of parsed.values()) size += p.size
  for (const [old, p] of parsed) { if (size <= MEMORY || old === key) break; parsed.delete(old); size -= p.size }
  return predictor
}

const ms = (column: string): RawBuilder<unknown> => sql.raw(`floor(extract(epoch from ${column}) * 1000)`)
/** The stage as samples are kept by: the node, of which process where it is not the case's own, and its clock. */
export const STAGE = sql.raw(`coalesce(split_part(s.data->>'called', '@', 1) || '/', '') || s.node_id || '|' || coalesce(s.clock, 'business')`)
/** What of a step's fields (step `alias`) counts. */
const typedOf = (alias: string, names: readonly string[]): RawBuilder<unknown> => names.length === 0 ? sql`null` : sql`(select json_object_agg(f.key, f.value) from jsonb_each_text(case when ${sql.raw(`${alias}.data ? 'fields'`)} then ${sql.raw(`${alias}.data->'fields'`)} else '{}' end) f where f.key = any(${[...names]}::text[]) and f.value is not null)`

/** What the record of case `i` is about, as JSON. */
export function aboutJson(ctx: Ctx, entity: string | null): RawBuilder<unknown> {
  const { constant } = aboutOf(ctx, entity), e = entity ? ctx.entities.find(entity) : undefined
  if (!e || !constant.length) return sql`null::json`
  return sql`(select json_build_object(${sql.join(constant.flatMap(name => [sql.lit(name), sql.ref(`t.${e.fields.get(name)!.column!}`)]))}) from ${sql.table(e.table)} as t where t.tenant_id = i.tenant_id and t.id = i.record_id)`
}

/** A case as `RawCase` JSON text. `kinds`: what records its process is on. */
export function caseJson(ctx: Ctx, kinds: readonly string[]): RawBuilder<string> {
  const about = kinds.length ? sql`case i.entity ${sql.join(kinds.map(k => sql`when ${sql.lit(k)} then ${aboutJson(ctx, k)}`), sql` `)} end` : sql`null::json`
  const typed = [...new Set(kinds.flatMap(k => aboutOf(ctx, k).typed))]
  return sql<string>`json_build_object('s', ${ms('i.started_at')}, 'e', ${ms('i.ended_at')}, 'whole', i.state = 'completed' or i.end_node is not null, 'unit', i.unit_id, 'about', ${about}, 'steps', (
    select json_agg(json_build_array(${sql.raw(`coalesce(split_part(s.data->>'called', '@', 1) || '/', '') || s.node_id`)}, coalesce(s.finished_by::text, s.resource), ${ms('s.entered_at')}, ${ms('s.finished_at')}, case when s.kind = 'user' then s.minutes end, ${STAGE}, ${typedOf('s', typed)}) order by s.finished_at, s.seq)
    from process_step s where s.tenant_id = i.tenant_id and s.instance_id = i.id and s.state = 'done' and s.kind <> 'vote'))::text`
}

/** What was typed before step `s` was entered, as JSON {name: value}; the latest of each. */
export const typedBefore = (names: readonly string[]): RawBuilder<unknown> => names.length === 0 ? sql`null::json` : sql`(
  select json_object_agg(x.key, x.value) from (select distinct on (f.key) f.key, f.value from process_step p cross join lateral jsonb_each_text(p.data->'fields') f
    where p.tenant_id = s.tenant_id and p.instance_id = s.instance_id and p.state = 'done' and p.finished_at <= s.entered_at and ${sql.raw(`p.data ? 'fields'`)} and f.key = any(${[...names]}::text[]) and f.value is not null order by f.key, p.finished_at desc, p.seq desc) x)`

/** How far back the workload looks exactly; a case whose last event is older has the workload of that day. */
const LOAD_DAYS = 60
const LOAD_MOST = 50_000
const LOAD_KEEP_MS = 60_000
const loads = new Map<string, { at: number; load: (at: number) => Workload }>()

/** How busy a process is, tenant-wide, as training saw it. Asked once a minute at most. */
export async function workloadNow(ctx: Ctx, key: string): Promise<(at: number) => Workload> {
  const name = `${ctx.tenant.id}/${key}`, now = ctx.now().getTime(), hit = loads.get(name)
  if (hit && Math.abs(now - hit.at) < LOAD_KEEP_MS) return hit.load
  const since = new Date(now - LOAD_DAYS * 86_400_000)
  const [row] = await ctx.query<{ begins: number[] | null; ends: number[] | null }>(
    `select json_agg(s) as begins, json_agg(e) filter (where e is not null) as ends from (
       select floor(extract(epoch from i.started_at) * 1000) as s, floor(extract(epoch from i.ended_at) * 1000) as e from process_instance i join process_definition d on d.tenant_id = i.tenant_id and d.id = i.definition_id
       where i.tenant_id = $1 and d.key = $2 and (i.state = 'active' or i.ended_at >= $3) limit ${LOAD_MOST}) x`, [ctx.tenant.id, key, since], 'prediction_load')
  const load = workloadOf(Float64Array.from(row?.begins ?? []), Float64Array.from(row?.ends ?? []))
  if (loads.size > 500) loads.clear()
  loads.set(name, { at: now, load })
  return load
}

/** Tests begin with nothing in memory. */
export function forgetPredictions(): void { parsed.clear(); loads.clear() }
