import { chinaCalendar, storeChange, storeNew, type Ctx } from '@quancheng/kernel'
import { everyPermission } from '../rules/every-permission.ts'
import { STANDARD_POSTS } from '../rules/posts.ts'
import { STANDARD_ROLES } from '../rules/standard-roles.ts'
import { scheduleWatch } from './watch-calendars.ts'

/** Lays the foundations of a tenant: calendar, posts, roles. Runs at every start and changes nothing that a person has touched. */
export async function setup(ctx: Ctx): Promise<void> {
  await ensureCalendar(ctx)
  await ensurePosts(ctx)
  await ensureRoles(ctx)
  await scheduleWatch(ctx, ctx.now())
}

async function ensureCalendar(ctx: Ctx): Promise<void> {
  const known = await ctx.query('select 1 from calendar where tenant_id = $1 limit 1', [ctx.tenant.id])
  if (known.length) return
  await storeNew(ctx, ctx.entities.get('calendar'), { ...chinaCalendar(), name: '中国标准日历', isDefault: true })
}

async function ensurePosts(ctx: Ctx): Promise<void> {
  const known = new Set((await ctx.query<{ code: string }>('select code from post where tenant_id = $1', [ctx.tenant.id])).map(r => r.code))
  for (const [position, post] of STANDARD_POSTS.entries()) if (!known.has(post.code)) await storeNew(ctx, ctx.entities.get('post'), { ...post, position })
}

interface RoleRow { id: string; code: string; grants: Record<string, string[]> | null; fields: Record<string, string> | null; updated_by: string | null }

/** A role that only the system has written follows the program as it grows; one that an administrator changed is theirs. */
async function ensureRoles(ctx: Ctx): Promise<void> {
  const entity = ctx.entities.get('role')
  const known = new Map((await ctx.query<RoleRow>('select id, code, grants, fields, updated_by from role where tenant_id = $1', [ctx.tenant.id])).map(r => [r.code, r]))
  for (const { everything, ...role } of STANDARD_ROLES) {
    const grants = everything ? everyPermission(ctx) : role.grants
    const row = known.get(role.code)
    if (!row) await storeNew(ctx, entity, { ...role, grants })
    else if (row.updated_by === null && !(same(row.grants, grants) && same(row.fields, role.fields))) await storeChange(ctx, entity, row.id, { grants, fields: role.fields }, { act: 'update' })
  }
}

/** Equal whatever the order of keys: jsonb keeps none. */
const same = (a: object | null, b: object): boolean => text(a ?? {}) === text(b)
const text = (o: object): string => JSON.stringify(Object.entries(o).toSorted(([a], [b]) => (a < b ? -1 : 1)))
