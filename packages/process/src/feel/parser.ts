import type { Binding, CompareOp, Feel, UnaryTest, UnaryTests } from './ast.ts'
import { FEEL_LIMITS, FeelError } from './errors.ts'
import { FUNCTIONS } from './functions.ts'
import type { FunctionSpec } from './functions.ts'
import { tokenize } from './lexer.ts'
import type { Token } from './lexer.ts'

const KEYWORDS = new Set(['if', 'then', 'else', 'for', 'in', 'return', 'some', 'every', 'satisfies', 'between', 'and', 'or'])
const REFUSED_WORDS = new Set(['function', 'external', 'instance'])
const COMPARE = new Set<string>(['=', '!=', '<', '<=', '>', '>='])
const LITERALS = new Map<string, unknown>([['true', true], ['false', false], ['null', null]])
const LONGEST_FUNCTION_NAME = 4

interface Cursor {
  tokens: Token[]
  next: number
  nodes: number
  depth: number
  /** while the upper end of a range is read, `[` closes it (`[1..5[`) instead of opening a filter */
  rangeEnd: boolean
}

export function parseExpression(text: string): Feel {
  const cursor = open(text)
  const tree = expression(cursor)
  expectEnd(cursor)
  return tree
}

export function parseUnaryTests(text: string): UnaryTests {
  const cursor = open(text)
  if (isSymbol(cursor, '-') && cursor.tokens[cursor.next + 1]?.kind === 'end') return { any: true, negated: false, tests: [] }
  const negated = isName(cursor, 'not') && cursor.tokens[cursor.next + 1]?.text === '('
  if (negated) cursor.next += 2
  const tests = unaryTestList(cursor)
  if (negated) expectSymbol(cursor, ')')
  expectEnd(cursor)
  return { any: false, negated, tests }
}

function open(text: string): Cursor {
  return { tokens: tokenize(text), next: 0, nodes: 0, depth: 0, rangeEnd: false }
}

// --- tokens -------------------------------------------------------------------------------------------------------

function peek(c: Cursor): Token {
  return c.tokens[c.next] ?? c.tokens[c.tokens.length - 1]!
}

function isSymbol(c: Cursor, text: string): boolean {
  const token = peek(c)
  return token.kind === 'symbol' && token.text === text
}

function isName(c: Cursor, text: string): boolean {
  const token = peek(c)
  return token.kind === 'name' && token.text === text
}

function takeSymbol(c: Cursor, text: string): boolean {
  if (!isSymbol(c, text)) return false
  c.next += 1
  return true
}

function takeName(c: Cursor, text: string): boolean {
  if (!isName(c, text)) return false
  c.next += 1
  return true
}

function expectSymbol(c: Cursor, text: string): void {
  if (!takeSymbol(c, text)) throw unexpected(peek(c), `这里应为“${text}”`)
}

function expectName(c: Cursor, text: string): void {
  if (!takeName(c, text)) throw unexpected(peek(c), `这里应为“${text}”`)
}

function expectEnd(c: Cursor): void {
  if (peek(c).kind !== 'end') throw unexpected(peek(c), '表达式在此之前已经完整')
}

function unexpected(token: Token, why: string): FeelError {
  const found = token.kind === 'end' ? '表达式提前结束' : `遇到“${token.text}”`
  return new FeelError('FEEL_SYNTAX', `${why}，${found}`, token.at)
}

function node(c: Cursor, tree: Feel): Feel {
  c.nodes += 1
  if (c.nodes > FEEL_LIMITS.nodes) throw new FeelError('FEEL_TOO_COMPLEX', '表达式过于复杂', peek(c).at)
  return tree
}

function nested<T>(c: Cursor, read: () => T): T {
  c.depth += 1
  if (c.depth > FEEL_LIMITS.depth) throw new FeelError('FEEL_TOO_COMPLEX', '表达式嵌套过深', peek(c).at)
  const result = read()
  c.depth -= 1
  return result
}

// --- grammar, loosest binding first -------------------------------------------------------------------------------

function expression(c: Cursor): Feel {
  return nested(c, () => disjunction(c))
}

function ifExpression(c: Cursor): Feel {
  expectName(c, 'if')
  const condition = expression(c)
  expectName(c, 'then')
  const yes = expression(c)
  expectName(c, 'else')
  return node(c, { t: 'if', condition, yes, no: expression(c) })
}

function forExpression(c: Cursor): Feel {
  expectName(c, 'for')
  const bindings = bindingList(c)
  expectName(c, 'return')
  return node(c, { t: 'for', bindings, body: expression(c) })
}

