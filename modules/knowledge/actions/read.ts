import { can, defineAction, elevated, fail, lock, storeChange, storeNew, visible, type Ctx } from '@quancheng/kernel'
import { sql } from 'kysely'
import { z } from 'zod'
import { diffLines } from '../rules/diff.ts'
import { findArticles, forStaff, suggestArticles } from '../store/find.ts'
import { keepMiss } from '../store/misses.ts'
import { countArticle } from '../store/count.ts'
import { articleOf, hold, type ArticleRow } from '../store/versions.ts'

const ID = z.object({ id: z.uuid() })
export const ASKED = z.object({ q: z.string().max(200).optional(), productLineId: z.uuid().optional(), faultCode: z.string().max(40).optional(), sort: z.enum(['relevant', 'used', 'newest']).optional(), limit: z.coerce.number().int().min(1).max(50).default(20) })
export const asked = (i: z.infer<typeof ASKED>) => Object.fromEntries(Object.entries(i).filter(([, v]) => v !== undefined)) as { limit: number }
const none = { items: [], words: [] }

const find = defineAction({
  name: 'findArticles', label: ['找知识', 'Find articles'], method: 'GET', path: '/api/knowledge/search', permission: 'article:read', readOnly: true, input: ASKED,
  run: async (ctx, i) => { const may = forStaff(ctx); return may ? findArticles(ctx, may, asked(i)) : none },
})

const missed = defineAction({
  name: 'missedArticle', label: ['没找到', 'Not found'], method: 'POST', path: '/api/knowledge/misses', permission: 'article:read', status: 200, input: z.object({ q: z.string().trim().min(2).max(100) }),
  run: async (ctx, { q }) => ({ kept: await keepMiss(ctx, q, forStaff(ctx), false) }),
})
const misses = defineAction({
  name: 'articleMisses', label: ['没找到的', 'Unanswered searches'], method: 'GET', path: '/api/knowledge/misses', permission: 'article:create', readOnly: true,
  run: async ctx => ({ items: await ctx.query('select id, words, times, by_customers as "byCustomers", last_at as "lastAt" from article_miss where tenant_id = $1 and closed_at is null order by times desc, last_at desc limit 100', [ctx.tenant.id]) }),
})
const closeMiss = defineAction({
  name: 'closeArticleMiss', label: ['处理了', 'Dealt with'], method: 'POST', path: '/api/knowledge/misses/:id/close', permission: 'article:create', status: 200, input: ID,
  async run(ctx, { id }) { await storeChange(elevated(ctx, '知识'), ctx.entities.get('articleMiss'), id, { closedAt: ctx.now() }); return { id } },
})

/** Waiting for approval by the caller, and what the caller is writing. */
const work = defineAction({
  name: 'articleWork', label: ['待审与草稿', 'To approve and drafts'], method: 'GET', path: '/api/knowledge/work', permission: 'article:read', readOnly: true,
  async run(ctx) {
    const e = articleOf(ctx), mine = visible(ctx, e, 't', 'update'), judged = visible(ctx, e, 't', 'publish')
    const pick = (where: ReturnType<typeof sql<boolean>>) => sql<Record<string, unknown>>`select t.id, t.number, v.title, t.state, t.revision, u.name as author, v.updated_at as at from article t join article_version v on v.tenant_id = t.tenant_id and v.article_id = t.id and v.state <> 'published' left join "user" u on u.tenant_id = t.tenant_id and u.id = t.owner_id where ${where} order by v.updated_at desc limit 50`.execute(ctx.db).then(x => x.rows)
    return {
      toApprove: judged ? await pick(sql<boolean>`${judged} and v.state = 'review' and not (${ctx.user!.id}::uuid = any(coalesce(v.editor_ids, '{}')))`) : [],
      mine: mine ? await pick(sql<boolean>`${mine} and ${ctx.user!.id}::uuid = any(coalesce(v.editor_ids, '{}'))`) : [],
    }
  },
})

/** Of each, only those requests that the reader may see; the number is of all. */
async function usedIn(ctx: Ctx, id: string) {
  const scope = visible(ctx, ctx.entities.get('serviceRequest'), 't')
  if (!scope) return []
  const { rows } = await sql`select t.id, t.number, t.model, t.fault_description as fault, u.created_at as at, p.name as by from article_use u join service_request t on t.tenant_id = u.tenant_id and t.id = u.request_id left join "user" p on p.tenant_id = u.tenant_id and p.id = u.created_by where u.article_id = ${id} and ${scope} order by u.created_at desc limit 50`.execute(ctx.db)
  return rows
}

