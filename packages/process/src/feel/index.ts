import { anyOf, newScope, testClosure, toClosure } from './compile.ts'
import { parseExpression, parseUnaryTests } from './parser.ts'
import type { Env } from './values.ts'
import { plain } from './values.ts'

export { FEEL_LIMITS, FeelError } from './errors.ts'
export type { FeelErrorCode } from './errors.ts'
export { FeelDate, FeelDateTime, FeelDuration, parseDuration } from './temporal.ts'

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
}

export interface FeelUnaryTest {
  readonly text: string
  readonly variables: readonly string[]
  /** Does `input` pass? null where it cannot be told. `?` stands for the input inside the text. */
  evaluate(input: unknown, scope?: Record<string, unknown>): boolean | null
}

const NO_LOCALS: unknown[] = []

/**
 * Compiles a FEEL expression (DMN 1.3 subset) to closures. A leading `=` as Camunda 8 writes it is accepted.
 * Throws FeelError: FEEL_SYNTAX or FEEL_UNKNOWN_FUNCTION with the position, FEEL_TOO_COMPLEX beyond FEEL_LIMITS.
 */
export function compileFeel(text: string): FeelExpression {
  const scope = newScope()
  const run = toClosure(parseExpression(withoutLeadingEquals(text)), scope)
  const slots = scope.slots.used
  return Object.freeze({
    text,
    variables: Object.freeze([...scope.free]),
    evaluate: (values: Record<string, unknown>, meter?: FeelMeter) => {
      const env = newEnv(values, slots)
      if (!meter) return run(env)
      env.steps = meter.steps
      const value = run(env)
      meter.steps = env.steps + 1
      return value
    },
  })
}

/** Compiles unary tests as in decision tables: `-`, `< 5`, `"a", "b"`, `[1..5]`, `not(…)`, `? * 2 > 10`. */
export function compileUnaryTest(text: string): FeelUnaryTest {
  const scope = newScope()
  const { any, negated, tests } = parseUnaryTests(text)
  const checks = tests.map((test) => {
    const before = scope.free.has('?')
    scope.free.delete('?')
    const check = testClosure(test, scope)
    const usesInput = scope.free.has('?')
    if (before) scope.free.add('?')
    // `? > 3` is a yes/no question itself, not a value to compare the input with
    if (test.op || !usesInput) return check
    const question = toClosure(test.x, scope)
    return (_: unknown, env: Env) => {
      const answer = question(env)
      return typeof answer === 'boolean' ? answer : null
    }
  })
  scope.free.delete('?')
  const slots = scope.slots.used
  return Object.freeze({
    text,
    variables: Object.freeze([...scope.free]),
    evaluate(input: unknown, values: Record<string, unknown> = {}): boolean | null {
      if (any) return true
      const value = plain(input)
      const passed = anyOf(checks, value, newEnv({ ...values, '?': value }, slots))
      return negated && passed !== null ? !passed : passed
    },
  })
}

function newEnv(scope: Record<string, unknown>, slots: number): Env {
  return { scope, locals: slots ? new Array<unknown>(slots).fill(null) : NO_LOCALS, steps: 0 }
}

/** Blanks keep the positions of later errors true. */
function withoutLeadingEquals(text: string): string {
  return text.replace(/^(\s*)=/, '$1 ')
}
