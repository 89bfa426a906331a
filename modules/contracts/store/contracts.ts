import { create, elevated, fail, lock, read, storeChange, storeNew, type Ctx, type Locked } from '@quancheng/kernel'
import { decideFor, startFor } from '@quancheng/process'
import { contractAfter, sayContract, type ContractAct } from '../rules/machine.ts'
import { sayState } from './contract-hooks.ts'
import { scanFor } from './scan.ts'
import { contractText } from './text.ts'
import { dayText, today } from './today.ts'

export const APPROVAL_PROCESS = 'contract-sign-off', APPROVAL_TABLE = 'contract-approval-levels'

const contracts = (ctx: Ctx) => ctx.entities.get('contract')

/**
 * The contract of an accepted quote, in the caller's own right: its lines copied with what they cost the customer in the end. 409 CONTRACT_QUOTE
 * (not accepted), CONTRACT_ONCE (there is one already).
 */
export async function contractFromQuote(ctx: Ctx, quoteId: string): Promise<{ id: string; number: string }> {
  const quote = await read(ctx, ctx.entities.get('quote'), quoteId)
  const [held] = await ctx.query<{ state: string }>('select state from quote where tenant_id = $1 and id = $2 for update', [ctx.tenant.id, quoteId])
  if (held!.state !== 'accepted') fail('CONTRACT_QUOTE', { state: ctx.entities.get('quote').fields.get('state')?.options?.find(o => o.value === held!.state)?.label[0] ?? held!.state })
  const [there] = await ctx.query<{ number: string }>("select number from contract where tenant_id = $1 and quote_id = $2 and state <> 'terminated'", [ctx.tenant.id, quoteId])
  if (there) fail('CONTRACT_ONCE', { number: there.number })
  const made = await create(ctx, contracts(ctx), { title: quote.title, customerId: quote.customerId, contactId: quote.contactId, opportunityId: quote.opportunityId, quoteId, unitId: quote.unitId, ownerId: quote.ownerId, amount: quote.amount, terms: quote.terms, kind: 'single' })
  const lines = await ctx.query<{ position: number; product_id: string | null; item: string; unit: string; quantity: string; unit_price: string; discount: string }>(
    "select position, product_id, item, unit, quantity::text, round(unit_price * (1 - coalesce(discount, 0) / 100) * (1 - $3::numeric / 100), 2)::text as unit_price, discount::text from quote_line where tenant_id = $1 and quote_id = $2 order by position, id", [ctx.tenant.id, quoteId, String(quote.discount ?? '0')])
  const sys = elevated(ctx, '报价单生成合同')
  for (const [i, l] of lines.entries()) await storeNew(sys, ctx.entities.get('contractLine'), { contractId: made.id, position: i + 1, productId: l.product_id, item: l.item, unit: l.unit, quantity: l.quantity, unitPrice: l.unit_price })
  // the customer accepted the quote's amount, to the cent: rounding per piece must not change it
  await storeChange(sys, contracts(ctx), made.id, { amount: String(quote.amount) }, { act: 'fromQuote', note: { quote: quote.number } })
  return { id: made.id, number: String(made.number) }
}

/** The contract, held, in a state from which this may be done; CONTRACT_STATE otherwise. */
async function contractFor(ctx: Ctx, id: string, act: ContractAct): Promise<{ locked: Locked; to: string }> {
  const locked = await lock(ctx, contracts(ctx), id, 'update'), to = contractAfter(String(locked.row.state), act)
  return to ? { locked, to } : fail('CONTRACT_STATE', { state: sayState(locked.row.state), act: sayContract(act) })
}

/** Makes the text from the data and asks for the approval that the company's table demands; where it demands none, it is approved at once. */
export async function submitContract(ctx: Ctx, id: string): Promise<{ state: string; caseId: string | null; level: string }> {
  const { locked } = await contractFor(ctx, id, 'submit'), { row } = locked, sys = elevated(ctx, '合同送审')
  const { text } = await contractText(ctx, id)
  const decided = await decideFor(ctx, APPROVAL_TABLE, { amount: Number(row.amount), kind: String(row.kind) })
  // a table that says nothing, or was broken by an edit, must not let a contract through
  const level = typeof decided.value === 'string' ? decided.value : '版块负责人和财务'
  if (level === '免批') {
    await storeChange(sys, contracts(ctx), id, { content: text, state: 'approved' }, { act: 'approve', locked, note: { table: decided.version, level } })
    return { state: 'approved', caseId: null, level }
  }
  await storeChange(sys, contracts(ctx), id, { content: text }, { act: 'submit', locked, note: { table: decided.version, level } })
  const { caseId } = await startFor(sys, APPROVAL_PROCESS, 'contract', id, { level })
  return { state: 'approving', caseId, level }
}

export interface SignInput { signedOn?: string | undefined; validFrom?: string | undefined; validUntil?: string | undefined; /** the file that shows it signed */ scanId?: string | undefined }

export async function signContract(ctx: Ctx, id: string, input: SignInput): Promise<{ state: string }> {
  const { locked, to } = await contractFor(ctx, id, 'sign'), signedOn = input.signedOn ?? today(ctx)
  if (signedOn > today(ctx)) fail('INVALID', { summary: '签订日不能在今天之后', fields: [{ field: 'signedOn', code: 'RANGE', message: '不能在今天之后' }] })
  const scan = await scanFor(ctx, id, input.scanId), validFrom = input.validFrom ?? dayText(locked.row.validFrom) ?? signedOn
  // the text stays the one that was approved; the day is written on the paper
  await storeChange(elevated(ctx, '签订'), contracts(ctx), id, { state: to, signedOn, validFrom, ...(input.validUntil ? { validUntil: input.validUntil } : {}) }, { act: 'sign', locked, ...(scan ? { note: { scan } } : {}) })
  return { state: to }
}

export async function terminateContract(ctx: Ctx, id: string, reason: string): Promise<{ state: string }> {
  const { locked, to } = await contractFor(ctx, id, 'terminate')
  await storeChange(elevated(ctx, '终止'), contracts(ctx), id, { state: to, endedOn: today(ctx), endReason: reason }, { act: 'terminate', locked, note: { reason } })
  return { state: to }
}

/** Other moves without more to say: back to the draft, done, in force again after a later last day. */
export async function moveContract(ctx: Ctx, id: string, act: 'reopen' | 'finish' | 'extend'): Promise<{ state: string }> {
  const { locked, to } = await contractFor(ctx, id, act), until = dayText(locked.row.validUntil)
  if (act === 'extend' && until && until < today(ctx)) fail('INVALID', { summary: '先把到期日改到今天以后', fields: [{ field: 'validUntil', code: 'RANGE', message: '要在今天或以后' }] })
  await storeChange(elevated(ctx, sayContract(act)), contracts(ctx), id, { state: to }, { act, locked })
  return { state: to }
}
