import { erase, type Ctx } from '@quancheng/kernel'

/** The records that were merged into an erased customer lose their personal data too (CU-22). May run again: what is erased stays as it is. */
export async function eraseMerged(ctx: Ctx, survivorId: string): Promise<void> {
  const rows = await ctx.query<{ id: string }>("select id from customer where tenant_id = $1 and merged_into_id = $2 and name <> '已删除' order by id", [ctx.tenant.id, survivorId])
  for (const { id } of rows) await erase(ctx, ctx.entities.get('customer'), id, '随并入的客户一起清除')
}
