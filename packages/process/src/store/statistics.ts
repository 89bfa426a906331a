import { createHash } from 'node:crypto'
import { all, any, compileFilter, fail, startOfDay, visible, type Condition, type Ctx, type Verb } from '@quancheng/kernel'
import { sql } from 'kysely'
import { filterDfg, type Measure } from '../mining/index.ts'
import { caseTable, type CaseTable } from '../mining/case-table.ts'
import { mine } from '../mining/mine.ts'
import { figure, keptTable } from './statistics-cache.ts'
import { idBytes, idText, readCases } from './statistics-load.ts'

/**
 * Which cases: begun from and to (days of the tenant), of a unit and those below it, of one version; of records that a list filter keeps (`filter`, as
 * JSON); of the same course as the case `variant`.
 */
export interface CaseQuery { from?: string | undefined; to?: string | undefined; unitId?: string | undefined; version?: number | undefined; filter?: string | undefined; variant?: string | undefined }
export interface StatisticsQuery extends CaseQuery { activities?: number; paths?: number; measure?: Measure; ways?: number }

/** Steps that one look takes into account where a process is too large to be kept in memory. */
const MAX_STEPS = 400_000

export interface Looked {
  process: { key: string; name: string; kind: string; version: number; entity: string | null }
  versions: ReadonlyArray<{ id: string; version: number }>
  table: CaseTable
  /** the slots of the cases asked for that the caller may see */
  slots: Uint32Array
  truncated: boolean
  /** computes a figure of these cases, or finds it computed */
  figure: <T>(question: string, compute: () => T) => T
}

/** The cases of a process that the caller may see, of those asked for. Cases of records follow the record's scope; an imported log has no unit. */
export async function look(ctx: Ctx, key: string, q: CaseQuery): Promise<Looked> {
  const definitions = await ctx.query<{ id: string; name: string; kind: string; version: number; entity: string | null }>('select id, name, kind, version, entity from process_definition where tenant_id = $1 and key = $2 order by version desc', [ctx.tenant.id, key], 'statistics_definitions')
  const newest = definitions.find(d => !q.version || d.version === q.version) ?? fail('PROCESS_UNKNOWN', { key })
  const process = { key, name: newest.name, kind: newest.kind, version: newest.version, entity: newest.entity }
  const day = (text: string, plus = 0): Date => startOfDay(new Date(Date.parse(`${text}T00:00:00Z`) + plus * 86_400_000), ctx.tenant.timeZone)
  const from = q.from ? day(q.from) : null, to = q.to ? day(q.to, 1) : null
  if (newest.entity && !visible(ctx, ctx.entities.get(newest.entity), 't')) return fail('FORBIDDEN', { permission: `${newest.entity}:read` })
  const unit = [...(q.unitId ? [inUnit(q.unitId)] : []), ...(q.filter ? [ofRecords(ctx, newest.entity, q.filter)] : [])]
  const entry = await keptTable(ctx, `${ctx.tenant.id}/${key}`, definitions, newest.kind === 'log')
  if (!entry) {
    const table = caseTable()
    const asked = q.version ? definitions.filter(d => d.version === q.version) : definitions
    const dates = [...(from ? [sql<boolean>`i.started_at >= ${from}`] : []), ...(to ? [sql<boolean>`i.started_at < ${to}`] : [])]
    const mine = mayTouch(ctx, await recordKinds(ctx, asked.map(d => d.id)), ['read'])
    const reading = await readCases(ctx, table, asked, { where: [...mine, ...unit, ...dates], most: MAX_STEPS, newestFirst: true })
    return { process, versions: definitions, table, slots: sameCourse(table, Uint32Array.from(table.ids.keys()), q.variant, true), truncated: !reading.complete, figure: (_question, compute) => compute() }
  }
  const table = entry.table
  const reach = [...mayTouch(ctx, table.entities, ['read']), ...unit]
  const within = reach.length ? await reachable(ctx, table, definitions.map(d => d.id), reach) : null
  const sight = { table, generation: table.generation }
  // the example may lie outside the days and the filter, never outside what the caller may see
  const may = q.variant === undefined || (await sql`select 1 from process_instance i where i.tenant_id = ${ctx.tenant.id} and i.id = ${q.variant} and ${all(mayTouch(ctx, table.entities, ['read']))}`.execute(ctx.db)).rows.length > 0
  const slots = sameCourse(table, narrowed(table, within, { from: from?.getTime() ?? -Infinity, to: to?.getTime() ?? Infinity, version: q.version ?? null }), q.variant, may)
  const of = slots.length === table.ids.length ? 'all' : createHash('sha256').update(slots).digest('base64')
  return { process, versions: definitions, table, slots, truncated: false, figure: (question, compute) => figure(entry, sight, `${of} ${question}`, compute) }
}

/**
 * Whose cases they are: those of records as far as the record lies in the caller's scope, whatever kind of record the process was begun for; those
 * of no record (imported logs) are everybody's who may look at processes.
 */
export function mayTouch(ctx: Ctx, kinds: Iterable<string>, verbs: readonly Verb[]): Condition[] {
  const bound = [...kinds]
  if (!bound.length) return []
  return [any([sql<boolean>`i.entity is null`, ...bound.flatMap(name => {
    const entity = ctx.entities.find(name)
    const scopes = entity ? verbs.map(verb => visible(ctx, entity, 't', verb)) : [null]
    return scopes.every(scope => scope !== null) ? [sql<boolean>`(i.entity = ${name} and exists (select 1 from ${sql.table(entity!.table)} as t where t.id = i.record_id and ${all(scopes)}))`] : []
  })])]
}

