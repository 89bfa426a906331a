import type { Feel, UnaryTest, UnaryTests } from './ast.ts'
import { printType } from './parse-type.ts'

const KEYWORDS = new Set(['if', 'then', 'else', 'for', 'in', 'return', 'some', 'every', 'satisfies', 'between', 'and', 'or', 'instance', 'of', 'function', 'external', 'true', 'false', 'null', 'not'])
/** Forms that need no brackets as an operand. */
const CLOSED = new Set<Feel['t']>(['literal', 'name', 'call', 'invoke', 'list', 'context', 'range', 'path', 'filter'])

/** The tree as FEEL text that reads as the same tree again: how a cell looks after a tool has changed it. */
export function printFeel(tree: Feel): string {
  switch (tree.t) {
    case 'literal': return printLiteral(tree.value)
    case 'name': return printName(tree.name)
    case 'negate': return `-${operand(tree.x)}`
    case 'arithmetic':
    case 'compare': return `${operand(tree.a)} ${tree.op} ${operand(tree.b)}`
    case 'and':
    case 'or': return `${operand(tree.a)} ${tree.t} ${operand(tree.b)}`
    case 'between': return `${operand(tree.x)} between ${operand(tree.low)} and ${operand(tree.high)}`
    case 'in': return `${operand(tree.x)} in (${tree.tests.map(printTest).join(', ')})`
    case 'instance': return `${operand(tree.x)} instance of ${printType(tree.type)}`
    case 'if': return `if ${printFeel(tree.condition)} then ${printFeel(tree.yes)} else ${printFeel(tree.no)}`
    case 'for': return `for ${printBindings(tree.bindings)} return ${printFeel(tree.body)}`
    case 'some':
    case 'every': return `${tree.t} ${printBindings(tree.bindings)} satisfies ${printFeel(tree.body)}`
    case 'list': return `[${tree.items.map(printFeel).join(', ')}]`
    case 'context': return `{${tree.entries.map(({ key, value }) => `${printName(key)}: ${printFeel(value)}`).join(', ')}}`
    case 'path': return `${base(tree.x)}.${printName(tree.key)}`
    case 'filter': return `${base(tree.x)}[${printFeel(tree.condition)}]`
    case 'call': return `${tree.name}(${tree.args.map(printFeel).join(', ')})`
    case 'invoke': return printInvocation(tree)
    case 'function': {
      const params = tree.params.map(({ name, type }) => (type ? `${printName(name)}: ${printType(type)}` : printName(name)))
      return `function(${params.join(', ')}) ${printFeel(tree.body)}`
    }
    case 'range': return `${tree.lowOpen ? '(' : '['}${printFeel(tree.low)}..${rangeEnd(tree.high)}${tree.highOpen ? ')' : ']'}`
  }
}

export function printUnaryTests({ any, negated, tests }: UnaryTests): string {
  if (any) return '-'
  const list = tests.map(printTest).join(', ')
  return negated ? `not(${list})` : list
}

export function printTest({ op, x }: UnaryTest): string {
  return op ? `${op} ${operand(x)}` : printFeel(x)
}

function operand(x: Feel): string {
  return CLOSED.has(x.t) ? printFeel(x) : `(${printFeel(x)})`
}

/** `1.a` would be read as a number. */
function base(x: Feel): string {
  return x.t === 'literal' ? `(${printFeel(x)})` : operand(x)
}

/** A `[` in the upper end would close the range. */
function rangeEnd(x: Feel): string {
  return x.t === 'literal' || x.t === 'name' || x.t === 'call' ? printFeel(x) : `(${printFeel(x)})`
}

function printInvocation({ fn, args, names }: Extract<Feel, { t: 'invoke' }>): string {
  const list = args.map((arg, i) => (names ? `${printName(names[i]!)}: ${printFeel(arg)}` : printFeel(arg)))
  return `${operand(fn)}(${list.join(', ')})`
}

function printBindings(bindings: { name: string; list: Feel }[]): string {
  return bindings.map(({ name, list }) => `${printName(name)} in ${printFeel(list)}`).join(', ')
}

function printName(name: string): string {
  return /^[\p{L}_$?][\p{L}\p{N}\p{M}_$]*$/u.test(name) && !KEYWORDS.has(name) ? name : `\`${name}\``
}

function printLiteral(value: unknown): string {
  return typeof value === 'string' ? quoteFeel(value) : String(value)
}

/** A FEEL string literal. */
export function quoteFeel(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t')}"`
}
