import { elevated, remove, storeChange, storeMany, type Ctx } from '@quancheng/kernel'
import { subtreeIds } from './tree.ts'

/*
 * What a team makes its members see: the group and every company below it, as shares of the kernel (ADR 0050), so that lists, search and pages agree.
 * Each member's row remembers which shares are its own; those that people gave by hand are never touched, and go on when the member leaves.
 */

/** Companies of one group that a member is let into: each is a row and a change of rights. */
const MOST = 1000

interface Member { id: string; userId: string; until: string | null; shares: Record<string, string> | null }

/** Brings the shares of a group's team to what its tree and its members are now. */
export async function shareWithTeam(ctx: Ctx, groupId: string): Promise<void> {
  const members = await ctx.query<Member & Record<string, unknown>>('select id, user_id as "userId", until::text as until, shares from account_team where tenant_id = $1 and group_id = $2 order by id', [ctx.tenant.id, groupId])
  if (!members.length) return
  const ids = (await subtreeIds(ctx, groupId)).toSorted().slice(0, MOST), sys = elevated(ctx, '虚拟团队')
  for (const m of members) await shareWith(sys, m, ids)
}

async function shareWith(sys: Ctx, m: Member, ids: readonly string[]): Promise<void> {
  const entity = sys.entities.get('recordShare'), had = m.shares ?? {}, now: Record<string, string> = {}, wanted = new Set(ids)
  const there = await sys.query<{ id: string; recordId: string; until: string | null }>(
    "select id, record_id as \"recordId\", until::text as until from record_share where tenant_id = $1 and entity = 'customer' and user_id = $2", [sys.tenant.id, m.userId])
  const known = new Map(there.map(s => [s.id, s])), open = new Set(there.map(s => s.recordId))
  for (const [customerId, id] of Object.entries(had)) {
    const share = known.get(id)
    if (!wanted.has(customerId)) { if (share) await remove(sys, entity, id); continue }
    // taken back by hand: stays so
    now[customerId] = id
    if (share && share.until !== m.until) await storeChange(sys, entity, id, { until: m.until })
  }
  const own = new Set((await sys.query<{ id: string }>('select id from customer where tenant_id = $1 and id = any($2) and owner_id = $3', [sys.tenant.id, ids, m.userId])).map(r => r.id))
  const fresh = ids.filter(id => !now[id] && !open.has(id) && !own.has(id))
  for (const s of await storeMany(sys, entity, fresh.map(recordId => ({ draft: { entity: 'customer', recordId, userId: m.userId, level: 'read', until: m.until, reason: '虚拟团队' } })))) now[String(s.recordId)] = s.id as string
  if (Object.keys(now).join() !== Object.keys(had).join()) await storeChange(sys, sys.entities.get('accountTeam'), m.id, { shares: now })
}

/** Every team once more: those that were there before teams shared, and what was written past the program. */
export async function shareWithTeams(ctx: Ctx): Promise<void> {
  for (const { id } of await ctx.query<{ id: string }>('select distinct group_id as id from account_team where tenant_id = $1 order by 1', [ctx.tenant.id])) await shareWithTeam(ctx, id)
}

/** A member leaves: what the team opened to them is closed. */
export async function unshareWith(ctx: Ctx, shares: Record<string, string> | null): Promise<void> {
  const sys = elevated(ctx, '虚拟团队'), entity = ctx.entities.get('recordShare')
  for (const { id } of await ctx.query<{ id: string }>('select id from record_share where tenant_id = $1 and id = any($2) order by id', [ctx.tenant.id, Object.values(shares ?? {})])) await remove(sys, entity, id)
}

/** A company came into a group, or went out of one: its teams see it, or no longer. */
export async function shareAgain(ctx: Ctx, customerId: string): Promise<void> {
  const groups = await ctx.query<{ id: string }>(
    `with recursive up as (select id, parent_id, 0 as depth from customer where tenant_id = $1 and id = $2
       union select c.id, c.parent_id, u.depth + 1 from up u join customer c on c.tenant_id = $1 and c.id = u.parent_id where u.depth < 60)
     select distinct group_id as id from account_team where tenant_id = $1 and (group_id in (select id from up) or shares ? $2::text) order by 1`, [ctx.tenant.id, customerId])
  for (const { id } of groups) await shareWithTeam(ctx, id)
}
