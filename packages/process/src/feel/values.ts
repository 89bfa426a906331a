import type { ArithmeticOp, CompareOp } from './ast.ts'
import { FEEL_LIMITS, FeelError } from './errors.ts'
import { DAY_MS, FeelDate, FeelDateTime, FeelDuration, FeelTime, isTemporal, shift, temporalPart } from './temporal.ts'

/** What one evaluation carries: the caller's variables, the locals of loops, and how much work was done. */
export interface Env {
  scope: Record<string, unknown>
  locals: unknown[]
  steps: number
  /** heights of the function bodies that are running */
  stack: number
}

export type Closure = (env: Env) => unknown

export class FeelRange {
  readonly low: unknown
  readonly high: unknown
  readonly lowOpen: boolean
  readonly highOpen: boolean
  constructor(low: unknown, high: unknown, lowOpen: boolean, highOpen: boolean) {
    this.low = low
    this.high = high
    this.lowOpen = lowOpen
    this.highOpen = highOpen
  }
}

/** A function as a value: the body with the locals and the scope that it saw where it was written. */
export interface FeelFunctionParts {
  params: readonly string[]
  /** the local of each parameter */
  slots: readonly number[]
  /** null: any value goes */
  accepts: readonly (((value: unknown, env: Env) => boolean) | null)[]
  body: Closure
  /** of the body's tree: how much of the stack a call takes */
  height: number
  /** steps of the budget for a call */
  weight: number
  locals: readonly unknown[]
  scope: Record<string, unknown>
}

export class FeelFunction {
  readonly parts: FeelFunctionParts
  constructor(parts: FeelFunctionParts) {
    this.parts = parts
  }
  toString(): string {
    return `function(${this.parts.params.join(', ')})`
  }
  toJSON(): null {
    return null
  }
}

/** null for what is no function and for the wrong number or kind of arguments. */
export function invoke(fn: unknown, args: unknown[], env: Env): unknown {
  if (!(fn instanceof FeelFunction)) return null
  const { slots, accepts, body, height, weight, locals, scope } = fn.parts
  if (args.length !== slots.length || args.some((arg, i) => accepts[i]?.(arg, env) === false)) return null
  spend(env, 1 + weight)
  env.stack += height
  if (env.stack > FEEL_LIMITS.stack) throw new FeelError('FEEL_TOO_COMPLEX', '函数调用嵌套过深')
  const outer = { locals: env.locals, scope: env.scope }
  env.locals = locals.slice()
  slots.forEach((slot, i) => { env.locals[slot] = args[i] })
  env.scope = scope
  const value = body(env)
  env.locals = outer.locals
  env.scope = outer.scope
  env.stack -= height
  return value
}

/** Counts work; loops of a tenant's text end here instead of holding the server. */
export function spend(env: Env, items: number): void {
  env.steps += items
  if (env.steps > FEEL_LIMITS.steps) throw new FeelError('FEEL_TOO_COMPLEX', '表达式计算量超过上限')
}

/** Work grows with the size of what is looked at; without this, a loop over a long text or list would be nearly free. */
export function spendOn(env: Env, value: unknown): void {
  if (Array.isArray(value)) spend(env, value.length)
  else if (typeof value === 'string' && value.length > 256) spend(env, value.length >> 6)
}

export function boundedText(text: string): string {
  if (text.length > FEEL_LIMITS.text) throw new FeelError('FEEL_TOO_COMPLEX', '表达式产生的文字超过上限')
  return text
}

const HIDDEN = new Set(['__proto__', 'constructor', 'prototype'])

/** An own, plain property or null: prototypes, methods and undefined are invisible to an expression. */
export function ownValue(holder: object, key: string): unknown {
  if (!Object.hasOwn(holder, key) || HIDDEN.has(key)) return null
  return plain((holder as Record<string, unknown>)[key])
}

/** Values from outside in FEEL's own terms. A JavaScript Date is an instant; a function is nothing. */
export function plain(value: unknown): unknown {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value
    case 'number':
      return Number.isFinite(value) ? value : null
    case 'bigint':
      return Number(value)
    case 'object':
      if (!(value instanceof Date)) return value
      return Number.isNaN(value.getTime()) ? null : new FeelDateTime(value.getTime(), 0)
    default:
      return null
  }
}

