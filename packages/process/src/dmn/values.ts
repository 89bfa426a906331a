import { FeelDate, FeelDateTime, FeelDuration, FeelTime } from '../feel/index.ts'
import { DAY_MS, parseDate, parseDateTime, parseDuration, parseTime } from '../feel/temporal.ts'
import type { ValueType } from './types.ts'

const NAMES: Record<string, ValueType> = {
  any: 'any', string: 'string', number: 'number', integer: 'number', long: 'number', double: 'number', decimal: 'number', boolean: 'boolean', date: 'date', time: 'time',
  datetime: 'dateTime', 'date and time': 'dateTime', daytimeduration: 'dayTimeDuration', 'days and time duration': 'dayTimeDuration',
  yearmonthduration: 'yearMonthDuration', 'years and months duration': 'yearMonthDuration', context: 'any', list: 'any',
}

/** As the standard writes the built-in types. */
export const TYPE_REFS: Record<ValueType, string> = {
  any: 'Any', string: 'string', number: 'number', boolean: 'boolean', date: 'date', time: 'time', dateTime: 'date and time',
  dayTimeDuration: 'days and time duration', yearMonthDuration: 'years and months duration',
}

export const TYPE_LABELS: Record<ValueType, string> = {
  any: '任意值', string: '文字', number: '数字', boolean: '是或否', date: '日期', time: '时间', dateTime: '日期时间', dayTimeDuration: '时长', yearMonthDuration: '年月时长',
}

/** A type name of the file (with or without a prefix); null when it is not built in. */
export function builtInType(name: string): ValueType | null {
  const local = name.replace(/^(?:feel:|\{[^}]*\})/, '').toLowerCase()
  return Object.hasOwn(NAMES, local) ? NAMES[local]! : null
}

export const MISFIT = Symbol('misfit')

/**
 * A value in the declared type: what comes from records is often text (`"2026-11-22"`, `"12.50"`), and a table that
 * compares dates should not care. null stays null; what cannot be the type is MISFIT.
 */
export function coerce(type: ValueType, value: unknown): unknown {
  if (value === null || type === 'any') return value
  switch (type) {
    case 'number':
      if (typeof value === 'number') return value
      return typeof value === 'string' && /^\s*-?\d+(\.\d+)?\s*$/.test(value) ? Number(value) : MISFIT
    case 'string':
    case 'boolean': return typeof value === type ? value : MISFIT
    case 'date':
      if (value instanceof FeelDateTime) return new FeelDate(Math.floor(value.wall / DAY_MS))
      return value instanceof FeelDate ? value : fromText(value, (text) => parseDate(text.slice(0, 10)))
    case 'dateTime':
      if (value instanceof FeelDate) return new FeelDateTime(value.days * DAY_MS, null)
      return value instanceof FeelDateTime ? value : fromText(value, parseDateTime)
    case 'time': return value instanceof FeelTime ? value : fromText(value, parseTime)
    case 'dayTimeDuration': return durationOf(value, (duration) => duration.months === 0)
    case 'yearMonthDuration': return durationOf(value, (duration) => duration.ms === 0)
  }
}

function fromText(value: unknown, parse: (text: string) => unknown): unknown {
  return typeof value === 'string' ? (parse(value.trim()) ?? MISFIT) : MISFIT
}

function durationOf(value: unknown, fits: (duration: FeelDuration) => boolean): unknown {
  const duration = value instanceof FeelDuration ? value : fromText(value, parseDuration)
  return duration instanceof FeelDuration && fits(duration) ? duration : MISFIT
}
