import { decimal, order } from '../values.ts'
import type { FunctionSpec } from './spec.ts'
import { fn, many, numbers } from './spec.ts'

export const NUMBER_FUNCTIONS: [string, FunctionSpec][] = [
  ['number', fn('from, grouping separator?, decimal separator?', toNumber)],
  ['abs', fn('n', ([x]) => (typeof x === 'number' ? Math.abs(x) : null))],
  ['floor', fn('n, scale?', ([x, scale]) => scaled(x, scale, Math.floor))],
  ['ceiling', fn('n, scale?', ([x, scale]) => scaled(x, scale, Math.ceil))],
  ['decimal', fn('n, scale', ([x, scale]) => scaled(x, scale, halfEven))],
  ['round up', fn('n, scale', ([x, scale]) => scaled(x, scale, away(Math.ceil)))],
  ['round down', fn('n, scale', ([x, scale]) => scaled(x, scale, away(Math.floor)))],
  ['round half up', fn('n, scale', ([x, scale]) => scaled(x, scale, away(Math.round)))],
  ['round half down', fn('n, scale', ([x, scale]) => scaled(x, scale, away((n) => Math.ceil(n - 0.5))))],
  ['modulo', fn('dividend, divisor', ([a, b]) => numbers(a, b, (x, y) => (y === 0 ? null : decimal(x - y * Math.floor(x / y)))))],
  ['sqrt', fn('number', ([x]) => (typeof x === 'number' && x >= 0 ? decimal(Math.sqrt(x)) : null))],
  ['log', fn('number', ([x]) => (typeof x === 'number' && x > 0 ? decimal(Math.log(x)) : null))],
  ['exp', fn('number', ([x]) => (typeof x === 'number' ? decimal(Math.exp(x)) : null))],
  ['even', fn('number', ([x]) => (typeof x === 'number' ? x % 2 === 0 : null))],
  ['odd', fn('number', ([x]) => (typeof x === 'number' ? Math.abs(x % 2) === 1 : null))],
  ['sum', many((xs) => reduceNumbers(xs, (a, b) => decimal(a + b)))],
  ['product', many((xs) => reduceNumbers(xs, (a, b) => decimal(a * b)))],
  ['min', many((xs) => extreme(xs, -1))],
  ['max', many((xs) => extreme(xs, 1))],
  ['mean', many(mean)],
  ['median', many(median)],
  ['stddev', many(stddev)],
  ['mode', many(mode)],
]

function toNumber([x, grouping, point]: unknown[]): number | null {
  if (typeof x === 'number') return x
  if (typeof x !== 'string' || x.length > 400) return null
  const [group, dot] = [grouping ?? null, point ?? '.']
  if (group !== null && !(typeof group === 'string' && [' ', ',', '.'].includes(group))) return null
  if ((dot !== '.' && dot !== ',') || dot === group) return null
  const text = (group === null ? x : x.replaceAll(group, '')).trim().replace(dot, '.')
  return /^[+-]?(\d+(\.\d+)?|\.\d+)([eE][+-]?\d{1,3})?$/.test(text) ? decimal(Number(text)) : null
}

function scaled(x: unknown, scale: unknown, round: (n: number) => number): number | null {
  const digits = scale ?? 0
  if (typeof x !== 'number' || typeof digits !== 'number' || Math.abs(digits) > 15) return null
  const factor = 10 ** Math.trunc(digits)
  return decimal(round(Number((x * factor).toPrecision(15))) / factor)
}

/** Rounds the size of the number and keeps its sign. */
function away(round: (n: number) => number): (n: number) => number {
  return (n) => Math.sign(n) * round(Math.abs(n))
}

function halfEven(n: number): number {
  const low = Math.floor(n)
  if (n - low !== 0.5) return Math.round(n)
  return low % 2 === 0 ? low : low + 1
}

/** An empty list has no sum, and a list with something else than numbers none either. */
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

function mean(items: unknown[]): number | null {
  const total = reduceNumbers(items, (a, b) => a + b)
  return total === null ? null : decimal(total / items.length)
}

function median(items: unknown[]): number | null {
  if (!items.length || !items.every((x) => typeof x === 'number')) return null
  const sorted = items.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle]! : decimal((sorted[middle - 1]! + sorted[middle]!) / 2)
}

/** Of the sample (divided by n − 1), so one number has none. */
function stddev(items: unknown[]): number | null {
  if (items.length < 2 || !items.every((x) => typeof x === 'number')) return null
  const middle = items.reduce((a, b) => a + b, 0) / items.length
  return decimal(Math.sqrt(items.reduce((sum, x) => sum + (x - middle) ** 2, 0) / (items.length - 1)))
}

/** The most frequent numbers, smallest first. */
function mode(items: unknown[]): number[] | null {
  if (!items.every((x) => typeof x === 'number')) return null
  const counts = new Map<number, number>()
  for (const x of items) counts.set(x, (counts.get(x) ?? 0) + 1)
  let most = 0
  for (const count of counts.values()) most = Math.max(most, count)
  return [...counts].filter(([, count]) => count === most).map(([x]) => x).toSorted((a, b) => a - b)
}
