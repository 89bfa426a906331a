import type { Feel, UnaryTest } from './ast.ts'
import { mentions, weightOf } from './ast.ts'
import { functionClosure, invokeClosure } from './compile-function.ts'
import { forClosure, quantifiedClosure } from './compile-loop.ts'
import { conforms } from './conforms.ts'
import { FEEL_LIMITS } from './errors.ts'
import { FUNCTIONS } from './functions/index.ts'
import { FeelDuration, isTemporal } from './temporal.ts'
import { FeelRange, and3, arithmetic, compare, equal, inRange, isContext, ownValue, path, plain, spend, spendOn } from './values.ts'
import type { Closure, Env } from './values.ts'

export type { Closure } from './values.ts'

/** `kind: 'item'` is the element a filter looks at: its own fields come before the names around it. */
interface Local {
  name: string
  slot: number
  kind: 'variable' | 'item'
}

/** What is known while compiling: names bound by loops around, slots used, free names met. */
export interface Scope {
  locals: Local[]
  slots: { used: number }
  free: Set<string>
}

export function newScope(): Scope {
  return { locals: [], slots: { used: 0 }, free: new Set() }
}

export function toClosure(tree: Feel, scope: Scope): Closure {
  switch (tree.t) {
    case 'literal': return constant(tree.value)
    case 'name': return nameClosure(tree.name, scope)
    case 'negate': return negateClosure(toClosure(tree.x, scope))
    case 'arithmetic': {
      const { op } = tree
      const [a, b] = [toClosure(tree.a, scope), toClosure(tree.b, scope)]
      return (env) => arithmetic(op, a(env), b(env), env)
    }
    case 'compare': {
      const { op } = tree
      const [a, b] = [toClosure(tree.a, scope), toClosure(tree.b, scope)]
      return (env) => compare(op, a(env), b(env), env)
    }
    case 'and': return andClosure(toClosure(tree.a, scope), toClosure(tree.b, scope))
    case 'or': return orClosure(toClosure(tree.a, scope), toClosure(tree.b, scope))
    case 'between': {
      const [x, low, high] = [toClosure(tree.x, scope), toClosure(tree.low, scope), toClosure(tree.high, scope)]
      return (env) => {
        const value = x(env)
        return and3(compare('>=', value, low(env), env), compare('<=', value, high(env), env))
      }
    }
    case 'in': return inClosure(toClosure(tree.x, scope), tree.tests, scope)
    case 'if': {
      const [condition, yes, no] = [toClosure(tree.condition, scope), toClosure(tree.yes, scope), toClosure(tree.no, scope)]
      return (env) => (condition(env) === true ? yes(env) : no(env))
    }
    case 'some':
    case 'every': return quantifiedClosure(tree.t, tree.bindings, tree.body, scope)
    case 'for': return forClosure(tree.bindings, tree.body, scope)
    case 'list': {
      const items = tree.items.map((item) => toClosure(item, scope))
      return (env) => {
        spend(env, items.length)
        return items.map((item) => item(env))
      }
    }
    case 'context': return contextClosure(tree.entries, scope)
    case 'path': {
      const { key } = tree
      const x = toClosure(tree.x, scope)
      return (env) => path(x(env), key, env)
    }
    case 'filter': return filterClosure(tree.x, tree.condition, scope)
    case 'call': return callClosure(tree, scope)
    case 'invoke': return invokeClosure(tree, scope)
    case 'function': return functionClosure(tree, scope)
    case 'instance': {
      const { type } = tree
      const x = toClosure(tree.x, scope)
      return (env) => conforms(type, x(env), env)
    }
    case 'range': {
      const { lowOpen, highOpen } = tree
      const [low, high] = [toClosure(tree.low, scope), toClosure(tree.high, scope)]
      return (env) => new FeelRange(low(env), high(env), lowOpen, highOpen)
    }
  }
}

function constant(value: unknown): Closure {
  return () => value
}

/** What costs more is not worked out while compiling, where nobody counts. */
const FOLDING_STEPS = 500

/** What an expression gives whatever the scope: a literal, or a function of literals such as `date("2026-01-01")`. */
export function constantOf(tree: Feel): { value: unknown } | null {
  if (tree.t === 'literal') return { value: tree.value }
  if (tree.t === 'negate') {
    const x = constantOf(tree.x)
    return x && { value: negated(x.value) }
  }
  if (tree.t !== 'call') return null
  const args: unknown[] = []
  for (const arg of tree.args) {
    const known = constantOf(arg)
    if (!known) return null
    args.push(known.value)
  }
  try {
    const value = FUNCTIONS.get(tree.name)!.run(args, { scope: {}, locals: [], steps: FEEL_LIMITS.steps - FOLDING_STEPS, stack: 0 })
    return typeof value !== 'object' || value === null || isTemporal(value) ? { value } : null
  } catch {
    return null // too complex: it may throw that when evaluated
  }
}

function callClosure(tree: Extract<Feel, { t: 'call' }>, scope: Scope): Closure {
  const known = constantOf(tree)
  if (known) return constant(known.value)
  const { run } = FUNCTIONS.get(tree.name)!
  const args = tree.args.map((arg) => toClosure(arg, scope))
  return (env) => {
    const values = args.map((arg) => arg(env))
    for (const value of values) spendOn(env, value)
    return run(values, env)
  }
}

