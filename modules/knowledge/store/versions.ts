import { elevated, fail, lock, pick, schedule, startOfDay, storeChange, storeNew, unschedule, type Ctx } from '@quancheng/kernel'
import { raiseAlarm } from '@quancheng/process'
import { whereRead } from './mentions.ts'
import { contentOf, type Content } from '../entities/content.ts'

export interface VersionRow { id: string; version: number; articleId: string; edition: number | null; state: 'draft' | 'review' | 'published'; note: string | null; editorIds: string[] | null; submittedAt: Date | null; reason: string | null; updatedBy: string | null }
export type ArticleRow = Content & { id: string; number: string; state: 'draft' | 'review' | 'published' | 'withdrawn'; revision: 'draft' | 'review' | null; ownerId: string | null; unitId: string | null; edition: number; validUntil: string | null; title: string; requestId: string | null; uses: number; useful: number; useless: number }

export const articleOf = (ctx: Ctx) => ctx.entities.get('article')
const versionOf = (ctx: Ctx) => ctx.entities.get('articleVersion')
const sys = (ctx: Ctx): Ctx => elevated(ctx, '知识')

/** The article in the caller's reach for a verb, held until the act ends. */
export const hold = async (ctx: Ctx, id: string, verb: string): Promise<ArticleRow> => (await lock(ctx, articleOf(ctx), id, verb as never)).row as unknown as ArticleRow

export const refuseState = (ctx: Ctx, a: ArticleRow): never => fail('ARTICLE_STATE', { state: pick(articleOf(ctx).fields.get('state')!.options!.find(o => o.value === a.state)!.label, ctx.locale) })

/** What is being worked on; whoever holds the article holds it too. */
export async function openVersion(ctx: Ctx, articleId: string): Promise<(VersionRow & Content) | null> {
  const [known] = await ctx.query<{ id: string }>("select id from article_version where tenant_id = $1 and article_id = $2 and state <> 'published'", [ctx.tenant.id, articleId])
  return known ? (await lock(sys(ctx), versionOf(ctx), known.id, 'read')).row as unknown as VersionRow & Content : null
}

export function checked(c: Content): Content {
  if (c.visibility === 'limited' && !c.unitIds?.length && !c.roleIds?.length) fail('ARTICLE_LIMITED')
  return c.visibility === 'limited' ? c : { ...c, unitIds: [], roleIds: [] }
}

/** A new article with its first draft. */
export async function begin(ctx: Ctx, content: Content, o: { requestId?: string } = {}): Promise<{ id: string; number: string }> {
  const c = checked(content)
  const row = await storeNew(sys(ctx), articleOf(ctx), { ...c, state: 'draft', ownerId: ctx.user?.id ?? null, unitId: ctx.user?.unitId ?? null, ...(o.requestId ? { requestId: o.requestId } : {}) })
  await storeNew(sys(ctx), versionOf(ctx), { ...c, articleId: row.id, state: 'draft', editorIds: ctx.user ? [ctx.user.id] : [] })
  return { id: row.id as string, number: row.number as string }
}

/** Writes the draft: of a new article, or beside what is published. `seen`: the version of the draft that its writer looked at. */
export async function write(ctx: Ctx, a: ArticleRow, content: Content, o: { note?: string | null; seen?: number }): Promise<number> {
  const c = checked(content), open = await openVersion(ctx, a.id)
  if (open?.state === 'review') refuseState(ctx, { ...a, state: 'review' })
  const me = ctx.user!.id
  let version = 1
  if (open) {
    if (o.seen !== undefined && o.seen !== open.version && open.updatedBy !== me) {
      const [by] = await ctx.query<{ name: string }>('select name from "user" where tenant_id = $1 and id = $2', [ctx.tenant.id, open.updatedBy])
      fail('ARTICLE_CHANGED', { name: by?.name ?? '同事' })
    }
    version = (await storeChange(sys(ctx), versionOf(ctx), open.id, { ...c, note: o.note ?? null, editorIds: [...new Set([...(open.editorIds ?? []), me])] })).version as number
  } else await storeNew(sys(ctx), versionOf(ctx), { ...c, articleId: a.id, state: 'draft', note: o.note ?? null, editorIds: [me] })
  // what was never published, or is withdrawn, shows its draft to those who may see it
  await storeChange(sys(ctx), articleOf(ctx), a.id, a.state === 'published' ? { revision: 'draft' } : { ...c, state: 'draft' })
  return version
}

