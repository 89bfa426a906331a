import { storeNew, type Ctx } from '@quancheng/kernel'
import { publishDecision } from '@quancheng/process'
import { FIRST_PACKAGES } from '../rules/first-packages.ts'
import { firstTable, LEVEL_DECISION } from '../rules/first-table.ts'

/** A company begins with a table and ten packages; what it has made of them is left alone. */
export async function setUpLevels(ctx: Ctx): Promise<void> {
  const [table] = await ctx.query('select 1 from decision_definition where tenant_id = $1 and key = $2 limit 1', [ctx.tenant.id, LEVEL_DECISION])
  if (!table) await publishDecision(ctx, LEVEL_DECISION, firstTable(), { note: '初始分级规则' })
  const there = new Set((await ctx.query<{ level: number }>('select level from tier_package where tenant_id = $1', [ctx.tenant.id])).map(r => r.level))
  for (const row of FIRST_PACKAGES) if (!there.has(row.level)) await storeNew(ctx, ctx.entities.get('tierPackage'), { ...row })
}
