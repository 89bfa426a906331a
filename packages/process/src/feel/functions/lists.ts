import type { Env } from '../values.ts'
import { FeelFunction, compare, equal, invoke, plain, spend } from '../values.ts'
import type { FunctionSpec } from './spec.ts'
import { fn, many } from './spec.ts'

export const LIST_FUNCTIONS: [string, FunctionSpec][] = [
  ['count', fn('list', ([x]) => (Array.isArray(x) ? x.length : x === null ? 0 : 1))],
  ['all', many((xs) => (xs.includes(false) ? false : xs.every((x) => x === true) ? true : null))],
  ['any', many((xs) => (xs.includes(true) ? true : xs.every((x) => x === false) ? false : null))],
  ['list contains', fn('list, element', ([list, x], env) => (Array.isArray(list) ? list.some((y) => equal(plain(y), x, env) === true) : null))],
  ['index of', fn('list, match', ([list, x], env) => (Array.isArray(list) ? list.flatMap((y, i) => (equal(plain(y), x, env) === true ? [i + 1] : [])) : null))],
  ['append', fn('list, item...', ([list, ...rest]) => (Array.isArray(list) ? [...list, ...rest] : null))],
  ['concatenate', fn('list...', (lists) => (lists.every(Array.isArray) ? lists.flat(1) : null))],
  ['union', fn('list...', (lists, env) => (lists.every(Array.isArray) ? distinct(lists.flat(1), env) : null))],
  ['reverse', fn('list', ([x]) => (Array.isArray(x) ? x.toReversed() : null))],
  ['sublist', fn('list, start position, length?', ([list, from, length]) => (Array.isArray(list) ? slice(list, from, length) : null))],
  ['insert before', fn('list, position, newItem', ([list, position, item]) => edited(list, position, (copy, at) => copy.splice(at, 0, item)))],
  ['remove', fn('list, position', ([list, position]) => edited(list, position, (copy, at) => copy.splice(at, 1)))],
  ['list replace', fn('list, position, newItem | list, match, newItem', replaced)],
  ['flatten', fn('list', ([x], env) => (Array.isArray(x) ? flatten(x, env, []) : null))],
  ['distinct values', fn('list', ([x], env) => (Array.isArray(x) ? distinct(x, env) : null))],
  ['sort', fn('list, precedes?', sorted)],
]

export function slice<T>(items: T[], from: unknown, length: unknown): T[] | null {
  if (typeof from !== 'number' || from === 0) return null
  const start = from > 0 ? from - 1 : Math.max(0, items.length + from)
  return items.slice(start, typeof length === 'number' ? start + length : undefined)
}

/** Position 1 is the first, -1 the last; null outside the list. */
function placeIn(list: unknown[], position: unknown): number | null {
  if (typeof position !== 'number' || !Number.isInteger(position) || !position) return null
  const at = position > 0 ? position - 1 : list.length + position
  return at >= 0 && at < list.length ? at : null
}

function edited(list: unknown, position: unknown, edit: (copy: unknown[], at: number) => void): unknown[] | null {
  if (!Array.isArray(list)) return null
  const at = placeIn(list, position)
  if (at === null) return null
  const copy = [...(list as unknown[])]
  edit(copy, at)
  return copy
}

function replaced([list, where, item]: unknown[], env: Env): unknown[] | null {
  if (!(where instanceof FeelFunction)) return edited(list, where, (copy, at) => { copy[at] = item })
  if (!Array.isArray(list)) return null
  return list.map((old: unknown) => (invoke(where, [plain(old), item], env) === true ? item : old))
}

function flatten(items: unknown[], env: Env, into: unknown[]): unknown[] {
  spend(env, items.length)
  for (const item of items) {
    if (Array.isArray(item)) flatten(item, env, into)
    else into.push(item)
  }
  return into
}

function distinct(items: unknown[], env: Env): unknown[] {
  const kept: unknown[] = []
  for (const item of items.map(plain)) {
    spend(env, kept.length)
    if (!kept.some((x) => compare('=', x, item, env) === true)) kept.push(item)
  }
  return kept
}

/** Without a function: by size, null where the items cannot be ordered. With one: `precedes(a, b)` true puts a first. Stable. */
function sorted([list, precedes]: unknown[], env: Env): unknown[] | null {
  if (!Array.isArray(list)) return null
  const items = list.map(plain)
  if (precedes === undefined || precedes === null) {
    let ordered = true
    const result = mergeSort(items, (a, b) => {
      const less = compare('<', a, b, env)
      if (less === null) ordered = false
      return less === true
    }, env)
    return ordered ? result : null
  }
  return precedes instanceof FeelFunction ? mergeSort(items, (a, b) => invoke(precedes, [a, b], env) === true, env) : null
}

/** An own merge sort: a comparison that contradicts itself ends as surely as an honest one. */
function mergeSort(items: unknown[], before: (a: unknown, b: unknown) => boolean, env: Env): unknown[] {
  if (items.length < 2) return items
  const middle = items.length >> 1
  const left = mergeSort(items.slice(0, middle), before, env)
  const right = mergeSort(items.slice(middle), before, env)
  spend(env, items.length)
  const merged: unknown[] = []
  let [i, j] = [0, 0]
  while (i < left.length && j < right.length) merged.push(before(right[j], left[i]) ? right[j++] : left[i++])
  while (i < left.length) merged.push(left[i++])
  while (j < right.length) merged.push(right[j++])
  return merged
}
