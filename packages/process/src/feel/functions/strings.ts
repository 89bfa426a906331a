import { findAll, findFirst, patternOf, replaceAll } from '../regex-match.ts'
import { boundedText, isContext, ownValue, plain, spend, spendOn } from '../values.ts'
import type { Env } from '../values.ts'
import { slice } from './lists.ts'
import type { FunctionSpec } from './spec.ts'
import { fn, strings } from './spec.ts'

/** Positions count from 1, in Unicode characters. */
export const STRING_FUNCTIONS: [string, FunctionSpec][] = [
  ['string', fn('from', ([x], env) => (x === null || typeof x === 'string' ? x : printed(x, env)))],
  ['string length', fn('string', ([x]) => (typeof x === 'string' ? [...x].length : null))],
  ['upper case', fn('string', ([x]) => (typeof x === 'string' ? x.toUpperCase() : null))],
  ['lower case', fn('string', ([x]) => (typeof x === 'string' ? x.toLowerCase() : null))],
  ['trim', fn('string', ([x]) => (typeof x === 'string' ? x.trim() : null))],
  ['contains', fn('string, match', ([a, b]) => strings(a, b, (x, y) => x.includes(y)))],
  ['starts with', fn('string, match', ([a, b]) => strings(a, b, (x, y) => x.startsWith(y)))],
  ['ends with', fn('string, match', ([a, b]) => strings(a, b, (x, y) => x.endsWith(y)))],
  ['substring', fn('string, start position, length?', ([x, from, length]) => (typeof x === 'string' ? (slice([...x], from, length)?.join('') ?? null) : null))],
  ['substring before', fn('string, match', ([a, b]) => strings(a, b, (x, y) => (x.includes(y) ? x.slice(0, x.indexOf(y)) : '')))],
  ['substring after', fn('string, match', ([a, b]) => strings(a, b, (x, y) => (x.includes(y) ? x.slice(x.indexOf(y) + y.length) : '')))],
  ['string join', fn('list, delimiter?', stringJoin)],
  ['matches', fn('input, pattern, flags?', ([text, pattern, flags], env) => {
    const compiled = patternOf(pattern, flags, env)
    return typeof text === 'string' && compiled ? findFirst(compiled, text, env) : null
  })],
  ['replace', fn('input, pattern, replacement, flags?', ([text, pattern, replacement, flags], env) => {
    const compiled = patternOf(pattern, flags, env)
    return typeof text === 'string' && typeof replacement === 'string' && compiled ? replaceAll(compiled, text, replacement, env) : null
  })],
  ['split', fn('string, delimiter', split)],
  ['extract', fn('string, pattern, flags?', ([text, pattern, flags], env) => {
    const compiled = patternOf(pattern, flags, env)
    return typeof text === 'string' && compiled ? (findAll(compiled, text, env)?.map((hit) => text.slice(hit[0], hit[1])) ?? null) : null
  })],
]

/** Lists and contexts print as FEEL writes them. Counted piece by piece: values may share parts and print hugely. */
export function printed(x: unknown, env: Env): string {
  spend(env, 1 + (typeof x === 'string' ? x.length >> 6 : 0))
  if (typeof x === 'string') return JSON.stringify(x)
  if (Array.isArray(x)) return boundedText(`[${x.map((item) => printed(plain(item), env)).join(', ')}]`)
  if (isContext(x)) {
    const entries = Object.keys(x).map((key) => {
      spend(env, key.length >> 6)
      return `${key}: ${printed(ownValue(x, key), env)}`
    })
    return boundedText(`{${entries.join(', ')}}`)
  }
  return String(x)
}

function stringJoin([list, delimiter]: unknown[], env: Env): string | null {
  if (!Array.isArray(list)) return null
  let joined = ''
  let first = true
  for (const item of list) {
    if (typeof item !== 'string') continue
    spend(env, item.length >> 6)
    joined = boundedText(first ? item : joined + (typeof delimiter === 'string' ? delimiter : '') + item)
    first = false
  }
  return joined
}

function split([text, delimiter]: unknown[], env: Env): string[] | null {
  const compiled = patternOf(delimiter, null, env)
  if (typeof text !== 'string' || !compiled) return null
  const hits = findAll(compiled, text, env)
  if (!hits) return null
  const parts: string[] = []
  let from = 0
  for (const hit of hits) {
    parts.push(text.slice(from, hit[0]))
    from = hit[1]!
  }
  parts.push(text.slice(from))
  spendOn(env, parts)
  return parts
}
