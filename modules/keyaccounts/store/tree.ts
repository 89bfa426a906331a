import type { Ctx } from '@quancheng/kernel'

/** The customer and all below it, those merged away left out. */
export async function subtreeIds(ctx: Ctx, id: string): Promise<string[]> {
  return (await ctx.query<{ id: string }>(
    `with recursive down as (select id, 0 as depth from customer where tenant_id = $1 and id = $2
       union all select c.id, down.depth + 1 from down join customer c on c.tenant_id = $1 and c.parent_id = down.id where c.merged_into_id is null and down.depth < 60) select distinct id from down`, [ctx.tenant.id, id])).map(r => r.id)
}
