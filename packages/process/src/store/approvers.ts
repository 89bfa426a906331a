import type { Ctx } from '@quancheng/kernel'
import type { Approver } from '../model/index.ts'

/** Roles whose holders are somebody's superior, the nearest first. */
export const MANAGER_ROLES = ['deptManager', 'blockLead', 'stationManager', 'regionManager', 'director'] as const

export interface ApprovalCase { unitId: string | null; startedBy: string | null; record: Record<string, unknown> }

const HOLDS = `exists (select 1 from role r where r.tenant_id = u.tenant_id and r.code = any($2) and not coalesce(r.off, false) and (r.id = any(u.role_ids)
  or exists (select 1 from role_group g where g.tenant_id = u.tenant_id and g.id = any(u.group_ids) and r.id = any(g.role_ids))))`

interface Holder { id: string; depth: number | null; hq: boolean; rank: number }

/**
 * Holders of one of the roles, by distance: in the unit, in the units above it, then at head office (which is above nobody), then anywhere.
 * `rank`: the first of the roles, in their order, that they hold.
 */
const holders = (ctx: Ctx, roles: readonly string[], unitId: string | null): Promise<Holder[]> => ctx.query<Holder & Record<string, unknown>>(
  `select u.id, c.depth, coalesce(n.kind = 'hq', false) as hq, (select min(array_position($2::text[], r.code)) from role r where r.tenant_id = u.tenant_id and r.code = any($2) and (r.id = any(u.role_ids)
     or exists (select 1 from role_group g where g.tenant_id = u.tenant_id and g.id = any(u.group_ids) and r.id = any(g.role_ids)))) as rank
   from "user" u left join unit_closure c on c.tenant_id = u.tenant_id and c.ancestor_id = u.unit_id and c.descendant_id = $3 left join unit n on n.tenant_id = u.tenant_id and n.id = u.unit_id
   where u.tenant_id = $1 and not coalesce(u.off, false) and ${HOLDS} order by c.depth nulls last, hq desc, rank, u.username`, [ctx.tenant.id, roles, unitId])

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

const levelOf = (h: Holder): number => h.depth ?? (h.hq ? 1000 : 1001)

/** The nearest of them who are not the applicant: nobody approves what they asked for themselves. */
function nearest(list: readonly Holder[], not: string | null): string[] {
  const others = list.filter(h => h.id !== not)
  const level = Math.min(...others.map(levelOf))
  return others.filter(h => levelOf(h) === level).map(h => h.id)
}

/** The superior: the nearest holder of a manager's role above the person; in their own unit only of a role above their own. */
async function managersOf(ctx: Ctx, userId: string | null): Promise<string[]> {
  if (!userId) return []
  const [me] = await ctx.query<{ unit_id: string | null }>('select unit_id from "user" where tenant_id = $1 and id = $2', [ctx.tenant.id, userId])
  const all = await holders(ctx, MANAGER_ROLES, me?.unit_id ?? null)
  const own = all.find(h => h.id === userId)?.rank ?? 0
  const above = all.filter(h => h.id !== userId && (h.depth !== 0 || h.rank > own))
  const first = above[0]
  return first ? above.filter(h => levelOf(h) === levelOf(first) && h.rank === first.rank).map(h => h.id) : []
}

async function one(ctx: Ctx, who: Approver, of: ApprovalCase): Promise<string[]> {
  switch (who.by) {
    case 'role': {
      const found = nearest(await holders(ctx, [who.role], of.unitId), of.startedBy)
      // whoever applied is the only one who could: then it goes to their superior
      return found.length ? found : managersOf(ctx, of.startedBy)
    }
    case 'manager': return managersOf(ctx, of.startedBy)
    case 'starter': return of.startedBy ? [of.startedBy] : []
    case 'user': return (await ctx.query<{ id: string }>('select id from "user" where tenant_id = $1 and username = $2 and not coalesce(off, false)', [ctx.tenant.id, who.username])).map(r => r.id)
    case 'field': {
      const value = of.record[who.field]
      const ids = (Array.isArray(value) ? value : [value]).filter((v): v is string => typeof v === 'string')
      if (!ids.length) return []
      // a field of a record holds ids; a variable of a case without one may hold account names
      const rows = await ctx.query<{ id: string; username: string }>('select id, username from "user" where tenant_id = $1 and (id = any($2::uuid[]) or username = any($3::text[])) and not coalesce(off, false)', [ctx.tenant.id, ids.filter(id => UUID.test(id)), ids.filter(id => !UUID.test(id))])
      return ids.flatMap(id => rows.find(r => r.id === id || r.username === id)?.id ?? [])
    }
  }
}

/** Whom an approval asks, in the order of the model, nobody twice. */
export async function approversOf(ctx: Ctx, who: readonly Approver[], of: ApprovalCase): Promise<string[]> {
  const ids: string[] = []
  for (const w of who) for (const id of await one(ctx, w, of)) if (!ids.includes(id)) ids.push(id)
  return ids
}
