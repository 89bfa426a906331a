import { countResult } from '../feel/index.ts'
import type { FeelMeter } from '../feel/index.ts'
import type { CompiledNode } from '../model/index.ts'
import type { Run, RunScope, Token } from './run.ts'
import { changeScope, scopeAt } from './run.ts'

/** What is visible at a place: inner variables hide outer ones; a called process sees only its own. */
export function variablesAt(run: Run, scopeId: string | null): Record<string, unknown> {
  let scope = scopeAt(run, scopeId)
  if (!scope) return run.variables
  const layers: Readonly<Record<string, unknown>>[] = []
  for (; scope; scope = scopeAt(run, scope.state.parentId)) {
    if (Object.keys(scope.state.variables).length) layers.push(scope.state.variables)
    if (scope.state.kind === 'call') return Object.assign({}, ...layers.toReversed())
  }
  return layers.length ? Object.assign({}, run.variables, ...layers.toReversed()) : run.variables
}

/** The own variables of the scopes around a place, without those of the process. */
export function localsAt(run: Run, scopeId: string | null): Record<string, unknown> {
  const layers: Readonly<Record<string, unknown>>[] = []
  for (let scope = scopeAt(run, scopeId); scope && scope.state.kind !== 'call'; scope = scopeAt(run, scope.state.parentId)) layers.push(scope.state.variables)
  return Object.assign({}, ...layers.toReversed())
}

/** What a condition reads: the variables here and the outcome of the task just done. */
export function conditionScope(run: Run, token: Pick<Token, 'scopeId' | 'outcome'>): Record<string, unknown> {
  const variables = variablesAt(run, token.scopeId)
  return token.outcome === null ? variables : { ...variables, outcome: token.outcome }
}

/** Sets variables where they live: in the nearest scope that has them, else in the process (or the called one). */
export function setVariables(run: Run, scopeId: string | null, values: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(values)) {
    const home = homeOf(run, scopeId, name)
    if (home) setLocal(run, home, { [name]: value })
    else setTop(run, name, value)
  }
}

/** The variable that a mapping sets; `mail.to` changes one entry of a context and keeps the others. */
export function mapped(known: Readonly<Record<string, unknown>>, to: string, value: unknown): Record<string, unknown> {
  const at = to.indexOf('.')
  if (at < 0) return { [to]: value }
  const head = to.slice(0, at)
  const before = Object.hasOwn(known, head) ? known[head] : null
  const inner = typeof before === 'object' && before !== null && !Array.isArray(before) ? (before as Record<string, unknown>) : {}
  return { [head]: { ...inner, ...mapped(inner, to.slice(at + 1), value) } }
}

/** What an activity yields: its own where it says itself what goes out (output mappings), else the process's. */
export function setResults(run: Run, scopeId: string | null, node: CompiledNode | undefined, values: Readonly<Record<string, unknown>>): void {
  const round = scopeAt(run, scopeId)
  const own = round !== null && round.state.kind === 'instance' && round.state.nodeId === node?.id && 'outputs' in node && node.outputs.length > 0
  if (own) setLocal(run, round, values)
  else setVariables(run, scopeId, values)
}

function homeOf(run: Run, scopeId: string | null, name: string): RunScope | null {
  for (let scope = scopeAt(run, scopeId); scope; scope = scopeAt(run, scope.state.parentId)) {
    if (scope.state.kind === 'call' || Object.hasOwn(scope.state.variables, name)) return scope
  }
  return null
}

export function setLocal(run: Run, scope: RunScope, values: Readonly<Record<string, unknown>>): void {
  changeScope(scope, { variables: { ...scope.state.variables, ...values } })
  run.version += 1
}

function setTop(run: Run, name: string, value: unknown): void {
  // a name such as __proto__ must become a variable like any other
  Object.defineProperty(run.variables, name, { value, writable: true, enumerable: true, configurable: true })
  Object.defineProperty(run.effects.variables, name, { value, writable: true, enumerable: true, configurable: true })
  run.version += 1
}

/** A name, a key or a moment that an expression yields; nothing is the empty text. */
export const textOf = (value: unknown, meter: FeelMeter): string => String(toJson(value, meter) ?? '')

const DEEPEST = 40

/**
 * What an expression yields, as JSON: dates and durations become their ISO text. What is shared in memory is written out each time, so its
 * size is counted on the call's meter. FEEL_TOO_COMPLEX.
 */
export function toJson(value: unknown, meter: FeelMeter, depth = 0): unknown {
  countResult(value, meter)
  if (value === undefined || depth > DEEPEST) return null
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((v) => toJson(v, meter, depth + 1))
  const proto: unknown = Object.getPrototypeOf(value)
  if (proto !== Object.prototype && proto !== null) return value instanceof Date ? value.toISOString() : String(value as { toString: () => string })
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, toJson(v, meter, depth + 1)]))
}
