/** Codes are stable; the message is for the person who typed the expression. */
export type FeelErrorCode = 'FEEL_SYNTAX' | 'FEEL_UNKNOWN_FUNCTION' | 'FEEL_TOO_COMPLEX'

/** `position` is the 0-based character offset in the text as it was given; -1 when it arises while evaluating. */
export class FeelError extends Error {
  readonly code: FeelErrorCode
  readonly position: number

  constructor(code: FeelErrorCode, message: string, position = -1) {
    super(position >= 0 ? `${message}（第 ${position + 1} 个字符处）` : message)
    this.name = 'FeelError'
    this.code = code
    this.position = position
  }
}

/** What a text from a tenant may cost at most; a guard must never hold a transaction for long. */
export const FEEL_LIMITS = Object.freeze({
  /** characters of one expression */
  length: 8_000,
  /** nodes of the syntax tree */
  nodes: 2_000,
  /** nesting of brackets, ifs and loops */
  depth: 64,
  /** items visited by loops, filters and list functions in one evaluation */
  steps: 100_000,
  /** characters of any string built while evaluating */
  text: 100_000,
  /** heights of the bodies of functions that are running inside one another: keeps recursion off the end of the stack */
  stack: 1_500,
  /** values (a text: one for each 16 characters) of what is kept of the results of evaluations that share a meter: short lists of lists can stand for millions */
  results: 500_000,
  /** instructions of one compiled pattern of `matches`, `replace`, `split` */
  pattern: 1_000,
})
