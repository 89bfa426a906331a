import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Feel, UnaryTest } from './ast.ts'
import { knownNames } from './cursor.ts'
import { FeelError, compileFeel } from './index.ts'
import { parseExpression, parseUnaryTests } from './parser.ts'
import { printFeel, printUnaryTests } from './print.ts'

const NAMES = ['a', '金额', 'monthly salary', 'Pre-Check', 'f', 'if', '单价（元）', 'x1']
const KNOWN = knownNames(NAMES)
const name = fc.constantFrom(...NAMES)
const value = fc.oneof(fc.nat(1000), fc.constantFrom(0.5, 1e21, 1e-7), fc.string({ unit: 'grapheme', maxLength: 6 }), fc.boolean(), fc.constant(null))
const unique = (names: string[]) => [...new Set(names)]

/** Trees that some text can have: what the parser can build, of every form. */
const { tree } = fc.letrec<{ tree: Feel }>((tie) => {
  const x = tie('tree')
  const comparison = fc.constantFrom('=' as const, '!=' as const, '<' as const, '<=' as const, '>' as const, '>=' as const)
  const unaryTest: fc.Arbitrary<UnaryTest> = fc.record({ op: fc.option(comparison), x })
  const bindings = fc.array(fc.record({ name, list: x }), { minLength: 1, maxLength: 2 })
  const leaf: fc.Arbitrary<Feel> = fc.oneof(fc.record({ t: fc.constant('literal' as const), value }), fc.record({ t: fc.constant('name' as const), name }))
  const tree = fc.oneof(
    { depthSize: 'small', withCrossShrink: true }, leaf,
    fc.record({ t: fc.constant('negate' as const), x }),
    fc.record({ t: fc.constant('arithmetic' as const), op: fc.constantFrom('+' as const, '-' as const, '*' as const, '/' as const, '**' as const), a: x, b: x }),
    fc.record({ t: fc.constant('compare' as const), op: comparison, a: x, b: x }),
    fc.record({ t: fc.constantFrom('and' as const, 'or' as const), a: x, b: x }),
    fc.record({ t: fc.constant('between' as const), x, low: x, high: x }),
    fc.record({ t: fc.constant('in' as const), x, tests: fc.array(unaryTest, { minLength: 1, maxLength: 3 }) }),
    fc.record({ t: fc.constant('instance' as const), x, type: fc.constantFrom({ k: 'date and time' as const }, { k: 'list' as const, of: { k: 'range' as const, of: null } }, { k: 'context' as const, entries: [{ name: 'a b', type: { k: 'number' as const } }] }) }),
    fc.record({ t: fc.constant('if' as const), condition: x, yes: x, no: x }),
    fc.record({ t: fc.constantFrom('some' as const, 'every' as const, 'for' as const), bindings, body: x }),
    fc.record({ t: fc.constant('list' as const), items: fc.array(x, { maxLength: 3 }) }),
    fc.array(fc.tuple(name, x), { maxLength: 3 }).map((pairs): Feel => ({ t: 'context', entries: unique(pairs.map(([key]) => key)).map((key) => ({ key, value: pairs.find((p) => p[0] === key)![1] })) })),
    fc.record({ t: fc.constant('path' as const), x, key: name }),
    fc.record({ t: fc.constant('filter' as const), x, condition: x }),
    fc.record({ t: fc.constant('call' as const), name: fc.constantFrom('sum', 'count', 'upper case', 'not'), args: fc.tuple(x) }),
    fc.record({ t: fc.constant('invoke' as const), fn: fc.record({ t: fc.constant('name' as const), name }), args: fc.array(x, { maxLength: 2 }), names: fc.constant(null) }),
    fc.tuple(fc.array(name, { maxLength: 3 }), x).map(([params, body]): Feel => ({ t: 'function', params: unique(params).map((p) => ({ name: p, type: null })), body })),
    fc.record({ t: fc.constant('range' as const), low: x, high: x, lowOpen: fc.boolean(), highOpen: fc.boolean() }),
  ) as fc.Arbitrary<Feel>
  return { tree }
})

test('FEEL text that is printed from a tree reads as the same tree', () => {
  fc.assert(fc.property(tree, (x) => {
    assert.deepEqual(parseExpression(printFeel(x), KNOWN), structuredClone(x), printFeel(x))
  }), { numRuns: 1500 })
})

test('FEEL unary tests print as they read', () => {
  for (const text of ['-', '< 5', '"a", "b"', '[1..5)', 'not("a", > 3)', '(? * 2) > 10', '> @"2026-01-01"']) {
    const tests = parseUnaryTests(text)
    assert.deepEqual(parseUnaryTests(printUnaryTests(tests)), tests, text)
  }
})

test('FEEL expressions of every form come to an end: a value or a FeelError', () => {
  fc.assert(fc.property(tree, fc.anything(), (x, scope) => {
    try {
      compileFeel(printFeel(x), { names: NAMES }).evaluate({ a: scope, 金额: [1, 2, 3], f: 3, x1: '2026-01-01' })
    } catch (error) {
      assert.ok(error instanceof FeelError, String(error))
    }
  }), { numRuns: 1500 })
})
