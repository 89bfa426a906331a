import { fieldLevel, fieldMeta, read, type CompiledEntity, type Ctx } from '@quancheng/kernel'
import { sql } from 'kysely'
import { URGE_MINUTES, lastAct } from './approval-acts.ts'
import { actingOn } from './acting.ts'
import { caseCourse } from './case.ts'
import { definitionById } from './definitions.ts'
import { lookAtInstance } from './load.ts'
import { mayReassign } from './held.ts'
import { reachCase } from './reach.ts'

/** The form as it was filled in: every field that the reader may see and that says something, in the order of the declaration. */
async function formOf(as: Ctx, entity: CompiledEntity, recordId: string) {
  const row = await read(as, entity, recordId)
  const hidden = new Set([entity.scope?.owner === 'id' ? '' : 'stage'])
  return [...entity.fields.values()].filter(x => !x.system && !x.hidden && !hidden.has(x.name) && fieldLevel(as.access, entity, x) !== 'none' && row[x.name] !== null && row[x.name] !== undefined).map(x => ({
    ...fieldMeta(as, entity, x), value: row[x.name] instanceof Date ? (row[x.name] as Date).toISOString() : row[x.name], valueLabel: (row.$labels as Record<string, unknown>)[x.name] ?? null,
  }))
}

/** Everything on the page of one approval: the form, the course with every vote, the picture, and what the reader may do. */
export async function approvalOf(ctx: Ctx, caseId: string) {
  const c = await reachCase(ctx, caseId)
  const { instance, entity, as } = c
  const definition = await definitionById(ctx, instance.definition_id)
  const me = ctx.user?.id ?? null
  const loaded = instance.state === 'active' ? await lookAtInstance(ctx, caseId) : null
  const open = loaded ? [...loaded.votes, ...loaded.live.filter(s => s.kind === 'user')] : []
  let task: { id: string; forName: string | null; kind: string } | null = null
  for (const step of open) {
    if (!step.assignee_id || step.state === 'queued') continue
    const acting = await actingOn(ctx, step, { entity: entity.name, key: definition.key, startedBy: instance.started_by })
    if (step.assignee_id === me || acting.behalf) { task = { id: step.id, forName: acting.behalf?.name ?? null, kind: step.kind }; if (step.assignee_id === me) break }
  }
  const last = instance.state === 'active' ? await lastAct(ctx, caseId) : null
  const [starter] = instance.started_by ? await ctx.query<{ name: string; unit: string | null }>('select u.name, n.name as unit from "user" u left join unit n on n.tenant_id = u.tenant_id and n.id = u.unit_id where u.tenant_id = $1 and u.id = $2', [ctx.tenant.id, instance.started_by]) : []
  const course = await caseCourse(as, entity, await read(as, entity, c.recordId), instance)
  const urgedRecently = instance.urged_at !== null && ctx.now().getTime() - new Date(instance.urged_at).getTime() < URGE_MINUTES * 60_000
  const waited = open.some(s => s.assignee_id && s.assignee_id !== me && s.state !== 'queued')
  const copies = await ctx.query('select u.name, k.read_at as "readAt", k.sent_at as "sentAt" from case_copy k join "user" u on u.tenant_id = k.tenant_id and u.id = k.user_id where k.tenant_id = $1 and k.case_id = $2 order by k.sent_at', [ctx.tenant.id, caseId])
  return {
    id: caseId, title: `${c.process}${starter ? ` · ${starter.name}` : ''}`, label: c.label, entity: entity.name, entityLabel: entity.label[0], plural: entity.plural, recordId: c.recordId,
    starter: starter ? { id: instance.started_by, name: starter.name, unitName: starter.unit } : null, reason: c.reason,
    form: await formOf(as, entity, c.recordId), ...course, copies, urgedAt: instance.urged_at, task,
    can: {
      withdraw: last ? last.finished_by === me && last.outcome !== 'return' && !loaded?.live.some(s => s.data.gate) : instance.state === 'active' && instance.started_by === me,
      urge: instance.state === 'active' && waited && !urgedRecently && (instance.started_by === me || c.reason === 'record'), copy: true,
      openRecord: c.reason === 'record', reassign: loaded?.votes.filter(() => mayReassign(ctx, entity.name)).map(v => v.id) ?? [],
    },
  }
}

