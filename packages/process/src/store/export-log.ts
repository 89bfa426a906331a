import { all, dayOf, fail, fieldLevel, list, requirePermission, startOfDay, withTx, type CompiledEntity, type CompiledField, type Condition, type Ctx } from '@quancheng/kernel'
import { sql } from 'kysely'
import { writeCsv, writeXes, type Attributes, type LogCase, type LogEvent } from '../log/index.ts'
import { writeOcel, type ObjectCase } from '../log/write-ocel.ts'
import { mapped } from '../log/map-cases.ts'
import { inUnit, mayTouch, recordKinds, type CaseQuery } from './statistics.ts'

export type LogFormat = 'xes' | 'csv' | 'ocel'
export interface LogFile { name: string; mediaType: string; text: AsyncIterable<string> }

/** Cases that are in memory at a time; as many as one page of records. */
const BATCH = 200

interface InstanceOut { id: string; label: string | null; version: number; entity: string | null; record_id: string | null; started_at: Date; ended_at: Date | null; end_name: string | null; variables: Record<string, unknown> }
interface StepOut { instance_id: string; name: string; node_id: string; kind: string; role: string | null; resource: string | null; state: string; entered_at: Date; started_at: Date | null; finished_at: Date | null; outcome: string | null; minutes: string | null; late: boolean | null; judged: boolean }

/**
 * The history of a process as an event log, as far as the caller may see and export it: XES 1.0, CSV with the column names of XES and the
 * case's objects (customer, device, …) as columns, or OCEL 2.0 JSON, in which they are objects of their own. The cases are fixed when
 * the export begins; each batch of them is then read in a short transaction of its own, so that a slow reader holds nothing.
 */
export async function exportLog(ctx: Ctx, key: string, q: CaseQuery, format: LogFormat): Promise<LogFile> {
  const definitions = await ctx.query<{ id: string; name: string; version: number; entity: string | null }>('select id, name, version, entity from process_definition where tenant_id = $1 and key = $2 and ($3::int is null or version = $3) order by version desc', [ctx.tenant.id, key, q.version ?? null])
  const newest = definitions[0] ?? fail('PROCESS_UNKNOWN', { key })
  const definitionIds = definitions.map(d => d.id)
  const kinds = await recordKinds(ctx, definitionIds)
  const entity = newest.entity ? ctx.entities.get(newest.entity) : kinds.length === 1 ? ctx.entities.find(kinds[0]!) ?? null : null
  const conditions = within(ctx, entity, kinds, definitionIds, q)
  const { rows: [chosen] } = await sql<{ ids: Buffer | null }>`select string_agg(uuid_send(i.id), ''::bytea order by i.started_at, i.id) as ids from process_instance i where ${all(conditions)}`.execute(ctx.db)
  const ids = chosen?.ids ?? Buffer.alloc(0)
  const objects = entity ? objectFields(ctx, entity) : []
  const versions = new Map(definitions.map(d => [d.id, d.version]))
  const cases = (async function* (): AsyncGenerator<ObjectCase> {
    for (let from = 0; from < ids.length; from += BATCH * 16) {
      yield* await withTx(ctx.runtime.pool, { tenantId: ctx.tenant.id, readOnly: true }, tx =>
        batch({ ...ctx, db: tx.db, query: tx.query, send: tx.send, afterCommit: tx.afterCommit }, ids.subarray(from, from + BATCH * 16).toString('hex'), conditions, { entity, objects, versions, mapping: format !== 'ocel' }))
    }
  })()
  const name = `${newest.name}-${dayOf(ctx.now(), ctx.tenant.timeZone).toISOString().slice(0, 10)}`
  if (format === 'ocel') return { name: `${name}.jsonocel`, mediaType: 'application/json; charset=utf-8', text: writeOcel(cases, { caseType: entity?.name ?? 'case' }) }
  const logged = mapped(cases, asLogCase)
  if (format === 'xes') return { name: `${name}.xes`, mediaType: 'application/xml; charset=utf-8', text: writeXes(logged, { name: newest.name }) }
  return { name: `${name}.csv`, mediaType: 'text/csv; charset=utf-8', text: writeCsv(logged, { caseAttributes: ['version', ...objects.map(f => f.name), 'end'], eventAttributes: EVENT_ATTRIBUTES, guardFormulas: true }) }
}

/** The caller's scope, to read and to export, and what was asked for. */
function within(ctx: Ctx, entity: CompiledEntity | null, kinds: readonly string[], definitionIds: string[], q: CaseQuery): Condition[] {
  if (entity) for (const verb of ['read', 'export'] as const) requirePermission(ctx.access, `${entity.name}:${verb}`, entity)
  const conditions: Condition[] = [sql<boolean>`i.tenant_id = ${ctx.tenant.id}`, sql<boolean>`i.definition_id = any(${definitionIds}::uuid[])`, ...mayTouch(ctx, kinds, ['read', 'export'])]
  const day = (text: string, plus = 0): Date => startOfDay(new Date(Date.parse(`${text}T00:00:00Z`) + plus * 86_400_000), ctx.tenant.timeZone)
  if (q.from) conditions.push(sql<boolean>`i.started_at >= ${day(q.from)}`)
  if (q.to) conditions.push(sql<boolean>`i.started_at < ${day(q.to, 1)}`)
  if (q.unitId) conditions.push(inUnit(q.unitId))
  return conditions
}

