import { defineAction, fail, lock, type Ctx } from '@quancheng/kernel'
import { withdraw } from '@quancheng/process'
import { z } from 'zod'
import { requireAnswers } from '../store/answers.ts'
import { pricesFor } from '../store/prices.ts'
import { quoteSheet } from '../store/quote-sheet.ts'
import { holdQuote, MOST_LINES, saveLines } from '../store/save-lines.ts'
import { answer, newVersion, PROCESS, refuseState, send, submit } from '../store/stages.ts'
import { pageOf } from '../store/tell-sent.ts'

const ID = z.object({ id: z.uuid() })
const DECIMAL = (places: number, what: string) => z.union([z.string(), z.number()]).transform(v => String(v).normalize('NFKC').replace(/[,\s¥￥%]/g, '')).pipe(z.string().regex(new RegExp(`^\\d{1,12}(\\.\\d{1,${places}})?$`), `${what}应为数字，最多 ${places} 位小数`))
const PERCENT = DECIMAL(2, '折扣').refine(v => Number(v) <= 100, '折扣在 0 到 100 之间')
const LINE = z.object({
  id: z.uuid().optional(), productId: z.uuid().nullish(), item: z.string().trim().max(100, '名称最多 100 字').nullish(), unit: z.string().trim().max(10, '单位最多 10 字').nullish(),
  quantity: DECIMAL(3, '数量').refine(v => Number(v) > 0, '数量应大于 0'), unitPrice: DECIMAL(2, '单价').nullish(), discount: PERCENT.nullish(),
})

/** What a product costs this customer today, for the line being typed. */
const price = defineAction({
  name: 'quotePrice', label: ['查价格', 'Price for a customer'], method: 'GET', path: '/api/quotes/:id/price', permission: 'quote:read', readOnly: true, input: ID.extend({ productId: z.uuid(), quantity: DECIMAL(3, '数量').default('1') }),
  async run(ctx, { id, productId, quantity }) {
    const { row } = await lock(ctx, ctx.entities.get('quote'), id, 'read', { forUpdate: false })
    await requireAnswers(ctx, row.customerId as string)
    const found = (await pricesFor(ctx, row.customerId as string, [productId])).find(productId, quantity)
    if (!found) return { found: false as const }
    const [book] = await ctx.query<{ name: string }>('select name from price_book where tenant_id = $1 and id = $2', [ctx.tenant.id, found.priceBookId])
    return { found: true as const, unitPrice: found.unitPrice, unit: found.unit, floorPrice: found.floorPrice, fromQuantity: found.fromQuantity, by: found.by, book: found.special ?? book?.name ?? '' }
  },
})

const sheet = defineAction({ name: 'quoteSheet', label: ['报价单内容', 'Sheet of a quote'], method: 'GET', path: '/api/quotes/:id/sheet', permission: 'quote:read', readOnly: true, input: ID, run: (ctx, { id }) => quoteSheet(ctx, id) })

const lines = defineAction({
  name: 'saveQuoteLines', label: ['保存报价明细', 'Save lines'], method: 'PUT', path: '/api/quotes/:id/lines', permission: 'quote:update', input: ID.extend({ lines: z.array(LINE).max(MOST_LINES, `一份报价最多 ${MOST_LINES} 行`), discount: PERCENT.optional(), version: z.number().int().optional() }),
  async run(ctx, { id, lines: list, discount, version }) { await saveLines(ctx, id, list, { discount, version }); return quoteSheet(ctx, id) },
})

const act = (name: string, label: [string, string], path: string, run: (ctx: Ctx, id: string) => Promise<unknown>, permission = 'quote:update') =>
  defineAction({ name, label, method: 'POST', path: `/api/quotes/:id/${path}`, permission, status: 200, input: ID, run: (ctx, { id }) => run(ctx, id) })

const takeBack = act('withdrawQuote', ['撤回报价审批', 'Withdraw a quote'], 'withdraw', async (ctx, id) => {
  await holdQuote(ctx, id, ['approving'], '撤回')
  const [c] = await ctx.query<{ id: string }>("select i.id from process_instance i join process_definition d on d.tenant_id = i.tenant_id and d.id = i.definition_id where i.tenant_id = $1 and i.entity = 'quote' and i.record_id = $2 and d.key = $3 and i.state = 'active'", [ctx.tenant.id, id, PROCESS])
  if (!c) return refuseState(ctx, 'approving', '撤回')
  await withdraw(ctx, c.id, '负责人撤回修改')
  return { state: 'draft' }
})

/** What the customer told the seller, by telephone or over the table. */
const recordAnswer = defineAction({
  name: 'recordQuoteAnswer', label: ['记下客户答复', 'Record the answer'], method: 'POST', path: '/api/quotes/:id/answer', permission: 'quote:update', status: 200, input: ID.extend({ answer: z.enum(['accept', 'decline']), reason: z.string().trim().max(500).optional() }),
  async run(ctx, { id, answer: said, reason }) {
    const { row } = await lock(ctx, ctx.entities.get('quote'), id, 'update')
    if (!['sent', 'accepted', 'declined', 'replaced', 'expired'].includes(String(row.state))) refuseState(ctx, row.state, '答复')
    return answer(ctx, { id, state: String(row.state), valid_until: row.validUntil ? String(row.validUntil) : null }, { answer: said, reason, by: `${ctx.user?.name ?? ''}（代记）` })
  },
})

export const quoteActions = [
  price, sheet, lines, takeBack, recordAnswer,
  act('submitQuote', ['提交报价', 'Submit a quote'], 'submit', submit),
  act('sendQuote', ['发给客户', 'Send to the customer'], 'send', async (ctx, id) => { const { token, told } = await send(ctx, id); return { token, page: pageOf(token), told } }),
  act('newQuoteVersion', ['做新版', 'New version'], 'new-version', newVersion),
  defineAction({
    name: 'quoteLink', label: ['客户链接', 'Link for the customer'], method: 'GET', path: '/api/quotes/:id/link', permission: 'quote:update', readOnly: true, input: ID,
    async run(ctx, { id }) { const { row } = await lock(ctx, ctx.entities.get('quote'), id, 'update', { forUpdate: false }); return row.linkToken ? { page: pageOf(String(row.linkToken)) } : fail('QUOTE_STATE', { state: '还没有发出', act: '取链接' }) },
  }),
]
