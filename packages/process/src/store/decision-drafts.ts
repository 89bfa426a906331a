import type { Ctx } from '@quancheng/kernel'
import type { DecisionTable } from '../dmn/index.ts'
import { lockDecision, plainTable, publishDecision, type PublishedTable } from './decisions.ts'
import { draftStore, type DraftOf } from './draft-store.ts'
import './errors.ts'

/** A table that is being written and that nobody decides by yet. A wrong table may be kept, only publishing refuses it. */
export type DecisionDraft = Omit<DraftOf<DecisionTable>, 'content' | 'name'> & { table: DecisionTable }

const toDraft = ({ content, name: _, ...rest }: DraftOf<DecisionTable>): DecisionDraft => ({ ...rest, table: content })

const store = draftStore<DecisionTable, PublishedTable>({
  table: 'decision_draft', column: 'content', lock: lockDecision, errors: { exists: 'DECISION_EXISTS', unknown: 'DECISION_UNKNOWN' },
  newest: async (ctx, key) => (await ctx.query<{ version: number }>('select version from decision_definition where tenant_id = $1 and key = $2 order by version desc limit 1', [ctx.tenant.id, key]))[0] ?? null,
  stored: (key, table) => Promise.resolve({ name: table.name, value: JSON.stringify(plainTable(key, table)) }),
  publish: (ctx, key, table, note) => publishDecision(ctx, key, table, { note }),
})

export async function decisionDraftOf(ctx: Ctx, key: string): Promise<DecisionDraft | null> {
  const draft = await store.of(ctx, key)
  return draft && toDraft(draft)
}
export const createDecisionDraft = async (ctx: Ctx, key: string, table: DecisionTable): Promise<DecisionDraft> => toDraft(await store.create(ctx, key, table))
export const saveDecisionDraft = async (ctx: Ctx, key: string, table: DecisionTable, seen: number, basedOn?: number): Promise<DecisionDraft> => toDraft(await store.save(ctx, key, table, seen, basedOn))
export const dropDecisionDraft = store.drop
export const publishDecisionDraft = store.publish
