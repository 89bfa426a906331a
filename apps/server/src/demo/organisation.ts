import { fail, storeNew, type Ctx } from '@quancheng/kernel'
import type { CompanyPlan } from './plans.ts'
import type { Random } from './random.ts'
import { dayText, DAY_MS, type DemoPerson } from './world.ts'

const SKILLS: Readonly<Record<string, readonly string[]>> = {
  receptionist: ['reception'], inspector: ['inspection'], qc: ['quality', 'inspection'], storekeeper: ['stock'], engineer: ['mainboard', 'screen', 'battery', 'data', 'printer'],
}

/** The unit tree, parents first. Returns ids by code. */
export async function storeUnits(ctx: Ctx, plan: CompanyPlan, r: Random): Promise<Record<string, string>> {
  const entity = ctx.entities.get('unit')
  const ids: Record<string, string> = {}
  for (const [position, { parent, ...u }] of plan.units.entries()) {
    const id = r.id(ctx.now())
    await storeNew(ctx, entity, { ...u, position, parentId: parent ? ids[parent] ?? fail('NOT_FOUND', { unit: parent }) : null }, { id })
    ids[u.code] = id
  }
  return ids
}

/** Accounts and employees. Each has the post that the plan names and the standard role of the same code. */
export async function storePeople(ctx: Ctx, plan: CompanyPlan, units: Readonly<Record<string, string>>, o: { passwordHash: string; today: Date; random: Random }): Promise<DemoPerson[]> {
  const byCode = async (table: 'post' | 'role'): Promise<Map<string, string>> =>
    new Map((await ctx.query<{ id: string; code: string }>(`select id, code from ${table} where tenant_id = $1`, [ctx.tenant.id])).map(r => [r.code, r.id]))
  const posts = await byCode('post'), roles = await byCode('role')
  // the standard posts are those of a service company; who sells has one of the same name as the role
  for (const code of new Set(plan.people.map(p => p.post))) {
    if (posts.has(code)) continue
    const [role] = await ctx.query<{ name: string; note: string | null }>('select name, note from role where tenant_id = $1 and code = $2', [ctx.tenant.id, code])
    const made = await storeNew(ctx, ctx.entities.get('post'), { code, name: role?.name ?? fail('NOT_FOUND', { role: code }), duties: role?.note ?? '', position: posts.size })
    posts.set(code, made.id as string)
  }
  const people: DemoPerson[] = []
  for (const [i, p] of plan.people.entries()) {
    const unitId = units[p.unit] ?? fail('NOT_FOUND', { unit: p.unit })
    const roleId = roles.get(p.post) ?? fail('NOT_FOUND', { role: p.post })
    const phone = `1390000${String(101 + i).padStart(4, '0')}`
    const userId = o.random.id(ctx.now()), employeeId = o.random.id(ctx.now())
    await storeNew(ctx, ctx.entities.get('user'), { username: p.username, name: p.name, unitId, roleIds: [roleId], phone, passwordHash: o.passwordHash }, { id: userId })
    const hiredOn = dayText(new Date(o.today.getTime() - o.random.int(90, 3600) * DAY_MS))
    const skills = (SKILLS[p.post] ?? []).filter((_, n) => n === 0 || o.random.chance(0.5))
    await storeNew(ctx, ctx.entities.get('employee'), { number: `${plan.numberPrefix}${String(i + 1).padStart(4, '0')}`, name: p.name, unitId, postId: posts.get(p.post), userId, phone, hiredOn, skills }, { id: employeeId })
    people.push({ userId, employeeId, username: p.username, name: p.name, post: p.post, unitCode: p.unit, unitId })
  }
  return people
}
