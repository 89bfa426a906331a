import { fail, known, type Ctx } from '@quancheng/kernel'
import { compileDecisionTable, decide, type CompiledDecisions, type DecisionResult, type DecisionTable } from '../dmn/index.ts'
import { FeelError, type FeelMeter } from '../feel/index.ts'
import './decision-errors.ts'

/** A published version, compiled: asks nobody, so the engine can use it in the middle of its pure work. */
export interface PublishedDecision {
  key: string
  name: string
  version: number
  /** Throws DECISION_TOO_COMPLEX when the allowance is used up; `meter` lets several decisions share one. */
  decide(variables: Readonly<Record<string, unknown>>, meter?: FeelMeter): DecisionResult
}

export type Decided = DecisionResult & { key: string; version: number }

/** Rows of one `decideMany`. */
export const MOST_ROWS = 10_000

// a published table never changes, so its compiled form is shared by all tenants that published the same one
const compiled = new Map<string, CompiledDecisions>()
const CACHED = 500

export function compiledTable(table: DecisionTable, hash?: string): CompiledDecisions {
  const hit = hash === undefined ? undefined : compiled.get(hash)
  if (hit) return hit
  const { decisions, problems } = compileDecisionTable(table)
  if (!decisions) return fail('DECISION_INVALID', { reason: problems.map(p => p.message).join('；'), problems })
  if (hash !== undefined) {
    compiled.set(hash, decisions)
    if (compiled.size > CACHED) compiled.delete(compiled.keys().next().value!)
  }
  return decisions
}

/** One decision, with what a runaway expression costs told as a refusal. */
export function decideWith(decisions: CompiledDecisions, name: string, id: string, variables: Readonly<Record<string, unknown>>, meter?: FeelMeter): DecisionResult {
  try { return decide(decisions, id, variables, meter) } catch (error) {
    if (error instanceof FeelError) return fail('DECISION_TOO_COMPLEX', { name })
    throw error
  }
}

/** The newest version, or the one asked for; null when there is none. */
async function load(ctx: Ctx, key: string, version: number | null): Promise<PublishedDecision | null> {
  const [row] = await ctx.query<{ id: string; version: number; name: string; hash: string }>('select id, version, name, hash from decision_definition where tenant_id = $1 and key = $2 and ($3::int is null or version = $3) order by version desc limit 1', [ctx.tenant.id, key, version])
  if (!row) return null
  let decisions = compiled.get(row.hash)
  if (!decisions) {
    const [text] = await ctx.query<{ content: DecisionTable }>('select content from decision_definition where tenant_id = $1 and id = $2', [ctx.tenant.id, row.id])
    decisions = compiledTable(text!.content, row.hash)
  }
  const { name } = row, made = decisions
  const [id] = made.decisions.keys()
  return { key, name, version: row.version, decide: (variables, meter) => decideWith(made, name, id!, variables, meter) }
}

/** The newest published version, remembered until the company's reference data change (ADR 0016). Refuses with DECISION_UNKNOWN. */
export async function publishedDecision(ctx: Ctx, key: string, version: number | null = null): Promise<PublishedDecision> {
  return await known(ctx, `decision/${key}/${version ?? ''}`, () => load(ctx, key, version)) ?? fail('DECISION_UNKNOWN', { key: version ? `${key} v${version}` : key })
}

/**
 * Decides by the newest published version. Own properties of `variables` are what the table can read. `problems` of the answer are about
 * the data (a value of the wrong type, rules in conflict); then its value is null.
 */
export async function decideFor(ctx: Ctx, key: string, variables: Readonly<Record<string, unknown>>, o: { meter?: FeelMeter; version?: number } = {}): Promise<Decided> {
  const decision = await publishedDecision(ctx, key, o.version ?? null)
  return { ...decision.decide(variables, o.meter), key, version: decision.version }
}

/** All rows by one and the same version, in their order. Each row has an allowance of its own unless a `meter` is given for all. */
export async function decideMany(ctx: Ctx, key: string, rows: ReadonlyArray<Readonly<Record<string, unknown>>>, o: { meter?: FeelMeter; version?: number } = {}): Promise<{ key: string; version: number; results: DecisionResult[] }> {
  if (rows.length > MOST_ROWS) fail('DECISION_ROWS', { most: MOST_ROWS, count: rows.length })
  const decision = await publishedDecision(ctx, key, o.version ?? null)
  return { key, version: decision.version, results: rows.map(row => decision.decide(row, o.meter)) }
}