function quantified(c: Cursor): Feel {
  const t = peek(c).text === 'some' ? 'some' : 'every'
  c.next += 1
  const bindings = bindingList(c)
  expectName(c, 'satisfies')
  return node(c, { t, bindings, body: expression(c) })
}

function bindingList(c: Cursor): Binding[] {
  const bindings: Binding[] = []
  do {
    const name = peek(c)
    if (name.kind !== 'name' || KEYWORDS.has(name.text)) throw unexpected(name, '这里应为变量名')
    c.next += 1
    expectName(c, 'in')
    const low = expression(c)
    const list = takeSymbol(c, '..') ? node(c, { t: 'range', low, high: expression(c), lowOpen: false, highOpen: false }) : low
    bindings.push({ name: name.text, list })
  } while (takeSymbol(c, ','))
  return bindings
}

function disjunction(c: Cursor): Feel {
  let left = conjunction(c)
  while (takeName(c, 'or')) left = node(c, { t: 'or', a: left, b: conjunction(c) })
  return left
}

function conjunction(c: Cursor): Feel {
  let left = comparison(c)
  while (takeName(c, 'and')) left = node(c, { t: 'and', a: left, b: comparison(c) })
  return left
}

function comparison(c: Cursor): Feel {
  const left = additive(c)
  const token = peek(c)
  if (token.kind === 'symbol' && COMPARE.has(token.text)) {
    c.next += 1
    return node(c, { t: 'compare', op: token.text as CompareOp, a: left, b: additive(c) })
  }
  if (takeName(c, 'between')) {
    const low = additive(c)
    expectName(c, 'and')
    return node(c, { t: 'between', x: left, low, high: additive(c) })
  }
  if (takeName(c, 'in')) return node(c, { t: 'in', x: left, tests: inTests(c) })
  return left
}

function additive(c: Cursor): Feel {
  let left = multiplicative(c)
  while (isSymbol(c, '+') || isSymbol(c, '-')) {
    const op = peek(c).text === '+' ? '+' : '-'
    c.next += 1
    left = node(c, { t: 'arithmetic', op, a: left, b: multiplicative(c) })
  }
  return left
}

function multiplicative(c: Cursor): Feel {
  let left = power(c)
  while (isSymbol(c, '*') || isSymbol(c, '/')) {
    const op = peek(c).text === '*' ? '*' : '/'
    c.next += 1
    left = node(c, { t: 'arithmetic', op, a: left, b: power(c) })
  }
  return left
}

function power(c: Cursor): Feel {
  let left = unary(c)
  while (takeSymbol(c, '**')) left = node(c, { t: 'arithmetic', op: '**', a: left, b: unary(c) })
  return left
}

function unary(c: Cursor): Feel {
  if (takeSymbol(c, '-')) return nested(c, () => node(c, { t: 'negate', x: unary(c) }))
  return postfix(c)
}

function postfix(c: Cursor): Feel {
  let left = primary(c)
  for (;;) {
    if (takeSymbol(c, '.')) {
      const key = peek(c)
      if (key.kind !== 'name') throw unexpected(key, '“.”之后应为名称')
      c.next += 1
      left = node(c, { t: 'path', x: left, key: key.text })
    } else if (!c.rangeEnd && takeSymbol(c, '[')) {
      const condition = expression(c)
      expectSymbol(c, ']')
      left = node(c, { t: 'filter', x: left, condition })
    } else {
      return left
    }
  }
}

function primary(c: Cursor): Feel {
  const token = peek(c)
  if (token.kind === 'number' || token.kind === 'string') {
    c.next += 1
    return node(c, { t: 'literal', value: token.value })
  }
  if (isName(c, 'if')) return ifExpression(c)
  if (isName(c, 'for')) return forExpression(c)
  if ((isName(c, 'some') || isName(c, 'every')) && c.tokens[c.next + 1]?.kind === 'name') return quantified(c)
  if (token.kind === 'name') return nameOrCall(c, token)
  if (isSymbol(c, '[') || isSymbol(c, ']')) return listOrRange(c)
  if (isSymbol(c, '(')) return groupOrRange(c)
  if (isSymbol(c, '{')) return context(c)
  if (takeSymbol(c, '@')) return atLiteral(c)
  throw unexpected(token, '这里应为一个值')
}

function nameOrCall(c: Cursor, token: Token): Feel {
  const call = functionAhead(c)
  if (call) {
    c.next += call.words + 1
    return callArguments(c, call.name, call.spec, token.at)
  }
  if (LITERALS.has(token.text)) {
    c.next += 1
    return node(c, { t: 'literal', value: LITERALS.get(token.text) })
  }
  if (REFUSED_WORDS.has(token.text) || KEYWORDS.has(token.text)) throw unexpected(token, '这里应为一个值')
  c.next += 1
  if (isSymbol(c, '(')) throw new FeelError('FEEL_UNKNOWN_FUNCTION', `没有函数“${token.text}”`, token.at)
  return node(c, { t: 'name', name: token.text })
}

