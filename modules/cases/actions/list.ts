import { all, businessMinutesBetween, defineAction, fail, type Condition, type Ctx } from '@quancheng/kernel'
import { calendarOf, foreseeCases, foreseeSteps, latenessOf, minutesUsed, type StepPause } from '@quancheng/process'
import { sql, type RawBuilder } from 'kysely'
import { z } from 'zod'
import { QUESTION, sortOf, type Question } from '../rules/question.ts'
import { ageOf, endedWhere, incidentOn, NODE, SEEN, STEPS, steplessWhere, stepsWhere, UNASSIGNED } from './places.ts'
import { choose, type Chosen } from './reach.ts'

/** Past this the number of hits is not counted further. */
const COUNT_CAP = 10_000

interface Raw {
  id: string; k: string; caseId: string; stepId: string | null; label: string | null; entity: string | null; recordId: string | null; version: number; state: string; node: string | null; step: string | null; stepState: 'waiting' | 'active' | 'paused' | null; kind: string | null; role: string | null
  unitName: string | null; assigneeId: string | null; assigneeName: string | null; voters: string | null; enteredAt: Date | null; dueAt: Date | null; warnAt: Date | null; tentative: boolean; clock: 'business' | 'clock' | null; standard: string | null; pauses: StepPause[] | null
  startedAt: Date; starterName: string | null; endedAt: Date | null; endName: string | null; urgedAt: Date | null; incident: boolean; unassigned: boolean; seen: string
}

const BY: Record<'step' | 'stepless' | 'ended', Record<'since' | 'due' | 'started' | 'label', RawBuilder<unknown>>> = {
  step: { since: sql`s.entered_at`, due: sql`coalesce(s.due_at, 'infinity')`, started: sql`i.started_at`, label: sql`coalesce(i.label, '')` },
  stepless: { since: sql`i.started_at`, due: sql`'infinity'::timestamptz`, started: sql`i.started_at`, label: sql`coalesce(i.label, '')` },
  ended: { since: sql`i.ended_at`, due: sql`i.ended_at`, started: sql`i.started_at`, label: sql`coalesce(i.label, '')` },
}

type Kind = keyof typeof BY
interface Part { kind: Kind; from: RawBuilder<unknown>; where: Condition }

/** What the question is about: open steps and cases without one, or ended cases version by version, so that each part is one range of an index. */
async function partsOf(ctx: Ctx, c: Chosen, q: Question): Promise<Part[]> {
  const instances = sql`process_instance i`
  if (q.state !== 'open') return c.ids.map((id): Part => ({ kind: 'ended', from: instances, where: endedWhere(ctx, c, id, q) }))
  const still = steplessWhere(ctx, c, q)
  const steps: Part[] = q.node === '-' ? [] : [{ kind: 'step', from: STEPS, where: stepsWhere(ctx, c, q, q.age ? await ageOf(ctx, c) : undefined) }]
  return [...steps, ...(still ? [{ kind: 'stepless' as const, from: instances, where: still }] : [])]
}

const TIME = /^(infinity|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d)?)$/

function position(cursor: string, by: string): { k: string; id: string } {
  let parts: unknown
  try { parts = JSON.parse(Buffer.from(cursor, 'base64url').toString()) } catch { return fail('BAD_CURSOR') }
  const [k, id] = Array.isArray(parts) && parts.length === 2 ? parts as unknown[] : []
  if (typeof k !== 'string' || k.includes('\0') || typeof id !== 'string' || !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id) || (by !== 'label' && !TIME.test(k))) return fail('BAD_CURSOR')
  return { k, id }
}

