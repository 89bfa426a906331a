import { known, storeNew, type Ctx } from '@quancheng/kernel'

export interface Rule { orderDays: number; remindDays: number; /** whether a contract is signed only with its scan */ scanToSign: boolean; ourName: string; ourAddress: string; ourPhone: string }

/** The company's rules; what a new company begins with where it has none. */
export const ruleOf = (ctx: Ctx): Promise<Rule> => known(ctx, 'contract-rule', async () => {
  const [row] = await ctx.query<{ order_days: number; remind_days: number; scan_to_sign: boolean; our_name: string | null; our_address: string | null; our_phone: string | null }>('select order_days, remind_days, scan_to_sign, our_name, our_address, our_phone from contract_rule where tenant_id = $1 order by id limit 1', [ctx.tenant.id])
  return { orderDays: row?.order_days ?? 3, remindDays: row?.remind_days ?? 7, scanToSign: row?.scan_to_sign ?? false, ourName: row?.our_name || ctx.tenant.name, ourAddress: row?.our_address ?? '', ourPhone: row?.our_phone ?? '' }
})

export async function firstRule(ctx: Ctx): Promise<void> {
  if (!(await ctx.query('select 1 from contract_rule where tenant_id = $1 limit 1', [ctx.tenant.id])).length) await storeNew(ctx, ctx.entities.get('contractRule'), { name: '全公司' })
}
