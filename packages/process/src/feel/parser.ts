import type { Binding, CompareOp, Feel, Parameter, UnaryTest, UnaryTests } from './ast.ts'
import type { Cursor, KnownNames } from './cursor.ts'
import { expectEnd, expectName, expectSymbol, introduce, isCallable, isName, isSymbol, longNameAhead, nested, newName, node, openCursor, peek, takeName, takeSymbol, unexpected } from './cursor.ts'
import { FeelError } from './errors.ts'
import { functionAhead, readCall, readInvocation } from './parse-call.ts'
import { parseType } from './parse-type.ts'
import type { Token } from './lexer.ts'

const KEYWORDS = new Set(['if', 'then', 'else', 'for', 'in', 'return', 'some', 'every', 'satisfies', 'between', 'and', 'or', 'instance', 'function', 'external'])
const COMPARE = new Set<string>(['=', '!=', '<', '<=', '>', '>='])
const LITERALS = new Map<string, unknown>([['true', true], ['false', false], ['null', null]])

/** `names`: names of the scope that have blanks or signs in them, or that are functions; see `knownNames`. */
export function parseExpression(text: string, names?: KnownNames): Feel {
  const cursor = openCursor(text, names)
  const tree = expression(cursor)
  expectEnd(cursor)
  return tree
}

export function parseUnaryTests(text: string, names?: KnownNames): UnaryTests {
  const cursor = openCursor(text, names)
  if (isSymbol(cursor, '-') && cursor.tokens[cursor.next + 1]?.kind === 'end') return { any: true, negated: false, tests: [] }
  const negated = isName(cursor, 'not') && cursor.tokens[cursor.next + 1]?.text === '(' && closesAtEnd(cursor.tokens, cursor.next + 1)
  if (negated) cursor.next += 2
  const tests = unaryTestList(cursor)
  if (negated) expectSymbol(cursor, ')')
  expectEnd(cursor)
  return { any: false, negated, tests }
}

/** `not("a", "b")` negates the whole cell; `not(x) or y` is an expression that begins with a call. */
function closesAtEnd(tokens: Token[], open: number): boolean {
  let depth = 0
  for (let at = open; at < tokens.length; at += 1) {
    if (tokens[at]!.kind !== 'symbol') continue
    if (tokens[at]!.text === '(') depth += 1
    if (tokens[at]!.text === ')') depth -= 1
    if (depth === 0) return tokens[at + 1]?.kind === 'end'
  }
  return true // not closed, or closed as an open range: the reader will say what is wrong
}

// --- grammar, loosest binding first -------------------------------------------------------------------------------

export function expression(c: Cursor): Feel {
  // inside fresh brackets `[` is a filter again
  const outer = c.rangeEnd
  c.rangeEnd = false
  const tree = nested(c, () => disjunction(c))
  c.rangeEnd = outer
  return tree
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
    const first = peek(c)
    if (first.kind === 'name' && KEYWORDS.has(first.text)) throw unexpected(first, '这里应为变量名')
    const name = newName(c, (token) => token.text === 'in', '变量名')
    introduce(c, name)
    expectName(c, 'in')
    const low = expression(c)
    const list = takeSymbol(c, '..') ? node(c, { t: 'range', low, high: expression(c), lowOpen: false, highOpen: false }) : low
    bindings.push({ name, list })
  } while (takeSymbol(c, ','))
  return bindings
}

