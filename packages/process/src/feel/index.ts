import { heightOf } from './ast.ts'
import { anyOf, bind, newScope, testClosure, toClosure } from './compile.ts'
import { knownNames } from './cursor.ts'
import { parseExpression, parseUnaryTests } from './parser.ts'
import type { Env } from './values.ts'
import { plain } from './values.ts'

export { FEEL_LIMITS, FeelError } from './errors.ts'
export { countResult, measure } from './measure.ts'
export type { FeelErrorCode } from './errors.ts'
export { FeelDate, FeelDateTime, FeelDuration, FeelTime, parseDuration } from './temporal.ts'
export { FeelFunction, FeelRange } from './values.ts'

/** A compiled expression: parsed once, then evaluated as often as wanted; free of side effects. */
export interface FeelExpression {
  readonly text: string
  /** free names, i.e. what the expression reads from the scope */
  readonly variables: readonly string[]
  /**
   * Own properties of `scope` are the variables; what is absent is null. Throws FeelError FEEL_TOO_COMPLEX only.
   * A `meter` makes several evaluations share one allowance of FEEL_LIMITS.steps.
   */
  evaluate(scope: Record<string, unknown>, meter?: FeelMeter): unknown
}

export interface FeelMeter {
  steps: number
  /** what was kept of the results so far, against FEEL_LIMITS.results; whoever keeps them counts */
  results?: number
}

export interface FeelUnaryTest {
  readonly text: string
  readonly variables: readonly string[]
  /** Does `input` pass? null where it cannot be told. `?` stands for the input inside the text. */
  evaluate(input: unknown, scope?: Record<string, unknown>, meter?: FeelMeter): boolean | null
}

export interface FeelOptions {
  /** names of the scope that have blanks or signs in them (`monthly salary`), or that are functions */
  names?: Iterable<string>
}

const NO_LOCALS: unknown[] = []

/**
 * Compiles a FEEL expression (DMN 1.3) to closures. A leading `=` as Camunda 8 writes it is accepted.
 * Throws FeelError: FEEL_SYNTAX or FEEL_UNKNOWN_FUNCTION with the position, FEEL_TOO_COMPLEX beyond FEEL_LIMITS.
 */
export function compileFeel(text: string, options: FeelOptions = {}): FeelExpression {
  const scope = newScope()
  const tree = parseExpression(withoutLeadingEquals(text), options.names && knownNames(options.names))
  const run = toClosure(tree, scope)
  const slots = scope.slots.used
  const height = heightOf(tree)
  return Object.freeze({
    text,
    variables: Object.freeze([...scope.free]),
    evaluate: (values: Record<string, unknown>, meter?: FeelMeter) => metered(newEnv(values, slots, height), meter, run),
  })
}

/** Compiles unary tests as in decision tables: `-`, `< 5`, `"a", "b"`, `[1..5]`, `not(…)`, `? * 2 > 10`. */
export function compileUnaryTest(text: string, options: FeelOptions = {}): FeelUnaryTest {
  const scope = newScope()
  const { any, negated, tests } = parseUnaryTests(text, options.names && knownNames(options.names))
  const { slot } = bind(scope, '?', 'variable')
  const checks = tests.map((test) => testClosure(test, scope))
  const slots = scope.slots.used
  return Object.freeze({
    text,
    variables: Object.freeze([...scope.free]),
    evaluate(input: unknown, values: Record<string, unknown> = {}, meter?: FeelMeter): boolean | null {
      if (any) return true
      const value = plain(input)
      const env = newEnv(values, slots, 0)
      env.locals[slot] = value
      const passed = metered(env, meter, () => anyOf(checks, value, env))
      return negated && passed !== null ? !passed : passed
    },
  })
}

function newEnv(scope: Record<string, unknown>, slots: number, stack: number): Env {
  return { scope, locals: slots ? new Array<unknown>(slots).fill(null) : NO_LOCALS, steps: 0, stack }
}

function metered<T>(env: Env, meter: FeelMeter | undefined, run: (env: Env) => T): T {
  if (!meter) return run(env)
  env.steps = meter.steps
  const value = run(env)
  meter.steps = env.steps + 1
  return value
}

/** Blanks keep the positions of later errors true. */
function withoutLeadingEquals(text: string): string {
  return text.replace(/^(\s*)=/, '$1 ')
}
