import { FEEL_LIMITS, FeelError } from './errors.ts'

export interface Token {
  /** `quoted`: a name in backticks, never a keyword */
  kind: 'number' | 'string' | 'name' | 'quoted' | 'symbol' | 'end'
  text: string
  /** value of a number, string or quoted name */
  value: unknown
  at: number
  /** offset after the last character */
  end: number
}

const SPACE = /[\s\u00a0\u3000]/y
const NUMBER = /(?:\d+(?:\.(?!\.)\d+)?|\.\d+)(?:[eE][+-]?\d+)?/y
// Letters of every script: business people name fields 金额 as readily as amount.
const NAME = /[\p{L}_$?][\p{L}\p{N}\p{M}_$]*/uy
const QUOTED = /`([^`\n]+)`/y
const SYMBOLS = ['**', '..', '<=', '>=', '!=', '->', '<', '>', '=', '+', '-', '*', '/', '(', ')', '[', ']', '{', '}', ',', ':', '.', '@']
const FULL_WIDTH = '，（）＝＞＜；：“”‘’【】｛｝！＋－＊／'
const ESCAPES: Record<string, string> = { n: '\n', r: '\r', t: '\t', '"': '"', "'": "'", '\\': '\\' }

export function tokenize(text: string): Token[] {
  if (text.length > FEEL_LIMITS.length) {
    throw new FeelError('FEEL_TOO_COMPLEX', `表达式超过 ${FEEL_LIMITS.length} 个字符`)
  }
  const tokens: Token[] = []
  let at = 0
  while (at < text.length) {
    const end = skipBlank(text, at)
    if (end > at) {
      at = end
      continue
    }
    const token = readToken(text, at)
    tokens.push(token)
    at = token.end
  }
  tokens.push({ kind: 'end', text: '', value: null, at: text.length, end: text.length })
  return tokens
}

function skipBlank(text: string, at: number): number {
  SPACE.lastIndex = at
  if (SPACE.test(text)) return at + 1
  if (text.startsWith('//', at)) {
    const line = text.indexOf('\n', at)
    return line < 0 ? text.length : line + 1
  }
  if (text.startsWith('/*', at)) {
    const close = text.indexOf('*/', at + 2)
    if (close < 0) throw new FeelError('FEEL_SYNTAX', '注释没有结束', at)
    return close + 2
  }
  return at
}

function readToken(text: string, at: number): Token {
  if (text[at] === '"') return readString(text, at)
  NUMBER.lastIndex = at
  const number = NUMBER.exec(text)
  if (number) {
    const value = Number(number[0])
    if (!Number.isFinite(value)) throw new FeelError('FEEL_SYNTAX', '数字超出范围', at)
    return made('number', number[0], value, at)
  }
  NAME.lastIndex = at
  const name = NAME.exec(text)
  if (name) return made('name', name[0], null, at)
  QUOTED.lastIndex = at
  const quoted = QUOTED.exec(text)
  if (quoted) return made('quoted', quoted[0], quoted[1], at)
  const symbol = SYMBOLS.find((s) => text.startsWith(s, at))
  if (symbol) return made('symbol', symbol, null, at)
  const character = String.fromCodePoint(text.codePointAt(at) ?? 0xfffd)
  const hint = FULL_WIDTH.includes(character) ? '请改用半角（英文）标点' : '无法识别的字符'
  throw new FeelError('FEEL_SYNTAX', `${hint}“${character}”`, at)
}

function made(kind: Token['kind'], raw: string, value: unknown, at: number): Token {
  return { kind, text: raw, value, at, end: at + raw.length }
}

function readString(text: string, start: number): Token {
  let value = ''
  let at = start + 1
  while (at < text.length) {
    const character = text[at]!
    if (character === '"') return made('string', text.slice(start, at + 1), value, start)
    if (character !== '\\') {
      value += character
      at += 1
      continue
    }
    const next = text[at + 1] ?? ''
    const digits = next === 'u' ? 4 : next === 'U' ? 6 : 0
    const code = text.slice(at + 2, at + 2 + digits)
    const plain = digits ? fromHex(code, digits) : ESCAPES[next]
    if (plain === undefined) throw new FeelError('FEEL_SYNTAX', '字符串中有不支持的转义', at)
    value += plain
    at += 2 + digits
  }
  throw new FeelError('FEEL_SYNTAX', '字符串没有结束的引号', start)
}

/** `\u4e2d` (four digits) and `\U01F600` (six, a whole character). */
function fromHex(code: string, digits: number): string | undefined {
  if (code.length !== digits || !/^[0-9a-fA-F]+$/.test(code)) return undefined
  const point = Number.parseInt(code, 16)
  return point <= 0x10ffff ? String.fromCodePoint(point) : undefined
}
