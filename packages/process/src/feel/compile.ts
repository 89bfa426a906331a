import type { Binding, Feel, UnaryTest } from './ast.ts'
import { FUNCTIONS } from './functions.ts'
import { FeelDuration } from './temporal.ts'
import { FeelRange, and3, arithmetic, compare, equal, inRange, isContext, ownValue, path, plain, spend, spendOn } from './values.ts'
import type { Env } from './values.ts'

export type Closure = (env: Env) => unknown

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
    case 'literal': {
      const { value } = tree
      return () => value
    }
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
    case 'context': {
      const entries = tree.entries.map(({ key, value }) => ({ key, value: toClosure(value, scope) }))
      return (env) => Object.fromEntries(entries.map(({ key, value }) => [key, value(env)]))
    }
    case 'path': {
      const { key } = tree
      const x = toClosure(tree.x, scope)
      return (env) => path(x(env), key, env)
    }
    case 'filter': return filterClosure(tree.x, tree.condition, scope)
    case 'call': {
      const { run } = FUNCTIONS.get(tree.name)!
      const args = tree.args.map((arg) => toClosure(arg, scope))
      return (env) => {
        const values = args.map((arg) => arg(env))
        for (const value of values) spendOn(env, value)
        return run(values, env)
      }
    }
    case 'range': {
      const { lowOpen, highOpen } = tree
      const [low, high] = [toClosure(tree.low, scope), toClosure(tree.high, scope)]
      return (env) => new FeelRange(low(env), high(env), lowOpen, highOpen)
    }
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
  return (env) => {
    const value = x(env)
    if (typeof value === 'number') return -value
    return value instanceof FeelDuration ? new FeelDuration(-value.months, -value.ms) : null
  }
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

/** A test value that is a list or range means membership; anything else means equality. */
export function testClosure(test: UnaryTest, scope: Scope): TestClosure {
  const x = toClosure(test.x, scope)
  const { op } = test
  if (op) return (value, env) => compare(op, value, x(env), env)
  return (value, env) => passes(value, x(env), env)
}

function passes(value: unknown, wanted: unknown, env: Env): boolean | null {
  if (wanted instanceof FeelRange) return inRange(value, wanted)
  if (!Array.isArray(wanted) || Array.isArray(value)) return equal(value, wanted, env)
  spend(env, wanted.length)
  return wanted.some((item) => (item instanceof FeelRange ? inRange(value, item) : equal(value, plain(item), env)) === true)
}

function bind(scope: Scope, name: string, kind: Local['kind']): Local {
  const local: Local = { name, slot: scope.slots.used, kind }
  scope.slots.used += 1
  scope.locals.push(local)
  return local
}

/** Later bindings may use earlier ones, so each list is compiled with the names before it. */
function bindAll(bindings: Binding[], scope: Scope): { slot: number; list: Closure }[] {
  return bindings.map(({ name, list }) => {
    const closure = toClosure(list, scope)
    return { slot: bind(scope, name, 'variable').slot, list: closure }
  })
}

/** Visits every combination in order; stops when `visit` answers false. Not a list: visited as a list of one; null: nothing. */
function visitAll(loops: { slot: number; list: Closure }[], at: number, env: Env, visit: () => boolean): boolean {
  const loop = loops[at]
  if (!loop) return visit()
  for (const item of itemsOf(loop.list(env), env)) {
    env.locals[loop.slot] = plain(item)
    if (!visitAll(loops, at + 1, env, visit)) return false
  }
  return true
}

function itemsOf(value: unknown, env: Env): unknown[] {
  if (value === null) return []
  if (value instanceof FeelRange) return integers(value, env)
  const items = Array.isArray(value) ? value : [value]
  spend(env, items.length)
  return items
}

function integers(range: FeelRange, env: Env): number[] {
  const { low, high } = range
  if (typeof low !== 'number' || typeof high !== 'number') return []
  const length = Math.floor(Math.abs(high - low)) + 1
  spend(env, length)
  const direction = high >= low ? 1 : -1
  return Array.from({ length }, (_, i) => low + i * direction)
}

function quantifiedClosure(kind: 'some' | 'every', bindings: Binding[], body: Feel, scope: Scope): Closure {
  const depth = scope.locals.length
  const loops = bindAll(bindings, scope)
  const satisfied = toClosure(body, scope)
  scope.locals.length = depth
  const decisive = kind === 'some'
  return (env) => {
    let unknown = false
    const undecided = visitAll(loops, 0, env, () => {
      const answer = satisfied(env)
      if (answer === decisive) return false
      if (typeof answer !== 'boolean') unknown = true
      return true
    })
    if (!undecided) return decisive
    return unknown ? null : !decisive
  }
}

function forClosure(bindings: Binding[], body: Feel, scope: Scope): Closure {
  const depth = scope.locals.length
  const loops = bindAll(bindings, scope)
  const item = toClosure(body, scope)
  scope.locals.length = depth
  return (env) => {
    const result: unknown[] = []
    visitAll(loops, 0, env, () => {
      result.push(item(env))
      return true
    })
    return result
  }
}

/** `list[2]` and `list[-1]` pick by position, `list[price > 5]` by condition (`item` is the element itself). */
function filterClosure(list: Feel, condition: Feel, scope: Scope): Closure {
  const source = toClosure(list, scope)
  const depth = scope.locals.length
  const { slot } = bind(scope, 'item', 'item')
  const test = toClosure(condition, scope)
  scope.locals.length = depth
  return (env) => {
    const value = source(env)
    const items = value === null ? [] : Array.isArray(value) ? value : [value]
    env.locals[slot] = null
    const position = test(env)
    if (typeof position === 'number') return plain(items.at(position > 0 ? position - 1 : position || items.length))
    spend(env, items.length)
    return items.filter((item) => {
      env.locals[slot] = plain(item)
      return test(env) === true
    })
  }
}
