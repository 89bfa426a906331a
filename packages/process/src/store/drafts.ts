import { fail, type Ctx } from '@quancheng/kernel'
import { MODEL_LIMITS, parseBpmn } from '../model/index.ts'
import { deploy, type Deployed } from './definitions.ts'

/** What is being drawn and nobody runs yet. `version` counts the saves; a save names the one it saw. */
export interface Draft { key: string; name: string; xml: string; version: number; basedOn: number | null; at: Date; by: string | null; byName: string | null }

interface DraftRow { key: string; name: string; xml: string; version: number; based_on: number | null; updated_at: Date; updated_by: string | null; by_name: string | null }

const toDraft = (r: DraftRow): Draft => ({ key: r.key, name: r.name, xml: r.xml, version: r.version, basedOn: r.based_on, at: r.updated_at, by: r.updated_by, byName: r.by_name })

export async function draftOf(ctx: Ctx, key: string): Promise<Draft | null> {
  const [row] = await ctx.query<DraftRow>(
    'select d.key, d.name, d.xml, d.version, d.based_on, d.updated_at, d.updated_by, u.name as by_name from process_draft d left join "user" u on u.tenant_id = d.tenant_id and u.id = d.updated_by where d.tenant_id = $1 and d.key = $2', [ctx.tenant.id, key])
  return row ? toDraft(row) : null
}

/** Saves and publications of one process follow one another, so that none is lost between reading and writing. */
const lockKey = (ctx: Ctx, key: string) => ctx.query('select pg_advisory_xact_lock(hashtext($1))', [`${ctx.tenant.id}/${key}`])

const newest = async (ctx: Ctx, key: string) => (await ctx.query<{ version: number; kind: string }>('select version, kind from process_definition where tenant_id = $1 and key = $2 order by version desc limit 1', [ctx.tenant.id, key]))[0] ?? null

/** A text that is no BPMN at all is not kept: nobody could open it again. Everything less is the check's business. */
async function nameOf(xml: string, otherwise: string): Promise<string> {
  const { definitions, findings } = await parseBpmn(xml)
  if (!definitions) return fail('PROCESS_INVALID', { reason: findings.problems.map(p => p.message).join('；') || `文件超过 ${MODEL_LIMITS.bytes} 字节`, problems: findings.problems })
  const processes = ((definitions.get?.('rootElements') ?? []) as Array<{ $type: string; name?: string; isExecutable?: boolean }>).filter(e => e.$type === 'bpmn:Process')
  return (processes.find(p => p.isExecutable) ?? processes[0])?.name?.trim() || otherwise
}

async function write(ctx: Ctx, d: { key: string; xml: string; version: number; basedOn: number | null }): Promise<Draft> {
  const name = await nameOf(d.xml, d.key)
  await ctx.query(
    `insert into process_draft (tenant_id, key, name, xml, version, based_on, created_at, updated_at, updated_by) values ($1,$2,$3,$4,$5,$6,$7,$7,$8)
     on conflict (tenant_id, key) do update set name = excluded.name, xml = excluded.xml, version = excluded.version, based_on = excluded.based_on, updated_at = excluded.updated_at, updated_by = excluded.updated_by`,
    [ctx.tenant.id, d.key, name, d.xml, d.version, d.basedOn, ctx.now(), ctx.user?.id ?? null])
  return (await draftOf(ctx, d.key))!
}

/** The first draft of a process that does not exist yet. */
export async function createDraft(ctx: Ctx, key: string, xml: string): Promise<Draft> {
  await lockKey(ctx, key)
  if (await newest(ctx, key) || await draftOf(ctx, key)) return fail('DESIGN_EXISTS', { key })
  return write(ctx, { key, xml, version: 1, basedOn: null })
}

/** Fails with DRAFT_CHANGED when the draft is not the one that the caller saw. */
async function unchanged(ctx: Ctx, key: string, seen: number): Promise<Draft | null> {
  const now = await draftOf(ctx, key)
  if ((now?.version ?? 0) !== seen) fail('DRAFT_CHANGED', { name: now?.byName ?? '有人', version: now?.version ?? 0, at: now?.at ?? null, gone: now === null })
  return now
}

/** Saves over version `seen` of the draft (0: there was none); the draft then begins from `basedOn`, or from what it began from before. */
export async function saveDraft(ctx: Ctx, key: string, xml: string, seen: number, basedOn?: number): Promise<Draft> {
  await lockKey(ctx, key)
  const now = await unchanged(ctx, key, seen)
  const last = await newest(ctx, key)
  if (!now && (!last || last.kind === 'log')) return fail('PROCESS_UNKNOWN', { key })
  return write(ctx, { key, xml, version: seen + 1, basedOn: basedOn ?? (now ? now.basedOn : last!.version) })
}

export async function dropDraft(ctx: Ctx, key: string, seen: number): Promise<void> {
  await lockKey(ctx, key)
  if (!await unchanged(ctx, key, seen)) fail('DRAFT_MISSING')
  await ctx.query('delete from process_draft where tenant_id = $1 and key = $2', [ctx.tenant.id, key])
}

/**
 * Makes the draft the next version. `seen` is the draft's version, `over` the published version that the person compared it with (0: none):
 * whoever publishes has seen exactly what changes. Cases that run stay on the version they began with.
 */
export async function publishDraft(ctx: Ctx, key: string, o: { seen: number; over: number; note: string | null }): Promise<Deployed> {
  await lockKey(ctx, key)
  const draft = await unchanged(ctx, key, o.seen)
  if (!draft) return fail('DRAFT_MISSING')
  const last = await newest(ctx, key)
  if ((last?.version ?? 0) !== o.over) fail('PUBLISHED_MEANWHILE', { version: last?.version ?? 0 })
  const deployed = await deploy(ctx, key, draft.xml, { note: o.note })
  if (!deployed.changed) return fail('NOTHING_TO_PUBLISH', { version: deployed.version })
  await ctx.query('delete from process_draft where tenant_id = $1 and key = $2', [ctx.tenant.id, key])
  return deployed
}
