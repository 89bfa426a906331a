import type { FeelType } from './ast.ts'
import { FeelDate, FeelDateTime, FeelDuration, FeelTime } from './temporal.ts'
import { FeelFunction, FeelRange, isContext, ownValue, plain, spend } from './values.ts'
import type { Env } from './values.ts'

/** `value instance of type`. null belongs to Null only. */
export function conforms(type: FeelType, value: unknown, env: Env): boolean {
  spend(env, 1)
  if (value === null) return type.k === 'Null'
  switch (type.k) {
    case 'Any': return true
    case 'Null': return false
    case 'number':
    case 'string':
    case 'boolean': return typeof value === type.k
    case 'date': return value instanceof FeelDate
    case 'time': return value instanceof FeelTime
    case 'date and time': return value instanceof FeelDateTime
    // P0M and PT0S are one value here: no time at all
    case 'days and time duration': return value instanceof FeelDuration && !value.months
    case 'years and months duration': return value instanceof FeelDuration && !value.ms
    case 'function': return value instanceof FeelFunction
    case 'list': {
      const { of } = type
      return Array.isArray(value) && (!of || value.every((item) => conforms(of, plain(item), env)))
    }
    case 'range': return value instanceof FeelRange && (!type.of || conforms(type.of, value.low ?? value.high, env))
    case 'context': return isContext(value) && type.entries.every(({ name, type: of }) => Object.hasOwn(value, name) && conforms(of, ownValue(value, name), env))
  }
}
