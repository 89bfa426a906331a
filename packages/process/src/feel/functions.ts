import { FeelDate, FeelDateTime, dateFromParts, parseDate, parseDateTime, parseDuration } from './temporal.ts'
import { boundedText, compare, decimal, equal, isContext, order, ownValue, plain, spend } from './values.ts'
import type { Env } from './values.ts'

/** Arguments arrive evaluated. A wrong kind of argument gives null, as everywhere in FEEL. */
export interface FunctionSpec {
  min: number
  max: number
  run: (args: unknown[], env: Env) => unknown
}

const MANY = 1_000

/** Regular expressions (`matches`, `replace`, `split`) are left out: a tenant's pattern could hang the server. */
export const FUNCTIONS: ReadonlyMap<string, FunctionSpec> = new Map<string, FunctionSpec>([
  // booleans and contexts
  ['not', of(1, ([x]) => (typeof x === 'boolean' ? !x : null))],
  ['is defined', of(1, ([x]) => x !== null)],
  ['get or else', of(2, ([x, other]) => (x === null ? other : x))],
  ['get value', of(2, ([x, key]) => (isContext(x) && typeof key === 'string' ? ownValue(x, key) : null))],
  // numbers
  ['number', of(1, ([x]) => (typeof x === 'number' ? x : typeof x === 'string' && /^-?\d+(\.\d+)?$/.test(x.trim()) ? Number(x) : null))],
  ['abs', of(1, ([x]) => (typeof x === 'number' ? Math.abs(x) : null))],
  ['floor', { min: 1, max: 2, run: ([x, scale]) => scaled(x, scale, Math.floor) }],
  ['ceiling', { min: 1, max: 2, run: ([x, scale]) => scaled(x, scale, Math.ceil) }],
  ['decimal', of(2, ([x, scale]) => scaled(x, scale, halfEven))],
  ['round half up', of(2, ([x, scale]) => scaled(x, scale, (n) => Math.sign(n) * Math.round(Math.abs(n))))],
  ['modulo', of(2, ([a, b]) => numbers(a, b, (x, y) => (y === 0 ? null : decimal(x - y * Math.floor(x / y)))))],
  ['sqrt', of(1, ([x]) => (typeof x === 'number' && x >= 0 ? decimal(Math.sqrt(x)) : null))],
  ['even', of(1, ([x]) => (typeof x === 'number' ? x % 2 === 0 : null))],
  ['odd', of(1, ([x]) => (typeof x === 'number' ? Math.abs(x % 2) === 1 : null))],
  // strings; positions count from 1, in Unicode characters
  ['string', of(1, ([x], env) => (x === null || typeof x === 'string' ? x : printed(x, env)))],
  ['string length', of(1, ([x]) => (typeof x === 'string' ? [...x].length : null))],
  ['upper case', of(1, ([x]) => (typeof x === 'string' ? x.toUpperCase() : null))],
  ['lower case', of(1, ([x]) => (typeof x === 'string' ? x.toLowerCase() : null))],
  ['trim', of(1, ([x]) => (typeof x === 'string' ? x.trim() : null))],
  ['contains', of(2, ([a, b]) => strings(a, b, (x, y) => x.includes(y)))],
  ['starts with', of(2, ([a, b]) => strings(a, b, (x, y) => x.startsWith(y)))],
  ['ends with', of(2, ([a, b]) => strings(a, b, (x, y) => x.endsWith(y)))],
  ['substring', { min: 2, max: 3, run: ([x, from, length]) => substring(x, from, length) }],
  ['substring before', of(2, ([a, b]) => strings(a, b, (x, y) => (x.includes(y) ? x.slice(0, x.indexOf(y)) : '')))],
  ['substring after', of(2, ([a, b]) => strings(a, b, (x, y) => (x.includes(y) ? x.slice(x.indexOf(y) + y.length) : '')))],
  ['string join', { min: 1, max: 2, run: stringJoin }],
  // lists
  ['count', of(1, ([x]) => (Array.isArray(x) ? x.length : x === null ? 0 : 1))],
  ['sum', many((xs) => reduceNumbers(xs, (a, b) => decimal(a + b)))],
  ['min', many((xs) => extreme(xs, -1))],
  ['max', many((xs) => extreme(xs, 1))],
  ['mean', many((xs) => { const total = reduceNumbers(xs, (a, b) => a + b); return total === null ? null : decimal(total / xs.length) })],
  ['median', many(median)],
  ['all', many((xs) => (xs.includes(false) ? false : xs.every((x) => x === true) ? true : null))],
  ['any', many((xs) => (xs.includes(true) ? true : xs.every((x) => x === false) ? false : null))],
  ['list contains', of(2, ([list, x], env) => (Array.isArray(list) ? list.some((y) => equal(plain(y), x, env) === true) : null))],
  ['index of', of(2, ([list, x], env) => (Array.isArray(list) ? list.flatMap((y, i) => (equal(plain(y), x, env) === true ? [i + 1] : [])) : null))],
  ['append', { min: 1, max: MANY, run: ([list, ...rest]) => (Array.isArray(list) ? [...list, ...rest] : null) }],
  ['concatenate', { min: 1, max: MANY, run: (lists) => (lists.every(Array.isArray) ? lists.flat(1) : null) }],
  ['reverse', of(1, ([x]) => (Array.isArray(x) ? x.toReversed() : null))],
  ['sublist', { min: 2, max: 3, run: ([list, from, length]) => (Array.isArray(list) ? slice(list, from, length) : null) }],
  ['flatten', of(1, ([x], env) => (Array.isArray(x) ? flatten(x, env, []) : null))],
  ['distinct values', of(1, ([x], env) => (Array.isArray(x) ? distinct(x, env) : null))],
  // dates
  ['date', { min: 1, max: 3, run: (args) => (args.length === 3 ? ymd(args) : toDate(args[0])) }],
  ['date and time', of(1, ([x]) => (typeof x === 'string' ? parseDateTime(x) : x instanceof FeelDateTime ? x : x instanceof FeelDate ? new FeelDateTime(x.days * 86_400_000, null) : null))],
  ['duration', of(1, ([x]) => (typeof x === 'string' ? parseDuration(x) : null))],
])

