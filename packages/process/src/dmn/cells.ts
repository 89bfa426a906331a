import type { UnaryTest, UnaryTests } from '../feel/ast.ts'
import { anyOf, constantOf, testClosure } from '../feel/compile.ts'
import type { Scope, TestClosure } from '../feel/compile.ts'
import type { Env } from '../feel/values.ts'

/** Does the input pass? Only a clear yes counts. */
export type Cell = (value: unknown, env: Env) => boolean

/** A cell and, when it only lists texts, numbers or yes/no, these: then the rule can be found without looking. */
export interface CompiledCell {
  /** null: everything passes */
  test: Cell | null
  keys: readonly unknown[] | null
}

/** Closures for cells. The usual forms (a value, `< 5`, `[1..10)`) skip the general machinery, which costs several times as much. */
export function compileCell({ any, negated, tests }: UnaryTests, scope: Scope): CompiledCell {
  if (any) return { test: null, keys: null }
  if (negated) {
    const checks = tests.map((test) => testClosure(test, scope))
    return { test: (value, env) => anyOf(checks, value, env) === false, keys: null }
  }
  const keys = tests.map(keyOf)
  if (keys.every((key) => key !== null)) {
    const values = keys.map((key) => key.value)
    const [first] = values
    if (values.length === 1) return { test: (value) => value === first, keys: values }
    const set = new Set(values)
    return { test: (value) => set.has(value), keys: values }
  }
  const cells = tests.map((test) => quickCell(test) ?? slowCell(testClosure(test, scope)))
  return { test: cells.length === 1 ? cells[0]! : (value, env) => cells.some((cell) => cell(value, env)), keys: null }
}

/** The value of a test that is simply a value. */
function keyOf({ op, x }: UnaryTest): { value: unknown } | null {
  const known = op === null || op === '=' ? constantOf(x) : null
  return known && (typeof known.value === 'string' || typeof known.value === 'number' || typeof known.value === 'boolean') ? known : null
}

function quickCell({ op, x }: UnaryTest): Cell | null {
  if (op === null && x.t === 'range') {
    const [low, high] = [numberOf(x.low), numberOf(x.high)]
    if (low === null || high === null) return null
    const { lowOpen, highOpen } = x
    return (value) => typeof value === 'number' && (lowOpen ? value > low : value >= low) && (highOpen ? value < high : value <= high)
  }
  const limit = numberOf(x)
  if (limit === null) return null
  switch (op) {
    case '<': return (value) => typeof value === 'number' && value < limit
    case '<=': return (value) => typeof value === 'number' && value <= limit
    case '>': return (value) => typeof value === 'number' && value > limit
    case '>=': return (value) => typeof value === 'number' && value >= limit
    default: return null
  }
}

function numberOf(x: UnaryTest['x']): number | null {
  const known = constantOf(x)
  return typeof known?.value === 'number' ? known.value : null
}

function slowCell(check: TestClosure): Cell {
  return (value, env) => check(value, env) === true
}

/** Which rules may apply for a value of one column; null where looking at all rules is as fast. */
export interface RuleIndex {
  column: number
  /** rule numbers in order */
  candidates(value: unknown): readonly number[]
}

const WORTHWHILE = 8

/** Takes the column that leaves the fewest rules to look at, among those whose cells only list values. */
export function indexRules(rows: readonly (readonly CompiledCell[])[], columns: number): RuleIndex | null {
  if (rows.length < WORTHWHILE) return null
  let best: { column: number; expected: number } | null = null
  for (let column = 0; column < columns; column += 1) {
    const cells = rows.map((row) => row[column]!)
    if (!cells.every((cell) => cell.test === null || cell.keys)) continue
    const open = cells.filter((cell) => cell.test === null).length
    const listed = cells.flatMap((cell) => cell.keys ?? [])
    const expected = open + listed.length / Math.max(1, new Set(listed).size)
    if (expected <= rows.length / 2 && (!best || expected < best.expected)) best = { column, expected }
  }
  return best && buildIndex(rows, best.column)
}

function buildIndex(rows: readonly (readonly CompiledCell[])[], column: number): RuleIndex {
  const byValue = new Map<unknown, number[]>()
  const open: number[] = []
  for (const row of rows) for (const key of row[column]!.keys ?? []) byValue.set(key, [])
  for (const [number, row] of rows.entries()) {
    const { keys } = row[column]!
    if (!keys) {
      open.push(number)
      for (const list of byValue.values()) list.push(number)
      continue
    }
    for (const key of new Set(keys)) byValue.get(key)!.push(number)
  }
  return { column, candidates: (value) => byValue.get(value) ?? open }
}