/** What a case has to do with: the references of its record that the caller may read in full. */
const objectFields = (ctx: Ctx, entity: CompiledEntity): CompiledField[] =>
  [...entity.fields.values()].filter(f => f.type === 'ref' && f.target && !f.hidden && !['createdBy', 'updatedBy'].includes(f.name) && ['edit', 'read'].includes(fieldLevel(ctx.access, entity, f)))

async function batch(ctx: Ctx, hex: string, conditions: readonly Condition[], o: { entity: CompiledEntity | null; objects: readonly CompiledField[]; versions: ReadonlyMap<string, number>; mapping: boolean }): Promise<ObjectCase[]> {
  const ids = hex.match(/.{32}/g) ?? []
  const { rows: instances } = await sql<InstanceOut & { definition_id: string }>`
    select i.id, i.label, i.definition_id, i.entity, i.record_id, i.started_at, i.ended_at, i.end_name, case when i.entity is null then i.variables else '{}'::json end as variables
    from process_instance i where ${all([...conditions, sql<boolean>`i.id = any(${ids}::uuid[])`])} order by i.started_at, i.id`.execute(ctx.db)
  const steps = await ctx.query<StepOut>(
    `select s.instance_id, s.name, s.node_id, s.kind, s.role, coalesce(s.resource, u.name) as resource, s.state, s.entered_at, s.started_at, s.finished_at, s.outcome, s.minutes, s.late, s.due_at is not null as judged
     from process_step s left join "user" u on u.tenant_id = s.tenant_id and u.id = s.finished_by where s.tenant_id = $1 and s.instance_id = any($2::uuid[]) and s.state <> 'cancelled' and s.kind <> 'vote' order by s.instance_id, s.seq`, [ctx.tenant.id, instances.map(i => i.id)])
  const of = Map.groupBy(steps, s => s.instance_id)
  const records = new Map<string, Record<string, unknown>>()
  const recordIds = instances.flatMap(i => (i.record_id && i.entity === o.entity?.name ? [i.record_id] : []))
  if (o.entity && o.objects.length && recordIds.length) {
    const page = await list(ctx, o.entity, { filter: { id: { in: recordIds } } as never, fields: o.objects.map(f => f.name), limit: BATCH }, 'export')
    for (const row of page.items) records.set(row.id as string, row)
  }
  return instances.map(i => {
    const record = i.record_id ? records.get(i.record_id) : undefined
    const labels = (record?.$labels ?? {}) as Record<string, string>
    return {
      id: i.label ?? i.id, version: o.versions.get(i.definition_id)!, startedAt: i.started_at, endedAt: i.ended_at, end: i.end_name, attributes: i.variables,
      objects: o.objects.flatMap(f => (typeof record?.[f.name] === 'string' ? [{ field: f.name, type: f.target!, id: record[f.name] as string, label: labels[f.name] ?? '' }] : [])),
      steps: (of.get(i.id) ?? []).map(s => ({
        activity: s.name, nodeId: s.kind === 'log' ? null : s.node_id, role: s.role, resource: s.resource, enteredAt: s.entered_at, startedAt: s.started_at, finishedAt: s.finished_at, outcome: s.outcome,
        businessMinutes: s.kind === 'log' || s.minutes === null ? null : Number(s.minutes), late: s.judged && s.finished_at ? s.late : null,
      })),
    }
  })
}

const EVENT_ATTRIBUTES = ['concept:instance', 'node', 'org:role', 'entered', 'outcome', 'waitingMinutes', 'workingMinutes', 'businessMinutes', 'late']

const minutes = (from: Date | null, to: Date | null): number | null => (from && to ? Math.max(0, Math.round((to.getTime() - from.getTime()) / 600) / 100) : null)

/** A start and a completion where both are known; what is known of the time stands with the completion. */
function asLogCase(c: ObjectCase): LogCase {
  const events: LogEvent[] = []
  for (const [i, s] of c.steps.entries()) {
    const base: Attributes = { 'concept:instance': String(i + 1), node: s.nodeId, 'org:role': s.role, entered: s.enteredAt }
    const at = { activity: s.activity, resource: s.resource, line: 0 }
    if (s.startedAt) events.push({ ...at, lifecycle: 'start', lifecycleRaw: 'start', at: s.startedAt, attributes: base })
    if (s.finishedAt) {
      events.push({ ...at, lifecycle: 'complete', lifecycleRaw: 'complete', at: s.finishedAt, attributes: {
        ...base, outcome: s.outcome, waitingMinutes: minutes(s.enteredAt, s.startedAt), workingMinutes: minutes(s.startedAt, s.finishedAt), businessMinutes: s.businessMinutes, late: s.late,
      } })
    }
  }
  events.sort((a, b) => a.at.getTime() - b.at.getTime())
  return { id: c.id, events, attributes: { ...c.attributes, ...(c.objects.length || !Object.keys(c.attributes).length ? { version: c.version, end: c.end } : {}), ...Object.fromEntries(c.objects.map(o => [o.field, o.label])) } }
}
