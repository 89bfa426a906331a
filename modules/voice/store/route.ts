import { fail, hereOf, known, storeNew, unitsHere, type Ctx } from '@quancheng/kernel'

interface Route { department: string; role: string; unit_id: string | null }
export interface Routed { department: string; role: string; unit: { id: string; code: string } }

/** What a new company starts with: category → department, role. */
const FIRST_ROUTES = { quote: ['销售', 'sales'], service: ['服务', 'stationManager'], product: ['产品', 'hq'], other: ['客服', 'agent'] } as const

/** A category without a row would have nobody: it gets the first one again. */
export async function seedRoutes(ctx: Ctx): Promise<void> {
  const there = new Set((await ctx.query<{ category: string }>('select category from feedback_route where tenant_id = $1', [ctx.tenant.id])).map(r => r.category))
  for (const [category, [department, code]] of Object.entries(FIRST_ROUTES)) {
    if (there.has(category)) continue
    const [role] = await ctx.query<{ id: string }>('select id from role where tenant_id = $1 and code = $2', [ctx.tenant.id, code])
    if (role) await storeNew(ctx, ctx.entities.get('feedbackRoute'), { category, department, roleId: role.id })
  }
}

/** Holders of the post at the unit that a feedback came from or above it have it there; else it goes where the post is, head office first. */
async function unitFor(ctx: Ctx, r: Route, fromUnitId: string | null): Promise<{ id: string; code: string } | undefined> {
  const [here] = r.unit_id ? [{ unit_id: r.unit_id, near: false }] : await ctx.query<{ unit_id: string; near: boolean }>(
    `select u.unit_id, exists (select 1 from unit_closure c where c.tenant_id = u.tenant_id and c.ancestor_id = u.unit_id and c.descendant_id = $2) as near
     from "user" u join role r on r.tenant_id = u.tenant_id and r.code = $3 and not r.off join unit un on un.tenant_id = u.tenant_id and un.id = u.unit_id
     where u.tenant_id = $1 and not u.off and (r.id = any(u.role_ids) or exists (select 1 from role_group g where g.tenant_id = u.tenant_id and g.id = any(u.group_ids) and r.id = any(g.role_ids)))
     order by near desc, un.kind = 'hq' desc, un.code, u.username limit 1`, [ctx.tenant.id, fromUnitId, r.role])
  const id = here ? (here.near && fromUnitId ? fromUnitId : here.unit_id) : fromUnitId
  return (await ctx.query<{ id: string; code: string }>(`select id, code from unit where tenant_id = $1 and ($2::uuid is null or id = $2) order by kind = 'hq' desc, kind = 'group' desc, code limit 1`, [ctx.tenant.id, id]))[0]
}

const codeOf = async (ctx: Ctx, id: string): Promise<{ id: string; code: string }> => (await ctx.query<{ id: string; code: string }>('select id, code from unit where tenant_id = $1 and id = $2', [ctx.tenant.id, id]))[0] ?? fail('VOICE_UNIT')

/** The department of a category, the post that works on it and the unit in whose pool it lies. */
export async function routeOf(ctx: Ctx, category: string, fromUnitId: string | null): Promise<Routed> {
  const routes = await known(ctx, 'feedback-routes', () => ctx.query<Route & { category: string } & Record<string, unknown>>(
    'select f.category, f.department, f.unit_id, r.code as role from feedback_route f join role r on r.tenant_id = f.tenant_id and r.id = f.role_id where f.tenant_id = $1', [ctx.tenant.id]))
  const route = routes.find(r => r.category === category) ?? routes.find(r => r.category === 'other') ?? { department: '客服', role: 'agent', unit_id: null }
  // a station keeps what it hears: head office's people see it there and act on it there
  const here = hereOf(ctx.runtime)
  if (here) return { department: route.department, role: route.role, unit: fromUnitId && (await unitsHere(ctx))!.includes(fromUnitId) ? await codeOf(ctx, fromUnitId) : { id: here.unitId, code: here.unitCode } }
  return { department: route.department, role: route.role, unit: await unitFor(ctx, route, fromUnitId) ?? fail('VOICE_UNIT') }
}