const view = defineAction({
  name: 'viewArticle', label: ['看知识', 'Read an article'], method: 'GET', path: '/api/knowledge/articles/:id', permission: 'article:read', readOnly: true, input: ID,
  async run(ctx, { id }) {
    const e = articleOf(ctx), { row } = await lock(ctx, e, id, 'read', { forUpdate: false })
    const a = row as unknown as ArticleRow & Record<string, unknown>
    const within = async (verb: string): Promise<boolean> => { const scope = can(ctx.access, `article:${verb}`, e) ? visible(ctx, e, 't', verb) : null; return scope !== null && (await sql`select 1 from article t where ${scope} and t.id = ${id}`.execute(ctx.db)).rows.length > 0 }
    const may = { update: await within('update'), publish: await within('publish') }
    const [open] = await ctx.query<{ id: string; state: string; title: string; body: string; note: string | null; reason: string | null; editor_ids: string[] | null; by: string | null }>("select v.id, v.state, v.title, v.body, v.note, v.reason, v.editor_ids, u.name as by from article_version v left join \"user\" u on u.tenant_id = v.tenant_id and u.id = v.updated_by where v.tenant_id = $1 and v.article_id = $2 and v.state <> 'published'", [ctx.tenant.id, id])
    const [names] = await ctx.query<Record<string, unknown>>(`select o.name as author, p.name as "publishedBy", (select number from service_request s where s.tenant_id = a.tenant_id and s.id = a.request_id) as "requestNumber",
      array(select name from product_line l where l.tenant_id = a.tenant_id and l.id = any(a.product_line_ids) order by position, code) as lines, array(select name from unit x where x.tenant_id = a.tenant_id and x.id = any(a.unit_ids)) as units, array(select name from role x where x.tenant_id = a.tenant_id and x.id = any(a.role_ids)) as roles
      from article a left join "user" o on o.tenant_id = a.tenant_id and o.id = a.owner_id left join "user" p on p.tenant_id = a.tenant_id and p.id = a.published_by_id where a.tenant_id = $1 and a.id = $2`, [ctx.tenant.id, id])
    const [mine] = await ctx.query('select useful, reason from article_rating where tenant_id = $1 and article_id = $2 and user_id = $3', [ctx.tenant.id, id, ctx.user!.id])
    const inside = may.update || may.publish
    return {
      id, number: a.number, title: a.title, body: a.body, state: a.state, revision: a.revision, visibility: a.visibility, edition: a.edition, publishedAt: a.publishedAt, validUntil: a.validUntil, uses: a.uses, useful: a.useful, useless: a.useless, faultCodes: a.faultCodes ?? [], requestId: a.requestId, ...names,
      myRating: mine ?? null, usedIn: await usedIn(ctx, id), may: { ...may, approve: may.publish && open?.state === 'review' && !open.editor_ids?.includes(ctx.user!.id), wrote: open?.editor_ids?.includes(ctx.user!.id) ?? false },
      open: inside && open ? { state: open.state, title: open.title, note: open.note, reason: open.reason, by: open.by, diff: a.state === 'published' ? diffLines(a.body, open.body) : null } : null,
      complaints: inside ? await ctx.query('select u.name as by, r.reason, r.updated_at as at from article_rating r join "user" u on u.tenant_id = r.tenant_id and u.id = r.user_id where r.tenant_id = $1 and r.article_id = $2 and not r.useful order by r.updated_at desc limit 20', [ctx.tenant.id, id]) : [],
    }
  },
})

interface Version { edition: number; title: string; body: string; note: string | null; at: Date; by: string | null; approved: string | null }
const versions = defineAction({
  name: 'articleVersions', label: ['知识的版本', 'Versions of an article'], method: 'GET', path: '/api/knowledge/articles/:id/versions', permission: 'article:read', readOnly: true, input: ID,
  async run(ctx, { id }) {
    await lock(ctx, articleOf(ctx), id, 'read', { forUpdate: false })
    const rows = await ctx.query<Version & Record<string, unknown>>(`select v.edition, v.title, v.body, v.note, v.decided_at as at, w.name as by, d.name as approved from article_version v left join "user" w on w.tenant_id = v.tenant_id and w.id = v.created_by left join "user" d on d.tenant_id = v.tenant_id and d.id = v.decided_by_id
      where v.tenant_id = $1 and v.article_id = $2 and v.state = 'published' order by v.edition desc limit 50`, [ctx.tenant.id, id])
    return { items: rows.map((v, i) => { const before = rows[i + 1]; return { edition: v.edition, title: v.title, note: v.note, at: v.at, by: v.by, approved: v.approved, diff: before ? diffLines(before.body, v.body) : null } }) }
  },
})