/** Later entries see the earlier ones. */
function contextClosure(source: { key: string; value: Feel }[], scope: Scope): Closure {
  const depth = scope.locals.length
  const entries = source.map(({ key, value }) => {
    const run = toClosure(value, scope)
    return { key, run, slot: bind(scope, key, 'variable').slot }
  })
  scope.locals.length = depth
  return (env) => {
    spend(env, entries.length >> 2)
    return Object.fromEntries(entries.map(({ key, run, slot }) => {
      const value = run(env)
      env.locals[slot] = value
      return [key, value]
    }))
  }
}

function nameClosure(name: string, scope: Scope): Closure {
  const outward = scope.locals.toReversed().filter((local) => local.kind === 'item' || local.name === name)
  const bound = outward.findIndex((local) => local.name === name)
  const before = bound < 0 ? outward : outward.slice(0, bound)
  const end: Closure = bound < 0 ? freeName(name, scope) : localValue(outward[bound]!.slot)
  return before.reduceRight<Closure>((next, item) => {
    const { slot } = item
    return (env) => {
      const value = env.locals[slot]
      return isContext(value) && Object.hasOwn(value, name) ? ownValue(value, name) : next(env)
    }
  }, end)
}

function freeName(name: string, scope: Scope): Closure {
  scope.free.add(name)
  return (env) => ownValue(env.scope, name)
}

function localValue(slot: number): Closure {
  return (env) => env.locals[slot]
}

function negateClosure(x: Closure): Closure {
  return (env) => negated(x(env))
}

function negated(value: unknown): unknown {
  if (typeof value === 'number') return -value
  return value instanceof FeelDuration ? new FeelDuration(-value.months || 0, -value.ms || 0) : null
}

/** Three-valued: false wins, then null (which stands for every value that is not a boolean), then true. */
function andClosure(a: Closure, b: Closure): Closure {
  return (env) => {
    const left = a(env)
    return left === false ? false : and3(left, b(env))
  }
}

function orClosure(a: Closure, b: Closure): Closure {
  return (env) => {
    const left = a(env)
    if (left === true) return true
    const right = b(env)
    if (right === true) return true
    return left === false && right === false ? false : null
  }
}

function inClosure(x: Closure, tests: UnaryTest[], scope: Scope): Closure {
  const checks = tests.map((test) => testClosure(test, scope))
  return (env) => {
    const value = x(env)
    return anyOf(checks, value, env)
  }
}

export function anyOf(checks: TestClosure[], value: unknown, env: Env): boolean | null {
  let unknown = false
  for (const check of checks) {
    const passed = check(value, env)
    if (passed === true) return true
    if (passed === null) unknown = true
  }
  return unknown ? null : false
}

export type TestClosure = (value: unknown, env: Env) => boolean | null

const QUESTIONS = new Set<Feel['t']>(['compare', 'and', 'or', 'between', 'in', 'some', 'every', 'instance'])

/**
 * A test value that is a list or range means membership; anything else means equality. A test that uses `?` is a yes/no
 * question itself; so is one written as a comparison (`客户.等级 = "金卡"`), unless the input is a yes/no value too.
 */
export function testClosure(test: UnaryTest, scope: Scope): TestClosure {
  const { op } = test
  const x = toClosure(test.x, scope)
  if (op) return (value, env) => compare(op, value, x(env), env)
  if (mentions(test.x, '?')) return (_, env) => asAnswer(x(env))
  if (!QUESTIONS.has(test.x.t)) return (value, env) => passes(value, x(env), env)
  return (value, env) => (typeof value === 'boolean' ? passes(value, x(env), env) : asAnswer(x(env)))
}

function asAnswer(value: unknown): boolean | null {
  return typeof value === 'boolean' ? value : null
}

export function passes(value: unknown, wanted: unknown, env: Env): boolean | null {
  if (wanted instanceof FeelRange) return value instanceof FeelRange ? equal(value, wanted, env) : inRange(value, wanted)
  if (!Array.isArray(wanted) || Array.isArray(value)) return equal(value, wanted, env)
  spend(env, wanted.length)
  return wanted.some((item) => (item instanceof FeelRange ? inRange(value, item) : equal(value, plain(item), env)) === true)
}

export function bind(scope: Scope, name: string, kind: Local['kind']): Local {
  const local: Local = { name, slot: scope.slots.used, kind }
  scope.slots.used += 1
  scope.locals.push(local)
  return local
}

/** `list[2]` and `list[-1]` pick by position, `list[price > 5]` by condition (`item` is the element itself). */
function filterClosure(list: Feel, condition: Feel, scope: Scope): Closure {
  const source = toClosure(list, scope)
  const depth = scope.locals.length
  const { slot } = bind(scope, 'item', 'item')
  const test = toClosure(condition, scope)
  const weight = 1 + weightOf(condition)
  scope.locals.length = depth
  return (env) => {
    const value = source(env)
    const items = value === null ? [] : Array.isArray(value) ? value : [value]
    env.locals[slot] = null
    const position = test(env)
    if (typeof position === 'number') return itemAt(items, position)
    spend(env, items.length * weight)
    return items.filter((item) => {
      env.locals[slot] = plain(item)
      return test(env) === true
    })
  }
}

/** 1 is the first, -1 the last; null outside and for 0. */
function itemAt(items: unknown[], position: number): unknown {
  return plain(items.at(position > 0 ? position - 1 : position || items.length))
}
