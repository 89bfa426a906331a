import { elevated, fail, known, storeChange, storeNew, update, type Ctx } from '@quancheng/kernel'
import type { DemandResolver } from '@quancheng/process'
import { checkAnswer, isEmpty, missingOf, type Question } from '../rules/checklist.ts'
import { STAGES } from '../rules/choices.ts'

const COLUMN: Record<string, string> = { staffCount: 'staff_count', industry: 'industry', address: 'address', taxNumber: 'tax_number', annualPurchase: 'annual_purchase' }

export const questions = (ctx: Ctx): Promise<readonly Question[]> => known(ctx, 'checklist-questions', async () =>
  (await ctx.query<Record<string, unknown>>('select * from checklist_question where tenant_id = $1 and not coalesce(off, false) order by position, code', [ctx.tenant.id])).map(r => ({
    id: r.id as string, code: r.code as string, label: r.label as string, kind: r.kind as Question['kind'], options: String(r.options ?? '').split('|').map(o => o.trim()).filter(Boolean),
    customerField: r.customer_field as string | null, accountTypes: (r.account_types as string[] | null) ?? [], before: (r.before as string[] | null) ?? [], required: r.required === true,
  })))

export interface Answer { value: string | null; by: string | null; at: Date | null }

/** What is known of a customer: own answers by question, fields of the customer by their field. */
async function answersOf(ctx: Ctx, customerId: string): Promise<{ accountType: string; answers: ReadonlyMap<string, Answer> }> {
  const [customer] = await ctx.query<Record<string, unknown>>('select account_type, staff_count, industry, address, tax_number, annual_purchase, updated_at from customer where tenant_id = $1 and id = $2', [ctx.tenant.id, customerId])
  if (!customer) return fail('NOT_FOUND', { id: customerId })
  const rows = await ctx.query<{ question_id: string; value: string | null; name: string | null; at: Date }>('select a.question_id, a.value, u.name, a.at from checklist_answer a left join "user" u on u.tenant_id = a.tenant_id and u.id = a.by_id where a.tenant_id = $1 and a.customer_id = $2', [ctx.tenant.id, customerId])
  const answers = new Map<string, Answer>(rows.map(r => [r.question_id, { value: r.value, by: r.name, at: r.at }]))
  for (const q of await questions(ctx)) if (q.customerField) { const v = customer[COLUMN[q.customerField]!]; answers.set(q.id, { value: v === null || v === undefined ? null : String(v), by: null, at: null }) }
  return { accountType: String(customer.account_type ?? 'general'), answers }
}

/** The names of what is still to be filled in of a customer before a stage of the sale, or `'pricing'`; empty: nothing. Quotes ask it before they price (SA-21). */
export async function missingAnswers(ctx: Ctx, customerId: string, before: string): Promise<string[]> {
  const asked = (await questions(ctx)).filter(q => q.before.includes(before))
  if (!asked.length) return []
  const { accountType, answers } = await answersOf(ctx, customerId)
  return missingOf(asked, accountType, before, id => answers.get(id)?.value ?? null)
}

/** The checklist of a customer as its page shows it. */
export async function checklistOf(ctx: Ctx, customerId: string) {
  const { accountType, answers } = await answersOf(ctx, customerId)
  return (await questions(ctx)).filter(q => !q.accountTypes.length || q.accountTypes.includes(accountType)).map(q => {
    const a = answers.get(q.id)
    return { id: q.id, code: q.code, label: q.label, kind: q.kind, options: q.options, required: q.required, before: q.before, customerField: q.customerField, value: a?.value ?? null, by: a?.by ?? null, at: a?.at ?? null }
  })
}

/** Writes answers by code; all that is wrong is told at once, each at its question. The caller holds the customer. */
export async function saveAnswers(ctx: Ctx, customerId: string, given: Record<string, unknown>): Promise<void> {
  const all = new Map((await questions(ctx)).map(q => [q.code, q]))
  const problems: Array<{ field: string; code: string; message: string }> = [], parsed: Array<[Question, string | null]> = []
  for (const [code, value] of Object.entries(given)) {
    const q = all.get(code)
    if (!q) { problems.push({ field: code, code: 'UNKNOWN_FIELD', message: '没有这个问题' }); continue }
    const answer = checkAnswer(q, value)
    if ('wrong' in answer) problems.push({ field: code, code: 'ANSWER', message: answer.wrong })
    else parsed.push([q, answer.value])
  }
  if (problems.length) fail('INVALID', { summary: problems.map(p => `“${all.get(p.field)?.label ?? p.field}”${p.message}`).join('；'), fields: problems })
  const own = parsed.filter(([q]) => q.customerField)
  if (own.length) await update(ctx, ctx.entities.get('customer'), customerId, Object.fromEntries(own.map(([q, v]) => [q.customerField!, v])))
  const sys = elevated(ctx, '客户检查单'), entity = ctx.entities.get('checklistAnswer')
  for (const [q, value] of parsed.filter(([x]) => !x.customerField)) {
    const [row] = await ctx.query<{ id: string; value: string | null }>('select id, value from checklist_answer where tenant_id = $1 and customer_id = $2 and question_id = $3', [ctx.tenant.id, customerId, q.id])
    const draft = { value, byId: ctx.user?.id ?? null, at: ctx.now() }
    if (row && row.value !== value) await storeChange(sys, entity, row.id, draft)
    else if (!row && !isEmpty(value)) await storeNew(sys, entity, { customerId, questionId: q.id, ...draft })
  }
}

const ORDER = Object.keys(STAGES)

/** The step of a deal: what must be known before it may go on. Going back, and giving up, ask for nothing. */
export const dealDemands: DemandResolver = async (ctx, o) => {
  if (o.entity !== 'opportunity' || o.key !== 'opportunity' || !o.recordId) return null
  const asked = (await questions(ctx)).filter(q => q.before.some(b => b !== 'pricing'))
  if (!asked.length) return null
  const [deal] = await ctx.query<{ customer_id: string }>('select customer_id from opportunity where tenant_id = $1 and id = $2', [ctx.tenant.id, o.recordId])
  if (!deal) return null
  const { accountType, answers } = await answersOf(ctx, deal.customer_id)
  const here = ORDER.indexOf(o.nodeId)
  return {
    items: [], fields: [],
    refuse: (_record, outcome) => {
      const to = outcome ?? ORDER[here + 1] ?? ''
      if (to === 'lost' || ORDER.indexOf(to) <= here) return []
      return missingOf(asked, accountType, to, id => answers.get(id)?.value ?? null)
    },
  }
}
