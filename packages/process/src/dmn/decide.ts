import { measure } from '../feel/index.ts'
import type { FeelMeter } from '../feel/index.ts'
import type { Env } from '../feel/values.ts'
import { plain } from '../feel/values.ts'
import type { CompiledDecisions, PlannedDecision } from './compile.ts'
import { envFor } from './compile.ts'
import type { DecisionProblem, InputValue, TableOutcome } from './compile-table.ts'

/** How one of the decisions that were needed came out. */
export interface DecisionStep {
  decisionId: string
  value: unknown
  matched: string[]
  inputs: InputValue[]
}

export interface DecisionResult {
  /** dates and durations are FEEL values, whose JSON is their ISO text; null when there are problems */
  value: unknown
  /** ids of the rules that apply; empty for expressions */
  matched: string[]
  /** what the columns of the table looked at */
  inputs: InputValue[]
  /** about the data, or rules in conflict; of this decision and those it needs */
  problems: DecisionProblem[]
  /** the decisions that were needed, in the order in which they were made */
  steps: DecisionStep[]
}

/** Thrown for a decision that the model does not have: the caller's mistake. */
export class DecisionUnknownError extends Error {
  readonly code = 'DECISION_UNKNOWN'
  constructor(decisionId: string) {
    super(`没有编号为“${decisionId}”的决策`)
    this.name = 'DecisionUnknownError'
  }
}

/**
 * Makes a decision. Own properties of `variables` are what it can read; names are those of the input data or simply the
 * names in the expressions. A problem anywhere on the way gives null as the value, never half a result.
 * Throws DecisionUnknownError, and FeelError FEEL_TOO_COMPLEX when the allowance (shared by way of `meter`) is used up.
 */
export function decide(decisions: CompiledDecisions, decisionId: string, variables: Record<string, unknown>, meter: FeelMeter = { steps: 0 }): DecisionResult {
  const plan = decisions.decisions.get(decisionId)?.plan
  if (!plan) throw new DecisionUnknownError(decisionId)
  const made = new Map<string, unknown>()
  const steps: DecisionStep[] = []
  for (let at = 0; ; at += 1) {
    const decision = plan[at]!
    const outcome = make(decision, scopeFor(decision, variables, made), meter)
    const last = at === plan.length - 1
    if (last || outcome.problems.length) {
      const { problems } = outcome
      return last ? { ...outcome, value: problems.length ? null : outcome.value, steps } : { value: null, matched: [], inputs: [], problems, steps: [...steps, step(decision, outcome)] }
    }
    made.set(decision.id, outcome.value)
    steps.push(step(decision, outcome))
  }
}

function step(decision: PlannedDecision, { value, matched, inputs }: TableOutcome): DecisionStep {
  return { decisionId: decision.id, value, matched, inputs }
}

function make(decision: PlannedDecision, scope: Record<string, unknown>, meter: FeelMeter): TableOutcome {
  const env: Env = envFor(decision, scope, meter.steps)
  const outcome = decision.table ? decision.table.run(env) : { value: plain(decision.run(env)), matched: [], inputs: [], problems: [] }
  meter.steps = env.steps + 1
  for (const { value } of [outcome, ...outcome.inputs]) if (typeof value === 'object') measure(value, meter)
  return outcome
}

/** A decision sees the variables and what it is connected with; nothing is copied when there is nothing to add. */
function scopeFor(decision: PlannedDecision, variables: Record<string, unknown>, made: Map<string, unknown>): Record<string, unknown> {
  const { needs, functions } = decision
  if (!needs.length && !functions.length) return variables
  const scope = { ...variables }
  for (const { id, names } of needs) for (const name of names) scope[name] = made.get(id) ?? null
  for (const fn of functions) {
    const value = fn.make(scope)
    for (const name of fn.names) scope[name] = value
  }
  return scope
}
