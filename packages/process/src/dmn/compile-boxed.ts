import type { Feel } from '../feel/ast.ts'
import { heightOf } from '../feel/ast.ts'
import { bind, toClosure } from '../feel/compile.ts'
import type { Scope } from '../feel/compile.ts'
import { knownNames } from '../feel/cursor.ts'
import type { KnownNames } from '../feel/cursor.ts'
import { FeelError } from '../feel/index.ts'
import { parseExpression } from '../feel/parser.ts'
import type { Closure, Env } from '../feel/values.ts'
import { FeelFunction, invoke, spend } from '../feel/values.ts'
import type { CompiledTable } from './compile-table.ts'
import { compileTable } from './compile-table.ts'
import type { DmnFindings } from './problems.ts'
import { refuse } from './problems.ts'
import type { Boxed } from './types.ts'

/** What is known where an expression is compiled. */
export interface Site {
  scope: Scope
  /** the model's names, as the parser wants them */
  names: KnownNames
  findings: DmnFindings
  owner: { id: string; name: string }
  /** deepest expression so far: how much of the stack running this may take */
  height: number
}

/** `table` is there when the expression is a decision table, which can say more than its value. */
export interface CompiledBoxed {
  run: Closure
  table: CompiledTable | null
}

const NOTHING: Closure = () => null

export function compileBoxed(boxed: Boxed, site: Site): CompiledBoxed {
  if (boxed.t !== 'table') return { run: closureOf(boxed, site), table: null }
  const table = compileTable(boxed.table, site)
  return { run: (env) => tableValue(table, env), table }
}

/** Inside other expressions a table that cannot decide is null, as for any function of FEEL. */
function tableValue(table: CompiledTable, env: Env): unknown {
  return table.run(env).value
}

function closureOf(boxed: Boxed, site: Site): Closure {
  switch (boxed.t) {
    case 'literal': return feelClosure(boxed.text, site, boxed.id ?? site.owner.id, `“${site.owner.name}”的表达式`)
    case 'table': return compileBoxed(boxed, site).run
    case 'list': {
      const items = boxed.items.map((item) => closureOf(item, site))
      return (env) => {
        spend(env, items.length)
        return items.map((item) => item(env))
      }
    }
    case 'context': return contextClosure(boxed.entries, site)
    case 'relation': {
      const rows = boxed.rows.map((row) => row.map((cell) => closureOf(cell, site)))
      const { columns } = boxed
      return (env) => rows.map((row) => {
        spend(env, row.length)
        return Object.fromEntries(columns.map((column, i) => [column, row[i]?.(env) ?? null]))
      })
    }
    case 'invocation': return invocationClosure(boxed, site)
    case 'function': return functionClosure(boxed, site)
  }
}

/** Entries see the ones before them; an entry without a name is the result. */
function contextClosure(source: { name: string | null; value: Boxed }[], outer: Site): Closure {
  const { scope } = outer
  const depth = scope.locals.length
  const site = { ...outer, names: withNames(outer.names, source.flatMap(({ name }) => name ?? [])) }
  const entries = source.map(({ name, value }) => {
    const run = closureOf(value, site)
    return { name, run, slot: name === null ? -1 : bind(scope, name, 'variable').slot }
  })
  scope.locals.length = depth
  outer.height = site.height + 3
  return (env) => {
    const pairs: [string, unknown][] = []
    for (const { name, run, slot } of entries) {
      const value = run(env)
      if (name === null) return value
      env.locals[slot] = value
      pairs.push([name, value])
    }
    return Object.fromEntries(pairs)
  }
}

export function withNames(names: KnownNames, more: string[]): KnownNames {
  return more.length ? knownNames([...names.callable, ...more]) : names
}

function invocationClosure(boxed: Extract<Boxed, { t: 'invocation' }>, site: Site): Closure {
  const fn = feelClosure(boxed.text, site, boxed.id ?? site.owner.id, `“${site.owner.name}”调用的函数`)
  const bindings = boxed.bindings.map(({ name, value }) => ({ name, run: closureOf(value, site) }))
  return (env) => {
    const target = fn(env)
    if (!(target instanceof FeelFunction)) return null
    const values = new Map(bindings.map(({ name, run }) => [name, run(env)]))
    const { params } = target.parts
    if ([...values.keys()].some((name) => !params.includes(name))) return null
    return invoke(target, params.map((name) => values.get(name) ?? null), env)
  }
}

/** A function of the model; as in FEEL it keeps the locals that it saw. */
export function functionClosure(boxed: Extract<Boxed, { t: 'function' }>, outer: Site): Closure {
  const { scope } = outer
  const depth = scope.locals.length
  const site: Site = { ...outer, names: withNames(outer.names, boxed.params), height: 0 }
  const { params } = boxed
  const slots = params.map((name) => bind(scope, name, 'variable').slot)
  const body = closureOf(boxed.body, site)
  scope.locals.length = depth
  const height = site.height + 5
  const accepts = params.map(() => null)
  return (env) => {
    spend(env, 1 + (env.locals.length >> 3))
    return new FeelFunction({ params, slots, accepts, body, height, weight: height >> 3, locals: env.locals.slice(), scope: env.scope })
  }
}

/** FEEL of the model as a closure; what is wrong goes to the findings, under the element. `what` begins the sentence. */
export function feelClosure(text: string, site: Site, elementId: string, what: string): Closure {
  const tree = feelTree(text, site, elementId, what)
  return tree ? toClosure(tree, site.scope) : NOTHING
}

export function feelTree(text: string, site: Site, elementId: string, what: string): Feel | null {
  if (text === '') {
    refuse(site.findings, elementId, 'EXPRESSION_MISSING', `${what}没有写`)
    return null
  }
  return guarded(site, elementId, what, () => {
    const tree = parseExpression(text, site.names)
    site.height = Math.max(site.height, heightOf(tree))
    return tree
  })
}

export function guarded<T>(site: Site, elementId: string, what: string, read: () => T): T | null {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof FeelError)) throw error
    refuse(site.findings, elementId, error.code, `${what}写错了：${error.message}`)
    return null
  }
}
