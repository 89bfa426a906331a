import { fenOf, yuanOf, type Change, type Ctx } from '@quancheng/kernel'
import { ownForm } from '@quancheng/approvals'
import { today } from '../../rules/day.ts'
import { addDays, spanOfPeriod } from '../../rules/period.ts'
import { refuse } from '../../rules/refuse.ts'

type Values = Record<string, unknown>
const dayText = (value: unknown): string => (value instanceof Date ? value.toISOString() : String(value)).slice(0, 10)
/** Claims that count against a budget: handed in and not refused. */
export const COUNTED = "stage not in ('draft', 'apply', 'rejected', 'dropped')"

export function budgetBefore(c: Change): void {
  if (c.act !== 'create') return
  const span = spanOfPeriod(String(c.draft.period))
  c.draft.startsOn = span.from
  c.draft.endsOn = span.to
}

/**
 * A claim is held against its budget in the moment in which it is handed in: the budget's row is locked first, so that of two at once the second
 * counts the first. The budget is the narrowest one for the day, of the unit or the nearest above it.
 */
export async function expenseBefore(ctx: Ctx, c: Change): Promise<void> {
  ownForm(ctx, c)
  if (c.act === 'remove') return
  const was = c.before as Values | null, now: Values = { ...was, ...c.draft }, withApplicant = (stage: unknown): boolean => stage === undefined || stage === null || stage === 'draft' || stage === 'apply'
  const day = dayText(now.spentOn)
  // a year that is mistyped would find no budget, and ask the director for nothing
  if (c.draft.spentOn && (day > addDays(today(ctx), 366) || day < addDays(today(ctx), -731))) refuse('spentOn', '发生日应在两年前到一年后之间')
  if (!withApplicant(was?.stage) || withApplicant(now.stage)) return
  const [budget] = await ctx.query<{ id: string; amount: string }>(
    `select b.id, b.amount::text as amount from budget b join unit_closure u on u.tenant_id = b.tenant_id and u.ancestor_id = b.unit_id and u.descendant_id = $2
     where b.tenant_id = $1 and b.category = $3 and b.starts_on <= $4 and b.ends_on >= $4
     order by (select count(*) from unit_closure a where a.tenant_id = b.tenant_id and a.descendant_id = b.unit_id) desc, b.ends_on - b.starts_on limit 1 for update of b`, [ctx.tenant.id, now.unitId, now.category, day])
  c.draft.budgetId = budget?.id ?? null
  const [{ sum } = { sum: '0' }] = budget ? await ctx.query<{ sum: string }>(`select coalesce(sum(amount), 0)::text as sum from marketing_expense where tenant_id = $1 and budget_id = $2 and id <> $3 and ${COUNTED}`, [ctx.tenant.id, budget.id, c.id]) : []
  // without a budget all of it is beyond
  const own = fenOf(String(now.amount)), over = own + fenOf(sum) - fenOf(budget?.amount ?? '0')
  // what others are over already is theirs
  c.draft.overBy = over > 0n ? yuanOf(over < own ? over : own) : null
}