const suggest = defineAction({
  name: 'suggestArticles', label: ['合用的知识', 'Articles that may help'], method: 'GET', path: '/api/knowledge/for-request/:requestId', permission: 'article:read', readOnly: true, input: z.object({ requestId: z.uuid() }),
  async run(ctx, { requestId }) {
    const scope = visible(ctx, ctx.entities.get('serviceRequest'), 't'), may = forStaff(ctx)
    const { rows: [r] } = scope ? await sql<{ fault: string | null; found: string | null; line: string; code: string | null; ended: boolean }>`select t.fault_description as fault, t.inspection_result as found, t.product_line_id as line, t.fault_code as code, t.ended_at is not null as ended from service_request t where ${scope} and t.id = ${requestId}`.execute(ctx.db) : { rows: [] }
    if (!r || !may) return fail('NOT_FOUND', { id: requestId })
    const found = r.ended ? none : await suggestArticles(ctx, may, { text: [r.fault, r.found].filter(Boolean).join('。'), productLineId: r.line, faultCode: r.code })
    const { rows: used } = await sql<{ id: string; title: string }>`select t.id, t.title from article_use u join article t on t.tenant_id = u.tenant_id and t.id = u.article_id where u.request_id = ${requestId} and ${visible(ctx, articleOf(ctx), 't')!} order by u.created_at`.execute(ctx.db)
    const { rows: [own] } = await sql<{ id: string; title: string; state: string }>`select t.id, t.title, t.state from article t where t.request_id = ${requestId} and ${visible(ctx, articleOf(ctx), 't')!} order by t.id limit 1`.execute(ctx.db)
    return { ...found, used, own: own ?? null, ended: r.ended, writable: Boolean(r.found?.trim()) || r.ended }
  },
})

/** 用它解决了: counted once for a request, whoever says it and however often. */
export const useArticle = defineAction({
  name: 'useArticle', label: ['用它解决了', 'It solved this'], method: 'POST', path: '/api/knowledge/articles/:id/uses', permission: 'article:read', status: 200, input: ID.extend({ requestId: z.uuid() }),
  async run(ctx, { id, requestId }) {
    await lock(ctx, ctx.entities.get('serviceRequest'), requestId, 'read', { forUpdate: false })
    const a = await hold(ctx, id, 'read')
    if (a.state !== 'published') fail('ARTICLE_NOT_PUBLISHED')
    const [known] = await ctx.query('select 1 from article_use where tenant_id = $1 and article_id = $2 and request_id = $3', [ctx.tenant.id, id, requestId])
    if (known) return { id, uses: a.uses }
    await storeNew(elevated(ctx, '知识'), ctx.entities.get('articleUse'), { articleId: id, requestId })
    const { uses } = await countArticle(ctx, a)
    return { id, uses }
  },
})

/** 有用 · 没用: one a person, changed at will; what is no use says why. */
const rate = defineAction({
  name: 'rateArticle', label: ['评价知识', 'Rate an article'], method: 'POST', path: '/api/knowledge/articles/:id/rating', permission: 'article:read', status: 200, input: ID.extend({ useful: z.boolean(), reason: z.string().trim().max(300).nullish() }),
  async run(ctx, { id, useful, reason }) {
    if (!useful && !reason) fail('ARTICLE_REASON')
    const a = await hold(ctx, id, 'read'), sys = elevated(ctx, '知识'), e = ctx.entities.get('articleRating')
    if (a.state !== 'published') fail('ARTICLE_NOT_PUBLISHED')
    const [before] = await ctx.query<{ id: string; useful: boolean }>('select id, useful from article_rating where tenant_id = $1 and article_id = $2 and user_id = $3', [ctx.tenant.id, id, ctx.user!.id])
    if (before) await storeChange(sys, e, before.id, { useful, reason: reason ?? null })
    else await storeNew(sys, e, { articleId: id, userId: ctx.user!.id, useful, reason: reason ?? null })
    const now = await countArticle(ctx, a)
    return { id, useful: now.useful, useless: now.useless }
  },
})

export const readActions = [find, missed, misses, closeMiss, work, view, versions, suggest, useArticle, rate]
