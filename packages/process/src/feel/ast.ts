/** The syntax tree of FEEL. One variant a form; `compile.ts` and `print.ts` switch over all of them. */
export type CompareOp = '=' | '!=' | '<' | '<=' | '>' | '>='
export type ArithmeticOp = '+' | '-' | '*' | '/' | '**'

export interface Binding {
  name: string
  list: Feel
}

export interface Parameter {
  name: string
  type: FeelType | null
}

/** What may stand after `instance of` and behind a parameter. `of` null: of anything. */
export type FeelType =
  | { k: 'Any' | 'Null' | 'number' | 'string' | 'boolean' | 'date' | 'time' | 'date and time' | 'days and time duration' | 'years and months duration' | 'function' }
  | { k: 'list' | 'range'; of: FeelType | null }
  | { k: 'context'; entries: { name: string; type: FeelType }[] }

export type Feel =
  | { t: 'literal'; value: unknown }
  | { t: 'name'; name: string }
  | { t: 'negate'; x: Feel }
  | { t: 'arithmetic'; op: ArithmeticOp; a: Feel; b: Feel }
  | { t: 'compare'; op: CompareOp; a: Feel; b: Feel }
  | { t: 'and' | 'or'; a: Feel; b: Feel }
  | { t: 'between'; x: Feel; low: Feel; high: Feel }
  | { t: 'in'; x: Feel; tests: UnaryTest[] }
  | { t: 'instance'; x: Feel; type: FeelType }
  | { t: 'if'; condition: Feel; yes: Feel; no: Feel }
  | { t: 'some' | 'every' | 'for'; bindings: Binding[]; body: Feel }
  | { t: 'list'; items: Feel[] }
  | { t: 'context'; entries: { key: string; value: Feel }[] }
  | { t: 'path'; x: Feel; key: string }
  | { t: 'filter'; x: Feel; condition: Feel }
  /** a built-in function; named arguments are already in their places */
  | { t: 'call'; name: string; args: Feel[] }
  /** a function that is a value; `names` has a name for each argument, or is null */
  | { t: 'invoke'; fn: Feel; args: Feel[]; names: string[] | null }
  | { t: 'function'; params: Parameter[]; body: Feel }
  | { t: 'range'; low: Feel; high: Feel; lowOpen: boolean; highOpen: boolean }

/** `op` compares the input with `x`; without it, `x` is a value, a list, a range, or a yes/no expression. */
export type UnaryTest = { op: CompareOp | null; x: Feel }

export interface UnaryTests {
  /** `-`: everything passes */
  any: boolean
  negated: boolean
  tests: UnaryTest[]
}

export function childrenOf(tree: Feel): Feel[] {
  switch (tree.t) {
    case 'literal':
    case 'name': return []
    case 'negate':
    case 'path':
    case 'instance': return [tree.x]
    case 'arithmetic':
    case 'compare':
    case 'and':
    case 'or': return [tree.a, tree.b]
    case 'between': return [tree.x, tree.low, tree.high]
    case 'in': return [tree.x, ...tree.tests.map((test) => test.x)]
    case 'if': return [tree.condition, tree.yes, tree.no]
    case 'some':
    case 'every':
    case 'for': return [...tree.bindings.map((binding) => binding.list), tree.body]
    case 'list': return tree.items
    case 'context': return tree.entries.map((entry) => entry.value)
    case 'filter': return [tree.x, tree.condition]
    case 'call': return tree.args
    case 'invoke': return [tree.fn, ...tree.args]
    case 'function': return [tree.body]
    case 'range': return [tree.low, tree.high]
  }
}

/** Longest way from the root to a leaf: how deep the stack gets when the tree is evaluated. */
export function heightOf(tree: Feel): number {
  let deepest = 0
  for (const child of childrenOf(tree)) deepest = Math.max(deepest, heightOf(child))
  return deepest + 1
}

/** Steps of the budget for one evaluation of a body that runs often: nothing extra up to a usual size. */
export function weightOf(tree: Feel): number {
  return sizeOf(tree) >> 5
}

function sizeOf(tree: Feel): number {
  let size = 1
  for (const child of childrenOf(tree)) size += sizeOf(child)
  return size
}

/** Does the text name `name` at all? (Whether it is bound further inside is not asked.) */
export function mentions(tree: Feel, name: string): boolean {
  return tree.t === 'name' ? tree.name === name : childrenOf(tree).some((child) => mentions(child, name))
}