/** Built-in names contain blanks (`date and time`), so the longest run of words before a bracket wins. */
function functionAhead(c: Cursor): { name: string; words: number; spec: FunctionSpec } | null {
  for (let words = LONGEST_FUNCTION_NAME; words >= 1; words -= 1) {
    const run = c.tokens.slice(c.next, c.next + words)
    if (run.length < words || run.some((t) => t.kind !== 'name') || c.tokens[c.next + words]?.text !== '(') continue
    const name = run.map((t) => t.text).join(' ')
    const spec = FUNCTIONS.get(name)
    if (spec) return { name, words, spec }
  }
  return null
}

function callArguments(c: Cursor, name: string, spec: FunctionSpec, at: number): Feel {
  const args: Feel[] = []
  if (!isSymbol(c, ')')) {
    do args.push(expression(c))
    while (takeSymbol(c, ','))
  }
  expectSymbol(c, ')')
  if (args.length < spec.min || args.length > spec.max) {
    throw new FeelError('FEEL_SYNTAX', `函数“${name}”的参数个数不对`, at)
  }
  return node(c, { t: 'call', name, args })
}

function listOrRange(c: Cursor): Feel {
  const lowOpen = isSymbol(c, ']')
  c.next += 1
  if (takeSymbol(c, ']')) return node(c, { t: 'list', items: [] })
  const first = expression(c)
  if (takeSymbol(c, '..')) return rangeEnd(c, first, lowOpen)
  if (lowOpen) throw unexpected(peek(c), '这里应为“..”')
  const items = [first]
  while (takeSymbol(c, ',')) items.push(expression(c))
  expectSymbol(c, ']')
  return node(c, { t: 'list', items })
}

function groupOrRange(c: Cursor): Feel {
  c.next += 1
  const first = expression(c)
  if (takeSymbol(c, '..')) return rangeEnd(c, first, true)
  expectSymbol(c, ')')
  return first
}

function rangeEnd(c: Cursor, low: Feel, lowOpen: boolean): Feel {
  const outer = c.rangeEnd
  c.rangeEnd = true
  const high = additive(c)
  c.rangeEnd = outer
  const highOpen = isSymbol(c, ')') || isSymbol(c, '[')
  if (!highOpen && !isSymbol(c, ']')) throw unexpected(peek(c), '区间没有结束')
  c.next += 1
  return node(c, { t: 'range', low, high, lowOpen, highOpen })
}

function context(c: Cursor): Feel {
  c.next += 1
  const entries: { key: string; value: Feel }[] = []
  while (!takeSymbol(c, '}')) {
    if (entries.length) expectSymbol(c, ',')
    const key = peek(c)
    if (key.kind !== 'name' && key.kind !== 'string') throw unexpected(key, '这里应为名称')
    c.next += 1
    expectSymbol(c, ':')
    entries.push({ key: key.kind === 'string' ? String(key.value) : key.text, value: expression(c) })
  }
  return node(c, { t: 'context', entries })
}

/** `@"2026-11-22"`, `@"P3D"`: the standard's literal for dates and durations. */
function atLiteral(c: Cursor): Feel {
  const token = peek(c)
  if (token.kind !== 'string') throw unexpected(token, '“@”之后应为字符串')
  c.next += 1
  const text = String(token.value)
  const name = /^-?P/.test(text) ? 'duration' : text.includes('T') ? 'date and time' : 'date'
  return node(c, { t: 'call', name, args: [node(c, { t: 'literal', value: text })] })
}

// --- tests of `in` and of decision tables --------------------------------------------------------------------------

function inTests(c: Cursor): UnaryTest[] {
  const start = c.next
  if (takeSymbol(c, '(')) {
    const tests = unaryTestList(c)
    if (takeSymbol(c, ')')) return tests
    c.next = start // it was a range such as (1..5]
  }
  if (peek(c).kind === 'symbol' && COMPARE.has(peek(c).text)) return [unaryTest(c)]
  return [{ op: null, x: additive(c) }]
}

function unaryTestList(c: Cursor): UnaryTest[] {
  const tests = [unaryTest(c)]
  while (takeSymbol(c, ',')) tests.push(unaryTest(c))
  return tests
}

function unaryTest(c: Cursor): UnaryTest {
  const token = peek(c)
  if (token.kind === 'symbol' && COMPARE.has(token.text)) {
    c.next += 1
    return { op: token.text as CompareOp, x: additive(c) }
  }
  return { op: null, x: expression(c) }
}