export const inUnit = (unitId: string): Condition => sql<boolean>`exists (select 1 from unit_closure c where c.tenant_id = i.tenant_id and c.ancestor_id = ${unitId} and c.descendant_id = i.unit_id)`

/** Cases whose record a filter of lists keeps: product line, fault, whatever the record has and the caller may see. */
function ofRecords(ctx: Ctx, name: string | null, text: string): Condition {
  const entity = name ? ctx.entities.find(name) : undefined
  if (!entity) return fail('BAD_FILTER', { reason: '这个流程的案例没有记录' })
  let filter: unknown
  try { filter = JSON.parse(text) } catch { return fail('BAD_FILTER', { reason: '不是 JSON' }) }
  return sql<boolean>`exists (select 1 from ${sql.table(entity.table)} as t where t.tenant_id = i.tenant_id and t.id = i.record_id and ${compileFilter(ctx, entity, 't', filter)})`
}

/** Of the cases those that took the same course as an example; none where that is not there, or not the caller's to see. */
function sameCourse(t: CaseTable, slots: Uint32Array, like: string | undefined, may: boolean): Uint32Array {
  if (like === undefined) return slots
  const of = t.slotOf.get(idBytes(like)), course = of !== undefined && may ? courseOf(t, of) : null
  return course === null ? new Uint32Array(0) : slots.filter(slot => courseOf(t, slot) === course)
}

/** The activities of a case in their order, as a key. */
export function courseOf(t: CaseTable, slot: number): string {
  let key = ''
  for (let i = t.first[slot]!; i < t.first[slot]! + t.length[slot]!; i++) key += `${t.labelActivity[t.label[i]!]!},`
  return key
}

/** Kinds of records that a process was begun for. */
export async function recordKinds(ctx: Ctx, definitionIds: string[]): Promise<string[]> {
  const rows = await ctx.query<{ entity: string }>('select distinct entity from process_instance where tenant_id = $1 and definition_id = any($2::uuid[]) and entity is not null', [ctx.tenant.id, definitionIds])
  return rows.map(r => r.entity)
}

/** Which cases of the table the caller's scope and the unit asked for leave: asked of the database at every look. */
async function reachable(ctx: Ctx, t: CaseTable, definitionIds: string[], reach: readonly Condition[]): Promise<Uint8Array> {
  const { rows: [row] } = await sql<{ ids: Buffer | null }>`select string_agg(uuid_send(i.id), ''::bytea) as ids from process_instance i
    where i.tenant_id = ${ctx.tenant.id} and i.definition_id = any(${definitionIds}::uuid[]) and ${all(reach)}`.execute(ctx.db)
  const seen = new Uint8Array(t.ids.length)
  const ids = row?.ids
  for (let at = 0; ids && at < ids.length; at += 16) {
    // a case begun since the table was read is for the next look
    const slot = t.slotOf.get(ids.toString('latin1', at, at + 16))
    if (slot !== undefined) seen[slot] = 1
  }
  return seen
}

function narrowed(t: CaseTable, within: Uint8Array | null, q: { from: number; to: number; version: number | null }): Uint32Array {
  const slots = new Uint32Array(t.ids.length)
  let n = 0
  for (let slot = 0; slot < slots.length; slot++) {
    const started = t.caseStarted[slot]!
    if ((!within || within[slot]) && started >= q.from && started < q.to && (q.version === null || t.caseVersion[slot] === q.version)) slots[n++] = slot
  }
  return slots.subarray(0, n)
}

/** What a process really did: counts, time per activity, the map of what follows what, the commonest courses. */
export async function statistics(ctx: Ctx, key: string, q: StatisticsQuery) {
  const l = await look(ctx, key, q)
  const measure = q.measure ?? 'total'
  const ways = q.ways ?? 12
  const mined = l.figure(`mine ${measure} ${ways}`, () => mine(l.table, l.slots, { measure, top: ways }))
  const { entity, ...process } = l.process
  return {
    process, entity, versions: l.versions.length, truncated: l.truncated, ...mined,
    dfg: filterDfg(mined.dfg, { activities: q.activities ?? 1, paths: q.paths ?? 1 }),
    variants: { ...mined.variants, variants: mined.variants.variants.map(v => ({ ...v, exampleCase: idText(v.exampleCase) })) },
  }
}

/** All processes that the caller may look at, with how many cases they may see of each. */
export async function processes(ctx: Ctx) {
  const bound = ctx.entities.all().filter(e => !e.internal && ctx.access.grants.has(`${e.name}:read`))
  const seen = sql.join([sql<boolean>`i.entity is null`, ...bound.map(e => sql<boolean>`(i.entity = ${e.name} and exists (select 1 from ${sql.table(e.table)} as t where t.id = i.record_id and ${visible(ctx, e, 't')!}))`)], sql` or `)
  const { rows } = await sql<{ key: string; version: number; name: string; kind: string; entity: string | null; at: Date; cases: number; open: number }>`
    select d.key, max(d.version) as version, (array_agg(d.name order by d.version desc))[1] as name, (array_agg(d.kind order by d.version desc))[1] as kind, (array_agg(d.entity order by d.version desc))[1] as entity,
      max(d.created_at) as at, coalesce(sum(c.cases), 0)::int as cases, coalesce(sum(c.open), 0)::int as open
    from process_definition d left join lateral (
      select count(*) as cases, count(*) filter (where i.state = 'active') as open from process_instance i where i.tenant_id = d.tenant_id and i.definition_id = d.id and (${seen})) c on true
    where d.tenant_id = ${ctx.tenant.id} group by d.key order by kind, name`.execute(ctx.db)
  return rows
}
