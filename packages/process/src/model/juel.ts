/**
 * The part of the expression language of Camunda 7, Flowable and Activiti (`${…}`) that says the same in FEEL: comparisons, logic, arithmetic,
 * paths and a few harmless methods. Whatever else is written there is refused, never guessed. Grammar: Jakarta Expression Language 2.2.
 */

/** The FEEL text, or the Chinese reason why there is none. */
export type Translated = { feel: string } | { reason: string }

const MARKED = /^\s*[$#]\{([\s\S]*)\}\s*$/
const TOKEN = /\s*(?:(\d+(?:\.\d+)?)|('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|([\p{L}_][\p{L}\p{N}_]*)|(&&|\|\||==|!=|<=|>=|[-+*/%<>!?:().,[\]]))/uy

const WORDS: Readonly<Record<string, string>> = { eq: '==', ne: '!=', lt: '<', gt: '>', le: '<=', ge: '>=', and: '&&', or: '||', not: '!', div: '/', mod: '%' }

/** More would be no condition but an attack on the stack. */
const DEEPEST = 60

class Refused extends Error {}

export const isJuel = (text: string): boolean => /[$#]\{/.test(text)

export function translateJuel(text: string): Translated {
  const inside = MARKED.exec(text)?.[1]
  if (inside === undefined || /[$#]\{/.test(inside)) return { reason: '只支持整个写成一个 ${…} 的表达式' }
  try {
    const reader = new Reader(tokens(inside))
    const feel = reader.ternary()
    if (reader.peek() !== null) throw new Refused(`看不懂“${reader.peek()!.text}”`)
    return { feel }
  } catch (error) {
    if (error instanceof Refused) return { reason: error.message }
    throw error
  }
}

/** Text with expressions in it (`订单 ${number}`), as attributes may have it: the parts joined, what is not there left out. */
export function translateText(text: string): Translated {
  if (MARKED.test(text) && !/[$#]\{/.test(MARKED.exec(text)![1]!)) return translateJuel(text)
  const parts: string[] = []
  let from = 0
  for (const m of text.matchAll(/[$#]\{[^{}]*\}/g)) {
    const inner = translateJuel(m[0])
    if ('reason' in inner) return inner
    if (m.index > from) parts.push(JSON.stringify(text.slice(from, m.index)))
    parts.push(`(if ${inner.feel} = null then "" else string(${inner.feel}))`)
    from = m.index + m[0].length
  }
  if (from < text.length) parts.push(JSON.stringify(text.slice(from)))
  return isJuel(text.replace(/[$#]\{[^{}]*\}/g, '')) ? { reason: '看不懂 ${…} 的结尾' } : { feel: parts.join(' + ') }
}

interface Token {
  kind: 'number' | 'string' | 'name' | 'sign'
  text: string
  /** as it was written: `eq` is a sign here and a function's name there */
  word?: string
}

function tokens(text: string): Token[] {
  const found: Token[] = []
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const at = TOKEN.lastIndex
    const m = TOKEN.exec(text)
    if (!m) throw new Refused(`看不懂“${text.slice(at).trim().slice(0, 20)}”`)
    if (m[1]) found.push({ kind: 'number', text: m[1] })
    else if (m[2]) found.push({ kind: 'string', text: JSON.stringify(m[2].slice(1, -1).replace(/\\(.)/g, '$1')) })
    else if (m[3]) found.push(Object.hasOwn(WORDS, m[3]) ? { kind: 'sign', text: WORDS[m[3]]!, word: m[3] } : { kind: 'name', text: m[3] })
    else found.push({ kind: 'sign', text: m[4]! })
  }
  return found
}

const LEVELS: readonly (readonly string[])[] = [['||'], ['&&'], ['==', '!='], ['<', '>', '<=', '>='], ['+', '-'], ['*', '/', '%']]
const FEEL_OPERATOR: Readonly<Record<string, string>> = { '||': 'or', '&&': 'and', '==': '=' }

class Reader {
  readonly list: Token[]
  at = 0
  depth = 0

  constructor(list: Token[]) {
    this.list = list
  }

  peek(): Token | null {
    return this.list[this.at] ?? null
  }

  take(sign: string): boolean {
    const next = this.peek()
    if (next?.kind !== 'sign' || next.text !== sign) return false
    this.at += 1
    return true
  }

  expect(sign: string): void {
    if (!this.take(sign)) throw new Refused(`缺少“${sign}”`)
  }

  ternary(): string {
    this.depth += 1
    if (this.depth > DEEPEST) throw new Refused('嵌套太深')
    const test = this.binary(0)
    let feel = test
    if (this.take('?')) {
      const yes = this.ternary()
      this.expect(':')
      feel = `(if ${test} then ${yes} else ${this.ternary()})`
    }
    this.depth -= 1
    return feel
  }

  binary(level: number): string {
    const signs = LEVELS[level]
    if (!signs) return this.unary()
    let left = this.binary(level + 1)
    for (let next = this.peek(); next?.kind === 'sign' && signs.includes(next.text); next = this.peek()) {
      this.at += 1
      const right = this.binary(level + 1)
      left = next.text === '%' ? `modulo(${left}, ${right})` : `(${left} ${FEEL_OPERATOR[next.text] ?? next.text} ${right})`
    }
    return left
  }

  /** In this language null counts as false, so `!x` is true for a variable that was never set. */
  unary(): string {
    this.depth += 1
    if (this.depth > DEEPEST) throw new Refused('嵌套太深')
    const feel = this.take('!') ? `not(${this.unary()} = true)` : this.take('-') ? `(0 - ${this.unary()})` : this.value()
    this.depth -= 1
    return feel
  }

  value(): string {
    const next = this.peek()
    if (!next) throw new Refused('表达式不完整')
    this.at += 1
    if (next.kind === 'sign') {
      if (next.text !== '(') throw new Refused(`看不懂“${next.text}”`)
      const inner = this.ternary()
      this.expect(')')
      return this.path(`(${inner})`)
    }
    if (next.kind !== 'name') return next.text
    if (next.text === 'empty') {
      const x = this.unary()
      return `((${x} = null or ${x} = "" or ${x} = []) = true)`
    }
    if (next.text === 'true' || next.text === 'false' || next.text === 'null') return next.text
    if (next.text === 'execution' || next.text === 'task') return this.execution(next.text)
    const spaced = this.peek()?.text === ':' && (this.list[this.at + 1]?.kind === 'name' || this.list[this.at + 1]?.word !== undefined) && this.list[this.at + 2]?.text === '('
    if (spaced && VARIABLE_FUNCTIONS.has(next.text)) return this.variableFunction()
    if (this.peek()?.text === '(' || spaced) throw new Refused(`函数“${next.text}”不支持`)
    return this.path(next.text)
  }

  /** `execution.getVariable('x')` is the variable x; whatever else one may ask of an execution is not ours to answer. */
  execution(owner: string): string {
    const asked = this.take('.') ? this.peek()?.text : undefined
    if (asked === 'getVariable' || asked === 'hasVariable') {
      this.at += 1
      this.expect('(')
      const name = this.peek()
      const inner = name?.kind === 'string' ? (JSON.parse(name.text) as string) : ''
      if (!/^[\p{L}_][\p{L}\p{N}_]*$/u.test(inner)) throw new Refused('getVariable 里须是变量名')
      this.at += 1
      this.expect(')')
      return asked === 'hasVariable' ? `(${inner} != null)` : this.path(inner)
    }
    throw new Refused(`“${owner}”只支持 getVariable('变量名')`)
  }

  /** Flowable's `variables:equals(x, 1)`: the first argument is a variable's name. */
  variableFunction(): string {
    const { word, text } = this.list[this.at + 1]!
    const name = word ?? text
    this.at += 3
    const args: string[] = []
    do args.push(this.ternary())
    while (this.take(','))
    this.expect(')')
    const [first = '', ...rest] = args
    const on = first.startsWith('"') ? (JSON.parse(first) as string) : first
    const meaning = FUNCTIONS[name]
    if (!meaning || (meaning.args !== null && meaning.args !== rest.length) || !/^[\p{L}_][\p{L}\p{N}_]*$/u.test(on)) throw new Refused(`函数“${name}”不支持`)
    return meaning.feel(on, rest)
  }

  path(start: string): string {
    let feel = start
    for (;;) {
      if (this.take('[')) {
        feel = this.entry(feel)
        continue
      }
      if (!this.take('.')) break
      const name = this.peek()
      if (name?.kind !== 'name') throw new Refused('“.”之后须是名称')
      this.at += 1
      feel = this.take('(') ? this.method(feel, name.text) : `${feel}.${name.text}`
    }
    return feel
  }

  /** `list[0]` and `map['key']`: what stands in the brackets must be written out, or nobody could tell which of the two is meant. */
  entry(on: string): string {
    const key = this.peek()
    this.at += 1
    this.expect(']')
    const found = key && entryOf(on, key.kind, key.text)
    if (!found) throw new Refused('[…] 里须是写明的序号或名称')
    return found
  }

  method(on: string, name: string): string {
    const args: string[] = []
    if (!this.take(')')) {
      do args.push(this.ternary())
      while (this.take(','))
      this.expect(')')
    }
    const [arg, second] = args
    const plain = METHODS[`${name}/${args.length}`]
    const feel = name === 'get' && args.length === 1 ? entryOf(on, /^\d+$/.test(arg!) ? 'number' : arg!.startsWith('"') ? 'string' : 'name', arg!) : plain?.(on, arg ?? '', second ?? '')
    if (!feel) throw new Refused(`方法“${name}”不支持`)
    return feel
  }
}

/** Counted from 0 there and from 1 in FEEL. */
function entryOf(on: string, kind: Token['kind'], text: string): string | null {
  if (kind === 'number' && /^\d+$/.test(text)) return `${on}[${Number(text) + 1}]`
  const name = kind === 'string' ? (JSON.parse(text) as string) : ''
  return kind === 'string' ? `get value(${on}, ${JSON.stringify(name)})` : null
}

const METHODS: Readonly<Record<string, (on: string, arg: string, second: string) => string>> = {
  // a text or a list: each asks the one that it is, the other answers null
  'contains/1': (on, arg) => `(contains(${on}, ${arg}) = true or list contains(${on}, ${arg}) = true)`,
  'equals/1': (on, arg) => `(${on} = ${arg})`,
  'startsWith/1': (on, arg) => `starts with(${on}, ${arg})`,
  'endsWith/1': (on, arg) => `ends with(${on}, ${arg})`,
  'isEmpty/0': (on) => `((${on} = "" or ${on} = []) = true)`,
  'size/0': (on) => `count(${on})`,
  'length/0': (on) => `string length(${on})`,
  'toLowerCase/0': (on) => `lower case(${on})`,
  'toUpperCase/0': (on) => `upper case(${on})`,
  'equalsIgnoreCase/1': (on, arg) => `(lower case(${on}) = lower case(${arg}))`,
  'containsKey/1': (on, arg) => `(get value(${on}, ${arg}) != null)`,
  'substring/1': (on, arg) => `substring(${on}, ${arg} + 1)`,
  'substring/2': (on, arg, second) => `substring(${on}, ${arg} + 1, ${second} - ${arg})`,
  'toString/0': (on) => `string(${on})`,
}

const VARIABLE_FUNCTIONS: ReadonlySet<string> = new Set(['variables', 'vars', 'var'])

interface Meaning { args: number | null; feel: (on: string, rest: string[]) => string }

const nothing = (on: string): string => `((${on} = null or ${on} = "" or ${on} = []) = true)`
const compares = (sign: string): Meaning => ({ args: 1, feel: (on, [x]) => `((${on} ${sign} ${x}) = true)` })
const holds = (on: string, x: string): string => `(contains(${on}, ${x}) = true or list contains(${on}, ${x}) = true)`

const FUNCTIONS: Readonly<Record<string, Meaning>> = {
  get: { args: 0, feel: (on) => on },
  getOrDefault: { args: 1, feel: (on, [x]) => `(if ${on} = null then ${x} else ${on})` },
  exists: { args: 0, feel: (on) => `(${on} != null)` },
  exist: { args: 0, feel: (on) => `(${on} != null)` },
  empty: { args: 0, feel: nothing },
  isEmpty: { args: 0, feel: nothing },
  notEmpty: { args: 0, feel: (on) => `not(${nothing(on)})` },
  isNotEmpty: { args: 0, feel: (on) => `not(${nothing(on)})` },
  equals: compares('='), eq: compares('='),
  notEquals: { args: 1, feel: (on, [x]) => `not((${on} = ${x}) = true)` },
  ne: { args: 1, feel: (on, [x]) => `not((${on} = ${x}) = true)` },
  lowerThan: compares('<'), lessThan: compares('<'), lt: compares('<'),
  lowerThanOrEquals: compares('<='), lessThanOrEquals: compares('<='), lte: compares('<='),
  greaterThan: compares('>'), gt: compares('>'),
  greaterThanOrEquals: compares('>='), gte: compares('>='),
  contains: { args: null, feel: (on, rest) => `(${rest.map((x) => holds(on, x)).join(' and ')})` },
  containsAny: { args: null, feel: (on, rest) => `(${rest.map((x) => holds(on, x)).join(' or ')})` },
}
