import { randomBytes } from 'node:crypto'
import { elevated, fail, schedule, storeChange, storeNew, unschedule, type Ctx } from '@quancheng/kernel'
import { startFor } from '@quancheng/process'
import { endOf, today } from './day.ts'
import { dressLines } from './dress.ts'
import { linesOf, SAVING } from './lines.ts'
import { stateText } from './quote-hooks.ts'
import { approversFor } from './rules.ts'
import { holdQuote, saveLines } from './save-lines.ts'
import { refuseFloor, sumsOf, verdictOf } from './sums.ts'
import { tellSent } from './tell-sent.ts'

export const PROCESS = 'quote-discount'
export const JOB_EXPIRE = 'quotes.expire'
const sysOf = (ctx: Ctx, reason: string): Ctx => elevated(ctx, reason)
const quote = (ctx: Ctx) => ctx.entities.get('quote')

/**
 * Hands a draft in: priced anew with the books in force today, held against the limits. Within them it may be sent at once; beyond them the rule's
 * approver is asked; beyond what anybody may give it is refused.
 */
export async function submit(ctx: Ctx, id: string): Promise<{ state: 'approved' | 'approving'; caseId: string | null; over: Array<{ item: string; rate: string; limit: string }> }> {
  const held = await holdQuote(ctx, id, ['draft'], '提交'), q = held.row
  const lines = await linesOf(ctx, id), whole = (q.discount as string | null) ?? '0'
  if (!lines.length) fail('QUOTE_EMPTY')
  if (q.validUntil && String(q.validUntil) < today(ctx)) fail('QUOTE_DATE')
  const dressed = await dressLines(ctx, { id, customerId: q.customerId as string, unitId: q.unitId as string, discount: whole }, lines)
  const verdict = await verdictOf(ctx, dressed, whole, q.ownerId as string | null)
  refuseFloor(verdict)
  if (verdict.most.length) fail('QUOTE_MOST', { items: verdict.most.map(x => `${x.item} ${x.rate}%（最多 ${x.limit}%）`).join('、'), lines: verdict.most.map(({ rule: _, ...x }) => x) })
  const over = verdict.ask.map(({ rule: _, ...x }) => x), sys = sysOf(ctx, '提交报价')
  for (const [i, d] of dressed.entries()) if (d.listPrice !== lines[i]!.listPrice) await storeChange({ ...sys, reason: SAVING }, ctx.entities.get('quoteLine'), lines[i]!.id, { listPrice: d.listPrice })
  const sums = sumsOf(dressed, whole)
  if (!over.length) { await storeChange(sys, quote(ctx), id, { ...sums, state: 'approved', approverIds: [] }, { act: 'submit', locked: held }); return { state: 'approved', caseId: null, over } }
  const approverIds = await approversFor(ctx, verdict.ask, q.unitId as string, [q.ownerId as string | null, ctx.user?.id ?? null])
  await storeChange(sys, quote(ctx), id, { ...sums, approverIds }, { act: 'submit', locked: held, note: { over } })
  const { caseId } = await startFor(sys, PROCESS, 'quote', id)
  return { state: 'approving', caseId, over }
}

/** Gives the customer the link. What is sent is never changed again; its last day ends it by itself. */
export async function send(ctx: Ctx, id: string): Promise<{ token: string; told: number }> {
  const held = await holdQuote(ctx, id, ['approved', 'sent'], '发给客户'), q = held.row
  if (q.validUntil && String(q.validUntil) < today(ctx)) fail('QUOTE_DATE')
  // asked for again: the same link
  if (q.state === 'sent' && q.linkToken) return { token: String(q.linkToken), told: 0 }
  const token = randomBytes(15).toString('base64url')
  // one that was sent before there were links, or was brought in as sent, gets one now; when it was sent stays
  if (q.state === 'sent') { await storeChange(sysOf(ctx, '取客户链接'), quote(ctx), id, { linkToken: token }, { act: 'send', locked: held }); return { token, told: 0 } }
  await storeChange(sysOf(ctx, '发给客户'), quote(ctx), id, { state: 'sent', sentAt: ctx.now(), linkToken: token }, { act: 'send', locked: held })
  if (q.validUntil) await schedule(ctx, { kind: JOB_EXPIRE, key: id, dueAt: endOf(ctx, String(q.validUntil)), payload: { id } })
  return { token, told: await tellSent(ctx, id, token) }
}

