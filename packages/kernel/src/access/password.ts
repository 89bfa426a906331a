import { hash, verify } from '@node-rs/argon2'
import { fail } from '../errors.ts'

// OWASP's first recommendation for argon2id: 19 MiB, two passes, one lane
const OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

export const hashPassword = (password: string): Promise<string> => hash(password, OPTIONS)

export async function passwordMatches(stored: string, password: string): Promise<boolean> {
  try { return await verify(stored, password) } catch { return false }
}

/** Verified when there is no such user, so that the time taken tells nothing. */
export const DUMMY_HASH = '$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$0qJ5rX0zV4Jc0Nn6wYw3m8t0g0b4oQ1m6i8x1n9nq0E'

const COMMON = new Set(['1234567890', '12345678901', '0123456789', 'qwertyuiop', 'password123', 'password1234', 'admin12345', 'a123456789', 'aa12345678', '1qaz2wsx3edc', 'quancheng1', 'quancheng123'])

export const MIN_PASSWORD = 10

export function requireStrong(password: unknown, username: string): asserts password is string {
  if (typeof password !== 'string' || [...password].length < MIN_PASSWORD || password.length > 200) fail('PASSWORD_WEAK', { min: MIN_PASSWORD })
  const p = (password as string).toLowerCase()
  if (COMMON.has(p) || p.includes(username.toLowerCase()) || new Set(p).size < 4) fail('PASSWORD_WEAK', { min: MIN_PASSWORD })
}
