import { createHash } from 'node:crypto'
import { fail, newId, referenceChanged, type Ctx } from '@quancheng/kernel'
import { checkTable, type DecisionTable, type DmnProblem, type HitPolicy } from '../dmn/index.ts'
import './decision-errors.ts'

export interface DecisionVersion { version: number; name: string; at: Date; by: string | null; byName: string | null; note: string | null; hitPolicy: HitPolicy; rules: number }

/** One table as its keeper sees it: what is in force, and what is being written. `version` null: never published. */
export interface DecisionLine {
  key: string; name: string; version: number | null; at: Date | null; byName: string | null; note: string | null
  /** of the newest published version, or of the draft where there is none */
  hitPolicy: HitPolicy; rules: number
  draft: { version: number; basedOn: number | null; at: Date; by: string | null; byName: string | null } | null
  /** processes whose newest version asks it */
  usedBy: Array<{ key: string; name: string }>
}

interface LineRow {
  key: string; name: string; version: number | null; at: Date | null; by_name: string | null; note: string | null; hit_policy: HitPolicy; rules: number
  draft_version: number | null; based_on: number | null; draft_at: Date | null; draft_by: string | null; draft_by_name: string | null
}

/** All tables, or the one with this key. */
export async function decisionLines(ctx: Ctx, key: string | null = null): Promise<DecisionLine[]> {
  const rows = await ctx.query<LineRow>(
    `with last as (select distinct on (key) * from decision_definition where tenant_id = $1 and ($2::text is null or key = $2) order by key, version desc)
     select coalesce(l.key, d.key) as key, coalesce(l.name, d.name) as name, l.version, l.created_at as at, a.name as by_name, l.note,
       coalesce(l.content, d.content)->>'hitPolicy' as hit_policy, jsonb_array_length(coalesce(l.content, d.content)->'rules') as rules,
       d.version as draft_version, d.based_on, d.updated_at as draft_at, d.updated_by as draft_by, b.name as draft_by_name
     from last l full join (select * from decision_draft where tenant_id = $1 and ($2::text is null or key = $2)) d on d.key = l.key
       left join "user" a on a.tenant_id = $1 and a.id = l.created_by left join "user" b on b.tenant_id = $1 and b.id = d.updated_by
     order by 2, 1`, [ctx.tenant.id, key])
  const uses = await usesOf(ctx)
  return rows.map(r => ({
    key: r.key, name: r.name, version: r.version, at: r.at, byName: r.by_name, note: r.note, hitPolicy: r.hit_policy, rules: r.rules, usedBy: uses.get(r.key) ?? [],
    draft: r.draft_version === null ? null : { version: r.draft_version, basedOn: r.based_on, at: r.draft_at!, by: r.draft_by, byName: r.draft_by_name },
  }))
}

/** Decision key → processes whose newest version names it in a business rule task, in our own way or in that of the usual modellers. */
async function usesOf(ctx: Ctx): Promise<Map<string, Array<{ key: string; name: string }>>> {
  const rows = await ctx.query<{ decision: string; key: string; name: string }>(
    `with last as (select distinct on (key) key, name, xml from process_definition where tenant_id = $1 and kind = 'bpmn' order by key, version desc)
     select distinct m[1] as decision, l.key, l.name from last l, regexp_matches(l.xml, '[:\\s](?:decision|decisionRef|decisionId)="([^"]+)"', 'g') m where l.xml ~ 'decision' order by 3`, [ctx.tenant.id])
  const uses = new Map<string, Array<{ key: string; name: string }>>()
  for (const { decision, key, name } of rows) uses.set(decision, [...uses.get(decision) ?? [], { key, name }])
  return uses
}

/** The published versions, the newest first. */
export async function decisionVersions(ctx: Ctx, key: string): Promise<DecisionVersion[]> {
  return ctx.query<DecisionVersion & Record<string, unknown>>(
    `select d.version, d.name, d.created_at as at, d.created_by as by, u.name as "byName", d.note, d.content->>'hitPolicy' as "hitPolicy", jsonb_array_length(d.content->'rules') as rules
     from decision_definition d left join "user" u on u.tenant_id = d.tenant_id and u.id = d.created_by where d.tenant_id = $1 and d.key = $2 order by d.version desc`, [ctx.tenant.id, key])
}

/** The table as it was published; without a number, the newest. */
export async function decisionTableOf(ctx: Ctx, key: string, version: number | null = null): Promise<{ version: number; table: DecisionTable }> {
  const [row] = await ctx.query<{ version: number; content: DecisionTable }>('select version, content from decision_definition where tenant_id = $1 and key = $2 and ($3::int is null or version = $3) order by version desc limit 1', [ctx.tenant.id, key, version])
  return row ? { version: row.version, table: row.content } : fail('DECISION_UNKNOWN', { key: version ? `${key} v${version}` : key })
}

/** Members in one order, whoever made the table: equal tables have equal texts. */
export function plainTable(key: string, t: DecisionTable): DecisionTable {
  return {
    id: key, name: t.name, hitPolicy: t.hitPolicy, aggregation: t.aggregation,
    inputs: t.inputs.map(({ id, label, expression, type, values }) => ({ id, label, expression, type, values })),
    outputs: t.outputs.map(({ id, name, label, type, values, default: otherwise }) => ({ id, name, label, type, values, default: otherwise })),
    rules: t.rules.map(({ id, tests, outputs, note }) => ({ id, tests, outputs, note })),
  }
}

/** Saves and publications of one table follow one another. */
export const lockDecision = (ctx: Ctx, key: string): Promise<unknown> => ctx.query('select pg_advisory_xact_lock(hashtext($1))', [`${ctx.tenant.id}/decision/${key}`])

export interface PublishedTable { version: number; changed: boolean; warnings: readonly DmnProblem[] }

/** Publishes a table as the next version of its key; the same table again changes nothing. Problems refuse it, warnings do not. */
export async function publishDecision(ctx: Ctx, key: string, given: DecisionTable, o: { note?: string | null } = {}): Promise<PublishedTable> {
  const table = plainTable(key, given)
  const { problems, warnings } = checkTable(table)
  if (problems.length) return fail('DECISION_INVALID', { reason: problems.map(p => p.message).join('；'), problems })
  const text = JSON.stringify(table), hash = createHash('sha256').update(text).digest('hex')
  await lockDecision(ctx, key)
  const [last] = await ctx.query<{ version: number; hash: string }>('select version, hash from decision_definition where tenant_id = $1 and key = $2 order by version desc limit 1', [ctx.tenant.id, key])
  if (last?.hash === hash) return { version: last.version, changed: false, warnings }
  const version = (last?.version ?? 0) + 1
  await ctx.query('insert into decision_definition (tenant_id, id, key, version, name, content, hash, note, created_at, created_by) values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)',
    [ctx.tenant.id, newId(), key, version, table.name, text, hash, o.note?.trim() || null, ctx.now(), ctx.user?.id ?? null])
  referenceChanged(ctx, 'meta')
  return { version, changed: true, warnings }
}
