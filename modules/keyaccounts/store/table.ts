import { fail, known, type Ctx } from '@quancheng/kernel'
import { compiledTable, decideWith, decisionDraftOf, decisionTableOf, type DecisionTable } from '@quancheng/process'
import { LEVEL_DECISION } from '../rules/first-table.ts'
import { ladderOf, type Ladder } from '../rules/ladder.ts'

export interface Table { version: number; ladder: Ladder }

function made(table: DecisionTable, version: number): Table {
  const decisions = compiledTable(table), [id] = decisions.decisions.keys()
  return { version, ladder: ladderOf(table, variables => decideWith(decisions, table.name, id!, { ...variables })) }
}

/** The newest published table, or an older one, compiled once for each state of the company's reference data. */
export const levelTable = (ctx: Ctx, version: number | null = null): Promise<Table> =>
  known(ctx, `keyaccounts/levels/${version ?? ''}`, async () => { const { table, version: found } = await decisionTableOf(ctx, LEVEL_DECISION, version); return made(table, found) })

/** What an administrator is writing: to see what it would do before it is published. */
export async function draftTable(ctx: Ctx): Promise<Table> {
  const draft = await decisionDraftOf(ctx, LEVEL_DECISION)
  return draft ? made(draft.table, (await levelTable(ctx)).version + 1) : fail('DRAFT_MISSING')
}

/** Service tiers by level, as the packages say. */
export const tiersByLevel = (ctx: Ctx): Promise<ReadonlyMap<number, string>> =>
  known(ctx, 'keyaccounts/tiers', async () => new Map((await ctx.query<{ level: number; tier: string }>('select level, tier from tier_package where tenant_id = $1', [ctx.tenant.id])).map(r => [r.level, r.tier])))
