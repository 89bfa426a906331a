/** The syntax tree of the FEEL subset. One variant a form; `compile.ts` switches over all of them. */
export type CompareOp = '=' | '!=' | '<' | '<=' | '>' | '>='
export type ArithmeticOp = '+' | '-' | '*' | '/' | '**'

export interface Binding {
  name: string
  list: Feel
}

export type Feel =
  | { t: 'literal'; value: unknown }
  | { t: 'name'; name: string }
  | { t: 'negate'; x: Feel }
  | { t: 'arithmetic'; op: ArithmeticOp; a: Feel; b: Feel }
  | { t: 'compare'; op: CompareOp; a: Feel; b: Feel }
  | { t: 'and' | 'or'; a: Feel; b: Feel }
  | { t: 'between'; x: Feel; low: Feel; high: Feel }
  | { t: 'in'; x: Feel; tests: UnaryTest[] }
  | { t: 'if'; condition: Feel; yes: Feel; no: Feel }
  | { t: 'some' | 'every' | 'for'; bindings: Binding[]; body: Feel }
  | { t: 'list'; items: Feel[] }
  | { t: 'context'; entries: { key: string; value: Feel }[] }
  | { t: 'path'; x: Feel; key: string }
  | { t: 'filter'; x: Feel; condition: Feel }
  | { t: 'call'; name: string; args: Feel[] }
  | { t: 'range'; low: Feel; high: Feel; lowOpen: boolean; highOpen: boolean }

/** `op` compares the input with `x`; without it, `x` is a value, a list, a range, or (using `?`) a yes/no expression. */
export type UnaryTest = { op: CompareOp | null; x: Feel }

export interface UnaryTests {
  /** `-`: everything passes */
  any: boolean
  negated: boolean
  tests: UnaryTest[]
}