function functionDefinition(c: Cursor): Feel {
  expectName(c, 'function')
  expectSymbol(c, '(')
  const params: Parameter[] = []
  if (!isSymbol(c, ')')) {
    do {
      const at = peek(c)
      const name = newName(c, (token) => token.text === ':' || token.text === ',', '参数名')
      if (params.some((other) => other.name === name)) throw unexpected(at, '参数名重复')
      introduce(c, name)
      params.push({ name, type: takeSymbol(c, ':') ? parseType(c) : null })
    } while (takeSymbol(c, ','))
  }
  expectSymbol(c, ')')
  if (isName(c, 'external')) throw new FeelError('FEEL_SYNTAX', '不支持外部函数（external）', peek(c).at)
  return node(c, { t: 'function', params, body: expression(c) })
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
  if (takeName(c, 'instance')) {
    expectName(c, 'of')
    return node(c, { t: 'instance', x: left, type: parseType(c) })
  }
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
      const at = peek(c)
      const key = pathKey(c)
      left = node(c, { t: 'path', x: left, key })
      if (!isSymbol(c, '(')) continue
      if (!isCallable(c, key)) throw new FeelError('FEEL_SYNTAX', `FEEL 不写“值.${key}(…)”，请写“${key}(值, …)”`, at.at)
      left = readInvocation(c, left)
    } else if (!c.rangeEnd && takeSymbol(c, '[')) {
      const condition = expression(c)
      expectSymbol(c, ']')
      left = node(c, { t: 'filter', x: left, condition })
    } else if (isSymbol(c, '(') && (left.t === 'invoke' || left.t === 'function')) {
      left = readInvocation(c, left)
    } else {
      return left
    }
  }
}

function pathKey(c: Cursor): string {
  const key = peek(c)
  const long = longNameAhead(c)
  if (long) {
    c.next += long.words
    return long.name
  }
  if (key.kind !== 'name' && key.kind !== 'quoted') throw unexpected(key, '“.”之后应为名称')
  c.next += 1
  return key.kind === 'quoted' ? String(key.value) : key.text
}

function primary(c: Cursor): Feel {
  const token = peek(c)
  if (token.kind === 'number' || token.kind === 'string') {
    c.next += 1
    return node(c, { t: 'literal', value: token.value })
  }
  if (token.kind === 'quoted') {
    c.next += 1
    return namedValue(c, String(token.value))
  }
  const long = longNameAhead(c)
  if (long) {
    c.next += long.words
    return namedValue(c, long.name)
  }
  if (isName(c, 'if')) return ifExpression(c)
  if (isName(c, 'for')) return forExpression(c)
  if (isName(c, 'function')) return functionDefinition(c)
  if ((isName(c, 'some') || isName(c, 'every')) && ['name', 'quoted'].includes(c.tokens[c.next + 1]?.kind ?? '')) return quantified(c)
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
    c.next += call.words
    return readCall(c, call.name, call.spec, token.at)
  }
  if (LITERALS.has(token.text)) {
    c.next += 1
    return node(c, { t: 'literal', value: LITERALS.get(token.text) })
  }
  if (KEYWORDS.has(token.text)) throw unexpected(token, '这里应为一个值')
  c.next += 1
  return namedValue(c, token.text, token.at)
}

/** A name, or an invocation of the function it holds. */
function namedValue(c: Cursor, name: string, at = peek(c).at): Feel {
  const value = node(c, { t: 'name', name })
  if (!isSymbol(c, '(')) return value
  if (isCallable(c, name)) return readInvocation(c, value)
  const clock = name === 'now' || name === 'today' ? '：表达式不读时钟，请把当前时间作为变量传入' : ''
  throw new FeelError('FEEL_UNKNOWN_FUNCTION', `没有函数“${name}”${clock}`, at)
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
  return isSymbol(c, '(') && first.t === 'function' ? readInvocation(c, first) : first
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
    const at = peek(c)
    const key = newName(c, (token) => token.text === ':', '名称')
    if (entries.some((other) => other.key === key)) throw unexpected(at, '名称重复')
    introduce(c, key)
    expectSymbol(c, ':')
    entries.push({ key, value: expression(c) })
  }
  return node(c, { t: 'context', entries })
}

/** `@"2026-11-22"`, `@"P3D"`, `@"08:30:00"`: the standard's literal for dates, times and durations. */
function atLiteral(c: Cursor): Feel {
  const token = peek(c)
  if (token.kind !== 'string') throw unexpected(token, '“@”之后应为字符串')
  c.next += 1
  const text = String(token.value)
  const name = /^-?P/.test(text) ? 'duration' : /\dT\d/.test(text) ? 'date and time' : /^\d\d:/.test(text) ? 'time' : 'date'
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
