import { defineEntity, f, fail, type Ctx } from '@quancheng/kernel'
import { z } from 'zod'
import { common, OWN_FORM, ownForm } from '../rules/form.ts'

export interface ExpenseLine { date?: string; kind: string; amount: string | number; note?: string }
const LINE = z.object({ date: z.iso.date().optional(), kind: z.string().trim().min(1, '请写项目').max(40), amount: z.coerce.number().positive('金额须大于 0').max(10_000_000), note: z.string().max(200).optional() })

/** With lines the amount is their sum, in cents, so that nobody adds up by hand. */
function sumOfLines(lines: unknown): string | null {
  if (!Array.isArray(lines) || !lines.length) return null
  let cents = 0
  for (const [i, raw] of lines.slice(0, 200).entries()) {
    const line = LINE.safeParse(raw)
    if (!line.success) return fail('FORM_LINES', { line: i + 1, reason: line.error.issues[0]?.message ?? '' })
    cents += Math.round(line.data.amount * 100)
  }
  return (cents / 100).toFixed(2)
}

/** 费用报销. */
export const ExpenseClaim = defineEntity('expenseClaim', {
  label: ['费用报销', 'Expense claim'],
  icon: 'money',
  fields: {
    ...common('BX'),
    title: f.text(['事由', 'For'], { required: true, max: 100, search: 'text' }),
    kind: f.choice(['费用类别', 'Kind'], { travel: ['差旅费', 'Travel'], office: ['办公费', 'Office'], hospitality: ['招待费', 'Hospitality'], transport: ['交通费', 'Transport'], training: ['培训费', 'Training'], other: ['其他', 'Other'] }, { required: true, default: 'travel' }),
    amount: f.money(['金额', 'Amount'], { required: true, min: 0.01, help: ['有明细时按明细合计', 'The sum of the lines when there are any'] }),
    lines: f.json<ExpenseLine[]>(['明细', 'Lines']),
    account: f.text(['收款账户', 'Account'], { max: 100, personal: true }),
  },
  ...OWN_FORM,
  display: ['number', 'title', 'amount'],
  list: ['number', 'applicantId', 'title', 'kind', 'amount', 'stage'],
  hooks: {
    before(ctx: Ctx, c) {
      ownForm(ctx, c)
      const draft = c.draft as Record<string, unknown>
      if (draft.lines !== undefined) draft.amount = sumOfLines(draft.lines) ?? draft.amount
    },
  },
})
