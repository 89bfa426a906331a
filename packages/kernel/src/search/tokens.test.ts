import { test } from 'node:test'
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { compileQuery, indexDocument, type SearchDocument, type SearchParts } from './tokens.ts'

/** What PostgreSQL does with the two literals, for the part of its grammar that is used here. */
function matches(document: SearchDocument, input: string): boolean {
  const query = compileQuery(input)
  if (!query) return false
  const lexemes = new Map<string, Set<number>>()
  for (const [, lexeme, positions] of document.tsv.matchAll(/'((?:[^']|'')*)'(?::([\dA-D,]+))?/gu)) {
    lexemes.set(unquote(lexeme!), new Set(positions?.split(',').map(p => Number.parseInt(p, 10))))
  }
  const term = (text: string): boolean => {
    const quoted = Array.from(text.matchAll(/'((?:[^']|'')*)'(:\*)?/gu))
    if (quoted[0]![2]) return [...lexemes.keys()].some(lexeme => lexeme.startsWith(unquote(quoted[0]![1]!)))
    const places = quoted.map(q => lexemes.get(unquote(q[1]!)) ?? new Set<number>())
    return [...places[0]!].some(start => places.every((place, i) => place.has(start + i)))
  }
  return query.tsquery.split(' & ').every(term) || (query.code !== null && document.codes.includes(query.code))
}
const unquote = (text: string): string => text.replaceAll("''", "'").replaceAll('\\\\', '\\')

const document = (parts: Partial<SearchParts>): SearchDocument => indexDocument({ texts: [], names: [], codes: [], ...parts })
const found = (parts: Partial<SearchParts>, ...queries: string[]): void => {
  for (const query of queries) assert.equal(matches(document(parts), query), true, `${query.slice(0, 50)} should find ${JSON.stringify(parts).slice(0, 200)}`)
}
const missed = (parts: Partial<SearchParts>, ...queries: string[]): void => {
  for (const query of queries) assert.equal(matches(document(parts), query), false, `${query} should not find ${JSON.stringify(parts).slice(0, 200)}`)
}

const hanText = fc.array(fc.integer({ min: 0x4e00, max: 0x4e40 }), { minLength: 2, maxLength: 60 }).map(points => String.fromCodePoint(...points))

test('any part of a Han text, from two characters on, is found, and nothing else is', () => {
  fc.assert(fc.property(hanText, hanText, fc.nat(), fc.nat(), (text, other, from, length) => {
    const start = from % (text.length - 1)
    const part = text.slice(start, start + 2 + length % (text.length - start - 1))
    assert.equal(matches(document({ texts: [other, text] }), part), true)
    assert.equal(matches(document({ texts: [other] }), part), other.includes(part))
  }), { numRuns: 500 })
})

test('any single character of a text is found, also the last one of a sentence', () => {
  fc.assert(fc.property(hanText, fc.nat(), (text, i) => matches(document({ texts: [`${text}。完`] }), text[i % text.length]!)))
  missed({ texts: ['上海'] }, '京')
})

test('a phrase never runs from one text into the next, nor across a full stop', () => {
  missed({ texts: ['上海', '海市'] }, '上海市')
  missed({ texts: ['到上海。海市蜃楼'] }, '上海市')
  missed({ texts: ['采购'], names: ['购合同'] }, '采购合同')
  found({ texts: ['上海市采购合同'] }, '采购合同', '海市', '上海市采购合同')
})

test('words of other scripts are found by their beginning, in any case and width', () => {
  found({ texts: ['客户的ＩＰｈｏｎｅ15屏幕碎裂，已更换 Café 原装件'] }, 'iphone', 'IPHO', 'iphone15', '15屏幕', '屏幕 café', 'ｉｐｈｏｎｅ')
  missed({ texts: ['iphone15'] }, 'phone', 'iphone16')
})

test('people are found by pinyin, by a part of it, and by initials', () => {
  found({ names: ['张三'] }, '张三', '张', '三', 'zhangsan', 'zhang', 'san', 'zhang san', 'zhangs', 'ZS', 'ZhangSan')
  missed({ names: ['张三'] }, 'zhangsi', 'zx', 'angsan')
  missed({ texts: ['张三'] }, 'zhangsan', 'zs')
})

test('companies are found by any stretch of their initials', () => {
  found({ names: ['华能集团'] }, 'hnjt', 'nj', 'njt', 'jt', 'huaneng', 'jituan', 'huanengjituan', '能集')
  found({ names: ['TCL集团（惠州）有限公司'] }, 'tcljt', 'tcl', 'huizhou', 'hzyxgs', 'tcljituan')
  found({ names: ['重庆银行'] }, 'chongqingyinhang', 'cqyh')
})

test('a surname with several readings is found by each of them', () => {
  const readings: Array<[string, ...string[]]> = [
    ['单田芳', 'shantianfang', 'dantianfang', 'stf', 'dtf'], ['曾国藩', 'zengguofan', 'cengguofan', 'zgf'], ['仇英', 'qiuying', 'qy'],
    ['解晓东', 'xiexiaodong', 'xxd'], ['查良镛', 'zhaliangyong'], ['区小姐', 'ou', 'oxj'], ['万俟卨', 'moqixie'], ['尉迟恭', 'yuchigong'],
    ['欧阳修', 'ouyangxiu', 'oyx'], ['吕布', 'lvbu', 'lubu', 'lb'], ['单氏餐饮管理有限公司', 'shanshi', 'sscy', 'danshi'], ['王乐', 'wangle', 'wangyue', 'wl', 'wy'],
  ]
  for (const [name, ...queries] of readings) found({ names: [name] }, ...queries)
})