export function isContext(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isTemporal(value) && !(value instanceof FeelRange) && !(value instanceof FeelFunction)
}

export function path(value: unknown, key: string, env: Env): unknown {
  if (isContext(value)) return ownValue(value, key)
  if (isTemporal(value)) return temporalPart(value, key)
  if (value instanceof FeelRange) return rangePart(value, key)
  if (!Array.isArray(value)) return null
  spend(env, value.length)
  return value.map((item) => (isContext(item) ? ownValue(item, key) : null))
}

function rangePart(range: FeelRange, key: string): unknown {
  switch (key) {
    case 'start': return range.low
    case 'end': return range.high
    case 'start included': return !range.lowOpen
    case 'end included': return !range.highOpen
    default: return null
  }
}

/** Negative, zero or positive; null where the two cannot be ordered. */
export function order(a: unknown, b: unknown): number | null {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a > b ? 1 : 0
  if (a instanceof FeelDate && b instanceof FeelDate) return a.days - b.days
  if (a instanceof FeelDateTime && b instanceof FeelDateTime) return a.ms - b.ms
  if (a instanceof FeelTime && b instanceof FeelTime) return utcOfDay(a) - utcOfDay(b)
  if (a instanceof FeelDuration && b instanceof FeelDuration) {
    if (a.ms === 0 && b.ms === 0) return a.months - b.months
    return a.months || b.months ? null : a.ms - b.ms
  }
  return null
}

function utcOfDay(time: FeelTime): number {
  return time.ms - (time.offset ?? 0) * 60_000
}

/** true, false, or null where the kinds differ (null is comparable with everything). */
export function equal(a: unknown, b: unknown, env: Env): boolean | null {
  if (a === null || b === null) return a === b
  if (typeof a !== 'object' || typeof b !== 'object') {
    spendOn(env, a)
    return typeof a === typeof b ? a === b : null
  }
  spend(env, 1)
  if (Array.isArray(a) || Array.isArray(b)) return Array.isArray(a) && Array.isArray(b) ? equalLists(a, b, env) : null
  if (isTemporal(a) || isTemporal(b)) {
    const difference = order(a, b)
    return difference === null ? null : difference === 0
  }
  if (a instanceof FeelRange || b instanceof FeelRange) return a instanceof FeelRange && b instanceof FeelRange ? equalRanges(a, b, env) : null
  if (a instanceof FeelFunction || b instanceof FeelFunction) return null
  return equalContexts(a as Record<string, unknown>, b as Record<string, unknown>, env)
}

function equalRanges(a: FeelRange, b: FeelRange, env: Env): boolean | null {
  if (a.lowOpen !== b.lowOpen || a.highOpen !== b.highOpen) return false
  return and3(equal(a.low, b.low, env), equal(a.high, b.high, env))
}

function equalLists(a: unknown[], b: unknown[], env: Env): boolean {
  spendOn(env, a)
  return a.length === b.length && a.every((item, i) => equal(plain(item), plain(b[i]), env) === true)
}

function equalContexts(a: Record<string, unknown>, b: Record<string, unknown>, env: Env): boolean {
  const keys = Object.keys(a)
  if (keys.length !== Object.keys(b).length) return false
  return keys.every((key) => Object.hasOwn(b, key) && equal(ownValue(a, key), ownValue(b, key), env) === true)
}

export function compare(op: CompareOp, a: unknown, b: unknown, env: Env): boolean | null {
  if (op === '=') return equal(a, b, env)
  if (op === '!=') {
    const same = equal(a, b, env)
    return same === null ? null : !same
  }
  spendOn(env, a)
  const difference = order(a, b)
  if (difference === null) return null
  switch (op) {
    case '<': return difference < 0
    case '<=': return difference <= 0
    case '>': return difference > 0
    case '>=': return difference >= 0
  }
}

