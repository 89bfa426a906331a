import { fail, type Ctx } from '@quancheng/kernel'
import { keepInBlock } from '@quancheng/sales'
import { QUOTE_STATES } from '../rules/choices.ts'
import { addUp } from './add-up.ts'
import { today } from './day.ts'
import { dressLines, type OfQuote } from './dress.ts'
import { linesOf, SAVING } from './lines.ts'
import { refuseFloor, sumsOf, verdictOf } from './sums.ts'

/*
 * What holds whichever road a quote is written by: page, interface, import. Its contents change in a draft only; sums are never typed; no price
 * goes below the lowest one.
 */

/** Days that an offer stands when nobody says how long. */
export const STANDS_DAYS = 30

interface C { act: 'create' | 'update' | 'remove'; id: string; before: Record<string, unknown> | null; draft: Record<string, unknown>; row: Record<string, unknown> | null }

export const stateText = (ctx: Ctx, state: unknown): string => { const s = QUOTE_STATES[state as keyof typeof QUOTE_STATES]; return s ? `是“${s[ctx.locale === 'en' ? 1 : 0]}”` : '' }
const locked = (ctx: Ctx, state: unknown): never => fail('QUOTE_LOCKED', { state: stateText(ctx, state) })

/** To hand a quote to a colleague is no change of what was offered. */
const FREE = new Set(['ownerId', 'unitId'])

/** An offer is good until a day that is still to come; one that was written down elsewhere (an import by the system) keeps its day. */
function refusePast(ctx: Ctx, c: C): void {
  const until = c.draft.validUntil as string | null | undefined
  if (c.act !== 'remove' && until && until !== c.before?.validUntil && until < today(ctx) && !ctx.access.system) fail('INVALID', { summary: '“有效期至”不能早于今天', fields: [{ field: 'validUntil', code: 'RANGE', message: '不能早于今天' }] })
}

async function beforeQuote(ctx: Ctx, c: C): Promise<void> {
  refusePast(ctx, c)
  if (c.act === 'create') {
    c.draft.ownerId ??= ctx.user?.id ?? null
    c.draft.unitId ??= ctx.user?.unitId ?? null
    c.draft.validUntil ??= today(ctx, STANDS_DAYS)
    return
  }
  if (ctx.access.system) return
  if (c.act === 'update') await keepInBlock(ctx, 'quote', c)
  const state = c.before?.state
  if (c.act === 'remove') { if (state !== 'draft') locked(ctx, state); return }
  if (state !== 'draft' && Object.entries(c.draft).some(([name, value]) => !FREE.has(name) && String(value ?? '') !== String(c.before?.[name] ?? ''))) locked(ctx, state)
  const now = { ...c.before, ...c.draft } as Record<string, unknown>
  if (c.draft.discount !== undefined || c.draft.customerId !== undefined) {
    // another discount, or another customer with other prices: sums and limits anew
    const whole = (now.discount as string | null) ?? '0'
    const quote: OfQuote = { id: c.id, customerId: now.customerId as string, unitId: now.unitId as string, discount: whole }
    const lines = await dressLines(ctx, quote, await linesOf(ctx, c.id))
    refuseFloor(await verdictOf(ctx, lines, whole, now.ownerId as string | null))
    Object.assign(c.draft, sumsOf(lines, whole))
  }
}

interface QuoteRow { id: string; state: string; customer_id: string; unit_id: string; owner_id: string | null; discount: string | null }
const quoteOf = async (ctx: Ctx, id: unknown): Promise<QuoteRow> => (await ctx.query<QuoteRow & Record<string, unknown>>(
  'select id, state, customer_id, unit_id, owner_id, discount::text as discount from quote where tenant_id = $1 and id = $2 for update', [ctx.tenant.id, id]))[0] ?? fail('NOT_FOUND', { id })

async function beforeLine(ctx: Ctx, c: C): Promise<void> {
  if (ctx.reason === SAVING) return
  const quote = await quoteOf(ctx, c.draft.quoteId ?? c.before?.quoteId)
  if (quote.state !== 'draft' && !ctx.access.system) locked(ctx, quote.state)
  if (c.act === 'remove') return
  const now = { ...c.before, ...c.draft } as Record<string, string | null>
  const [line] = await dressLines(ctx, { id: quote.id, customerId: quote.customer_id, unitId: quote.unit_id, discount: quote.discount }, [{ productId: now.productId ?? null, item: now.item ?? null, unit: now.unit ?? null, quantity: now.quantity ?? '0', unitPrice: now.unitPrice ?? null, listPrice: now.listPrice ?? null, discount: now.discount ?? '0' }])
  if (!ctx.access.system) refuseFloor(await verdictOf(ctx, [line!], quote.discount, quote.owner_id))
  Object.assign(c.draft, { item: line!.item, unit: line!.unit, unitPrice: line!.unitPrice, listPrice: line!.listPrice, amount: line!.amount })
}

async function afterLine(ctx: Ctx, c: C): Promise<void> {
  if (ctx.reason === SAVING) return
  await addUp(ctx, String(c.row?.quoteId ?? c.before?.quoteId))
}

export const quoteHooks = { before: (ctx: Ctx, c: unknown): Promise<void> => beforeQuote(ctx, c as C) }
export const lineHooks = { before: (ctx: Ctx, c: unknown): Promise<void> => beforeLine(ctx, c as C), after: (ctx: Ctx, c: unknown): Promise<void> => afterLine(ctx, c as C) }
