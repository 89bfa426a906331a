import { can, defineAction, fieldLevel, list, read, type Ctx, type Row } from '@quancheng/kernel'
import { z } from 'zod'
import { figuresOf } from '../timeline/figures.ts'
import { identityOf } from '../timeline/identity.ts'
import { openAmount, standing } from '../store/credit.ts'
import { preferencesOf } from '../store/preferences.ts'
import { customerHere } from './timeline.ts'

/** The team and the points that matter for this type of account (CU-04). */
async function profileOf(ctx: Ctx, accountType: unknown): Promise<{ team: { id: string; name: string } | null; focus: string[] } | null> {
  const [p] = await ctx.query<{ team: string | null; name: string | null; focus: string | null }>('select p.team_id as team, u.name, p.focus from account_type_profile p left join unit u on u.tenant_id = p.tenant_id and u.id = p.team_id where p.tenant_id = $1 and p.account_type = $2', [ctx.tenant.id, accountType ?? 'general'])
  return p ? { team: p.team ? { id: p.team, name: p.name ?? '' } : null, focus: (p.focus ?? '').split('\n').map(s => s.trim()).filter(Boolean) } : null
}

/** What the credit says, for those who may see what the customer owes. */
async function creditOf(ctx: Ctx, row: Row): Promise<unknown> {
  const entity = ctx.entities.get('customer'), instalment = ctx.entities.find('instalment')
  if (row.kind === 'person' || !instalment || !can(ctx.access, 'instalment:read', instalment) || fieldLevel(ctx.access, entity, entity.fields.get('creditLimit')!) === 'none') return null
  const [open, s] = [await openAmount(ctx, row.id), await standing(ctx, row.id)]
  return { limit: row.creditLimit ?? null, open: open.total, parts: open.parts, ...s }
}

/** Everything above and beside the time line, in one call. */
export const head = defineAction({
  name: 'customerHead', label: ['客户页', 'Page of a customer'], method: 'GET', path: '/api/customers/:id/head', permission: 'customer:read', readOnly: true,
  input: z.object({ id: z.string() }),
  async run(ctx, q) {
    const id = await customerHere(ctx, q.id), identity = await identityOf(ctx, id)
    const row = await read(ctx, ctx.entities.get('customer'), id)
    const contact = ctx.entities.get('contact')
    const contacts = can(ctx.access, 'contact:read', contact) ? (await list(ctx, contact, { filter: { customerId: id }, limit: 50, sort: 'name' })).items : []
    const preference = ctx.entities.get('preference')
    const mergedFrom = await ctx.query<{ merge: string; id: string; name: string; at: Date }>(
      "select m.id as merge, c.id, c.name, m.merged_at as at from customer_merge m join customer c on c.tenant_id = m.tenant_id and c.id = m.merged_id where m.tenant_id = $1 and m.survivor_id = $2 and m.state = 'merged' order by m.merged_at desc limit 20", [ctx.tenant.id, id])
    const [tree] = await ctx.query<{ n: boolean }>('select exists (select 1 from customer where tenant_id = $1 and parent_id = $2) as n', [ctx.tenant.id, id])
    return {
      customer: row, contacts, figures: await figuresOf(ctx, identity.customerIds), profile: row.kind === 'person' ? null : await profileOf(ctx, row.accountType),
      preferences: can(ctx.access, 'preference:read', preference) ? await preferencesOf(ctx, id) : [], credit: await creditOf(ctx, row), mergedFrom, inTree: Boolean(row.parentId) || Boolean(tree?.n),
    }
  },
})