function of(arity: number, run: FunctionSpec['run']): FunctionSpec {
  return { min: arity, max: arity, run }
}

/** `sum(1, 2)` and `sum([1, 2])` mean the same; an empty list has no sum. */
function many(run: (items: unknown[]) => unknown): FunctionSpec {
  return {
    min: 1,
    max: MANY,
    run: (args) => run(args.length === 1 && Array.isArray(args[0]) ? args[0].map(plain) : args),
  }
}

function numbers(a: unknown, b: unknown, run: (a: number, b: number) => unknown): unknown {
  return typeof a === 'number' && typeof b === 'number' ? run(a, b) : null
}

function strings(a: unknown, b: unknown, run: (a: string, b: string) => unknown): unknown {
  return typeof a === 'string' && typeof b === 'string' ? run(a, b) : null
}

function scaled(x: unknown, scale: unknown, round: (n: number) => number): number | null {
  const digits = scale ?? 0
  if (typeof x !== 'number' || typeof digits !== 'number' || Math.abs(digits) > 15) return null
  const factor = 10 ** Math.trunc(digits)
  return decimal(round(Number((x * factor).toPrecision(15))) / factor)
}

function halfEven(n: number): number {
  const low = Math.floor(n)
  const rest = n - low
  if (rest !== 0.5) return Math.round(n)
  return low % 2 === 0 ? low : low + 1
}

/** Lists and contexts print as FEEL writes them. Counted piece by piece: values may share parts and print hugely. */
function printed(x: unknown, env: Env): string {
  spend(env, 1)
  if (typeof x === 'string') return JSON.stringify(x)
  if (Array.isArray(x)) return boundedText(`[${x.map((item) => printed(plain(item), env)).join(', ')}]`)
  if (isContext(x)) return boundedText(`{${Object.keys(x).map((key) => `${key}: ${printed(ownValue(x, key), env)}`).join(', ')}}`)
  return String(x)
}

function flatten(items: unknown[], env: Env, into: unknown[]): unknown[] {
  spend(env, items.length)
  for (const item of items) {
    if (Array.isArray(item)) flatten(item, env, into)
    else into.push(item)
  }
  return into
}

function substring(x: unknown, from: unknown, length: unknown): string | null {
  return typeof x === 'string' ? (slice([...x], from, length)?.join('') ?? null) : null
}

function slice<T>(items: T[], from: unknown, length: unknown): T[] | null {
  if (typeof from !== 'number' || from === 0) return null
  const start = from > 0 ? from - 1 : Math.max(0, items.length + from)
  return items.slice(start, typeof length === 'number' ? start + length : undefined)
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

function reduceNumbers(items: unknown[], add: (a: number, b: number) => number | null): number | null {
  let total: number | null = null
  for (const item of items) {
    if (typeof item !== 'number') return null
    total = total === null ? item : add(total, item)
    if (total === null) return null
  }
  return total
}

function extreme(items: unknown[], sign: 1 | -1): unknown {
  let best: unknown = items[0] ?? null
  for (const item of items.slice(1)) {
    const difference = order(item, best)
    if (difference === null) return null
    if (difference * sign > 0) best = item
  }
  return best
}

function median(items: unknown[]): number | null {
  if (!items.length || !items.every((x) => typeof x === 'number')) return null
  const sorted = items.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle]! : decimal((sorted[middle - 1]! + sorted[middle]!) / 2)
}

function distinct(items: unknown[], env: Env): unknown[] {
  const kept: unknown[] = []
  for (const item of items.map(plain)) {
    spend(env, kept.length)
    if (!kept.some((x) => compare('=', x, item, env) === true)) kept.push(item)
  }
  return kept
}

function ymd([year, month, day]: unknown[]): FeelDate | null {
  if (typeof year !== 'number' || typeof month !== 'number' || typeof day !== 'number') return null
  return dateFromParts(year, month, day)
}

/** The date of a moment is the date on the wall where its offset holds. */
function toDate(x: unknown): FeelDate | null {
  if (typeof x === 'string') return parseDate(x) ?? toDate(parseDateTime(x))
  if (x instanceof FeelDate) return x
  if (x instanceof FeelDateTime) return new FeelDate(Math.floor((x.ms + (x.offset ?? 0) * 60_000) / 86_400_000))
  return null
}

