import { defineAction, fail, type Ctx } from '@quancheng/kernel'
import { compiledTable, decideWith, decisionDraftOf, publishedDecision, type DecisionResult } from '@quancheng/process'
import { z } from 'zod'
import { KEY } from '../rules/table-schema.ts'
import { READ } from './drafts.ts'

/** Rows of one bulk question over HTTP; programs inside ask `decideMany`. */
const MOST = 1_000
const VARIABLES = z.record(z.string().max(200), z.unknown())
/** A published version by its number, what is being written, or (without one) the newest published. */
const VERSION = z.union([z.literal('draft'), z.coerce.number().int().positive()]).optional()

type Answer = Pick<DecisionResult, 'value' | 'matched' | 'inputs' | 'problems'>

async function decider(ctx: Ctx, key: string, version: 'draft' | number | undefined): Promise<{ version: 'draft' | number; decide: (variables: Record<string, unknown>) => Answer }> {
  const only = ({ value, matched, inputs, problems }: DecisionResult): Answer => ({ value, matched, inputs, problems })
  if (version !== 'draft') {
    const published = await publishedDecision(ctx, key, version ?? null)
    return { version: published.version, decide: variables => only(published.decide(variables)) }
  }
  const draft = await decisionDraftOf(ctx, key)
  if (!draft) return fail('DRAFT_MISSING')
  const decisions = compiledTable(draft.table)
  return { version: 'draft', decide: variables => only(decideWith(decisions, draft.table.name, draft.table.id, variables)) }
}

export const tryActions = [
  defineAction({
    name: 'tryDecision', method: 'POST', path: '/api/decisions/:key/try', ...READ, input: KEY.extend({ variables: VARIABLES, version: VERSION }),
    async run(ctx, { key, variables, version }) {
      const by = await decider(ctx, key, version)
      return { version: by.version, ...by.decide(variables) }
    },
  }),
  defineAction({
    name: 'decideMany', method: 'POST', path: '/api/decisions/:key/decide', ...READ, input: KEY.extend({ rows: z.array(VARIABLES).min(1).max(MOST, `一次最多 ${MOST} 行`), version: VERSION }),
    async run(ctx, { key, rows, version }) {
      const by = await decider(ctx, key, version)
      return { version: by.version, results: rows.map(by.decide) }
    },
  }),
]
