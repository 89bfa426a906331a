import type { Env } from '../values.ts'
import { equal, isContext, ownValue, plain, spend } from '../values.ts'
import type { FunctionSpec } from './spec.ts'
import { fn } from './spec.ts'

/** Booleans, contexts, and what fits nowhere else. */
export const CONTEXT_FUNCTIONS: [string, FunctionSpec][] = [
  ['not', fn('negand', ([x]) => (typeof x === 'boolean' ? !x : null))],
  ['is', fn('value1, value2', ([a, b], env) => sameKind(a, b) && equal(a, b, env) === true)],
  ['is defined', fn('value', ([x]) => x !== null)],
  ['get or else', fn('value, default', ([x, other]) => (x === null ? other : x))],
  ['get value', fn('context, key | m, key', ([x, key]) => getValue(x, key))],
  ['get entries', fn('context | m', ([x], env) => (isContext(x) ? entriesOf(x, env) : null))],
  ['context', fn('entries', ([entries], env) => (Array.isArray(entries) ? fromEntries(entries, env) : isContext(entries) ? fromEntries([entries], env) : null))],
  ['context put', fn('context, key, value | context, keys, value', ([x, key, value], env) => put(x, key, value, env))],
  ['context merge', fn('contexts...', (args, env) => merge(args.length === 1 && Array.isArray(args[0]) ? args[0].map(plain) : args, env))],
]

function sameKind(a: unknown, b: unknown): boolean {
  return typeof a === typeof b && a?.constructor === b?.constructor
}

function getValue(x: unknown, key: unknown): unknown {
  if (typeof key === 'string') return isContext(x) ? ownValue(x, key) : null
  if (!Array.isArray(key)) return null
  return key.reduce<unknown>((value, part) => (isContext(value) && typeof part === 'string' ? ownValue(value, part) : null), x)
}

function entriesOf(x: Record<string, unknown>, env: Env): { key: string; value: unknown }[] {
  const keys = Object.keys(x)
  spend(env, keys.length)
  return keys.map((key) => ({ key, value: ownValue(x, key) }))
}

/** null when an entry is no `{key: …, value: …}` or a key comes twice. */
function fromEntries(entries: unknown[], env: Env): Record<string, unknown> | null {
  spend(env, entries.length)
  const pairs: [string, unknown][] = []
  const seen = new Set<string>()
  for (const entry of entries) {
    if (!isContext(entry) || !Object.hasOwn(entry, 'value')) return null
    const key = ownValue(entry, 'key')
    if (typeof key !== 'string' || seen.has(key)) return null
    seen.add(key)
    pairs.push([key, ownValue(entry, 'value')])
  }
  return Object.fromEntries(pairs)
}

/** `key` may be a list of keys: the way down, made where it does not exist. */
function put(x: unknown, key: unknown, value: unknown, env: Env): Record<string, unknown> | null {
  if (!isContext(x)) return null
  const keys = Array.isArray(key) ? (key as unknown[]) : [key]
  const [first, ...rest] = keys
  if (typeof first !== 'string' || keys.length > 100) return null
  const old = Object.keys(x).map((name): [string, unknown] => [name, ownValue(x, name)])
  spend(env, old.length)
  const inner = rest.length ? put(ownValue(x, first) ?? {}, rest, value, env) : value
  return inner === null && rest.length ? null : Object.fromEntries([...old, [first, inner]])
}

/** Later contexts win. */
function merge(contexts: unknown[], env: Env): Record<string, unknown> | null {
  const pairs: [string, unknown][] = []
  for (const x of contexts) {
    if (!isContext(x)) return null
    for (const { key, value } of entriesOf(x, env)) pairs.push([key, value])
  }
  return Object.fromEntries(pairs)
}
