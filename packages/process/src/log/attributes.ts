import type { Attributes } from './types.ts'

/** Sets an attribute as data, also when the file names it `__proto__`. */
export function put(target: Attributes, key: string, value: unknown): void {
  if (key === '__proto__') Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true })
  else target[key] = value
}

/**
 * Shares equal short strings. Logs repeat few values very often, and a slice taken from a chunk of the file would
 * otherwise keep the whole chunk alive; so the first copy is made flat.
 */
export function interner(limit = 50_000): (text: string) => string {
  const seen = new Map<string, string>()
  return text => {
    if (text.length > 200) return flat(text)
    const known = seen.get(text)
    if (known !== undefined) return known
    const copy = flat(text)
    if (seen.size < limit) seen.set(copy, copy)
    return copy
  }
}

function flat(text: string): string {
  return text.length < 13 ? text : Buffer.from(text, 'utf16le').toString('utf16le')
}
