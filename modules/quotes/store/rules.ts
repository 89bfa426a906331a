import { fail, type Ctx } from '@quancheng/kernel'
import { holdersAbove } from '@quancheng/process'
import type { Over, Rule, Seller } from '../rules/discount.ts'

export const rulesInForce = (ctx: Ctx): Promise<Rule[]> => ctx.query<Rule & Record<string, unknown>>(
  `select id, name, user_id as "userId", role_id as "roleId", product_line_id as "productLineId", free::text as free, most::text as most, approver_id as "approverId", approver_role_id as "approverRoleId"
   from discount_rule where tenant_id = $1 and not coalesce(off, false)`, [ctx.tenant.id])

/** Whoever answers for the quote: its owner, else who is at it. */
export async function sellerOf(ctx: Ctx, ownerId: string | null): Promise<Seller> {
  const userId = ownerId ?? ctx.user?.id ?? null
  const [row] = userId ? await ctx.query<{ ids: string[] }>(
    `select array(select unnest(coalesce(u.role_ids, '{}')) union select unnest(g.role_ids) from role_group g where g.tenant_id = u.tenant_id and g.id = any(coalesce(u.group_ids, '{}'))) as ids from "user" u where u.tenant_id = $1 and u.id = $2`, [ctx.tenant.id, userId]) : []
  return { userId, roleIds: row?.ids ?? [] }
}

/** Whose yes the rule asks for, without whoever asks: the person, else the holders of the role in the block or above it, else anywhere. */
async function approversOf(ctx: Ctx, rule: Rule | null, unitId: string, not: readonly (string | null)[]): Promise<string[]> {
  const others = (ids: readonly string[]): string[] => [...new Set(ids)].filter(id => !not.includes(id))
  if (rule?.approverId && !not.includes(rule.approverId)) return [rule.approverId]
  const [role] = rule?.approverRoleId ? await ctx.query<{ code: string }>('select code from role where tenant_id = $1 and id = $2', [ctx.tenant.id, rule.approverRoleId]) : []
  for (const code of new Set([role?.code ?? 'blockLead', 'groupManager'])) {
    const near = others(await holdersAbove(ctx, unitId, code))
    if (near.length) return near
    const anywhere = others((await ctx.query<{ id: string }>('select u.id from "user" u join role r on r.tenant_id = u.tenant_id and r.id = any(u.role_ids) where u.tenant_id = $1 and r.code = $2 and not coalesce(u.off, false) order by u.username limit 5', [ctx.tenant.id, code])).map(u => u.id))
    // a lead of another block has no say in this one; head office has
    if (anywhere.length && code !== 'blockLead') return anywhere
  }
  return fail('QUOTE_NO_APPROVER')
}

/** The approvers of all that goes beyond: of the widest step, since who may allow it may allow the smaller ones. */
export const approversFor = (ctx: Ctx, over: readonly Over[], unitId: string, not: readonly (string | null)[]): Promise<string[]> =>
  approversOf(ctx, over.toSorted((a, b) => Number(b.rate) - Number(a.rate))[0]?.rule ?? null, unitId, not)
