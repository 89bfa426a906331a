import { known, unitAndAbove, type Ctx } from '@quancheng/kernel'
import type { Mode } from '../entities/dispatch-rule.ts'
import { needsOf, type Need, type NeedRow, type WorkFacts } from '../rules/choose.ts'

/** The stages whose work is dispatched. */
export const STAGES: readonly string[] = ['inspect', 'repair', 'quality']

interface RuleRow { unitId: string | null; nodeId: string; mode: Mode }

const rules = (ctx: Ctx): Promise<RuleRow[]> => known(ctx, 'dispatch/rules', () => ctx.query<RuleRow & Record<string, unknown>>('select unit_id as "unitId", node_id as "nodeId", mode from dispatch_rule where tenant_id = $1', [ctx.tenant.id]))

/** Is any work given out by itself, anywhere? Where it is not, nobody is asked anything more. */
export const anyAutomatic = async (ctx: Ctx): Promise<boolean> => (await rules(ctx)).some(r => r.mode === 'automatic')

/** How a stage's work is given out at a unit: by the row of the nearest unit above it, else the company's; else it is suggested. */
export async function modeOf(ctx: Ctx, unitId: string, nodeId: string): Promise<Mode> {
  const of = (await rules(ctx)).filter(r => r.nodeId === nodeId)
  if (!of.length) return 'suggest'
  for (const id of await unitAndAbove(ctx, unitId)) { const row = of.find(r => r.unitId === id); if (row) return row.mode }
  return of.find(r => r.unitId === null)?.mode ?? 'suggest'
}

/** Skills that a piece of work needs, by the company's table. */
export async function needsFor(ctx: Ctx, work: WorkFacts): Promise<Need[]> {
  const rows = await known(ctx, 'dispatch/needs', () => ctx.query<NeedRow & Record<string, unknown>>(
    `select n.node_id as "nodeId", n.product_line_id as "productLineId", n.fault_category_id as "faultCategoryId", n.fault_code as "faultCode", n.skill_id as "skillId", s.name, n.level
     from skill_need n join skill s on s.tenant_id = n.tenant_id and s.id = n.skill_id where n.tenant_id = $1 and not coalesce(s.off, false) order by s.name`, [ctx.tenant.id]))
  return needsOf(rows, work)
}
