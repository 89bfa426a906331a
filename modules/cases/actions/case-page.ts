import { can, defineAction, pick, read, visible, type Ctx } from '@quancheng/kernel'
import { calendarOf, caseCourse, freeDetail, lookAtInstance, mayOperate, reachCase, taskDetail } from '@quancheng/process'
import { sql } from 'kysely'
import { z } from 'zod'
import { dayMinutes } from '../rules/ageing.ts'
import { SEEN } from './places.ts'
import { reachable } from './reach.ts'

/** Steps of one case whose acts are looked up for the page. */
const MOST_STEPS = 20

interface Place { stepId: string | null; seen: string }
type Can = Record<'claim' | 'complete' | 'release' | 'reassign' | 'pause' | 'resume', boolean>

/** One case whole, whether or not it has a record: where it is, what happened, what it waits for, what can be done. */
async function casePage(ctx: Ctx, id: string) {
  const head = await reachable(ctx, id)
  const { instance } = await lookAtInstance(ctx, id)
  const operator = mayOperate(ctx)
  const entity = head.entity ? ctx.entities.get(head.entity) : null
  const row = entity ? await read((await reachCase(ctx, id)).as, entity, head.record_id!) : {}
  const course = await caseCourse(ctx, entity, row, instance)
  const [starter] = instance.started_by ? await ctx.query<{ name: string }>('select name from "user" where tenant_id = $1 and id = $2', [ctx.tenant.id, instance.started_by]) : []
  const [unit] = instance.unit_id ? await ctx.query<{ name: string }>('select name from unit where tenant_id = $1 and id = $2', [ctx.tenant.id, instance.unit_id]) : []
  const waits = await ctx.query<{ kind: string; name: string | null; key: string | null; since: Date }>('select kind, name, key, since from process_wait where tenant_id = $1 and instance_id = $2 order by since, id limit 50', [ctx.tenant.id, id])
  const incidents = await ctx.query<{ id: string; kind: string; code: string | null; message: string; at: Date; resolvedAt: Date | null; nodeId: string | null }>('select id, kind, code, message, at, resolved_at as "resolvedAt", node_id as "nodeId" from process_incident where tenant_id = $1 and instance_id = $2 order by at desc limit 20', [ctx.tenant.id, id])
  const open = course.steps.filter(s => ['waiting', 'active', 'paused'].includes(s.state))
  const seen = await sql<Place>`select s.id as "stepId", ${SEEN} as seen from process_instance i left join process_step s on s.tenant_id = i.tenant_id and s.instance_id = i.id and s.state in ('waiting','active','paused') and s.kind <> 'vote' where i.tenant_id = ${ctx.tenant.id} and i.id = ${id}`.execute(ctx.db)
  const cans: Record<string, Can> = {}
  for (const s of open.slice(0, MOST_STEPS)) if (s.kind === 'user') cans[s.id] = await actsOn(ctx, s.id, entity !== null)
  return {
    id, label: head.label ?? '', entity: entity?.name ?? null, entityLabel: entity ? pick(entity.label, ctx.locale) : null, plural: entity?.plural ?? null, recordId: head.record_id, unitName: unit?.name ?? null, starterName: starter?.name ?? null, urgedAt: instance.urged_at,
    ...course, nextDueAt: open.map(s => s.dueAt).filter(d => d !== null).toSorted((a, b) => a.getTime() - b.getTime())[0] ?? null,
    waits, incidents: operator ? incidents : incidents.map(({ message: _m, code: _c, ...i }) => ({ ...i, message: null, code: null })), related: await relatedOf(ctx, instance, id), dayMinutes: dayMinutes(await calendarOf(ctx)),
    variables: operator ? instance.variables : null, seen: Object.fromEntries(seen.rows.map(r => [r.stepId ?? '', r.seen])), acts: cans,
    can: { cancel: operator && instance.state === 'active', urge: entity !== null && instance.state === 'active', openRecord: entity !== null, incidents: operator, migrate: can(ctx.access, 'process:operate') },
  }
}