/** The day after the last one. An answer or a new version was faster: nothing happens. */
export async function expireJob(ctx: Ctx, payload: Record<string, unknown>): Promise<void> {
  const [row] = await ctx.query<{ state: string; until: string | null }>('select state, valid_until::text as until from quote where tenant_id = $1 and id = $2 for update', [ctx.tenant.id, payload.id])
  if (row?.state === 'sent' && row.until && row.until < today(ctx)) await storeChange(ctx, quote(ctx), String(payload.id), { state: 'expired' }, { act: 'expire' })
}

export interface Answer { answer: 'accept' | 'decline'; reason?: string | null | undefined; by: string }

/** What the customer said, by the link or to the seller. The row is held by now, so that a second click waits here and finds the first. */
export async function answer(ctx: Ctx, q: { id: string; state: string; valid_until: string | null }, a: Answer): Promise<{ state: string; at: Date }> {
  if (q.state === 'replaced') return fail('QUOTE_REPLACED')
  if (q.state === 'expired' || (q.state === 'sent' && q.valid_until !== null && q.valid_until < today(ctx))) return fail('QUOTE_EXPIRED')
  if (q.state !== 'sent') return fail('QUOTE_CLOSED')
  if (a.answer === 'decline' && !a.reason?.trim()) return fail('QUOTE_REASON')
  const state = a.answer === 'accept' ? 'accepted' : 'declined'
  await storeChange(sysOf(ctx, '客户答复'), quote(ctx), q.id, { state, answeredAt: ctx.now(), answeredBy: a.by.slice(0, 60), answerReason: a.reason?.trim() || null }, { act: a.answer })
  await unschedule(ctx, [JOB_EXPIRE], [q.id])
  return { state, at: ctx.now() }
}

/** Another version of the same number, a draft with the same lines; the one before stays readable and can be accepted no more. */
export async function newVersion(ctx: Ctx, id: string): Promise<{ id: string; revision: number }> {
  const held = await holdQuote(ctx, id, ['approved', 'sent', 'declined', 'expired'], '做新版'), q = held.row
  const [last] = await ctx.query<{ revision: number }>('select max(revision)::int as revision from quote where tenant_id = $1 and number = $2', [ctx.tenant.id, q.number])
  if (last!.revision > Number(q.revision)) fail('QUOTE_NOT_LAST', { revision: last!.revision })
  const sys = sysOf(ctx, '报价新版'), until = q.validUntil && String(q.validUntil) >= today(ctx) ? q.validUntil : null
  const keep = Object.fromEntries(['number', 'title', 'customerId', 'contactId', 'opportunityId', 'unitId', 'ownerId', 'discount', 'terms'].map(name => [name, q[name]]))
  const row = await storeNew(sys, quote(ctx), { ...keep, revision: Number(q.revision) + 1, previousId: id, validUntil: until, state: 'draft' })
  await saveLines(sys, row.id as string, await linesOf(ctx, id).then(lines => lines.map(({ id: _, ...l }) => l)))
  if (q.state === 'approved' || q.state === 'sent') { await storeChange(sys, quote(ctx), id, { state: 'replaced' }, { act: 'replace', locked: held }); await unschedule(ctx, [JOB_EXPIRE], [id]) }
  return { id: row.id as string, revision: Number(q.revision) + 1 }
}

export const refuseState = (ctx: Ctx, state: unknown, act: string): never => fail('QUOTE_STATE', { state: stateText(ctx, state), act, value: state })
