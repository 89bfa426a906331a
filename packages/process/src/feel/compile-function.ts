import type { Feel } from './ast.ts'
import { heightOf, weightOf } from './ast.ts'
import { bind, toClosure } from './compile.ts'
import type { Scope } from './compile.ts'
import { conforms } from './conforms.ts'
import { FeelFunction, invoke, spend, spendOn } from './values.ts'
import type { Closure, Env } from './values.ts'

/** A function keeps the locals it saw when it was made; every call gets a copy of them, so calls do not disturb each other. */
export function functionClosure(tree: Extract<Feel, { t: 'function' }>, scope: Scope): Closure {
  const depth = scope.locals.length
  const slots = tree.params.map((param) => bind(scope, param.name, 'variable').slot)
  const body = toClosure(tree.body, scope)
  scope.locals.length = depth
  const params = tree.params.map((param) => param.name)
  const accepts = tree.params.map(({ type }) => type && ((value: unknown, env: Env) => value === null || conforms(type, value, env)))
  const height = heightOf(tree.body)
  const weight = weightOf(tree.body)
  return (env) => {
    spend(env, 1 + (env.locals.length >> 3))
    return new FeelFunction({ params, slots, accepts, body, height, weight, locals: env.locals.slice(), scope: env.scope })
  }
}

/** Named arguments are put in the function's order; a name it does not have gives null. */
export function invokeClosure(tree: Extract<Feel, { t: 'invoke' }>, scope: Scope): Closure {
  const fn = toClosure(tree.fn, scope)
  const args = tree.args.map((arg) => toClosure(arg, scope))
  const { names } = tree
  return (env) => {
    const target = fn(env)
    if (!(target instanceof FeelFunction)) return null
    const values = args.map((arg) => arg(env))
    for (const value of values) spendOn(env, value)
    if (!names) return invoke(target, values, env)
    const { params } = target.parts
    if (names.length !== params.length || !names.every((name) => params.includes(name))) return null
    return invoke(target, params.map((param) => values[names.indexOf(param)]), env)
  }
}