export interface CaseRow { id: string; entity: string; recordId: string; process: string; key: string; title: string; summary: string; state: string; stage: string; startedAt: Date; endedAt: Date | null; starterName: string | null; at: Date; readAt: Date | null; note: string | null; byName: string | null; waitsFor: string | null }
export interface CaseList { items: CaseRow[]; next: string | null }

/** 我发起的, and 抄送我的: cases, the newest first. */
export async function cases(ctx: Ctx, o: { box: 'started' | 'copies'; after?: string | undefined; limit: number; running?: boolean | undefined }): Promise<CaseList> {
  const me = ctx.user!.id, offset = Math.max(0, Math.trunc(Number(o.after ?? 0)) || 0)
  const from = o.box === 'started' ? sql`process_instance i left join case_copy k on false` : sql`case_copy k join process_instance i on i.tenant_id = k.tenant_id and i.id::text = k.case_id`
  const where = o.box === 'started' ? sql<boolean>`i.tenant_id = ${ctx.tenant.id} and i.started_by = ${me}` : sql<boolean>`k.tenant_id = ${ctx.tenant.id} and k.user_id = ${me}`
  const { rows } = await sql<CaseRow>`
    select i.id, i.entity, i.record_id as "recordId", d.name as process, d.key, coalesce(s.title, i.label, '') as title, coalesce(s.subtitle, '') as summary, i.state, i.started_at as "startedAt", i.ended_at as "endedAt", u.name as "starterName",
      coalesce(k.sent_at, i.started_at) as at, k.read_at as "readAt", k.note, b.name as "byName",
      coalesce(i.end_name, (select string_agg(distinct p.name, '、') from process_step p where p.tenant_id = i.tenant_id and p.instance_id = i.id and p.kind = 'user' and p.state in ('waiting','active','paused')), case i.state when 'cancelled' then '已撤回' else '' end) as stage,
      (select string_agg(distinct w.name, '、') from process_step p join "user" w on w.tenant_id = p.tenant_id and w.id = p.assignee_id where p.tenant_id = i.tenant_id and p.instance_id = i.id and p.state in ('waiting','active','paused')) as "waitsFor"
    from ${from} join process_definition d on d.tenant_id = i.tenant_id and d.id = i.definition_id left join search_doc s on s.tenant_id = i.tenant_id and s.entity = i.entity and s.record_id = i.record_id
      left join "user" u on u.tenant_id = i.tenant_id and u.id = i.started_by left join "user" b on b.tenant_id = i.tenant_id and b.id = k.by_id
    where ${where} ${o.running === undefined ? sql`` : o.running ? sql`and i.state = 'active'` : sql`and i.state <> 'active'`}
    order by 12 desc, i.id limit ${sql.lit(o.limit + 1)} offset ${sql.lit(offset)}`.execute(ctx.db)
  return { items: rows.slice(0, o.limit), next: rows.length > o.limit ? String(offset + o.limit) : null }
}

/** Colleagues by name, for handing over, adding a signer, sending a copy: names and units only, which are no secret inside a company. */
export const colleagues = (ctx: Ctx, q: string): Promise<Array<{ id: string; name: string; unitName: string | null }>> => ctx.query(
  `select u.id, u.name, n.name as "unitName" from "user" u left join unit n on n.tenant_id = u.tenant_id and n.id = u.unit_id
   where u.tenant_id = $1 and not coalesce(u.off, false) and u.id <> $3 and ($2 = '' or u.name ilike '%' || $2 || '%' or u.username ilike $2 || '%' or n.name ilike '%' || $2 || '%') order by u.name limit 50`,
  [ctx.tenant.id, q.replaceAll(/[%_\\]/g, '').slice(0, 40), ctx.user!.id])