/** Moves what is worked on between 草稿 and 待审. */
export async function turn(ctx: Ctx, a: ArticleRow, to: 'draft' | 'review', o: { reason?: string } = {}): Promise<void> {
  const open = await openVersion(ctx, a.id)
  if (!open || open.state === to) return fail('ARTICLE_NO_DRAFT')
  await storeChange(sys(ctx), versionOf(ctx), open.id, to === 'review' ? { state: to, submittedAt: ctx.now(), reason: null, editorIds: [...new Set([...(open.editorIds ?? []), ctx.user!.id])] } : { state: to, ...(o.reason ? { reason: o.reason, decidedById: ctx.user!.id, decidedAt: ctx.now() } : {}) })
  await storeChange(sys(ctx), articleOf(ctx), a.id, a.state === 'published' ? { revision: to } : { state: to })
}

export const JOB_REVIEW = 'knowledge.review'
/** so many days before the date its author hears of it */
const REMIND_DAYS = 14

/** What waits for approval becomes what everybody reads; never by one who wrote it. */
export async function publish(ctx: Ctx, a: ArticleRow): Promise<number> {
  const open = await openVersion(ctx, a.id)
  if (open?.state !== 'review') return fail('ARTICLE_NO_DRAFT')
  if (open.editorIds?.includes(ctx.user!.id)) fail('ARTICLE_FOUR_EYES')
  const edition = a.edition + 1, content = contentOf(open as unknown as Record<string, unknown>)
  await storeChange(sys(ctx), versionOf(ctx), open.id, { state: 'published', edition, decidedById: ctx.user!.id, decidedAt: ctx.now() })
  await storeChange(sys(ctx), articleOf(ctx), a.id, { ...content, state: 'published', revision: null, edition, publishedAt: ctx.now(), publishedById: ctx.user!.id })
  await remindLater(ctx, a.id, edition, content.validUntil)
  return edition
}

/** What everybody reads is taken away; what was written stays. */
export async function withdraw(ctx: Ctx, a: ArticleRow, reason: string): Promise<void> {
  if (a.state !== 'published') refuseState(ctx, a)
  await storeChange(sys(ctx), articleOf(ctx), a.id, { state: 'withdrawn', revision: null }, { act: 'withdraw', note: { reason } })
  await unschedule(ctx, [JOB_REVIEW], [a.id])
}

async function remindLater(ctx: Ctx, id: string, edition: number, validUntil: string | null): Promise<void> {
  await unschedule(ctx, [JOB_REVIEW], [id])
  if (!validUntil) return
  const morning = startOfDay(new Date(`${validUntil}T00:00:00Z`), ctx.tenant.timeZone).getTime() - REMIND_DAYS * 86_400_000 + 9 * 3_600_000
  await schedule(ctx, { kind: JOB_REVIEW, key: id, dueAt: new Date(Math.max(morning, ctx.now().getTime())), payload: { id, edition } })
}

/** The author is told that the article is to be looked at again. */
export async function reviewJob(ctx: Ctx, payload: Record<string, unknown>): Promise<void> {
  const [a] = await ctx.query<{ id: string; title: string; owner_id: string | null; unit_id: string | null; valid_until: string | null; edition: number; state: string }>('select id, title, owner_id, unit_id, valid_until::text, edition, state from article where tenant_id = $1 and id = $2', [ctx.tenant.id, payload.id])
  if (a?.state !== 'published' || !a.owner_id) return
  // published anew at the other place, which reminds of that
  if (payload.edition !== undefined && payload.edition !== a.edition) return
  const [owner] = await ctx.query<{ unit_id: string | null }>('select unit_id from "user" where tenant_id = $1 and id = $2', [ctx.tenant.id, a.owner_id])
  await raiseAlarm(ctx, { kind: 'notice', title: `知识“${a.title}”${a.valid_until} 到复核日期，请看一遍是否还对`.slice(0, 200), entity: 'article', recordId: a.id, stepKey: `review/${a.id}/${a.edition}`, stage: null, unitId: await whereRead(ctx, owner?.unit_id ?? null), ownerId: a.owner_id, recipientIds: [a.owner_id] })
}