export function and3(a: unknown, b: unknown): boolean | null {
  if (a === false || b === false) return false
  return a === true && b === true ? true : null
}

export function inRange(value: unknown, range: FeelRange): boolean | null {
  const low = order(value, range.low)
  const high = order(value, range.high)
  const aboveLow = low === null ? null : range.lowOpen ? low > 0 : low >= 0
  const belowHigh = high === null ? null : range.highOpen ? high < 0 : high <= 0
  return and3(aboveLow, belowHigh)
}

export function arithmetic(op: ArithmeticOp, a: unknown, b: unknown, env: Env): unknown {
  if (typeof a === 'number' && typeof b === 'number') return numeric(op, a, b)
  if (op === '+' && typeof a === 'string' && typeof b === 'string') {
    const joined = boundedText(a + b)
    spendOn(env, joined)
    return joined
  }
  if (op === '+' || op === '-') {
    if (zoned(a) || zoned(b)) spend(env, ZONE_STEPS)
    return temporalSum(op, a, b)
  }
  if (op === '*' && a instanceof FeelDuration && typeof b === 'number') return scaled(a, b)
  if (op === '*' && typeof a === 'number' && b instanceof FeelDuration) return scaled(b, a)
  if (op === '/' && a instanceof FeelDuration) return divided(a, b)
  return null
}

/** Asking for the offset of a zone costs this many steps. */
export const ZONE_STEPS = 50

function zoned(value: unknown): boolean {
  return value instanceof FeelDateTime && value.zone !== null
}

function numeric(op: ArithmeticOp, a: number, b: number): number | null {
  switch (op) {
    case '+': return decimal(a + b)
    case '-': return decimal(a - b)
    case '*': return decimal(a * b)
    case '/': return b === 0 ? null : decimal(a / b)
    case '**': return decimal(a ** b)
  }
}

/** FEEL counts in decimals: 0.1 + 0.2 is 0.3. Fifteen significant digits hide the binary rest; integers skip that. */
export function decimal(value: number): number | null {
  if (Number.isInteger(value)) return value
  return Number.isFinite(value) ? Number(value.toPrecision(15)) : null
}

function scaled(duration: FeelDuration, factor: number): FeelDuration | null {
  const [months, ms] = [Math.trunc(duration.months * factor) || 0, Math.trunc(duration.ms * factor) || 0]
  return Number.isFinite(months) && Number.isFinite(ms) ? new FeelDuration(months, ms) : null
}

/** duration / number is a duration, duration / duration of the same kind a number. */
function divided(a: FeelDuration, b: unknown): unknown {
  if (typeof b === 'number') return b === 0 ? null : scaled(a, 1 / b)
  if (!(b instanceof FeelDuration)) return null
  if (b.months && !a.ms) return decimal(a.months / b.months)
  return b.ms && !a.months ? decimal(a.ms / b.ms) : null
}

function temporalSum(op: '+' | '-', a: unknown, b: unknown): unknown {
  const sign = op === '+' ? 1 : -1
  if (a instanceof FeelDuration && b instanceof FeelDuration) {
    const [months, ms] = [a.months + sign * b.months, a.ms + sign * b.ms]
    return months && ms ? null : new FeelDuration(months, ms)
  }
  if (isMoment(a) && b instanceof FeelDuration) return shift(a, b, sign)
  if (op === '+') return a instanceof FeelDuration && isMoment(b) ? shift(b, a, 1) : null
  if (a instanceof FeelTime && b instanceof FeelTime) return new FeelDuration(0, utcOfDay(a) - utcOfDay(b))
  const [from, to] = [instant(b), instant(a)]
  return from === null || to === null ? null : new FeelDuration(0, to - from)
}

function isMoment(value: unknown): value is FeelDate | FeelDateTime | FeelTime {
  return value instanceof FeelDate || value instanceof FeelDateTime || value instanceof FeelTime
}

/** A day stands for its midnight (UTC, as the standard has it). */
function instant(value: unknown): number | null {
  if (value instanceof FeelDate) return value.days * DAY_MS
  return value instanceof FeelDateTime ? value.ms : null
}
