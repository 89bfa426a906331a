import type { Binding, Feel } from './ast.ts'
import { mentions, weightOf } from './ast.ts'
import { bind, toClosure } from './compile.ts'
import type { Scope } from './compile.ts'
import { FeelDate } from './temporal.ts'
import { FeelRange, plain, spend } from './values.ts'
import type { Closure, Env } from './values.ts'

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
  if (value instanceof FeelRange) return stepsOf(value, env)
  const items = Array.isArray(value) ? value : [value]
  spend(env, items.length)
  return items
}

/** `1..3`, `3..1`, and days from one date to another. */
function stepsOf(range: FeelRange, env: Env): unknown[] {
  const { low, high } = range
  if (low instanceof FeelDate && high instanceof FeelDate) return integers(low.days, high.days, env).map((days) => new FeelDate(days))
  return typeof low === 'number' && typeof high === 'number' ? integers(low, high, env) : []
}

function integers(low: number, high: number, env: Env): number[] {
  const length = Math.floor(Math.abs(high - low)) + 1
  spend(env, length)
  const direction = high >= low ? 1 : -1
  return Array.from({ length }, (_, i) => low + i * direction)
}

export function quantifiedClosure(kind: 'some' | 'every', bindings: Binding[], body: Feel, scope: Scope): Closure {
  const depth = scope.locals.length
  const loops = bindAll(bindings, scope)
  const satisfied = toClosure(body, scope)
  scope.locals.length = depth
  const decisive = kind === 'some'
  const weight = weightOf(body)
  return (env) => {
    let unknown = false
    const undecided = visitAll(loops, 0, env, () => {
      spend(env, weight)
      const answer = satisfied(env)
      if (answer === decisive) return false
      if (typeof answer !== 'boolean') unknown = true
      return true
    })
    if (!undecided) return decisive
    return unknown ? null : !decisive
  }
}

/** Inside the body `partial` is the list of what the turns before gave. */
export function forClosure(bindings: Binding[], body: Feel, scope: Scope): Closure {
  const depth = scope.locals.length
  const loops = bindAll(bindings, scope)
  const partial = mentions(body, 'partial') && !bindings.some((b) => b.name === 'partial') ? bind(scope, 'partial', 'variable').slot : -1
  const item = toClosure(body, scope)
  const weight = weightOf(body)
  scope.locals.length = depth
  return (env) => {
    const result: unknown[] = []
    visitAll(loops, 0, env, () => {
      spend(env, weight)
      if (partial >= 0) {
        // a copy, since the body may keep it
        spend(env, result.length >> 2)
        env.locals[partial] = [...result]
      }
      result.push(item(env))
      return true
    })
    return result
  }
}
