import { elevated, hereOf, schedule, startOfDay, dayOf, storeChange, type Ctx } from '@quancheng/kernel'
import { articleOf, type ArticleRow } from './versions.ts'

/*
 * How often an article helped. The uses and ratings themselves are rows that come from everywhere and never collide; their number on the article is
 * head office's to write, for two places that each count one more would make two versions of the article out of nothing.
 */

export const JOB_COUNT = 'knowledge.count'
const NIGHT_MS = 2 * 3_600_000, DAY_MS = 86_400_000
interface Counts { uses: number; useful: number; useless: number }

/** What the rows here say; written on the article, except at a station. The caller holds the article. */
export async function countArticle(ctx: Ctx, a: Pick<ArticleRow, 'id'>): Promise<Counts> {
  const [now] = await ctx.query<Counts & Record<string, unknown>>(
    `select (select count(*)::int from article_use where tenant_id = $1 and article_id = $2) as uses, count(*) filter (where useful)::int as useful, count(*) filter (where not useful)::int as useless from article_rating where tenant_id = $1 and article_id = $2`, [ctx.tenant.id, a.id])
  if (!hereOf(ctx.runtime)) await storeChange(elevated(ctx, '知识'), articleOf(ctx), a.id, { ...now! })
  return now!
}

/** At night: what stations have sent is counted in. */
export async function countJob(ctx: Ctx): Promise<void> {
  await countLater(ctx)
  if (hereOf(ctx.runtime)) return
  const behind = await ctx.query<{ id: string }>(
    `select a.id from article a left join lateral (select count(*)::int as n from article_use u where u.tenant_id = a.tenant_id and u.article_id = a.id) u on true
     left join lateral (select count(*) filter (where useful)::int as yes, count(*) filter (where not useful)::int as no from article_rating r where r.tenant_id = a.tenant_id and r.article_id = a.id) r on true
     where a.tenant_id = $1 and (a.uses, a.useful, a.useless) is distinct from (u.n, r.yes, r.no) order by a.id limit 500 for no key update of a`, [ctx.tenant.id])
  for (const a of behind) await countArticle(ctx, a)
}

export async function countLater(ctx: Ctx): Promise<void> {
  const at = startOfDay(dayOf(ctx.now(), ctx.tenant.timeZone), ctx.tenant.timeZone).getTime() + NIGHT_MS
  await schedule(ctx, { kind: JOB_COUNT, key: 'night', dueAt: new Date(at > ctx.now().getTime() ? at : at + DAY_MS) })
}
