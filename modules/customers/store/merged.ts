import type { Ctx } from '@quancheng/kernel'

/** The customer that an id stands for today: the survivor where it was merged, else itself. Merges keep the way one step long. */
export async function survivorOf(ctx: Ctx, id: string): Promise<string> {
  const [row] = await ctx.query<{ into: string | null }>('select merged_into_id as into from customer where tenant_id = $1 and id = $2', [ctx.tenant.id, id])
  return row?.into ?? id
}
