import type { Env } from '../values.ts'
import { plain } from '../values.ts'

export interface Signature {
  names: readonly string[]
  min: number
  max: number
  /** as shown to people */
  text: string
}

/** Arguments arrive evaluated. A wrong kind of argument gives null, as everywhere in FEEL. */
export interface FunctionSpec {
  signatures: readonly Signature[]
  run: (args: unknown[], env: Env) => unknown
}

const MANY = 1_000

/** The words of `signature`: names by comma, `?` may be left out, `...` any number; several ways to call by ` | `. */
export function fn(signature: string, run: FunctionSpec['run']): FunctionSpec {
  return { signatures: signature.split(' | ').map(readSignature), run }
}

function readSignature(text: string): Signature {
  const words = text.split(', ')
  const names = words.map((word) => word.replace(/[?.]+$/, ''))
  const max = text.endsWith('...') ? MANY : names.length
  return { names, min: words.filter((word) => !word.endsWith('?')).length, max, text }
}

/** `sum(1, 2)` and `sum([1, 2])` mean the same. */
export function many(run: (items: unknown[], env: Env) => unknown): FunctionSpec {
  return fn('list...', (args, env) => run(args.length === 1 && Array.isArray(args[0]) ? args[0].map(plain) : args, env))
}

export function numbers(a: unknown, b: unknown, run: (a: number, b: number) => unknown): unknown {
  return typeof a === 'number' && typeof b === 'number' ? run(a, b) : null
}

export function strings(a: unknown, b: unknown, run: (a: string, b: string) => unknown): unknown {
  return typeof a === 'string' && typeof b === 'string' ? run(a, b) : null
}