async function actsOn(ctx: Ctx, stepId: string, ofRecord: boolean): Promise<Can> {
  const { claim, complete, release, reassign, pause, resume } = (await (ofRecord ? taskDetail(ctx, stepId) : freeDetail(ctx, stepId))).can
  return { claim, complete, release, reassign, pause, resume }
}

/** Processes that run inside it, cases that wait for it or that it waits for, and the other cases of its record; of those, the ones that the caller may see. */
async function relatedOf(ctx: Ctx, i: { engine: { scopes?: ReadonlyArray<{ called?: string | undefined }> | undefined } | null; record_id: string | null; entity: string | null; on_end: unknown }, id: string) {
  const rows = await ctx.query<{ id: string; label: string | null; process: string; state: string; startedAt: Date; how: 'waitsFor' | 'waitedBy' | 'sameRecord' }>(
    `select o.id, o.label, d.name as process, o.state, o.started_at as "startedAt", o.how from (
       select i.*, 'waitsFor' as how from process_step s join process_instance i on i.tenant_id = s.tenant_id and i.id = (s.data->'gate'->>'caseId')::uuid where s.tenant_id = $1 and s.instance_id = $2 and s.data ? 'gate'
       union select i.*, 'waitedBy' from process_step s join process_instance i on i.tenant_id = s.tenant_id and i.id = s.instance_id where s.tenant_id = $1 and s.id = $3::uuid
       union select i.*, 'sameRecord' from process_instance i where i.tenant_id = $1 and i.record_id = $4::uuid and i.entity = $5 and i.id <> $2) o
     join process_definition d on d.tenant_id = o.tenant_id and d.id = o.definition_id order by o.started_at desc limit 30`.replaceAll('i.*', 'i.tenant_id, i.id, i.label, i.definition_id, i.state, i.started_at'),
    [ctx.tenant.id, id, (i.on_end as { step?: string } | null)?.step ?? null, i.record_id, i.entity])
  const seen: typeof rows = []
  for (const r of rows) if (!seen.some(s => s.id === r.id) && await reachable(ctx, r.id).then(() => true, () => false)) seen.push(r)
  return { cases: seen, called: [...new Set((i.engine?.scopes ?? []).flatMap(s => s.called ?? []))].map(ref => { const [key, version] = ref.split('@'); return { key: key!, version: Number(version) || null } }) }
}

export const casePageAction = defineAction({
  name: 'casePage', label: ['一个案例', 'A case'], method: 'GET', path: '/api/case-pages/:id', permission: 'process:read', scoped: false, readOnly: true, input: z.object({ id: z.uuid() }), run: (ctx, { id }) => casePage(ctx, id),
})

/** Processes are told apart by how busy they are up to here. */
const BUSY = 1000

/** Processes to choose from, the busiest first: those that are drawn. Imported logs have no cases to act on. */
export const caseProcesses = defineAction({
  name: 'caseProcesses', label: ['有案例的流程', 'Processes with cases'], method: 'GET', path: '/api/case-list/processes', permission: 'process:read', scoped: false, readOnly: true,
  run: async ctx => {
    const rows = await ctx.query<{ key: string; name: string; version: number; free: boolean; entities: string[]; open: number }>(
      `select d.key, (array_agg(d.name order by d.version desc))[1] as name, max(d.version)::int as version, bool_or(d.entity is null) as free, coalesce(array_agg(distinct d.entity) filter (where d.entity is not null), '{}') as entities,
         sum((select count(*) from (select 1 from process_instance i where i.tenant_id = d.tenant_id and i.definition_id = d.id and i.state = 'active' limit ${BUSY}) x))::int as open
       from process_definition d where d.tenant_id = $1 and d.kind = 'bpmn' group by d.key order by open desc, name`, [ctx.tenant.id])
    return { items: rows.filter(r => r.free || r.entities.some(e => { const entity = ctx.entities.find(e); return entity !== undefined && visible(ctx, entity, 't') !== null })).map(({ key, name, version, open }) => ({ key, name, version, open: open > 0 })) }
  },
})
