import { fail, type Ctx } from '@quancheng/kernel'
import type { DecisionTable } from '../dmn/index.ts'
import { lockDecision, plainTable, publishDecision, type PublishedTable } from './decisions.ts'
import './errors.ts'

/** A table that is being written and nobody decides by yet. `version` counts the saves; a save names the one it saw. */
export interface DecisionDraft { key: string; table: DecisionTable; version: number; basedOn: number | null; at: Date; by: string | null; byName: string | null }

interface DraftRow { key: string; content: DecisionTable; version: number; based_on: number | null; updated_at: Date; updated_by: string | null; by_name: string | null }

export async function decisionDraftOf(ctx: Ctx, key: string): Promise<DecisionDraft | null> {
  const [r] = await ctx.query<DraftRow>(
    'select d.key, d.content, d.version, d.based_on, d.updated_at, d.updated_by, u.name as by_name from decision_draft d left join "user" u on u.tenant_id = d.tenant_id and u.id = d.updated_by where d.tenant_id = $1 and d.key = $2', [ctx.tenant.id, key])
  return r ? { key: r.key, table: r.content, version: r.version, basedOn: r.based_on, at: r.updated_at, by: r.updated_by, byName: r.by_name } : null
}

const newest = async (ctx: Ctx, key: string): Promise<number | null> => (await ctx.query<{ version: number }>('select version from decision_definition where tenant_id = $1 and key = $2 order by version desc limit 1', [ctx.tenant.id, key]))[0]?.version ?? null

async function write(ctx: Ctx, d: { key: string; table: DecisionTable; version: number; basedOn: number | null }): Promise<DecisionDraft> {
  await ctx.query(
    `insert into decision_draft (tenant_id, key, name, content, version, based_on, created_at, updated_at, updated_by) values ($1,$2,$3,$4,$5,$6,$7,$7,$8)
     on conflict (tenant_id, key) do update set name = excluded.name, content = excluded.content, version = excluded.version, based_on = excluded.based_on, updated_at = excluded.updated_at, updated_by = excluded.updated_by`,
    [ctx.tenant.id, d.key, d.table.name, JSON.stringify(plainTable(d.key, d.table)), d.version, d.basedOn, ctx.now(), ctx.user?.id ?? null])
  return (await decisionDraftOf(ctx, d.key))!
}

/** The first draft of a table that does not exist yet. */
export async function createDecisionDraft(ctx: Ctx, key: string, table: DecisionTable): Promise<DecisionDraft> {
  await lockDecision(ctx, key)
  if (await newest(ctx, key) !== null || await decisionDraftOf(ctx, key)) return fail('DECISION_EXISTS', { key })
  return write(ctx, { key, table, version: 1, basedOn: null })
}

/** Fails with DRAFT_CHANGED when the draft is not the one that the caller saw. */
async function unchanged(ctx: Ctx, key: string, seen: number): Promise<DecisionDraft | null> {
  const now = await decisionDraftOf(ctx, key)
  if ((now?.version ?? 0) !== seen) fail('DRAFT_CHANGED', { name: now?.byName ?? '有人', version: now?.version ?? 0, at: now?.at ?? null, gone: now === null })
  return now
}

/** Saves over version `seen` of the draft (0: there was none); a wrong table may be kept, only publishing refuses it. */
export async function saveDecisionDraft(ctx: Ctx, key: string, table: DecisionTable, seen: number, basedOn?: number): Promise<DecisionDraft> {
  await lockDecision(ctx, key)
  const now = await unchanged(ctx, key, seen)
  const last = await newest(ctx, key)
  if (!now && last === null) return fail('DECISION_UNKNOWN', { key })
  return write(ctx, { key, table, version: seen + 1, basedOn: basedOn ?? (now ? now.basedOn : last) })
}

export async function dropDecisionDraft(ctx: Ctx, key: string, seen: number): Promise<void> {
  await lockDecision(ctx, key)
  if (!await unchanged(ctx, key, seen)) fail('DRAFT_MISSING')
  await ctx.query('delete from decision_draft where tenant_id = $1 and key = $2', [ctx.tenant.id, key])
}

/** Makes the draft the next version. `seen`: the draft's version, `over`: the published one it was compared with (0: none), so nobody publishes unseen changes. */
export async function publishDecisionDraft(ctx: Ctx, key: string, o: { seen: number; over: number; note: string | null }): Promise<PublishedTable> {
  await lockDecision(ctx, key)
  const draft = await unchanged(ctx, key, o.seen)
  if (!draft) return fail('DRAFT_MISSING')
  const last = await newest(ctx, key) ?? 0
  if (last !== o.over) fail('PUBLISHED_MEANWHILE', { version: last })
  const published = await publishDecision(ctx, key, draft.table, { note: o.note })
  if (!published.changed) return fail('NOTHING_TO_PUBLISH', { version: published.version })
  await ctx.query('delete from decision_draft where tenant_id = $1 and key = $2', [ctx.tenant.id, key])
  return published
}
