const NUMBERS = new Set(['integer', 'decimal', 'money'])

/** A plain value as FEEL writes it; nothing chosen is null. */
export function feelOf(type: string, value: unknown): string {
  if (value === null || value === undefined || value === '') return 'null'
  if (typeof value === 'boolean' || NUMBERS.has(type)) return String(value)
  if (Array.isArray(value)) return `[${value.map(v => JSON.stringify(String(v))).join(', ')}]`
  return JSON.stringify(typeof value === 'string' ? value : JSON.stringify(value))
}

/** The plain value that a FEEL text is; undefined where it is a formula. */
export function plainOf(type: string, feel: string): unknown {
  const text = feel.trim()
  if (text === '') return undefined
  let value: unknown
  try { value = JSON.parse(text) } catch { return undefined }
  if (value === null) return null
  if (NUMBERS.has(type)) return typeof value === 'number' ? (type === 'integer' ? value : text) : undefined
  if (type === 'boolean') return typeof value === 'boolean' ? value : undefined
  if (type === 'choices' || type === 'refs') return Array.isArray(value) ? value : undefined
  return typeof value === 'string' ? value : undefined
}