test('SP-11 a request is found by number, serial number, phone, and pieces of them', () => {
  const parts = { codes: ['HZ01-20261123-0001', 'PF1ABCD', '13800000001', 'Zhang.San@Example.com'] }
  found(parts, '0001', 'hz01-20261123-0001', 'HZ0120261123', '20261123-00', '1123', 'PF1ABCD', 'pf1-abcd', 'abcd', 'f1ab')
  found(parts, '13800000001', '138 0000 0001', '138-0000', '80000', '１３８００', 'zhang.san@example.com', 'san@exam', 'zhangsan')
  missed(parts, '0002', 'pf2', '13900000001', '张三')
  found({ codes: ['+86 138-0000-1234'] }, '13800001234', '1234', '8613800001234')
  found({ codes: ['京A·12345'] }, '京A12345', 'A12345', '京')
})

test('SP-11 every word of a mixed query must be there', () => {
  const parts = { names: ['张三'], codes: ['13800000001'] }
  found(parts, '张三 1380', 'zs 0001', 'zhangsan 13800000001')
  missed(parts, '李四 1380', '张三 1390')
})

test('a code fragment is offered only when the whole input can be one, and is safe inside LIKE', () => {
  const code = (input: string): string | null | undefined => compileQuery(input)?.code
  assert.deepEqual(['0001', '138 0000 0001', 'pf1-ab', '张三 1380', '张三', 'ab', '%_%a_b%c'].map(code),
    ['0001', '13800000001', 'pf1ab', null, null, null, 'abc'])
})

test('nothing searchable gives no query', () => {
  for (const input of ['', '   ', '😀', '\0', '\ud800', "'", '\\', '!&|()<->:*', '，。']) assert.equal(compileQuery(input), null, JSON.stringify(input))
})

test('hostile input cannot break out of the literals or grow without bound', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.array(fc.constantFrom("'", '\\', '\0', '\ud83d', '\ude00', '😀', ':*', ' & ', '<->', '张', 'ａ', '%', '_', '\u202e', '𠮷', 'é', '"', '$1', 'ﷺ')).map(a => a.join('')),
  )
  fc.assert(fc.property(hostile, text => {
    const { tsv, codes } = document({ texts: [text], names: [text], codes: [text] })
    assert.match(tsv, /^(?:'(?:[\p{L}\p{N}\p{M}\p{Script=Han}\ufffd])+'(?::\d+[ABC]?(?:,\d+[ABC]?)*)?(?: (?=')|$))*$/u)
    assert.ok(codes.isWellFormed() && !codes.includes('\0'))
    const query = compileQuery(text)
    if (query) {
      assert.match(query.tsquery, /^[\p{L}\p{N}\p{M}\p{Script=Han}\ufffd'():*& <\->]+$/u)
      assert.ok(matches(document({ texts: [text] }), text) || text.length > 200)
    }
  }), { numRuns: 500 })
})

test('a text of 10,000 characters keeps to the limits of a tsvector and leaves room for the short text beside it', () => {
  const long = Array.from({ length: 10_000 }, (_, i) => String.fromCodePoint(0x4e00 + (i * 7919) % 20_000)).join('')
  const limits = (tsv: string): { lexemes: number; last: number; most: number } => {
    const lists = Array.from(tsv.matchAll(/'[^']+'(?::([\dAB,]+))?/gu), m => (m[1] ?? '').split(',').map(p => Number.parseInt(p, 10) || 0))
    return { lexemes: lists.length, last: Math.max(...lists.flat()), most: Math.max(...lists.map(l => l.length)) }
  }
  for (const text of [long, '好'.repeat(10_000), '好 '.repeat(10_000), 'a1'.repeat(5000), 'ab '.repeat(5000), '\ufdfa'.repeat(10_000)]) {
    const { lexemes, last, most } = limits(document({ texts: [text, '采购合同'], names: [text], codes: [text] }).tsv)
    assert.ok(lexemes <= 2000 && last <= 16_383 && most <= 256, JSON.stringify({ text: text.slice(0, 5), lexemes, last, most }))
    found({ texts: [text, '采购合同', text], names: Array(50).fill(text), codes: Array(50).fill(text) }, '采购合同', text.slice(0, 2))
  }
  found({ texts: [long, '采购合同'] }, '采购合同', long.slice(0, 50))
  found({ names: Array.from({ length: 500 }, (_, i) => long.slice(i * 3, i * 3 + 3)), texts: ['采购合同'] }, '采购合同')
  assert.ok(compileQuery(long)!.tsquery.length < 2000)
})

test('a name keeps its pinyin as an open word although a mail address of the same row holds it too', () => {
  const { tsv } = indexDocument({ texts: [], names: ['张三'], codes: ['zhangsan@example.com'] })
  assert.match(tsv, /'zhangsan':\d+B,16383(?: |$)/, 'once as part of a code, once as a word of the name')
  assert.doesNotMatch(indexDocument({ texts: [], names: [], codes: ['13800000001'] }).tsv, /16383/, 'a code is no word of a name')
})
