import { elevated, storeChange, storeNew, type Condition, type Ctx } from '@quancheng/kernel'
import { findArticles } from './find.ts'

/** Keeps a search that nothing answered, counted by its words; what finds something is not kept, whatever the page believed. */
export async function keepMiss(ctx: Ctx, q: string, may: Condition | null, byCustomer: boolean): Promise<boolean> {
  const words = q.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim().slice(0, 100)
  // a telephone number or a serial number is nothing to write about
  if (!may || /\d{5,}|@/.test(words) || (await findArticles(ctx, may, { q: words, limit: 1 })).items.length) return false
  const sys = elevated(ctx, '知识'), e = ctx.entities.get('articleMiss')
  await ctx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`miss/${ctx.tenant.id}/${words}`])
  const [known] = await ctx.query<{ id: string; times: number; by_customers: number }>('select id, times, by_customers from article_miss where tenant_id = $1 and words = $2', [ctx.tenant.id, words])
  if (known) await storeChange(sys, e, known.id, { times: known.times + 1, byCustomers: known.by_customers + Number(byCustomer), lastAt: ctx.now(), closedAt: null })
  else await storeNew(sys, e, { words, times: 1, byCustomers: Number(byCustomer), lastAt: ctx.now() })
  return true
}
