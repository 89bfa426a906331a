import { amountInWords, elevated, lock, sumDecimal, type Ctx } from '@quancheng/kernel'
import { CONTRACT_KINDS } from '../rules/choices.ts'
import { fillText, FIRST_TEMPLATE, inline, longDate, table, type Word } from '../rules/text.ts'
import { ruleOf } from './rule.ts'
import { dayText, today } from './today.ts'

export interface ContractText { title: string; number: string; text: string; missing: string[] }

/** What the placeholders stand for. The caller may read the contract; the customer's particulars come with it. */
export async function contractWords(ctx: Ctx, id: string): Promise<{ row: Record<string, unknown>; words: Partial<Record<Word, string>>; lines: string[][] }> {
  const { row } = await lock(ctx, ctx.entities.get('contract'), id, 'read', { forUpdate: false }), rule = await ruleOf(ctx)
  const [k] = await ctx.query<Record<string, string | null>>(
    'select c.name, c.address, c.tax_number, c.phone, p.name as contact, u.name as owner, h.number as parent_number, h.title as parent_title from contract t join customer c on c.tenant_id = t.tenant_id and c.id = t.customer_id left join contact p on p.tenant_id = t.tenant_id and p.id = t.contact_id left join "user" u on u.tenant_id = t.tenant_id and u.id = t.owner_id left join contract h on h.tenant_id = t.tenant_id and h.id = t.parent_id where t.tenant_id = $1 and t.id = $2', [ctx.tenant.id, id])
  const rows = await ctx.query<Record<string, string | null>>('select item, unit, trim_scale(quantity)::text as quantity, unit_price::text, amount::text from contract_line where tenant_id = $1 and contract_id = $2 order by position, id', [ctx.tenant.id, id])
  const plan = await ctx.query<{ label: string; due_on: string; amount: string }>('select label, due_on::text, amount::text from instalment where tenant_id = $1 and contract_id = $2 order by due_on, id', [ctx.tenant.id, id])
  const amount = sumDecimal([String(row.amount), '0.00']), say = (v: string | null | undefined): string => inline(v ?? '')
  const lines = rows.map((l, i) => [String(i + 1), l.item ?? '', l.quantity ? `${l.quantity} ${l.unit ?? ''}` : l.unit ?? '', l.unit_price ?? '', l.amount ?? ''])
  const words: Partial<Record<Word, string>> = {
    合同号: say(String(row.number)), 合同名称: say(String(row.title)), 类型: CONTRACT_KINDS[row.kind as keyof typeof CONTRACT_KINDS]?.[0] ?? '',
    甲方: say(k?.name), 甲方地址: say(k?.address), 甲方税号: say(k?.tax_number), 甲方签约人: say(k?.contact), 甲方电话: say(k?.phone),
    乙方: say(rule.ourName), 乙方地址: say(rule.ourAddress), 乙方电话: say(rule.ourPhone), 乙方负责人: say(k?.owner),
    明细表: lines.length ? table(['序号', '名称', '数量', '单价（元）', '金额（元）'], lines.map(l => l.map(inline))) : '',
    金额: amount, 金额大写: amountInWords(amount), 付款计划: plan.map((p, i) => `${i + 1}. ${inline(p.label)}：${longDate(p.due_on)}前付 ${p.amount} 元（${amountInWords(p.amount)}）`).join('\n'),
    签订日: longDate(dayText(row.signedOn)), 生效日: longDate(dayText(row.validFrom)), 到期日: longDate(dayText(row.validUntil)),
    约定量: row.volume ? `${String(row.volume).replace(/\.?0+$/, '')} ${say(row.volumeUnit as string | null)}`.trim() : '', 上级协议: k?.parent_number ? say(`${k.parent_number} ${k.parent_title ?? ''}`) : '',
    条款: String(row.terms ?? ''), 今天: longDate(today(ctx)),
  }
  return { row, words, lines }
}

/** The contract's text, made from its template and its data; `missing` are placeholders that had nothing to say. */
export async function contractText(ctx: Ctx, id: string): Promise<ContractText> {
  const { row, words } = await contractWords(ctx, id)
  const [template] = await elevated(ctx, '合同模板').query<{ body: string }>('select body from contract_template where tenant_id = $1 and (id = $2 or ($2::uuid is null and not coalesce(off, false) and (kind = $3 or kind is null))) order by (kind is null), title limit 1', [ctx.tenant.id, row.templateId ?? null, row.kind])
  const { text, missing } = fillText(template?.body ?? FIRST_TEMPLATE, words)
  return { title: String(row.title), number: String(row.number), text, missing }
}
