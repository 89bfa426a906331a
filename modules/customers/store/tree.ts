import { elevated, fail, isId, visible, type Condition, type Ctx } from '@quancheng/kernel'
import { sql } from 'kysely'

/** No company is that deep; a ring that came in behind the program's back ends here. */
const DEEPEST = 60

/** Ids from the parent up to the top. */
export async function ancestorsOf(ctx: Ctx, id: string): Promise<string[]> {
  return (await ctx.query<{ id: string }>(
    `with recursive up as (select parent_id as id, 1 as depth from customer where tenant_id = $1 and id = $2 and parent_id is not null
       union select c.parent_id, up.depth + 1 from up join customer c on c.tenant_id = $1 and c.id = up.id where c.parent_id is not null and up.depth < ${DEEPEST})
     select id from up order by depth`, [ctx.tenant.id, id])).map(r => r.id)
}

/** The customer itself and all below it, those merged away left out. For the system's sums; what people see passes `visible` besides. */
export async function subtreeIds(ctx: Ctx, id: string): Promise<string[]> {
  return (await ctx.query<{ id: string }>(
    `with recursive down as (select id, 0 as depth from customer where tenant_id = $1 and id = $2
       union all select c.id, down.depth + 1 from down join customer c on c.tenant_id = $1 and c.parent_id = down.id where c.merged_into_id is null and down.depth < ${DEEPEST})
     select distinct id from down`, [ctx.tenant.id, id])).map(r => r.id)
}

/** SQL: is the customer that `column` names (`t.customer_id`) this one or below it? */
export const belowCustomer = (ctx: Ctx, column: string, id: string): Condition => sql<boolean>`${sql.ref(column)} in (
  with recursive down as (select id, 0 as depth from customer where tenant_id = ${ctx.tenant.id} and id = ${id}
    union all select c.id, down.depth + 1 from down join customer c on c.tenant_id = ${ctx.tenant.id} and c.parent_id = down.id where c.merged_into_id is null and down.depth < ${sql.lit(DEEPEST)})
  select id from down)`

/** Refuses a parent that lies below (or is) the customer itself. Held by a lock of the tenant's trees: two who move branches at once can't make a ring together. */
export async function requireNoCycle(ctx: Ctx, id: string, parentId: string): Promise<void> {
  await ctx.query("select pg_advisory_xact_lock(hashtextextended('customer-tree' || $1::text, 0))", [ctx.tenant.id])
  if (id !== parentId && !(await ancestorsOf(ctx, parentId)).includes(id)) return
  const [row] = await ctx.query<{ name: string }>('select name from customer where tenant_id = $1 and id = $2', [ctx.tenant.id, parentId])
  fail('TREE_CYCLE', { name: row?.name ?? '' })
}

export interface TreeRow { id: string; parentId: string | null; name: string; kind: string; accountType: string | null; level: number | null; depth: number }

/** The whole tree that a customer stands in, from its top, in the order of a table of contents; only what the caller may read. One statement. */
export async function treeOf(ctx: Ctx, id: string): Promise<TreeRow[]> {
  if (!isId(id)) return fail('NOT_FOUND', { id })
  const top = (await ancestorsOf(elevated(ctx, '客户结构树'), id)).at(-1) ?? id
  const { rows } = await sql<TreeRow>`
    with recursive down as (select id, 0 as depth, array[name || id::text] as path from customer where tenant_id = ${ctx.tenant.id} and id = ${top}
      union all select c.id, down.depth + 1, down.path || (c.name || c.id::text) from down join customer c on c.tenant_id = ${ctx.tenant.id} and c.parent_id = down.id where c.merged_into_id is null and down.depth < ${sql.lit(DEEPEST)})
    select t.id, t.parent_id as "parentId", t.name, t.kind, t.account_type as "accountType", t.level, down.depth from down join customer as t on t.tenant_id = ${ctx.tenant.id} and t.id = down.id
    where ${visible(ctx, ctx.entities.get('customer'), 't')!} order by down.path limit 2000`.execute(ctx.db)
  return rows
}
