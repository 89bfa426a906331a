import type { Ctx } from '@quancheng/kernel'

export interface Group { id: string; name: string; ownerId: string | null }

/** The group that a customer belongs to: the topmost company of kind 集团 at or above it. Null: it stands for itself. */
export async function groupAbove(ctx: Ctx, customerId: string): Promise<Group | null> {
  const [g] = await ctx.query<Group & Record<string, unknown>>(
    `with recursive up as (select id, parent_id, kind, name, owner_id, 0 as depth from customer where tenant_id = $1 and id = $2
       union select c.id, c.parent_id, c.kind, c.name, c.owner_id, u.depth + 1 from up u join customer c on c.tenant_id = $1 and c.id = u.parent_id where u.depth < 60)
     select id, name, owner_id as "ownerId" from up where kind = 'group' order by depth desc limit 1`, [ctx.tenant.id, customerId])
  return g ?? null
}

export interface Place { lead: boolean; member: boolean; owner: boolean }

/** What the caller is to a group: its owner at head office, the lead or a member of its team (as long as that lasts). */
export async function placeIn(ctx: Ctx, group: Group, today: string): Promise<Place> {
  if (!ctx.user) return { lead: false, member: false, owner: false }
  const [row] = await ctx.query<{ role: string }>('select role from account_team where tenant_id = $1 and group_id = $2 and user_id = $3 and (until is null or until >= $4)', [ctx.tenant.id, group.id, ctx.user.id, today])
  return { lead: row?.role === 'lead', member: row !== undefined, owner: group.ownerId === ctx.user.id }
}
export const sets = (p: Place): boolean => p.lead || p.owner
