import { readFileSync } from 'node:fs'
import { defineModule, storeNew, type Ctx } from '@quancheng/kernel'
import { deploy } from '@quancheng/process'
import './rules/errors.ts'
import { publicActions } from './actions/public.ts'
import { quoteActions } from './actions/quotes.ts'
import * as entities from './entities/index.ts'
import { quotesOnTimeline } from './timeline.ts'
import { pdfRoutes } from './papers/route.ts'
import { expireJob, JOB_EXPIRE, PROCESS } from './store/stages.ts'
import { tellByNotice } from './store/tell-notice.ts'

/** A company begins with one rule for everybody: 5 % freely, 20 % with the yes of the block's lead. */
async function firstRule(ctx: Ctx): Promise<void> {
  if ((await ctx.query('select 1 from discount_rule where tenant_id = $1 limit 1', [ctx.tenant.id])).length) return
  const [role] = await ctx.query<{ id: string }>("select id from role where tenant_id = $1 and code = 'blockLead'", [ctx.tenant.id])
  await storeNew(ctx, ctx.entities.get('discountRule'), { name: '标准折扣', free: '5.00', most: '20.00', approverRoleId: role?.id ?? null, off: false })
}

/** 报价: price books, discount rules, quotes in versions; approval beyond the limit, the customer's answer by a link. */
export const quotes = defineModule({
  name: 'quotes',
  label: ['报价', 'Quotes'],
  entities: Object.values(entities),
  start: runtime => {
    quotesOnTimeline(runtime)
    tellByNotice(runtime)
  },
  actions: [...quoteActions, ...publicActions],
  acts: {
    'quote.submit': ['提交报价', 'Submitted'], 'quote.send': ['发给客户', 'Sent'], 'quote.accept': ['客户接受', 'Accepted'], 'quote.decline': ['客户谢绝', 'Declined'], 'quote.expire': ['过期', 'Expired'], 'quote.replace': ['换成新版', 'Replaced'],
  },
  permissions: [{ code: 'quote:margin', label: ['看毛利', 'See the margin'], scoped: false }],
  jobs: { [JOB_EXPIRE]: expireJob },
  routes: pdfRoutes,
  setup: async ctx => { await deploy(ctx, PROCESS, readFileSync(new URL(`./processes/${PROCESS}.bpmn`, import.meta.url), 'utf8')); await firstRule(ctx) },
})
export default quotes

export * from './entities/index.ts'
export { cents, lineAmount, percentOf, share, totals, yuan, type Amounted, type Totals } from './rules/amount.ts'
export { priceFor, type PriceFound } from './rules/price-for.ts'
export { pricesFor, type PriceList } from './store/prices.ts'
export { requireAnswers } from './store/answers.ts'
export { guardPrices, registerPriceGuard, type PriceAct, type PriceChange, type PriceGuard } from './store/price-guard.ts'
export { registerSpecialPrices, type SpecialPrice, type SpecialPrices } from './store/special-prices.ts'
export { linesOf, type StoredLine } from './store/lines.ts'
export { saveLines } from './store/save-lines.ts'
export { registerQuoteTeller, type TellQuote } from './store/tell-sent.ts'
