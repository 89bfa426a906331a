import { AppError, type CompiledEntity, type Ctx } from '@quancheng/kernel'
import type { Whom } from '../rules/types.ts'
import type { State } from './state.ts'

export interface Person { id: string; name: string }

const HOLDS = `join role r on r.tenant_id = u.tenant_id and r.code = $2 and not coalesce(r.off, false)
  and (r.id = any(u.role_ids) or exists (select 1 from role_group g where g.tenant_id = u.tenant_id and g.id = any(u.group_ids) and r.id = any(g.role_ids)))`
const LOAD = "(select count(*) from process_step s where s.tenant_id = u.tenant_id and s.assignee_id = u.id and s.state in ('waiting', 'active', 'paused'))"

/** The holders of a role in a unit, or in the nearest above that has any; whoever has least to do first. Without a unit: all holders. */
const holders = (ctx: Ctx, role: string, unitId: string | null): Promise<Person[]> => ctx.query<Person & Record<string, unknown>>(unitId
  ? `with held as (select u.id, u.name, c.depth, ${LOAD} as load from "user" u ${HOLDS} join unit_closure c on c.tenant_id = u.tenant_id and c.ancestor_id = u.unit_id and c.descendant_id = $3 where u.tenant_id = $1 and not coalesce(u.off, false))
     select id, name from held where depth = (select min(depth) from held) order by load, id limit 200`
  : `select u.id, u.name from "user" u ${HOLDS} where u.tenant_id = $1 and not coalesce(u.off, false) order by ${LOAD}, u.id limit 200`, unitId ? [ctx.tenant.id, role, unitId] : [ctx.tenant.id, role])

const inUse = (ctx: Ctx, id: string): Promise<Person[]> => ctx.query<Person & Record<string, unknown>>('select id, name from "user" where tenant_id = $1 and id = $2 and not coalesce(off, false)', [ctx.tenant.id, id])

/** The people whom a rule means for this record, never none: that is told as an error that names whom it looked for. */
export async function whom(ctx: Ctx, entity: CompiledEntity, w: Whom, state: State, unitId: string | null): Promise<[Person, ...Person[]]> {
  const found = w.by === 'role' ? await holders(ctx, w.role, unitId) : w.by === 'user' ? await inUse(ctx, w.userId) : await ofField(ctx, w.field, state)
  if (found[0]) return found as [Person, ...Person[]]
  const [role] = w.by === 'role' ? await ctx.query<{ name: string }>('select name from role where tenant_id = $1 and code = $2', [ctx.tenant.id, w.role]) : []
  throw new AppError('AUTOMATION_NOBODY', { whom: w.by === 'role' ? `岗位“${role?.name ?? w.role}”，在记录的单位及上级` : w.by === 'user' ? '指定的人，账号已停用' : `字段“${entity.fields.get(w.field)?.label[0] ?? w.field}”是空的，或账号已停用` })
}

function ofField(ctx: Ctx, field: string, state: State): Promise<Person[]> | Person[] {
  const value = (state.record ?? state.old)?.[field]
  return typeof value === 'string' ? inUse(ctx, value) : []
}
