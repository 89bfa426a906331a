import { elevated, fail, storeChange, sumDecimal, type Change, type Ctx } from '@quancheng/kernel'
import { guardPrices } from '@quancheng/quotes'
import { keepInBlock } from '@quancheng/sales'
import { CONTRACT_STATES } from '../rules/choices.ts'
import { contractMay } from '../rules/machine.ts'
import { lineAmountOf } from './most.ts'
import { contractClocks } from './clocks.ts'
import { dayText } from './today.ts'

/** What a contract is about; fixed from the moment it is sent for approval. */
const FIXED: Record<string, string> = { title: '名称', kind: '类型', customerId: '客户', contactId: '客户签约人', amount: '金额', quoteId: '报价单', volume: '约定量', volumeUnit: '计量单位', terms: '条款', templateId: '模板', validFrom: '生效日' }

export const sayState = (state: unknown): string => CONTRACT_STATES[state as keyof typeof CONTRACT_STATES]?.[0] ?? String(state)
const same = (a: unknown, b: unknown): boolean => (dayText(a) ?? a ?? null) === (dayText(b) ?? b ?? null)

export async function contractBefore(ctx: Ctx, c: Change): Promise<void> {
  const { draft: d, before: was } = c
  if (c.act === 'remove') return was!.state === 'draft' || ctx.access.system ? undefined : fail('CONTRACT_STATE', { state: sayState(was!.state), act: '删除' })
  if (c.act === 'update') await keepInBlock(ctx, 'contract', c)
  if (c.act === 'create') { d.unitId ??= ctx.user?.unitId ?? null; d.ownerId ??= ctx.user?.id ?? null }
  if (was && d.state !== undefined && !contractMay(String(was.state), String(d.state))) fail('CONTRACT_STATE', { state: sayState(was.state), act: `变为“${sayState(d.state)}”` })
  if (was && was.state !== 'draft' && !ctx.access.system) for (const [name, label] of Object.entries(FIXED)) if (d[name] !== undefined && !same(d[name], was[name])) fail('CONTRACT_LOCKED', { field: label, name })
  const now = { ...was, ...d }
  const [from, until] = [dayText(now.validFrom), dayText(now.validUntil)]
  if (from && until && until < from) fail('INVALID', { summary: '到期日不能早于生效日', fields: [{ field: 'validUntil', code: 'ORDER', message: '不能早于生效日' }] })
  if (d.parentId !== undefined || d.kind !== undefined) await requireParent(ctx, c.id, String(now.kind ?? 'single'), (now.parentId as string | null | undefined) ?? null)
}

/** Group over branch, frame over single; never in a circle (SA-14). */
async function requireParent(ctx: Ctx, id: string, kind: string, parentId: string | null): Promise<void> {
  if (!parentId) return
  const rows = await ctx.query<{ id: string; kind: string; depth: number }>(
    'with recursive up as (select id, parent_id, kind, 1 as depth from contract where tenant_id = $1 and id = $2 union all select p.id, p.parent_id, p.kind, up.depth + 1 from contract p join up on p.tenant_id = $1 and p.id = up.parent_id where up.depth < 20) select id, kind, depth from up order by depth', [ctx.tenant.id, parentId])
  const refuse = (reason: string): never => fail('CONTRACT_PARENT', { reason })
  if (parentId === id || rows.some(r => r.id === id)) refuse('上级协议绕成了圈')
  const above = rows[0]?.kind
  if (above === 'single') refuse('单项合同下面不能再挂合同')
  if (kind === 'branch' && above && above !== 'group') refuse('分支协议的上级只能是集团协议')
  if (kind === 'group' && above) refuse('集团协议没有上级')
}

export async function contractAfter(ctx: Ctx, c: Change): Promise<void> { await contractClocks(ctx, c) }

const contractOf = (c: Change): string => String(c.draft.contractId ?? c.before?.contractId)

export async function contractLineBefore(ctx: Ctx, c: Change): Promise<void> {
  const { draft: d, before: was } = c
  const [contract] = await ctx.query<{ state: string; customerId: string; unitId: string }>('select state, customer_id as "customerId", unit_id as "unitId" from contract where tenant_id = $1 and id = $2', [ctx.tenant.id, contractOf(c)])
  // a group's prices are head office's (SA-15); the price before stands for the list
  if (contract && d.unitPrice && d.unitPrice !== was?.unitPrice) await guardPrices(ctx, { entity: 'contract', recordId: contractOf(c), customerId: contract.customerId, unitId: contract.unitId, discount: '0', changes: [{ productId: (d.productId ?? was?.productId ?? null) as string | null, item: String(d.item ?? was?.item ?? ''), quantity: String(d.quantity ?? was?.quantity ?? 0), listPrice: (was?.unitPrice ?? null) as string | null, unitPrice: String(d.unitPrice), discount: '0' }] })
  // the contract itself is on its way out: nothing of it is to be kept in order any more
  if (contract && contract.state !== 'draft' && !ctx.access.system) fail('CONTRACT_LOCKED', { field: '明细' })
  if (c.act === 'remove') return
  const now = { ...was, ...d }
  if (!now.item && now.productId) d.item = (await ctx.query<{ name: string }>('select name from product where tenant_id = $1 and id = $2', [ctx.tenant.id, now.productId]))[0]?.name
  if (now.quantity !== undefined && now.quantity !== null && now.unitPrice) d.amount = lineAmountOf(String(now.quantity), String(now.unitPrice))
}

/** The amount of a draft is the sum of its lines, where it has lines that have one. */
export async function contractLineAfter(ctx: Ctx, c: Change): Promise<void> {
  const id = contractOf(c)
  const rows = await ctx.query<{ amount: string | null }>('select l.amount::text from contract_line l join contract c on c.tenant_id = l.tenant_id and c.id = l.contract_id where l.tenant_id = $1 and l.contract_id = $2 and c.state = $3', [ctx.tenant.id, id, 'draft'])
  const amounts = rows.flatMap(r => r.amount ?? [])
  if (amounts.length) await storeChange(elevated(ctx, '合同明细合计'), ctx.entities.get('contract'), id, { amount: sumDecimal(['0.00', ...amounts]) })
}
