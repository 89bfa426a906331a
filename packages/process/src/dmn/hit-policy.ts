import type { Env } from '../feel/values.ts'
import { equal, order } from '../feel/values.ts'
import { decimal, plain } from '../feel/values.ts'
import type { Aggregation, HitPolicy } from './types.ts'

/** A rule that applies, with what its output cells gave. */
export interface Hit {
  rule: number
  outputs: readonly unknown[]
}

export interface PolicySpec {
  policy: HitPolicy
  aggregation: Aggregation | null
  /** the result of one rule: the value itself, or a context of several outputs */
  resultOf(outputs: readonly unknown[]): unknown
  /** place of each output value in the list of allowed values, 0 the most important; null: not listed */
  ranks: readonly ((value: unknown, env: Env) => number)[]
}

/** `conflict`: numbers of rules that must not apply together. */
export interface Combined {
  value: unknown
  conflict: readonly number[] | null
}

/** One result from the rules that apply (at least one), as DMN 1.3 chapter 8.2.8 says. */
export function combine(hits: readonly Hit[], spec: PolicySpec, env: Env): Combined {
  const first = hits[0]!
  switch (spec.policy) {
    case 'UNIQUE': return hits.length > 1 ? conflict(hits) : agreed(spec.resultOf(first.outputs))
    case 'FIRST': return agreed(spec.resultOf(first.outputs))
    case 'ANY': {
      const different = hits.filter((hit) => !hit.outputs.every((value, i) => equal(value, first.outputs[i], env) === true))
      return different.length ? conflict([first, ...different]) : agreed(spec.resultOf(first.outputs))
    }
    case 'PRIORITY': return agreed(spec.resultOf(byPriority(hits, spec, env)[0]!.outputs))
    case 'OUTPUT ORDER': return agreed(byPriority(hits, spec, env).map((hit) => spec.resultOf(hit.outputs)))
    case 'RULE ORDER': return agreed(hits.map((hit) => spec.resultOf(hit.outputs)))
    case 'COLLECT': return agreed(spec.aggregation ? aggregate(spec.aggregation, hits.map((hit) => plain(hit.outputs[0]))) : hits.map((hit) => spec.resultOf(hit.outputs)))
  }
}

/** The result when no rule applies and the table has no default. */
export function emptyResult(policy: HitPolicy, aggregation: Aggregation | null): unknown {
  if (aggregation) return aggregation === 'COUNT' ? 0 : null
  return policy === 'COLLECT' || policy === 'RULE ORDER' || policy === 'OUTPUT ORDER' ? [] : null
}

function agreed(value: unknown): Combined {
  return { value, conflict: null }
}

function conflict(hits: readonly Hit[]): Combined {
  return { value: null, conflict: hits.map((hit) => hit.rule) }
}

/** The first output decides, then the second …; rules of the same rank keep their order. */
function byPriority(hits: readonly Hit[], spec: PolicySpec, env: Env): Hit[] {
  const ranked = hits.map((hit) => ({ hit, ranks: hit.outputs.map((value, i) => spec.ranks[i]!(value, env)) }))
  ranked.sort((a, b) => {
    const at = a.ranks.findIndex((rank, i) => rank !== b.ranks[i])
    return at < 0 ? 0 : a.ranks[at]! - b.ranks[at]!
  })
  return ranked.map(({ hit }) => hit)
}

/** null where a value is missing or of the wrong kind. */
function aggregate(how: Aggregation, values: unknown[]): unknown {
  if (how === 'COUNT') return values.length
  if (how === 'SUM') return values.reduce<number | null>((sum, value) => (sum === null || typeof value !== 'number' ? null : decimal(sum + value)), 0)
  const sign = how === 'MIN' ? -1 : 1
  return values.reduce((best, value) => {
    const difference = best === null || value === null ? null : order(value, best)
    return difference === null ? null : difference * sign > 0 ? value : best
  })
}
