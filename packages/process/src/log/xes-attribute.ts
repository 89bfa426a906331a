import { put } from './attributes.ts'
import type { Attributes } from './types.ts'

/** Element names that carry an attribute in XES (IEEE 1849). */
export const ATTRIBUTE_TYPES = new Set(['string', 'date', 'int', 'float', 'boolean', 'id', 'list', 'container'])

/** An attribute element that is open: its children arrive before it is complete. */
export interface OpenAttribute {
  type: string
  key: string
  raw: string
  children: Attributes | null
  items: Array<{ key: string; value: unknown }> | null
}

/** Adds a finished child. Lists keep order and repeated keys; everything else is by key, the last of a repeated key wins. */
export function adopt(parent: OpenAttribute, key: string, value: unknown): void {
  if (parent.type === 'list') (parent.items ??= []).push({ key, value })
  else put((parent.children ??= {}), key, value)
}

/**
 * The value of a finished attribute. A value that does not fit its type stays the string it was: nothing is lost.
 * Integers beyond 2^53 stay strings for the same reason.
 */
export function valueOf(attribute: OpenAttribute, toTime: (text: string) => Date | null): unknown {
  const { type, raw, children } = attribute
  if (type === 'list') return attribute.items ?? []
  if (type === 'container') return { attributes: children ?? {} }
  const value = simple(type, raw, toTime)
  return children ? { value, attributes: children } : value
}

function simple(type: string, raw: string, toTime: (text: string) => Date | null): unknown {
  if (type === 'string' || type === 'id') return raw
  if (type === 'date') return toTime(raw) ?? raw
  if (type === 'boolean') return raw === 'true' || raw === '1' ? true : raw === 'false' || raw === '0' ? false : raw
  const number = raw.trim() === '' ? NaN : Number(raw)
  const exact = type === 'int' ? Number.isSafeInteger(number) : Number.isFinite(number)
  return exact ? number : raw
}
