/** Every way the embedded database can refuse, with a stable code; the text is for the person in front of the terminal. */
export type EmbeddedProblemCode =
  | 'EMBEDDED_UNSUPPORTED'
  | 'EMBEDDED_UNREACHABLE'
  | 'EMBEDDED_FOLDER'
  | 'EMBEDDED_VERSION'
  | 'EMBEDDED_PASSWORD'
  | 'EMBEDDED_START_FAILED'

export class EmbeddedError extends Error {
  readonly code: EmbeddedProblemCode

  constructor(code: EmbeddedProblemCode, zh: string, en: string, cause?: unknown) {
    super(`${zh}\n${en}`, cause === undefined ? undefined : { cause })
    this.name = 'EmbeddedError'
    this.code = code
  }
}

/** The `code` of a Node or PostgreSQL error, if it has one. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string') return error.code
  return undefined
}