/** The statement of one page: each part is cut to a page before it is joined to names. */
export async function pageQuery(ctx: Ctx, c: Chosen, q: Question, o: { limit: number; after?: string | undefined }) {
  const { by, desc } = sortOf(q)
  const way = sql.raw(desc ? 'desc' : 'asc')
  const at = o.after ? position(o.after, by) : null
  const parts = (await partsOf(ctx, c, q)).map(p => {
    const k = BY[p.kind][by], id = sql.ref(p.kind === 'step' ? 's.id' : 'i.id')
    const beyond = at ? [sql<boolean>`(${k}, ${id}) ${sql.raw(desc ? '<' : '>')} (${at.k}${sql.raw(by === 'label' ? '::text' : '::timestamptz')}, ${at.id}::uuid)`] : []
    return sql`(select ${p.kind === 'step' ? sql`s.id` : sql`null::uuid`} as step_id, i.id as case_id, ${k} as k from ${p.from} where ${all([p.where, ...beyond])} order by ${k} ${way}, ${id} ${way} limit ${sql.lit(o.limit + 1)})`
  })
  if (!parts.length) return null
  return sql<Raw>`
    select coalesce(x.step_id, x.case_id) as id, x.k::text as k, i.id as "caseId", s.id as "stepId", i.label, i.entity, i.record_id as "recordId", d.version, i.state, case when s.id is not null then ${NODE} end as node, s.name as step, s.state as "stepState", s.kind,
      (select r.name from role r where r.tenant_id = s.tenant_id and r.code = s.role) as role, un.name as "unitName", s.assignee_id as "assigneeId", a.name as "assigneeName",
      (select string_agg(w.name, '、' order by v.seq) from process_step v join "user" w on w.tenant_id = v.tenant_id and w.id = v.assignee_id where v.tenant_id = s.tenant_id and v.parent_id = s.id and v.state in ('waiting', 'active', 'paused')) as voters,
      s.entered_at as "enteredAt", s.due_at as "dueAt", s.warn_at as "warnAt", coalesce(s.tentative, false) as tentative, s.clock, s.standard_minutes as standard, s.pauses, i.started_at as "startedAt", st.name as "starterName", i.ended_at as "endedAt", i.end_name as "endName", i.urged_at as "urgedAt",
      ${incidentOn(false)} as incident, coalesce(${UNASSIGNED}, false) as unassigned, ${SEEN} as seen
    from (${sql.join(parts, sql` union all `)}) x
      join process_instance i on i.tenant_id = ${ctx.tenant.id} and i.id = x.case_id join process_definition d on d.tenant_id = i.tenant_id and d.id = i.definition_id
      left join process_step s on s.tenant_id = i.tenant_id and s.id = x.step_id left join "user" a on a.tenant_id = i.tenant_id and a.id = s.assignee_id left join "user" st on st.tenant_id = i.tenant_id and st.id = i.started_by
      left join unit un on un.tenant_id = i.tenant_id and un.id = coalesce(s.unit_id, i.unit_id)
    order by x.k ${way}, coalesce(x.step_id, x.case_id) ${way} limit ${sql.lit(o.limit + 1)}`
}

export async function listCases(ctx: Ctx, q: Question, o: { limit: number; after?: string | undefined; count?: boolean; eta?: boolean }) {
  const c = await choose(ctx, q.key, q.version)
  const rows = (await (await pageQuery(ctx, c, q, o))?.execute(ctx.db))?.rows ?? []
  const shown = rows.slice(0, o.limit), last = shown.at(-1)
  const cal = await calendarOf(ctx), now = ctx.now()
  const open = o.eta && q.state === 'open' ? shown : []
  const etas = await foreseeSteps(ctx, open.map(r => r.stepId)), ends = await foreseeCases(ctx, [...new Set(open.map(r => r.caseId))])
  const items = await Promise.all(shown.map(async ({ k: _k, warnAt, clock, standard, pauses, ...r }) => {
    const used = r.enteredAt && standard !== null ? await minutesUsed(ctx, clock ?? 'business', r.enteredAt, now, pauses ?? []) : null
    return {
      ...r, ageMinutes: Math.round(businessMinutesBetween(cal, r.endedAt ? r.startedAt : r.enteredAt ?? r.startedAt, r.endedAt ?? now)), lateness: r.stepState ? latenessOf({ dueAt: r.dueAt, warnAt, state: r.stepState, late: null }, now) : 'ok' as const,
      minutesLeft: used === null ? null : Math.round((Number(standard) - used) * 100) / 100, pausedFor: r.stepState === 'paused' ? pauses?.at(-1)?.reason ?? '' : null, eta: (r.stepId && etas.get(r.stepId)) || null, caseEta: ends.get(r.caseId) ?? null,
    }
  }))
  const next = rows.length > o.limit && last ? Buffer.from(JSON.stringify([last.k, last.id])).toString('base64url') : null
  return { items, next, ...(o.count ? { total: await countOf(ctx, c, q) } : {}) }
}
export type CaseLine = Awaited<ReturnType<typeof listCases>>['items'][number]

async function countOf(ctx: Ctx, c: Chosen, q: Question): Promise<number> {
  const parts = await partsOf(ctx, c, q)
  if (!parts.length) return 0
  const { rows: [row] } = await sql<{ n: number }>`select count(*)::int as n from (${sql.join(parts.map(p => sql`(select 1 from ${p.from} where ${p.where} limit ${sql.lit(COUNT_CAP)})`), sql` union all `)}) x`.execute(ctx.db)
  return Math.min(row!.n, COUNT_CAP)
}

export const caseList = defineAction({
  name: 'caseList', label: ['流程案例', 'Cases'], method: 'GET', path: '/api/case-list', permission: 'process:read', scoped: false, readOnly: true,
  input: QUESTION.extend({ after: z.string().max(1000).optional(), limit: z.coerce.number().int().min(1).max(200).default(50), count: z.stringbool().default(false) }),
  run: (ctx, { after, limit, count, ...q }) => listCases(ctx, q, { after, limit, count, eta: true }),
})
